"""A whole backtest on a made-up registry: covered windows alone, and twice the same bytes."""

import json
from decimal import Decimal
from pathlib import Path
from typing import cast

import numpy as np
import pytest
from tests.engine.backtests import small_world

from yipanqi.engine.backtests import learning, rules, runs, standings, trials, written
from yipanqi.engine.backtests.arrays import Floats
from yipanqi.engine.backtests.runs import Question, Run
from yipanqi.engine.backtests.signals import Signals
from yipanqi.engine.backtests.windows import Coverage, Window
from yipanqi.rulebook import packs
from yipanqi.vocab import regions

WINDOW = Window(2004, 3)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("registry")
    return small_world.registry(place, small_world.firms(250), {"140000": [2006]})


def asked(*cities: str, windows: tuple[Window, ...] = (WINDOW,)) -> Question:
    found = tuple(city for name in cities if (city := regions.city(name)))
    return Question(found, windows, 7)


@pytest.fixture(scope="module")
def run(folder: Path) -> Run:
    return runs.targets(folder, asked("长沙", "武汉", "太原"))


def test_the_same_question_gives_the_same_bytes(run: Run, folder: Path) -> None:
    again = runs.targets(folder, asked("长沙", "武汉", "太原"))

    assert written.files(again) == written.files(run)


def test_a_missing_year_is_skipped_with_its_reason_and_never_read_as_no_entry(run: Run) -> None:
    assert [one.city.short_name for one in run.trials] == ["长沙", "武汉"]
    assert [(one.city.short_name, one.reason) for one in run.skipped] == [
        ("太原", "登记数据缺该省 2006 年，没有登记不等于没有落户")
    ]


def test_those_who_came_are_those_first_registered_in_the_window(run: Run, folder: Path) -> None:
    listed = small_world.firms(250)
    there = {
        one.name.split("公司")[0] for one in listed if one.city == "长沙" and _year(one) <= 2004
    }
    known = {one.name.split("公司")[0] for one in listed if _year(one) <= 2004}
    came = {
        one.name.split("公司")[0]
        for one in listed
        if one.city == "长沙" and 2005 <= _year(one) <= 2007
    }

    trial = run.trials[0]

    assert trial.came == len((came & known) - there)
    assert trial.candidates == len(known - there)


def test_models_learn_only_from_windows_that_ended_before() -> None:
    for window in learning.earlier(WINDOW):
        assert window.until <= WINDOW.year


def test_changing_the_tested_years_does_not_change_what_is_learnt(
    folder: Path, tmp_path: Path
) -> None:
    before = [one for one in small_world.firms(250) if _year(one) <= WINDOW.year]
    cut = small_world.registry(tmp_path / "cut", before, {"140000": [2006]})
    coverage = Coverage(json.loads((folder / "manifest.json").read_text("utf-8")))
    windows = learning.earlier(WINDOW)

    whole, early = (
        learning.lesson(small_world.history(place), windows, coverage, seed=7)
        for place in (folder, cut)
    )

    assert np.array_equal(whole.came, early.came)
    assert np.array_equal(whole.signals, early.signals)
    assert np.array_equal(whole.weight, early.weight)


def test_reasons_add_up_to_the_score(folder: Path) -> None:
    history = small_world.history(folder)
    coverage = Coverage(json.loads((folder / "manifest.json").read_text("utf-8")))
    models, _ = runs.teach(history, WINDOW, coverage, seed=7)
    now = standings.standing(history, WINDOW.year)
    place = standings.place_of(now, "430100")
    rows = Signals(now).matrix(place, now.outside(place))
    assert models is not None

    exact = models.logistic.contributions(rows)
    trees = models.boosted.contributions(rows)

    assert [sum(parts) for parts in exact.tolist()] == models.logistic.scores(rows).tolist()
    assert trees.sum(axis=1) == pytest.approx(models.boosted.scores(rows), abs=1e-9)
    assert trees.std(axis=0).max() > 0


def test_printed_reasons_add_up_as_decimals(run: Run) -> None:
    told = json.loads(written.files(run)["reasons.json"])

    for trial in told:
        for rows in trial["lists"].values():
            assert rows
            for row in rows:
                parts = map(Decimal, row["contributions"].values())
                assert sum(parts) == Decimal(row["score"])


def test_the_models_find_more_than_a_list_by_capital(run: Run) -> None:
    by_model = {
        line["model"]: line
        for line in json.loads(written.files(run)["backtest.json"])["overall"]
        if line["stratum"] == "all"
    }

    assert by_model["logistic"]["ap"]["value"] > by_model["capital"]["ap"]["value"]
    assert by_model["boosted"]["ap"]["value"] > by_model["capital"]["ap"]["value"]


def test_writing_again_replaces_what_stood_there(run: Run, tmp_path: Path) -> None:
    place = tmp_path / "out"
    place.mkdir()
    (place / "old.txt").write_text("旧")

    written.write(run, place)

    assert {one.name for one in place.iterdir()} == set(written.files(run))
    assert list(tmp_path.iterdir()) == [place]


def _year(firm: small_world.Firm) -> int:
    assert firm.registered is not None
    return firm.registered.year


def test_the_groups_that_speak_of_a_chain_are_counted_apart(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YIPANQI_HOME", str(tmp_path))
    pack = packs.load(Path(__file__).parents[3] / "packs" / "changsha")

    found = runs.targets(folder, asked("长沙"), pack=pack)

    (trial,) = found.trials
    spoken = {kind: trial.placings[kind][rules.PEER].candidates for kind in found.chains}
    assert set(found.chains) <= set(trial.placings)
    assert 0 < spoken["chain:shengwu-yiyao"] < trial.candidates


def test_a_window_before_the_first_registration_is_skipped_and_says_so(folder: Path) -> None:
    found = runs.targets(folder, asked("长沙", windows=(Window(1950, 3),)))

    assert found.trials == ()
    assert [one.reason for one in found.skipped] == ["登记数据里没有 1950 年底以前的企业"]
    assert json.loads(written.files(found)["backtest.json"])["results"] == []


def test_the_first_year_of_a_registry_has_rules_but_no_models(folder: Path) -> None:
    found = runs.targets(folder, asked("长沙", windows=(Window(1991, 3),)))

    (trial,) = found.trials
    assert set(trial.placings["all"]) == set(rules.RULES)
    assert json.loads(written.files(found)["reasons.json"])[0]["lists"] == {}


def test_the_trees_reorder_the_head_of_the_list_and_leave_the_rest_below() -> None:
    class Upside:
        def scores(self, rows: Floats) -> Floats:
            return -rows[:, 0]

    head, rest = np.arange(trials.HEAD, dtype=float) + 100, np.arange(50, dtype=float)
    scores = np.concatenate([rest, head])

    found = trials.refined(cast("learning.Boosted", Upside()), scores, scores[:, None])

    order = np.argsort(-found, kind="stable")
    assert order[: trials.HEAD].tolist() == list(range(50, 50 + trials.HEAD))
    assert order[trials.HEAD :].tolist() == list(range(49, -1, -1))
