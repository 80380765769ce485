"""Delimited text (CSV, TSV): its encoding, delimiter and header, and its rows, none lost."""

import codecs
import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import pyarrow as pa

from yipanqi.engine.registry import splitting
from yipanqi.engine.registry.refusals import ImportRefused

_SAMPLE_BYTES = 1 << 20
_CHUNK_BYTES = 8 << 20
_LONGEST_LINE_BYTES = 64 << 20
_DELIMITERS = (",", "\t", ";", "|")
_UTF16_MARKS = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class Dialect:
    """How one text file is written down."""

    encoding: str
    delimiter: str
    header: tuple[str, ...]
    header_line: int


def dialect(file: Path, *, encoding: str | None = None, delimiter: str | None = None) -> Dialect:
    """The encoding, delimiter and header of a text file, found where not given.

    Raises ImportRefused for an empty file or an encoding that does not exist.
    """
    encoding = encoding or _encoding(file)
    try:
        codecs.lookup(encoding)
    except LookupError as unknown:
        raise ImportRefused(f"不认识的编码“{encoding}”：请写 utf-8 或 gb18030") from unknown
    with _opened(file, encoding) as stream:
        number, first = next(
            ((at, line) for at, line in enumerate(stream, start=1) if line.strip()), (0, "")
        )
    if not first:
        raise ImportRefused(f"“{file.name}”是空文件：请换一个有表头和数据的文件")
    delimiter = delimiter or max(_DELIMITERS, key=first.count)
    return Dialect(encoding, delimiter, _header(first, delimiter), number)


def batches(file: Path, how: Dialect) -> Iterator[pa.RecordBatch]:
    """Every row below the header, in batches of rows.SCHEMA; blank lines are no rows.

    Memory is bounded by one chunk, whatever the size of the file.
    """
    waiting, line = b"", 1
    with _opened(file, how.encoding) as stream:
        while text := stream.read(_CHUNK_BYTES // 2):
            chunk = waiting + text.encode()
            lines = splitting.numbered(chunk, first=line, last=False)
            found, used = splitting.batch(lines, how.delimiter, len(how.header), how.header_line)
            line += used
            waiting = lines.rest_after(used, how.delimiter)
            if len(waiting) > _LONGEST_LINE_BYTES:
                raise ImportRefused(f"“{file.name}”第{line}行长得不像登记数据：请确认这是 CSV 文件")
            yield found
    if waiting:
        lines = splitting.numbered(waiting, first=line, last=True)
        yield splitting.batch(lines, how.delimiter, len(how.header), how.header_line)[0]


def _header(line: str, delimiter: str) -> tuple[str, ...]:
    fields = next(csv.reader([line], delimiter=delimiter), [])
    return tuple(column.strip() for column in fields)


def _opened(file: Path, encoding: str) -> TextIO:
    # A damaged byte becomes U+FFFD, so that one bad character does not cost the whole file.
    # Universal newlines: \r\n and \r come as \n.
    return file.open(encoding=encoding, errors="replace")


def _encoding(file: Path) -> str:
    """UTF-8 or GB18030, whichever reads the first stretch beyond ASCII with fewer faults."""
    with file.open("rb") as stream:
        while (sample := stream.read(_SAMPLE_BYTES)).isascii() and sample:
            pass
        sample += stream.readline()
    if sample.startswith(_UTF16_MARKS):
        return "utf-16"
    faults = {name: _faults(sample, name) for name in ("utf-8-sig", "gb18030")}
    return min(faults, key=lambda name: faults[name])


def _faults(sample: bytes, encoding: str) -> int:
    return sample.decode(encoding, errors="replace").count("\ufffd")
