"""A whole backtest: every city in every window, models taught on earlier windows alone."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from yipanqi.engine import indices, sessions
from yipanqi.engine.backtests import desk_trials, histories, learning, speakers, standings, trials
from yipanqi.engine.backtests.desk_trials import DeskRun
from yipanqi.engine.backtests.histories import History
from yipanqi.engine.backtests.signals import CAPITALS, Signals
from yipanqi.engine.backtests.speakers import Speakers
from yipanqi.engine.backtests.trials import Models, Trial
from yipanqi.engine.backtests.windows import Coverage, Skipped, Window
from yipanqi.rulebook.packs import Pack
from yipanqi.vocab import regions
from yipanqi.vocab.regions import Region

# Years whose groups were looked at when settings were chosen: 2000-2002. Tests begin after them.
SETTLED = 2002
WINDOWS = (Window(2002, 3), Window(2005, 3), Window(2008, 3))


@dataclass(frozen=True, slots=True)
class Question:
    """Which cities, which windows, and the seed of every draw."""

    cities: tuple[Region, ...]
    windows: tuple[Window, ...]
    seed: int


@dataclass(frozen=True, slots=True)
class Lessons:
    """What the models of one window learnt from."""

    window: Window
    learnt_from: tuple[Window, ...]
    rows: int
    came: int


@dataclass(frozen=True, slots=True)
class Run:
    """Everything a backtest found, and on which registry."""

    question: Question
    snapshot: str
    as_of: str | None
    synthetic: bool
    trials: tuple[Trial, ...]
    skipped: tuple[Skipped, ...]
    lessons: tuple[Lessons, ...]
    chains: Mapping[str, str]
    desk: DeskRun | None = None


def default_cities() -> tuple[Region, ...]:
    """The seats of all provinces on the mainland, in the order of codes."""
    return tuple(one for one in regions.cities() if one.code in CAPITALS and one.code < "7")


def targets(
    registry: Path,
    question: Question,
    *,
    told: Callable[[str], None] = lambda _: None,
    pack: Pack | None = None,
) -> Run:
    """Judge rules and models in every covered city and window; with a pack the desk's lists, too.

    `told` hears of each step. Raises indices.NoRegistry.
    """
    manifest = indices.manifest(registry)
    with sessions.measures() as session:
        history = histories.read(indices.enterprises(registry, session))
        tables = pack.chains(on=pack.newest) if pack else None
        said = speakers.read(registry, tables, history, session) if tables else Speakers()
    coverage = Coverage(manifest)
    covered, skipped = _covered(history, coverage, question)
    found, lessons = list[Trial](), list[Lessons]()
    for window, cities in covered.items():
        told(f"{window}：学习更早的窗口")
        models, lesson = teach(history, window, coverage, seed=question.seed)
        lessons.append(lesson)
        signals = Signals(standings.standing(history, window.year))
        apart = said.kinds(signals.standing)
        for city in cities:
            told(f"{window}：{city.short_name}")
            found.append(trials.trial(history, signals, models, city, window, apart=apart))
    judge = partial(desk_trials.judge, seed=question.seed, told=told)
    return Run(
        question=question,
        snapshot=indices.snapshot(registry),
        as_of=manifest.get("as_of"),
        synthetic=bool(manifest.get("synthetic", False)),
        trials=tuple(found),
        skipped=tuple(skipped),
        lessons=tuple(lessons),
        chains=said.labels,
        desk=judge(registry, pack, history, covered) if pack else None,
    )


def teach(
    history: History, window: Window, coverage: Coverage, *, seed: int
) -> tuple[Models | None, Lessons]:
    """The models for a window, from earlier ones alone; None where nobody came in those."""
    earlier = learning.earlier(window)
    taught = learning.lesson(history, earlier, coverage, seed=seed)
    came = int(taught.came.sum())
    learnt = Lessons(window, earlier, len(taught.came), came)
    if not came:
        return None, learnt
    logistic = learning.logistic(taught)
    return Models(logistic, learning.boosted(taught, logistic, seed=seed)), learnt


def _covered(
    history: History, coverage: Coverage, question: Question
) -> tuple[dict[Window, list[Region]], list[Skipped]]:
    """The cities that can be judged in each window, and the others with the reason."""
    covered: dict[Window, list[Region]] = {}
    skipped: list[Skipped] = []
    for window in question.windows:
        kept, left = _sorted_out(history, coverage, question.cities, window)
        skipped += left
        if kept:
            covered[window] = kept
    return covered, skipped


def _sorted_out(
    history: History, coverage: Coverage, cities: Sequence[Region], window: Window
) -> tuple[list[Region], list[Skipped]]:
    """The cities that can be judged in the window, and the others with the reason."""
    if not (history.year <= window.year).any():
        reason = f"登记数据里没有 {window.year} 年底以前的企业"
        return [], [Skipped(city, window, reason) for city in cities]
    faults = {city: coverage.fault(city, window) for city in cities}
    return (
        [city for city, fault in faults.items() if fault is None],
        [fault for fault in faults.values() if fault is not None],
    )
