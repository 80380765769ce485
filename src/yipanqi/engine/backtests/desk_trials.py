"""The desk's lists judged: of the first of each how many came, beside simple rules."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from yipanqi.engine import sessions
from yipanqi.engine.backtests import desk, desk_learning, rules, standings
from yipanqi.engine.backtests.arrays import Flags, Floats, Integers
from yipanqi.engine.backtests.desk import Candidates, Known, Sheets
from yipanqi.engine.backtests.histories import History
from yipanqi.engine.backtests.learning import Lesson, Logistic
from yipanqi.engine.backtests.standings import Standing
from yipanqi.engine.backtests.windows import Window
from yipanqi.rulebook.packs import Pack
from yipanqi.vocab.regions import Region

AT = (50, 100)
DESK, LEARNT = "desk", "desk_learnt"
LABELS = {DESK: "本榜", **rules.LABELS, LEARNT: "本榜特征的逻辑回归"}
_NOBODY = -1


@dataclass(frozen=True, slots=True)
class Hits:
    """Of so many `listed` so many came (`hits`); `already_here` of them could not."""

    listed: int
    hits: int
    already_here: int = 0


@dataclass(frozen=True, slots=True)
class DeskTrial:
    """One chain in one city and window.

    `candidates` all outside that speak of the chain, of whom `came` did; `shown` by length of
    list: the first as the desk shows them; `beside` by rule and length: the first of those whose
    group was not in the city yet; LEARNT alone where an earlier window taught it.
    """

    chain: str
    city: Region
    window: Window
    candidates: int
    came: int
    shown: Mapping[int, Hits]
    beside: Mapping[str, Mapping[int, Hits]]


@dataclass(frozen=True, slots=True)
class DeskRun:
    """Every trial of the desk's lists, and the sheets they were made by."""

    sheet: str
    sheet_digest: str
    chains_digest: str
    chains: Mapping[str, str]
    trials: tuple[DeskTrial, ...]


@dataclass(frozen=True, slots=True)
class _Asked:
    """A city and window; for each speaker its company's place in the standing, and if it came."""

    city: Region
    window: Window
    heads: Integers
    came: Flags


def judge(
    registry: Path,
    pack: Pack,
    history: History,
    kept: Mapping[Window, Sequence[Region]],
    *,
    seed: int,
    told: Callable[[str], None],
) -> DeskRun:
    """The desk's lists for every city of every window, judged by who came.

    `kept` has the cities that the registry covers in each window. Raises indices.NoRegistry.
    """
    sheets = Sheets.of(pack)
    numbers = {name: number for number, name in enumerate(history.heads.names)}
    found, lessons = list[DeskTrial](), dict[Window, list[Lesson]]()
    for window, cities in kept.items():
        with sessions.measures() as session:
            told(f"{window}：按当年所知重排本榜")
            known = desk.known(registry, sheets, window.year, session)
            now = standings.standing(history, window.year)
            heads = _heads(known, now, numbers)
            model = desk_learning.taught(lessons, window)
            lessons[window] = []
            for city in cities:
                told(f"{window}：{city.short_name} 的本榜")
                listed = desk.listed(known, sheets, city, session)
                asked = _Asked(city, window, heads, _came(history, now, heads, city, window))
                found += _trials(now, listed, asked, sheets.chains, model)
                draw = np.random.default_rng([seed, window.year, int(city.code)])
                came = asked.came[listed.speaker]
                lessons[window].append(desk_learning.lesson(listed, came, draw))
    return DeskRun(
        sheet=sheets.ranking.id,
        sheet_digest=sheets.ranking.digest,
        chains_digest=sheets.tables.digest,
        chains={one.chain: one.name for one in sheets.tables.chains},
        trials=tuple(found),
    )


def _heads(known: Known, now: Standing, numbers: Mapping[str, int]) -> Integers:
    """For each speaker the place of its company in the standing; a shop's name is nobody's."""
    heads = np.array([numbers.get(name, _NOBODY) for name in known.heads], np.int64)
    place = np.searchsorted(now.heads, heads).clip(max=len(now.heads) - 1)
    return np.where(now.heads[place] == heads, place, _NOBODY)


def _came(history: History, now: Standing, heads: Integers, city: Region, window: Window) -> Flags:
    place = standings.place_of(now, city.code)
    entered = standings.entered(history, now, place, until=window.until)
    came: Flags = entered[heads] & (heads != _NOBODY)
    return came


def _trials(
    now: Standing,
    listed: Candidates,
    asked: _Asked,
    chains: Sequence[str],
    model: Logistic | None,
) -> list[DeskTrial]:
    scores = {DESK: listed.score.astype(np.float64)}
    for name, rule in rules.RULES.items():
        scores[name] = _scores(rule, now, asked)[listed.speaker]
    if model is not None:
        scores[LEARNT] = model.scores(desk_learning.rows(listed))
    found = []
    for number, chain in enumerate(chains):
        inside = listed.chain == number
        who, new = listed.speaker[inside], inside & ~listed.is_here
        came = asked.came[listed.speaker[new]]
        found.append(
            DeskTrial(
                chain=chain,
                city=asked.city,
                window=asked.window,
                candidates=len(who),
                came=int(asked.came[who].sum()),
                shown=_shown(listed.shown[chain], asked.came, who[listed.is_here[inside]]),
                beside={name: _first(values[new], came) for name, values in scores.items()},
            )
        )
    return found


def _scores(rule: rules.Rule, now: Standing, asked: _Asked) -> Floats:
    """The rule's score of each speaker by its company; a shop's comes last."""
    place = standings.place_of(now, asked.city.code)
    every = rule(now, place, np.arange(len(now.heads)))
    return np.where(asked.heads == _NOBODY, -np.inf, every[asked.heads])


def _shown(shown: Integers, came: Flags, here: Integers) -> dict[int, Hits]:
    is_here = np.isin(shown, here)
    return {k: Hits(len(shown[:k]), int(came[shown[:k]].sum()), int(is_here[:k].sum())) for k in AT}


def _first(values: Floats, came: Flags) -> dict[int, Hits]:
    order = np.argsort(-values, kind="stable")
    return {k: Hits(len(order[:k]), int(came[order[:k]].sum())) for k in AT}
