"""Files of registrations: what each one is, its header checked before any work is done."""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import pyarrow as pa
from pyarrow import parquet

from yipanqi.engine.registry import delimited, layouts, rows, workbooks
from yipanqi.engine.registry.delimited import Dialect
from yipanqi.engine.registry.layouts import Layout
from yipanqi.engine.registry.refusals import ImportRefused, one_sentence

_PARQUET_MARK, _ZIP_MARK = b"PAR1", b"PK\x03\x04"
# What the generator writes into the Parquet files it makes.
SYNTHETIC_KEY = b"yipanqi.synthetic"


class Form(StrEnum):
    """How a file holds its rows."""

    TEXT = "csv"
    WORKBOOK = "xlsx"
    PARQUET = "parquet"


@dataclass(frozen=True, slots=True)
class Source:
    """One file of an import: its place in the order given, form, layout and fingerprint."""

    number: int
    file: Path
    form: Form
    layout: Layout
    header: tuple[str, ...]
    dialect: Dialect | None
    sha256: str
    synthetic: bool

    @property
    def name(self) -> str:
        """What its rows say of where they come from."""
        return "synthetic" if self.synthetic else self.file.name

    def batches(self) -> Iterator[pa.RecordBatch]:
        """The rows of a text file or workbook, in batches of rows.SCHEMA."""
        if self.dialect is not None:
            return delimited.batches(self.file, self.dialect)
        return rows.batches(workbooks.records(self.file, self.header))


def opened(paths: Sequence[Path], described: Layout | None = None) -> tuple[Source, ...]:
    """Every file, in the order given. Raises ImportRefused at the first that cannot be read."""
    return tuple(_source(number, path, described) for number, path in enumerate(paths, start=1))


def _source(number: int, file: Path, described: Layout | None) -> Source:
    with one_sentence(file):
        _insist_on_a_filled_file(file)
        form = _form(file)
        dialect, synthetic = None, False
        if form is Form.PARQUET:
            header, synthetic = _parquet_header(file)
        elif form is Form.WORKBOOK:
            header = workbooks.header(file)
        else:
            dialect = _dialect(file, described)
            header = dialect.header
        layout = layouts.recognised(header, file, described)
        with file.open("rb") as stream:
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    return Source(number, file, form, layout, header, dialect, sha256, synthetic)


def _insist_on_a_filled_file(file: Path) -> None:
    if file.is_dir():
        raise ImportRefused(f"“{file}”是文件夹：请写明其中的文件，例如 {file}/*.parquet")
    if not file.exists():
        raise ImportRefused(f"找不到“{file}”：请核对路径")
    if file.stat().st_size == 0:
        raise ImportRefused(f"“{file.name}”是空文件：请换一个有表头和数据的文件")


def _form(file: Path) -> Form:
    with file.open("rb") as stream:
        mark = stream.read(4)
    if mark == _PARQUET_MARK or file.suffix.lower() == ".parquet":
        return Form.PARQUET
    if mark == _ZIP_MARK or file.suffix.lower() == ".xlsx":
        return Form.WORKBOOK
    if file.suffix.lower() == ".xls":
        raise ImportRefused(f"“{file.name}”是旧版 Excel 格式：请另存为 .xlsx 后再导入")
    return Form.TEXT


def _dialect(file: Path, described: Layout | None) -> Dialect:
    if described is None:
        return delimited.dialect(file)
    return delimited.dialect(file, encoding=described.encoding, delimiter=described.delimiter)


def _parquet_header(file: Path) -> tuple[tuple[str, ...], bool]:
    try:
        schema = parquet.read_schema(file)
    except (pa.ArrowException, OSError) as fault:
        raise ImportRefused(
            f"“{file.name}”不是完好的 Parquet 文件，可能没有传完：请重新获取后再导入"
        ) from fault
    return tuple(schema.names), SYNTHETIC_KEY in (schema.metadata or {})
