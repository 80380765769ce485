"""The synthetic registry: labelled, valid, repeatable, uneven."""

import json
from collections import Counter
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from yipanqi.engine.registry import generating, made_up_words, making
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


def test_no_two_enterprises_share_a_code_however_many_there_are(tmp_path: Path) -> None:
    done = generating.into_folder(Recipe(120_000, 7), tmp_path / "out")
    told = done.account.as_mapping()
    assert (told["accepted"], told["duplicates"], told["rejected"]) == (120_000, 0, 0)


def test_branches_bear_the_name_and_do_the_work_of_a_company_that_is_there(tmp_path: Path) -> None:
    making.write(5000, seed=7, terms=made_up_words.FEW_TERMS, into=tmp_path / "made.parquet")
    rows = pq.read_table(tmp_path / "made.parquet", columns=["name", "scope"]).to_pylist()
    scopes = {row["name"]: row["scope"] for row in rows}
    branches = [row for row in rows if row["name"].endswith("分公司")]
    heads = [row["name"][: row["name"].index("公司") + 2] for row in branches]
    assert 150 < len(branches) < 350
    assert [scopes.get(head) for head in heads] == [row["scope"] for row in branches]
    assert max(Counter(heads).values()) > 2


def test_rows_that_come_later_do_not_change_those_before(tmp_path: Path) -> None:
    for rows in (60_000, 110_000):
        into = tmp_path / f"{rows}.parquet"
        making.write(rows, seed=7, terms=made_up_words.FEW_TERMS, into=into)
    few, many = (pq.read_table(tmp_path / f"{rows}.parquet") for rows in (60_000, 110_000))
    assert many.slice(0, 50_000).equals(few.slice(0, 50_000))


def test_scopes_are_as_varied_as_real_ones(tmp_path: Path) -> None:
    making.write(50_000, seed=7, terms=made_up_words.FEW_TERMS, into=tmp_path / "made.parquet")
    scopes = pq.read_table(tmp_path / "made.parquet", columns=["scope"])["scope"].to_pylist()
    sentences = [one for scope in scopes for one in scope.rstrip("。").split("；")]
    # In the nation's registrations two sentences in five are the only ones of their wording.
    assert 0.2 < len(set(sentences)) / len(sentences) < 0.5
