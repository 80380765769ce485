"""Which links of its chains a city may grow into specialities: made once, kept, read per city."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import ibis.expr.types as ir
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from ibis.backends.duckdb import Backend

from yipanqi.engine import indices, offers, once, stores
from yipanqi.engine.doings import Role
from yipanqi.engine.forecasts import entry, logistic, panels, signals
from yipanqi.engine.forecasts.entry import AHEAD, SINCE, CannotForecast
from yipanqi.engine.forecasts.learning import NoLearning
from yipanqi.engine.forecasts.signals import LOOKS_BACK
from yipanqi.engine.forecasts.trial import Trial, trial
from yipanqi.engine.terms import TermBook
from yipanqi.rulebook.chains import ChainTables
from yipanqi.vocab.regions import Region

MODEL = "entry-logistic"
# Raised when the same registry and chains would be forecast otherwise than before.
EDITION = 1
_REASONS = 3
_FEWEST_PROVINCES = 4
_SCORES, _SAYS = "scores.parquet", "model.json"
_SCHEMA = pa.schema(
    [("place", pa.string()), ("link", pa.string()), ("score", pa.string()), ("why", pa.string())]
)


@dataclass(frozen=True, slots=True)
class LinkForecast:
    """The score of a link that is no speciality yet, its rank among them, and why.

    `score` is a chance from 0 to 1 as the model gives it, `base_rate` the part of such pairs that
    entered in the window it learned from; `reasons` are signals with their part of the log-odds;
    `tried` says how such forecasts fared, None where no window was long enough.
    """

    score: Decimal
    rank: int
    among: int
    base_rate: Decimal
    as_of_year: int
    model: str
    model_digest: str
    reasons: tuple[tuple[str, Decimal], ...]
    tried: Trial | None


@dataclass(frozen=True, slots=True)
class CityForecast:
    """The forecasts of a city by link; one of the `seen` links without is a speciality already.

    `why_not` says why there is none at all. `tried` is None where no window was long enough.
    """

    links: Mapping[str, LinkForecast]
    why_not: str | None = None
    as_of_year: int | None = None
    provinces: int = 0
    seen: frozenset[str] = frozenset()
    digest: str = ""
    tried: Trial | None = None

    def why_none(self, link: str) -> str:
        """Why the link has no forecast; empty when it has one."""
        if self.why_not is not None or link in self.links:
            return self.why_not or ""
        if link not in self.seen:
            return f"到{self.as_of_year}年底，可比各省没有登记过这一环节的企业，不作预测"
        return f"按{self.as_of_year}年底累计登记，本市在这一环节已有专长（比较优势不低于1）"


def of_city(registry: Path, tables: ChainTables, session: Backend, *, city: Region) -> CityForecast:
    """The forecasts of the city's links, as of the last year its registrations are whole.

    Raises indices.NoRegistry.
    """
    says = indices.manifest(registry)
    if not says.get("as_of") or "gaps" not in says:
        return CityForecast({}, "登记数据没有写明截止日期和缺失年份，不作预测")
    missing: Mapping[str, Sequence[int]] = says["gaps"]
    try:
        year = _year(missing, city, _last_year(date.fromisoformat(says["as_of"])))
        folder = _kept(registry, tables, session, (missing, year))
    except (CannotForecast, NoLearning) as cannot:
        return CityForecast({}, str(cannot))
    told = json.loads((folder / _SAYS).read_bytes())
    rows = pq.read_table(folder / _SCORES, filters=pc.field("place") == city.code).to_pylist()
    if not rows:
        return CityForecast({}, f"{city.short_name}到{year}年底的登记太少，不作预测")
    return _city(rows, told)


def written(forecast: LinkForecast | None, notes: tuple[str, str]) -> dict[str, Any]:
    """The forecast in plain values with the trial of its model, and both notes.

    `notes` say why there is no forecast, and what keeps the evidence from the best grade.
    """
    told = {"note": notes[0], "grade_note": notes[1]}
    if forecast is None:
        return told
    tried = forecast.tried
    return {
        **asdict(forecast),
        **told,
        "score": str(forecast.score),
        "base_rate": str(forecast.base_rate),
        "reasons": [[label, str(part)] for label, part in forecast.reasons],
        "tried": asdict(tried) if tried else None,
    }


def registrations(offered: ir.Table) -> ir.Table:
    """Rows of panels.ROWS from offers (offers.COLUMNS); who only sells is of no link."""
    doing = offered.filter(offered.role != Role.TRADES.value, offered.registered.notnull())
    year = doing.registered.year().cast("int64")
    counted = doing.group_by("place", "link", year=year).agg(enterprises=doing.count())
    return counted.select(*panels.ROWS.names).cast(panels.ROWS)


def _kept(
    registry: Path,
    tables: ChainTables,
    session: Backend,
    window: tuple[Mapping[str, Sequence[int]], int],
) -> Path:
    made_from = f"{EDITION}.{indices.EDITION}.{offers.EDITION}-{tables.digest[:16]}-{window[1]}"
    place = stores.shelf(stores.Kind.INDEX) / indices.snapshot(registry) / f"entry-{made_from}"

    def write(room: Path) -> None:
        offered = offers.kept(registry, TermBook(tables.terms), session)
        _write(registrations(offered), window, room)

    return once.made(place, write)


def _write(rows: ir.Table, window: tuple[Mapping[str, Sequence[int]], int], room: Path) -> None:
    missing, year = window
    within = panels.complete_provinces(missing, since=year - AHEAD - LOOKS_BACK + 1, until=year)
    panel = panels.panel(rows, since=SINCE, until=year, within=within)
    before = signals.signals(panel, year=year - AHEAD)
    entered = entry.entries(panel, before, year=year)
    if not 0 < entered.sum() < len(entered):
        raise CannotForecast(f"到{year}年底还没有足够的城市和环节可供学习，不作预测")
    model = logistic.learn(before, entered)
    now = signals.signals(panel, year=year)
    tried = _tried(rows, missing, year)
    says = {
        "as_of_year": year,
        "provinces": len(within),
        "base_rate": f"{entered.mean():.4f}",
        "seen": panel.links,
        "digest": model.digest,
        "model": asdict(model),
        "tried": asdict(tried) if tried else None,
    }
    (room / _SAYS).write_text(json.dumps(says, ensure_ascii=False, sort_keys=True), "utf-8")
    pq.write_table(_scores(model, now, panel), room / _SCORES)


def _tried(rows: ir.Table, missing: Mapping[str, Sequence[int]], year: int) -> Trial | None:
    """The trial five years earlier; None where too few provinces are whole for so long."""
    since = year - 2 * AHEAD - LOOKS_BACK + 1
    within = panels.complete_provinces(missing, since=since, until=year)
    if since < SINCE or len(within) < _FEWEST_PROVINCES:
        return None
    return trial(panels.panel(rows, since=SINCE, until=year, within=within), year=year - AHEAD)


def _scores(model: logistic.Logistic, now: signals.Signals, panel: panels.Panel) -> pa.Table:
    chances, parts = model.probabilities(now), model.contributions(now)
    order = np.argsort(-np.abs(parts), axis=1, kind="stable")[:, :_REASONS]
    rows = [
        {
            "place": panel.places[place],
            "link": panel.links[link],
            "score": f"{chance:.4f}",
            "why": ";".join(f"{signals.NAMES[one]}={part[one]:.4f}" for one in most),
        }
        for place, link, chance, part, most in zip(
            now.place.tolist(), now.link.tolist(), chances, parts, order, strict=True
        )
    ]
    return pa.Table.from_pylist(rows, _SCHEMA).sort_by([("place", "ascending")])


def _city(rows: list[dict[str, str]], told: Mapping[str, Any]) -> CityForecast:
    tried = Trial(**told["tried"]) if told["tried"] else None
    ranked = sorted(rows, key=lambda row: (-Decimal(row["score"]), row["link"]))
    found = {
        row["link"]: LinkForecast(
            score=Decimal(row["score"]),
            rank=rank,
            among=len(ranked),
            base_rate=Decimal(told["base_rate"]),
            as_of_year=told["as_of_year"],
            model=MODEL,
            model_digest=told["digest"],
            reasons=_reasons(row["why"]),
            tried=tried,
        )
        for rank, row in enumerate(ranked, 1)
    }
    year, count = told["as_of_year"], told["provinces"]
    seen = frozenset(told["seen"])
    return CityForecast(found, None, year, count, seen, told["digest"], tried)


def _reasons(why: str) -> tuple[tuple[str, Decimal], ...]:
    pairs = [one.split("=") for one in why.split(";")]
    return tuple((signals.LABELS[name], Decimal(part)) for name, part in pairs)


def _year(missing: Mapping[str, Sequence[int]], city: Region, last: int) -> int:
    """The year to forecast from: its five years ahead must not all be past already."""
    year = entry.newest_whole(missing, city, last)
    if year + AHEAD < last:
        raise CannotForecast(
            f"{city.short_name}所在省最近完整的十年止于{year}年，"
            f"其后五年已经过去（数据到{last}年），不作预测"
        )
    return year


def _last_year(as_of: date) -> int:
    """The last year that the data cover to its end."""
    return as_of.year if (as_of.month, as_of.day) == (12, 31) else as_of.year - 1
