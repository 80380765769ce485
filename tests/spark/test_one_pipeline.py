"""The pipeline on DuckDB and on Spark over the same files: the same rows, every digit of them."""

from collections.abc import Iterator, Mapping
from pathlib import Path

import ibis.expr.types as ir
import pyarrow.parquet as pq
import pytest
from ibis.backends.pyspark import Backend
from tests.spark import ground

from yipanqi.engine import indices, sessions
from yipanqi.engine.spark import writing

STEPS = (
    "standing", "members", "offers", "facts", "verdict rules", "scored candidates",
    "location quotients", "market shares", "counts by year", "advantages", "Herfindahl of places",
    "Herfindahl of links", "Krugman against the rest", "Krugman against Changsha",
)  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    place = tmp_path_factory.mktemp("home")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("YIPANQI_HOME", str(place))
        yield place


@pytest.fixture(scope="module")
def mentions(home: Path, registry: Path) -> Path:
    with sessions.measures() as session:
        indices.mentions(registry, ground.book(), session)
    return indices.mentions_place(registry, ground.book())


@pytest.fixture(scope="module")
def cluster(master: str) -> Iterator[Backend]:
    with sessions.cluster(master) as session:
        yield session


@pytest.fixture(scope="module")
def on_spark(cluster: Backend, registry: Path, mentions: Path) -> Mapping[str, ir.Table]:
    told = cluster.read_parquet(str(registry / "enterprises"))
    return ground.pipeline(cluster, told, mentions)


@pytest.fixture(scope="module")
def on_duckdb(registry: Path, mentions: Path) -> Iterator[Mapping[str, ir.Table]]:
    with sessions.measures() as session:
        yield ground.pipeline(session, indices.enterprises(registry, session), mentions)


@pytest.mark.parametrize("step", STEPS)
def test_both_engines_give_the_same_rows(
    step: str,
    on_spark: Mapping[str, ir.Table],
    on_duckdb: Mapping[str, ir.Table],
    cluster: Backend,
    tmp_path: Path,
) -> None:
    writing.write(on_spark[step], tmp_path / "spark.parquet", cluster)
    on_duckdb[step].to_parquet(tmp_path / "duckdb.parquet")

    assert _rows(tmp_path / "spark.parquet") == _rows(tmp_path / "duckdb.parquet")


def test_every_step_of_the_pipeline_is_compared(on_spark: Mapping[str, ir.Table]) -> None:
    assert set(STEPS) == set(on_spark)


def _rows(file: Path) -> list[tuple[tuple[str, object], ...]]:
    rows = [tuple(sorted(row.items())) for row in pq.read_table(file).to_pylist()]
    assert rows
    return sorted(rows, key=repr)
