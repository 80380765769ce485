"""The manifest of a registry: where it comes from, how much it holds, what it lacks."""

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

import duckdb

from yipanqi.engine.registry.layouts import FACTS
from yipanqi.engine.registry.summary import Account

FORMAT = 2
# A year with less than this share of the median of the years around it counts as missing.
_GAP_SHARE = 0.05
_AROUND = 3
_GAP_RULE = "没有登记、或登记数不足前后各3年中位数5%的年份视为缺失；不可把缺失后的回升读作增长"


def written(
    connection: duckdb.DuckDBPyConnection,
    account: Account,
    out: Path,
    *,
    licence: str | None,
    as_of: date | None,
) -> dict[str, Any]:
    """Write manifest.json beside the tables; its content. The same input gives the same bytes."""
    counts = _counts(connection, out)
    content: dict[str, Any] = {
        "format": FORMAT,
        "snapshot": snapshot(account, as_of),
        "synthetic": any(file.source.synthetic for file in account.files),
        "source": [file.source.file.name for file in account.files],
        "licence": licence or "未注明",
        "as_of": (as_of or _latest_day(connection, out)),
        "as_of_basis": "given" if as_of else "latest day in the tables",
        "capital_unit": "万（原币种，不折算）",
        "facts": list(FACTS),
        **account.as_mapping(),
        "provinces": counts,
        "gaps": _gaps(counts),
        "gap_rule": _GAP_RULE,
    }
    text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True, default=str)
    (out.parent / "manifest.json").write_text(text + "\n", encoding="utf-8")
    return content


def snapshot(account: Account, as_of: date | None) -> str:
    """A name that the same files, in the same order and as of the same day, always get."""
    told = "\n".join([str(FORMAT), str(as_of), *(file.source.sha256 for file in account.files)])
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _counts(connection: duckdb.DuckDBPyConnection, out: Path) -> dict[str, dict[str, int]]:
    """Enterprises by province and year of registration; unknown years under an empty text."""
    counts: dict[str, dict[str, int]] = {}
    for folder in sorted(out.glob("province_code=*")):
        years = connection.read_parquet(f"{folder}/*.parquet").aggregate(
            "coalesce(year(registered)::VARCHAR, '') AS year, count(*)", "year"
        )
        counts[folder.name.removeprefix("province_code=")] = dict(sorted(years.fetchall()))
    return counts


def _gaps(counts: Mapping[str, Mapping[str, int]]) -> dict[str, list[int]]:
    """The years each province lacks between the first and the last year of the whole registry."""
    years = [int(year) for province in counts.values() for year in province if year]
    if not years:
        return {}
    return {
        code: lacking
        for code, province in counts.items()
        if (lacking := _lacking(province, range(min(years), max(years) + 1)))
    }


def _lacking(province: Mapping[str, int], span: range) -> list[int]:
    return [year for year in span if province.get(str(year), 0) <= _least(province, year)]


def _least(province: Mapping[str, int], year: int) -> float:
    around = range(year - _AROUND, year + _AROUND + 1)
    return _GAP_SHARE * median(province.get(str(near), 0) for near in around if near != year)


def _latest_day(connection: duckdb.DuckDBPyConnection, out: Path) -> date | None:
    if not any(out.glob("province_code=*/*.parquet")):
        return None
    latest = connection.read_parquet(f"{out}/*/*.parquet").aggregate(
        "greatest(max(registered), max(last_sign_on))"
    )
    found: date | None = latest.fetchall()[0][0]
    return found
