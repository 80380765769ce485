"""Taking a city's pack into force."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from django.db import transaction

from yipanqi.domain.rules import queries
from yipanqi.domain.rules.models import Sheet, Status
from yipanqi.rulebook import pack_files, packs, sheets
from yipanqi.rulebook.packs import Pack
from yipanqi.vocab import clock
from yipanqi.vocab.actors import Actor


class AnotherCity(Exception):
    """The platform already works for a different city."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """The pack and the files of it that were new or had changed."""

    pack: Pack
    added: tuple[str, ...]


@transaction.atomic
def load_pack(path: Path | str, *, by: Actor) -> Loaded:
    """Approve every file of the pack that differs from the revision in force.

    Loading the same pack again changes nothing. Raises SheetFaults when the pack is not sound,
    AnotherCity when a different city's is in force; then nothing is changed either.
    """
    pack = packs.load(path)
    held = Sheet.objects.exclude(city=pack.id).values_list("city", flat=True).first()
    if held is not None:
        raise AnotherCity(f"本平台已装入“{held}”的规则包，不能再装“{pack.id}”；请另建数据库")
    known = {name: (revision, digest) for name, revision, digest in queries.current()}
    added = []
    for name, text in sorted(pack.texts.items()):
        revision, digest = known.get(name, (0, ""))
        if digest != sheets.digest(text):
            _approve(pack.id, name, text, revision + 1, by)
            added.append(name)
    return Loaded(pack, tuple(added))


@transaction.atomic
def revise(texts: Mapping[str, str], *, by: Actor) -> Pack:
    """Approve these files as new revisions beside all others in force; the pack that results.

    Raises SheetFaults when the whole would not be sound, NotInForce when there is no pack yet;
    then nothing is changed.
    """
    pack = queries.pack()
    revised = packs.from_texts({**pack.texts, **texts})
    known = {name: (revision, digest) for name, revision, digest in queries.current()}
    for name, text in sorted(texts.items()):
        revision, digest = known.get(name, (0, ""))
        if digest != sheets.digest(text):
            _approve(pack.id, name, text, revision + 1, by)
    return revised


def _approve(city: str, name: str, text: str, revision: int, by: Actor) -> None:
    place = pack_files.sheet_place(name)
    Sheet.objects.create(
        city=city,
        unit=place[0] if place else "",
        kind=place[1] if place else _kind(name),
        name=name,
        valid_from=_day(name),
        revision=revision,
        status=Status.APPROVED,
        text=text,
        digest=sheets.digest(text),
        approved_by=by.id,
        created_at=clock.now(),
    )


def _kind(name: str) -> str:
    return re.split(r"[/.]", name, maxsplit=1)[0]


def _day(name: str) -> date | None:
    found = re.search(r"\d{4}-\d\d-\d\d", name)
    return date.fromisoformat(found[0]) if found else None
