"""Screen: how lists like these fared in the backtest, chain by chain, against a one-line rule."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from yipanqi.delivery.desk.screens import DeskRequest, page
from yipanqi.domain.industries import queries as industries
from yipanqi.domain.studies import queries as studies

if TYPE_CHECKING:
    from yipanqi.domain.studies.told import TrackRecord


@dataclass(frozen=True, slots=True)
class Line:
    """A list of the first `k`: how many came of how many listed, and the one-line rule's own."""

    k: int
    hits: int
    listed: int
    rate: str
    interval: str
    base_rate: str
    rule: str
    rule_hits: int | None
    rule_listed: int | None
    rule_rate: str
    verdict: str
    # better | even | worse; empty without a rule to compare.
    tone: str


@dataclass(frozen=True, slots=True)
class Card:
    """A chain's lines, and what they were measured on."""

    chain: str
    name: str
    lines: Sequence[Line]
    cities: str
    windows: str
    as_of: str
    source: str
    published_at: datetime


@require_GET
def show(request: DeskRequest) -> HttpResponse:
    """Every chain's figures in force, and the chains without."""
    names = {each.code: each.name for each in industries.chains()}
    records = studies.track_records()
    cards = [card(records[code], name) for code, name in names.items() if code in records]
    lines = [line for each in cards for line in each.lines]
    return page(
        request,
        "chains/track_records",
        cards=cards,
        without=[name for code, name in names.items() if code not in records],
        worse=sum(line.tone == "worse" for line in lines),
        even=sum(line.tone == "even" for line in lines),
        compared=sum(bool(line.tone) for line in lines),
    )


def card(record: "TrackRecord", name: str) -> Card:
    """A chain's record in words and figures."""
    figures: Sequence[Mapping[str, Any]] = record.figures
    first = figures[0]
    snapshot, seed = first.get("snapshot", ""), first.get("seed", "")
    return Card(
        chain=record.chain,
        name=name,
        lines=[_line(each) for each in figures],
        cities=_listed(first.get("cities")),
        windows=_listed(first.get("windows")),
        as_of=_listed(first.get("as_of_days")),
        source=_("登记数据批次 %(snapshot)s，种子 %(seed)s，文件摘要 %(digest)s")
        % {"snapshot": snapshot, "seed": seed, "digest": record.digest[:12]},
        published_at=record.published_at,
    )


def _line(told: Mapping[str, Any]) -> Line:
    rule = told.get("rule") or {}
    hits, listed = told["hits"], told["listed"]
    tone = _tone(told, rule)
    return Line(
        k=told["k"],
        hits=hits,
        listed=listed,
        rate=_percent(hits / listed if listed else None),
        interval="–".join(_percent(each) for each in told.get("interval") or ()),
        base_rate=_percent(told.get("base_rate")),
        rule=str(rule.get("label", "")),
        rule_hits=rule.get("hits"),
        rule_listed=rule.get("listed"),
        rule_rate=_percent(_rate(rule)),
        verdict=_verdicts()[tone],
        tone=tone,
    )


def _tone(told: Mapping[str, Any], rule: Mapping[str, Any]) -> str:
    ours, theirs = _rate(told), _rate(rule)
    if ours is None or theirs is None:
        return ""
    low, high = told.get("interval") or (ours, ours)
    if low <= theirs <= high:
        return "even"
    return "better" if ours > theirs else "worse"


def _rate(told: Mapping[str, Any]) -> float | None:
    listed = told.get("listed")
    return told["hits"] / listed if listed else None


def _verdicts() -> Mapping[str, str]:
    return {
        "better": _("好于一句话规则"),
        "even": _("与一句话规则分不出高下"),
        "worse": _("不如一句话规则"),
        "": _("没有对照规则"),
    }


def _percent(share: float | None) -> str:
    """A share as officers read it: more digits where it is small."""
    if share is None:
        return "—"
    digits = 1 if share >= 0.01 or share == 0 else 3  # noqa: PLR2004
    return f"{share * 100:.{digits}f}%"


def _listed(words: object) -> str:
    return "、".join(str(each) for each in words) if isinstance(words, list) else str(words or "—")
