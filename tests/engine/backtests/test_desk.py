"""The list that is backtested is the desk's own, and it knows nothing of later years."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from tests.engine.backtests import small_world
from tests.engine.small_pack import pack_of
from tests.engine.small_registry import Firm

from yipanqi.engine import sessions, targets
from yipanqi.engine.backtests import desk, desk_trials, rules, runs, track_records, written
from yipanqi.engine.backtests.desk import Sheets
from yipanqi.engine.backtests.runs import Question, Run
from yipanqi.engine.backtests.windows import Window
from yipanqi.rulebook.packs import Pack
from yipanqi.vocab import regions

CHAIN, YEAR = "gongcheng-jixie", 2004
CHANGSHA = regions.by_code()["430100"]
SCOPES = ("液压件制造；轴承销售", "液压件销售", "轴承制造、液压件的研发", "工程机械的租赁；餐饮")
Rows = dict[tuple[str, str], tuple[float | None, ...]]


def firms(companies: int = 90) -> list[Firm]:
    """The small world's firms with scopes that speak of the chain."""
    made = small_world.firms(companies)
    return [replace(one, scope=SCOPES[place % len(SCOPES)]) for place, one in enumerate(made)]


@pytest.fixture(scope="module", autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("YIPANQI_HOME", str(tmp_path_factory.mktemp("home")))
        yield


@pytest.fixture(scope="module")
def pack() -> Pack:
    return pack_of(CHAIN)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_world.registry(tmp_path_factory.mktemp("registry"), firms())


@pytest.fixture(scope="module")
def run(folder: Path, pack: Pack) -> Run:
    return runs.targets(folder, asked("长沙", "武汉", "南昌"), pack=pack)


def asked(*cities: str) -> Question:
    found = tuple(city for name in cities if (city := regions.city(name)))
    return Question(found, (Window(2001, 3), Window(YEAR, 3)), 7)


def read(folder: Path, pack: Pack, year: int = YEAR) -> tuple[Rows, dict[str, list[str]]]:
    """Everything the desk would have known, by name and chain, and each chain's list of names."""
    sheets = Sheets.of(pack)
    with sessions.measures() as session:
        known = desk.known(folder, sheets, year, session)
        listed = desk.listed(known, sheets, CHANGSHA, session)
    names = known.heads
    columns = np.column_stack([listed.score, listed.is_here, listed.values])
    rows = {
        (names[who], sheets.chains[chain]): tuple(None if np.isnan(x) else x for x in row)
        for who, chain, row in zip(listed.speaker, listed.chain, columns.tolist(), strict=True)
    }
    return rows, {code: [names[one] for one in who] for code, who in listed.shown.items()}


def test_the_list_backtested_is_the_list_shown(folder: Path, pack: Pack) -> None:
    _, shown = read(folder, pack, 2016)

    found = targets.rank_every_link(folder, pack, city=CHANGSHA, chain=CHAIN, top=desk.A_LINK)

    page = sorted(found.targets, key=lambda one: (-one.score.total, one.link_code, one.rank))
    assert shown[CHAIN] == list(dict.fromkeys(one.name for one in page))
    assert len(shown[CHAIN]) > 20


def test_scores_then_are_the_scores_of_the_sheet(folder: Path, pack: Pack) -> None:
    rows, _ = read(folder, pack, 2016)

    found = targets.rank(folder, pack, city=CHANGSHA, chain=CHAIN, top=20)

    assert [rows[one.name, CHAIN][0] for one in found.targets] == [
        int(one.score.total.scaleb(4)) for one in found.targets
    ]


def test_the_offices_of_one_company_count_as_one(pack: Pack, tmp_path: Path) -> None:
    day, bank = date(2000, 1, 1), "武汉甲机械有限公司"
    offices = [
        Firm(f"{bank}第{number}支局", "武汉", SCOPES[0], registered=day) for number in range(9)
    ]
    folder = small_world.registry(
        tmp_path, [*offices, Firm("株洲乙有限公司", "株洲", SCOPES[0], registered=day)]
    )

    rows, shown = read(folder, pack)

    assert {name for name, _ in rows} == {bank, "株洲乙有限公司"}
    assert sorted(shown[CHAIN]) == sorted([bank, "株洲乙有限公司"])


def test_a_registry_without_the_later_rows_gives_the_same_list(
    folder: Path, pack: Pack, tmp_path: Path
) -> None:
    before = [one for one in firms() if _year(one) <= YEAR]

    cut = read(small_world.registry(tmp_path, before), pack)

    assert cut == read(folder, pack)


def test_whatever_happens_later_moves_no_feature_and_no_place(
    folder: Path, pack: Pack, tmp_path: Path
) -> None:
    changed = [*_changed(firms())]

    after = read(small_world.registry(tmp_path, changed), pack)

    assert after == read(folder, pack)


def test_the_guard_sees_one_year_of_leakage(folder: Path, pack: Pack) -> None:
    (now, _), (then, _) = read(folder, pack), read(folder, pack, YEAR + 1)
    features = [one.code for one in Sheets.of(pack).ranking.features]

    moved = {
        name
        for key in now.keys() & then.keys()
        for name, one, two in zip(features, now[key][2:], then[key][2:], strict=True)
        if one != two
    }

    assert moved >= {"maturity", "spread", "home"}


def test_hits_are_those_first_registered_in_the_city_within_the_window(
    run: Run, folder: Path, pack: Pack
) -> None:
    rows, shown = read(folder, pack)
    years = _first_years("长沙")
    came = {
        name for name, chain in rows if chain == CHAIN and YEAR < years.get(_head(name), 0) <= 2007
    }
    assert run.desk is not None

    trial = next(
        one
        for one in run.desk.trials
        if (one.chain, one.city, one.window.year) == (CHAIN, CHANGSHA, YEAR)
    )

    first = shown[CHAIN][:50]
    assert came
    assert trial.came == len(came)
    assert trial.shown[50].listed == len(first)
    assert trial.shown[50].hits == len(came & set(first))
    assert trial.shown[50].already_here == sum(years.get(_head(one), 9999) <= YEAR for one in first)
    assert set(trial.beside) == {*rules.RULES, desk_trials.DESK, desk_trials.LEARNT}


def test_the_track_record_holds_its_counts_rates_and_grounds(run: Run) -> None:
    told = json.loads(written.files(run)["track_record.json"])
    fifty, hundred = told[CHAIN]

    assert (fifty["k"], hundred["k"]) == (50, 100)
    assert fifty["hit_rate"] == round(fifty["hits"] / fifty["listed"], 6)
    assert fifty["base_rate"] == round(fifty["came"] / fifty["candidates"], 6)
    assert fifty["lists"] == 6
    assert fifty["cities"] == ["360100", "420100", "430100"]
    assert fifty["as_of_days"] == ["2001-12-31", "2004-12-31"]
    assert sum(row["hits"] for row in fifty["by_city"]) == fifty["hits"]
    assert fifty["interval"][0] <= fifty["hit_rate"] <= fifty["interval"][1]
    assert [row["rule"] for row in fifty["rules"]] == [*desk_trials.LABELS]
    assert (fifty["seed"], fifty["synthetic"]) == (7, True)
    assert len(fifty["sheet_digest"]) == 64


def test_the_same_question_gives_the_same_bytes(run: Run, folder: Path, pack: Pack) -> None:
    again = runs.targets(folder, asked("长沙", "武汉", "南昌"), pack=pack)

    mine, theirs = written.files(run), written.files(again)
    assert {"desk.csv", "desk.json", "track_record.json"} <= mine.keys()
    assert mine == theirs


def test_a_run_without_a_pack_tells_nothing_of_the_desk(folder: Path) -> None:
    found = runs.targets(folder, asked("长沙"))

    assert found.desk is None
    assert "track_record.json" not in written.files(found)


def test_no_difference_is_told_where_neither_list_hits() -> None:
    sums = np.array([[0.0, 1.0, 2.0], [50, 50, 50], [0, 2, 0], [50, 50, 50]])

    with np.errstate(divide="ignore", invalid="ignore"):
        assert track_records.compared(sums).tolist() == [1.0, 0.5, np.inf]


def _changed(listed: Iterable[Firm]) -> Iterator[Firm]:
    """Later rows moved, enriched and doubled; of the earlier ones a third have ceased since."""
    for place, one in enumerate(listed):
        if _year(one) <= YEAR:
            yield replace(one, status="ceased" if place % 3 == 0 else "alive")
            continue
        yield replace(one, city="长沙", scope="液压件制造", capital_wan=Decimal(9_000_000))
        yield replace(one, name=f"{one.name}又一分公司", registered=date(2010, 1, 1))


def _first_years(city: str) -> dict[str, int]:
    found: dict[str, int] = {}
    for one in firms():
        if one.city == city:
            head = _head(one.name)
            found[head] = min(found.get(head, 9999), _year(one))
    return found


def _head(name: str) -> str:
    return name.split("公司", maxsplit=1)[0]


def _year(firm: Firm) -> int:
    assert firm.registered is not None
    return firm.registered.year
