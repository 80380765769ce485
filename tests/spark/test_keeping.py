"""What studies keep, made on a cluster: the tables DuckDB would have made, found in their place."""

from pathlib import Path

import pyarrow.parquet as pq
import pytest
from tests.spark import ground

from yipanqi.delivery.cli import main as commands
from yipanqi.engine import diagnosis, indices, offers, retagging, sessions
from yipanqi.engine.spark import keeping
from yipanqi.vocab import regions


@pytest.fixture(scope="module")
def two_homes(
    master: str, registry: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Path]:
    """A home that Spark filled and one that DuckDB filled."""
    spark, duckdb = tmp_path_factory.mktemp("spark"), tmp_path_factory.mktemp("duckdb")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("YIPANQI_HOME", str(spark))
        asked = ["registry", "prepare", "--registry", str(registry), "--spark", master]
        assert commands.main(asked) == 0
        patch.setenv("YIPANQI_HOME", str(duckdb))
        with sessions.measures() as session:
            offers.kept(registry, ground.book(), session)
    return spark, duckdb


@pytest.mark.parametrize("name", ["firms.parquet", "mentions.parquet", "offers.parquet"])
def test_a_kept_table_is_the_same_row_for_row(
    name: str, two_homes: tuple[Path, Path], registry: Path
) -> None:
    spark, duckdb = (pq.read_table(_kept(home, registry, name)) for home in two_homes)

    assert len(duckdb) > 1000
    assert spark.to_pylist() == duckdb.to_pylist()


def test_scopes_read_on_spark_are_known_to_duckdb(
    two_homes: tuple[Path, Path], registry: Path
) -> None:
    spark, duckdb = (pq.read_table(_kept(home, registry, retagging.SCOPES)) for home in two_homes)

    assert sorted(spark.to_pylist(), key=repr) == sorted(duckdb.to_pylist(), key=repr)


def test_a_diagnosis_answers_from_what_spark_made(
    two_homes: tuple[Path, Path], registry: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = []
    for home in two_homes:
        monkeypatch.setenv("YIPANQI_HOME", str(home))
        made = {file: file.stat().st_mtime_ns for file in home.rglob("*.parquet")}
        answers.append(
            diagnosis.diagnose(
                registry,
                ground.pack(),
                city=regions.by_code()["430100"],
                chain="gongcheng-jixie",
            )
        )
        assert (
            made.items()
            <= {file: file.stat().st_mtime_ns for file in home.rglob("*.parquet")}.items()
        )

    assert answers[0] == answers[1]


def test_a_later_snapshot_is_tagged_on_spark_only_where_it_changed(
    master: str, two_homes: tuple[Path, Path], registry: Path, monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:  # fmt: skip
    monkeypatch.setenv("YIPANQI_HOME", str(two_homes[0]))
    later = _with_fewer(registry, tmp_path / "later")

    keeping.keep(later, ground.book(), master=master)

    carried = pq.read_table(indices.mentions_place(later, ground.book())).to_pylist()
    monkeypatch.setenv("YIPANQI_HOME", str(tmp_path / "fresh"))
    with sessions.measures() as session:
        afresh = indices.mentions(later, ground.book(), session).to_pyarrow().to_pylist()
    assert carried == afresh


def _kept(home: Path, registry: Path, name: str) -> Path:
    (file,) = home.glob(f"index/{indices.snapshot(registry)}/*/{name}")
    return file


def _with_fewer(registry: Path, later: Path) -> Path:
    """A registry without the enterprises of Hunan and with other scopes in Hubei."""
    for file in sorted(registry.glob("enterprises/*/*.parquet")):
        if "430000" in file.parent.name:
            continue
        table = pq.read_table(file, partitioning=None)
        if "420000" in file.parent.name:
            scope = table.column("scope")
            place = table.schema.get_field_index("scope")
            table = table.set_column(place, "scope", [scope.to_pylist()[::-1]])
        into = later / file.relative_to(registry)
        into.parent.mkdir(parents=True)
        pq.write_table(table, into)
    return later
