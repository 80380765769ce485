"""Two sets of rows of one study, the kept and the recomputed, held against each other."""

import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import DecimalField, Field, JSONField, Model

# The engine promises 1e-9 on another machine, and the same bytes on the same.
_TOLERANCE = 1e-9
# As many differences are kept to be read; all are counted.
MOST_KEPT = 200
_LONGEST = 300
_OWN = frozenset({"id", "public_id", "study"})

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of one row: what the study says, and what came out now ("" where no such row)."""

    row: str
    field: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """How many rows were held against each other, how many differ, and the first differences."""

    rows: int
    differing: int
    differences: tuple[Difference, ...]


def compare(kept: Iterable[Model], now: Iterable[Model], key: Key) -> Comparison:
    """The differences of every field that is not the row's own identity, rows matched by `key`."""
    before, after = _by_key(kept, key), _by_key(now, key)
    names = sorted({*before, *after})
    found = {name: _of_row(name, before.get(name), after.get(name)) for name in names}
    differing = [name for name in names if found[name]]
    every = [each for name in differing for each in found[name]]
    return Comparison(len(names), len(differing), tuple(every[:MOST_KEPT]))


def _by_key(rows: Iterable[Model], key: Key) -> Mapping[Key, Model]:
    # Ranks are padded, so that the tenth stands after the second.
    return {tuple(f"{getattr(row, name)!s:>6}" for name in key): row for row in rows}


def _of_row(key: Key, kept: Model | None, now: Model | None) -> list[Difference]:
    title = " · ".join(part.strip() for part in key)
    if kept is None or now is None:
        was, is_now = ("有", "") if now is None else ("", "有")
        return [Difference(title, "整行", was, is_now)]
    every = kept._meta.concrete_fields  # noqa: SLF001 -- the documented way to a model's fields
    fields = [each for each in every if each.name not in _OWN]
    pairs = ((each, _plain(each, kept), _plain(each, now)) for each in fields)
    return [
        Difference(title, str(each.name), _shown(was), _shown(then))
        for each, was, then in pairs
        if not _is_same(was, then)
    ]


def _plain(field: "Field[object, object]", row: Model) -> object:
    """The value as the database would give it back."""
    value = getattr(row, field.attname)
    if isinstance(field, DecimalField) and value is not None:
        return Decimal(value).quantize(Decimal(1).scaleb(-field.decimal_places))
    return json.loads(json.dumps(value)) if isinstance(field, JSONField) else value


def _is_same(one: object, other: object) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=_TOLERANCE, abs_tol=_TOLERANCE)
    return one == other


def _shown(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else str(value)
    return text[:_LONGEST]
