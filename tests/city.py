"""The city the tests play in: its sheets, units and parks, as the repository's pack has them."""

from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest

from yipanqi.domain.people.services import units
from yipanqi.domain.places.services import loading as places
from yipanqi.domain.rules import queries as rules
from yipanqi.domain.rules.models import Sheet, Status
from yipanqi.rulebook import organisations, pack_files, sheets, tables
from yipanqi.vocab import clock
from yipanqi.vocab.actors import HOUSE

PACK = Path(__file__).parents[1] / "packs" / "changsha"


class Sheets:
    """The sheets in force today."""

    def claims(self):
        return rules.claims(on=clock.today())


@pytest.fixture
def city(db):
    """The city's rules, units and parks are loaded; people come as `cast` is asked for them."""
    load()


@pytest.fixture
def pack(city):
    return Sheets()


@pytest.fixture
def evidence_home(settings):
    return settings.EVIDENCE_DIR


def load():
    """Load rules, units and parks; the pack itself is checked in tests/rules, not here."""

    texts, rows, parks, offices = written()
    Sheet.objects.bulk_create(Sheet(**fields, created_at=clock.now()) for fields in texts)
    units.load(rows, by=HOUSE, chains=offices)
    places.load(parks, focus=rules.focus(on=clock.today()))


@lru_cache(maxsize=1)
def written():
    """The pack's sheets as rows, its units, its parks, and the chain of each chain office."""

    texts, _ = pack_files.read(PACK)
    fields = [_sheet(name, text, sheets.digest(text)) for name, text in texts.items()]
    table = tables.read(texts["units.csv"], "units.csv", organisations.UNITS)
    parks = tables.read(texts["parks.csv"], "parks.csv", organisations.PARKS)
    rows = organisations.units(table)
    offices = {
        row.code: row.code.removeprefix("office-") for row in rows if row.kind == "chain_office"
    }
    return fields, rows, organisations.parks(parks), offices


def _sheet(name, text, digest):

    unit, kind = pack_files.sheet_place(name) or ("", name.split("/")[0].split(".")[0])
    stem = Path(name).stem
    return {
        "city": "changsha",
        "unit": unit,
        "kind": kind,
        "name": name,
        "valid_from": date.fromisoformat(stem) if stem[:2] == "20" else None,
        "revision": 1,
        "status": Status.APPROVED,
        "text": text,
        "digest": digest,
        "approved_by": 0,
    }
