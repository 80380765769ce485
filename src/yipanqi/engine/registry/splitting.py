"""Lines of delimited text split into rows, a whole chunk at a time.

A delimiter parts two fields when an even number of quotation marks stands before it in its line.
Lines for which that gives the right number of fields (nearly all) never become Python objects;
the others are read one by one by the csv module.
"""

import csv
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from yipanqi.engine.registry import rows
from yipanqi.engine.registry.rows import Row

_NEWLINE, _QUOTE, _SPACE = 0x0A, 0x22, 0x20
# A record may run over this many lines; a quotation mark open for longer is a stray one.
_LONGEST_RECORD = 100
_LONGEST_RAW = 2_000

Places = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Lines:
    """The whole lines of a chunk: its bytes, where each line starts (and the last one ends)."""

    content: npt.NDArray[np.uint8]
    starts: Places
    first: int
    last: bool

    @property
    def count(self) -> int:
        """How many whole lines there are."""
        return len(self.starts) - 1

    def text(self, at: int) -> str:
        """One line, without its end."""
        taken: bytes = self.content[self.starts[at] : self.starts[at + 1]].tobytes()
        return taken.decode().rstrip("\n")

    def rest_after(self, used: int, delimiter: str) -> bytes:
        """What follows the first `used` lines, as it was written, for the next chunk."""
        rest: bytes = self.content[self.starts[used] :].tobytes()
        return rest.replace(rows.MARK.encode(), delimiter.encode())


def numbered(chunk: bytes, *, first: int, last: bool) -> Lines:
    """The whole lines of a chunk whose first line has the number `first`.

    In the `last` chunk of a file a line without an end counts as whole.
    """
    if last and not chunk.endswith(b"\n"):
        chunk += b"\n"
    content = np.frombuffer(bytearray(chunk), dtype=np.uint8)
    # NUL ends strings elsewhere, and the mark is ours.
    content[(content == 0) | (content == ord(rows.MARK))] = _SPACE
    ends = np.flatnonzero(content == _NEWLINE) + 1
    return Lines(content, np.concatenate([np.zeros(1, np.int64), ends]), first, last)


def batch(lines: Lines, delimiter: str, width: int, header: int) -> tuple[pa.RecordBatch, int]:
    """The rows of a chunk as one batch of rows.SCHEMA, and how many of its lines they used.

    Lines up to the number `header` are passed over. Lines at the end that may belong to a record
    running into the next chunk are left unused.
    """
    regular = _mark_fields(lines, delimiter, width)
    regular[: max(header + 1 - lines.first, 0)] = False
    apart, used = _irregular(lines, regular, delimiter, width, header)
    regular[used:] = False
    texts = pa.StringArray.from_buffers(
        lines.count, pa.py_buffer(lines.starts.astype(np.int32)), pa.py_buffer(lines.content)
    )
    whole = pa.RecordBatch.from_arrays(
        [
            pa.array(np.arange(lines.first, lines.first + lines.count)),
            texts,
            pa.nulls(lines.count, pa.string()),
        ],
        schema=rows.SCHEMA,
    ).filter(pa.array(regular))
    return _together(whole, apart), used


def _mark_fields(lines: Lines, delimiter: str, width: int) -> npt.NDArray[np.bool_]:
    """Replace the delimiters of regular lines by the mark; which lines are regular."""
    content, starts = lines.content, lines.starts
    quotes = np.flatnonzero(content == _QUOTE)
    delimiters = np.flatnonzero(content == ord(delimiter))
    delimiters = delimiters[delimiters < starts[-1]]
    line_of = np.searchsorted(starts, delimiters, side="right") - 1
    quotes_before = np.searchsorted(quotes, starts)
    inside = (np.searchsorted(quotes, delimiters) - quotes_before[line_of]) % 2 == 1
    parting, line_of = delimiters[~inside], line_of[~inside]
    fields = np.bincount(line_of, minlength=lines.count) + 1
    regular: npt.NDArray[np.bool_] = (fields == width) & (np.diff(quotes_before) % 2 == 0)
    content[parting[regular[line_of]]] = ord(rows.MARK)
    return regular


def _irregular(
    lines: Lines, regular: npt.NDArray[np.bool_], delimiter: str, width: int, header: int
) -> tuple[list[Row], int]:
    """The rows made of irregular lines, and how many lines of the chunk are used in all."""
    apart: list[Row] = []
    done = max(header + 1 - lines.first, 0)
    for place in np.flatnonzero(~regular):
        at = int(place)
        if at < done:
            continue
        if not lines.last and at + _LONGEST_RECORD > lines.count:
            return apart, at
        found, span = _record(lines, at, delimiter, width)
        regular[at : at + span] = False
        done = at + span
        apart.extend(found)
    return apart, lines.count


def _record(lines: Lines, at: int, delimiter: str, width: int) -> tuple[list[Row], int]:
    """The record that starts at an irregular line, and how many lines it spans."""
    first = lines.text(at)
    if not first.strip():
        return [], 1
    number = lines.first + at
    text, span = _quoted_whole(lines, at, first, delimiter)
    fields = _fields(text, delimiter)
    if fields is None or len(fields) != width:
        fields, span = _fields(first, delimiter), 1
    if fields is not None and len(fields) == width:
        return [Row(number, rows.joined(fields))], span
    return [Row(number, first[:_LONGEST_RAW], _problem(fields, width))], 1


def _quoted_whole(lines: Lines, at: int, first: str, delimiter: str) -> tuple[str, int]:
    """The line and those after it up to where its quotation marks are paired, and how many."""
    text = first
    for span in range(1, min(_LONGEST_RECORD, lines.count - at) + 1):
        if text.count('"') % 2 == 0:
            return text, span
        if at + span < lines.count:
            following = lines.text(at + span).replace(rows.MARK, delimiter)
            text = f"{text}\n{following}"
    return first, 1


def _fields(text: str, delimiter: str) -> list[str] | None:
    try:
        return next(csv.reader([f"{line}\n" for line in text.split("\n")], delimiter=delimiter))
    except (csv.Error, StopIteration):
        return None


def _problem(fields: list[str] | None, width: int) -> str:
    if fields is None:
        return "引号不成对或字段过长，无法分列：请检查该行的引号"
    return f"列数为{len(fields)}，应为{width}：请检查该行的分隔符和引号"


def _together(whole: pa.RecordBatch, apart: list[Row]) -> pa.RecordBatch:
    if not apart:
        return whole
    table = pa.Table.from_batches([whole, rows.batch(apart)])
    return table.combine_chunks().to_batches()[0]
