"""The labels hold no registry data, and the figures drawn from them are sums done right."""

import csv
import importlib.util
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest

BENCH = Path(__file__).parents[2] / "bench"


@pytest.fixture(name="precision")
def _precision(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.setattr(sys, "path", [*sys.path, str(BENCH / "labels")])
    spec = importlib.util.spec_from_file_location("precision", BENCH / "precision.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _rows(name: str) -> list[dict[str, str]]:
    with (BENCH / "labels" / name).open(newline="") as file:
        return list(csv.DictReader(file))


def test_the_labels_name_no_enterprise_and_quote_no_scope() -> None:
    text = (BENCH / "labels" / "labels.csv").read_text()
    assert text.isascii()
    assert all(re.fullmatch("[0-9a-f]{16}", row["enterprise"]) for row in _rows("labels.csv"))


def test_every_label_is_of_a_link_in_the_sheet_and_of_a_drawn_stratum(
    precision: ModuleType,
) -> None:
    tables = precision.draw.five_chains(BENCH.parent / "packs" / "changsha")
    links = {row.link for row in tables.links} | {""}
    strata = {(row["stratum"], row["seed"]) for row in _rows("strata.csv")}
    strata.add((precision.draw.COVERED, "7"))
    answers = {*map(str, precision.Role), "none"}
    for row in _rows("labels.csv"):
        assert row["link"] in links
        assert (row["stratum"], row["seed"]) in strata
        assert {row["first"], row["second"]} <= answers


def test_at_least_400_enterprises_are_labelled_as_many_as_were_drawn() -> None:
    drawn = sum(int(row["drawn"]) for row in _rows("strata.csv"))
    labelled = {row["enterprise"] for row in _rows("labels.csv")}
    assert len(labelled) == drawn >= 400


def test_equal_weights_give_the_interval_of_wilson(precision: ModuleType) -> None:
    right = precision.Judged("c", "makes", "makes", 0.5)
    wrong = precision.Judged("c", "makes", "none", 0.5)
    share = precision._share([right] * 18 + [wrong] * 2, precision._linked)
    assert share == (0.9, pytest.approx(0.5958, abs=1e-4), pytest.approx(0.9821, abs=1e-4), 10)


def test_a_heavy_stratum_counts_by_its_weight(precision: ModuleType) -> None:
    heavy = precision.Judged("c", "makes", "none", 4.5)
    light = precision.Judged("c", "makes", "makes", 0.5)
    share = precision._share([heavy, heavy, light, light], precision._linked)
    assert share.share == pytest.approx(0.1)


def test_agreement_beyond_chance_is_cohens_kappa(precision: ModuleType) -> None:
    def row(first: str, second: str) -> object:
        return precision.Labelled("e", "l", "s", "7", first, second)

    rows = (
        [row("makes", "makes")] * 20 + [row("makes", "none")] * 5
        + [row("none", "makes")] * 10 + [row("none", "none")] * 15
    )  # fmt: skip
    assert precision._agreement(rows) == {"same": 0.7, "kappa": 0.4}
