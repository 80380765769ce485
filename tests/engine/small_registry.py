"""A registry of a few enterprises, written as Parquet the way an import writes it."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from yipanqi.vocab import regions

_SCHEMA = pa.schema(
    [
        *((name, pa.string()) for name in ("id", "code", "code_kind", "name")),
        ("registered", pa.date32()),
        ("kind", pa.string()),
        ("capital_wan", pa.decimal128(20, 6)),
        *(
            (name, pa.string())
            for name in (
                "capital_currency", "capital_text", "scope", "province_code", "province",
                "city_code", "city", "address", "status",
            )
        ),
        ("last_sign_on", pa.date32()),
        ("last_sign_kind", pa.string()),
        ("source", pa.string()),
    ]
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Firm:
    """What a test says of an enterprise; the rest is filled in."""

    name: str
    city: str
    scope: str
    capital_wan: Decimal | None = Decimal(1000)
    currency: str | None = "CNY"
    registered: date | None = date(2010, 1, 1)
    status: str = "unknown"
    last_sign: tuple[date, str | None] | None = None


def write(folder: Path, firms: Iterable[Firm]) -> Path:
    """Write the firms as a registry as of 2016-12-31, and give its folder."""
    by_province: dict[str, list[dict[str, object]]] = {}
    for firm in firms:
        row = _row(firm)
        by_province.setdefault(str(row["province_code"]), []).append(row)
    for province, rows in by_province.items():
        place = folder / "enterprises" / f"province_code={province}"
        place.mkdir(parents=True)
        table = pa.Table.from_pylist(rows, _SCHEMA).drop_columns(["province_code"])
        pq.write_table(table, place / "data.parquet")
    told = {"as_of": "2016-12-31", "synthetic": True}
    (folder / "manifest.json").write_text(json.dumps(told), "utf-8")
    return folder


def _row(firm: Firm) -> dict[str, object]:
    region = regions.city(firm.city)
    assert region is not None, firm.city
    return {
        "id": hashlib.sha256(firm.name.encode()).hexdigest()[:16],
        "code_kind": "none",
        "name": firm.name,
        "registered": firm.registered,
        "capital_wan": firm.capital_wan,
        "capital_currency": firm.currency,
        "capital_text": None if firm.capital_wan is None else f"{firm.capital_wan}(万元)",
        "scope": firm.scope,
        "province_code": region.province_code,
        "city_code": region.code,
        "city": region.short_name,
        "status": firm.status,
        "last_sign_on": firm.last_sign[0] if firm.last_sign else None,
        "last_sign_kind": firm.last_sign[1] if firm.last_sign else None,
        "source": "test.csv",
    }
