"""The synthetic registry: labelled, valid, repeatable, uneven."""

import json
from collections import Counter
from pathlib import Path

import duckdb

from yipanqi.engine.registry import generating
from yipanqi.engine.registry.generating import Recipe


def test_every_row_is_accepted_and_marked_synthetic(tmp_path: Path) -> None:
    done = generating.into_folder(Recipe(2000, 7), tmp_path / "out")
    rows = duckdb.connect().read_parquet(f"{tmp_path}/out/enterprises/*/*.parquet")
    assert done.account.as_mapping()["accepted"] == 2000
    assert rows.project("source, code_kind").distinct().fetchall() == [("synthetic", "uscc")]
    assert json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))["synthetic"] is True


def test_a_seed_always_gives_the_same_registry_and_another_seed_another(tmp_path: Path) -> None:
    first = generating.into_folder(Recipe(500, 7), tmp_path / "a").manifest
    again = generating.into_folder(Recipe(500, 7), tmp_path / "b").manifest
    other = generating.into_folder(Recipe(500, 8), tmp_path / "c").manifest
    assert first == again
    assert first["snapshot"] != other["snapshot"]


def test_cities_differ_in_size_and_speciality(tmp_path: Path) -> None:
    generating.into_folder(Recipe(20_000, 7), tmp_path / "out")
    rows = duckdb.connect().read_parquet(f"{tmp_path}/out/enterprises/*/*.parquet")
    towns = Counter(dict(rows.aggregate("city, count(*)", "city").fetchall()))
    making = rows.filter("scope LIKE '%液压%'").aggregate("city, count(*)", "city").fetchall()
    shares = {city: count / towns[city] for city, count in making}
    assert towns["上海"] > 10 * towns["张家界"]
    assert max(shares.values()) > 3 * sum(count for _, count in making) / 20_000


def test_the_terms_given_are_the_terms_used(tmp_path: Path) -> None:
    recipe = Recipe(1000, 7, {"甲链": {"乙环节": ("独有词",)}})
    generating.into_folder(recipe, tmp_path / "out")
    rows = duckdb.connect().read_parquet(f"{tmp_path}/out/enterprises/*/*.parquet")
    (found,) = rows.filter("scope LIKE '%独有词%'").aggregate("count(*)").fetchall()[0]
    assert 100 < found < 400
