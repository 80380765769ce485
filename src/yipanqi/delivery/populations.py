"""Whole populations of records for auditors: each row the person may see, counted and hashed."""

import csv
import hashlib
import json
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from decimal import Decimal
from operator import attrgetter
from pathlib import Path
from typing import IO, Any

from django.conf import settings

from yipanqi import __version__
from yipanqi.delivery.population_columns import CLAIMS, ENTERPRISES, FILES, LINES, PROJECTS, Column
from yipanqi.domain.evidence import queries as evidence
from yipanqi.domain.investors import queries as investors
from yipanqi.domain.leads import queries as leads
from yipanqi.domain.ledger import queries as ledger
from yipanqi.domain.people import queries as people
from yipanqi.domain.people.services import exporting
from yipanqi.domain.projects import queries as projects
from yipanqi.vocab import clock
from yipanqi.vocab.actors import Actor, NotAllowed

_CHUNK = 2000
# A spreadsheet runs a cell that begins like this; a quote before it makes it text.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Population:
    """One kind of record: its columns, its rows for a reader, and any of the verbs that open it."""

    code: str
    title: str
    verbs: frozenset[str]
    columns: Sequence[Column]
    rows: Callable[[Actor], Any]

    def is_open(self, actor: Actor) -> bool:
        """Whether the person may take it out."""
        return any(actor.may(verb) for verb in self.verbs)


@dataclass(frozen=True, slots=True)
class Written:
    """A file of the export: how many rows, and the hash of its bytes."""

    name: str
    rows: int
    sha256: str
    size_bytes: int


def open_to(actor: Actor) -> list[Population]:
    """The populations this person may take out."""
    return [each for each in POPULATIONS.values() if each.is_open(actor)]


def count(population: Population, *, seen_by: Actor) -> int:
    """How many rows the person would get."""
    return int(population.rows(seen_by).count())


def export(population: Population, *, by: Actor) -> IO[bytes]:
    """A zip at its start: CSV, JSON lines and a manifest; the taking is in the ledger.

    Raises NotAllowed. The caller closes the file, and it is gone from disk then.
    """
    if not population.is_open(by):
        raise NotAllowed("您的岗位不能导出这类记录；请联系本单位管理员调整任职")
    with tempfile.TemporaryDirectory(dir=settings.HOME, prefix=".export-") as folder:
        written = _written(population, Path(folder), population.rows(by).iterator(_CHUNK))
        lines = written[1]
        exporting.record(
            population.code, title=population.title, rows=lines.rows, sha256=lines.sha256, by=by
        )
        return _packed(Path(folder), population, written, by)


def _written(
    population: Population, folder: Path, rows: Iterable[object]
) -> tuple[Written, Written]:
    """The CSV and the JSON lines, in one pass, so that both hold the same rows."""
    table, lines = folder / f"{population.code}.csv", folder / f"{population.code}.jsonl"
    total = 0
    # The mark at the start tells spreadsheets that the text is UTF-8.
    with table.open("w", encoding="utf-8-sig", newline="") as out, lines.open("wb") as plain:
        writer = csv.writer(out)
        writer.writerow([column.title for column in population.columns])
        for shown in _shown(population.columns, rows):
            writer.writerow([_cell(value) for value in shown.values()])
            plain.write(json.dumps(shown, ensure_ascii=False).encode() + b"\n")
            total += 1
    return _hashed(table, total), _hashed(lines, total)


def _shown(columns: Sequence[Column], rows: Iterable[object]) -> Iterator[Mapping[str, object]]:
    readers = [(column.key, column.path.split(".")) for column in columns]
    for row in rows:
        yield {key: _plain(_read(row, path)) for key, path in readers}


def _read(row: object, path: Sequence[str]) -> object:
    for step in path:
        row = attrgetter(step)(row) if row is not None else None
    return row


def _plain(value: object) -> object:
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    return value


def _cell(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return value


def _hashed(path: Path, rows: int) -> Written:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    return Written(path.name, rows, digest, path.stat().st_size)


def _packed(
    folder: Path, population: Population, written: Sequence[Written], by: Actor
) -> IO[bytes]:
    packed = tempfile.TemporaryFile(dir=settings.HOME, prefix=".export-")  # noqa: SIM115 -- the caller's
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for each in written:
            archive.write(folder / each.name, each.name)
        archive.writestr("manifest.json", _manifest(population, written, by))
    packed.seek(0)
    return packed


def _manifest(population: Population, written: Sequence[Written], by: Actor) -> str:
    head = ledger.head()
    told = {
        "population": population.code,
        "title": population.title,
        "scope": "导出人有权查看的全部记录，未抽样、未截断",
        "rows": written[0].rows,
        "made_at": clock.now().isoformat(),
        "made_by": by.name,
        "release": __version__,
        "files": [asdict(each) for each in written],
        "columns": {column.key: column.title for column in population.columns},
        "ledger": {
            "lines": head.lines,
            "seal": head.seal.no if head.seal else None,
            "seal_digest": head.seal.digest if head.seal else None,
        },
    }
    return json.dumps(told, ensure_ascii=False, indent=1)


def _lines(actor: Actor) -> Any:
    only = people.visible(actor, path="scope_path", label="scope_label", chain="scope_chain")
    return ledger.population(ledger.Filters(), only=only)


_AUDIT = frozenset({"audit.export"})
_LISTS = _AUDIT | {"exports.make"}
POPULATIONS = {
    each.code: each
    for each in (
        Population(
            "projects", "项目", _LISTS, PROJECTS, lambda actor: projects.population(seen_by=actor)
        ),
        Population(
            "claims", "线索与首报", _LISTS, CLAIMS, lambda actor: leads.population(seen_by=actor)
        ),
        Population(
            "enterprises",
            "客商",
            _LISTS,
            ENTERPRISES,
            lambda actor: investors.population(seen_by=actor),
        ),
        Population(
            "evidence",
            "佐证材料目录",
            _AUDIT,
            FILES,
            lambda actor: evidence.population(seen_by=actor),
        ),
        Population("ledger", "台账", _AUDIT, LINES, _lines),
    )
}
