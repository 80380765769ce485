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
from yipanqi.vocab import regions

if TYPE_CHECKING:
    from yipanqi.domain.studies.told import TrackRecord


@dataclass(frozen=True, slots=True)
class Share:
    """A rate with what it is made of; `told` reads like “0.52%（7/1,350）”, a dash when unknown."""

    hits: int | None = None
    listed: int | None = None

    @property
    def told(self) -> str:
        """The rate and its counts."""
        if self.hits is None or not self.listed:
            return "—"
        return f"{_percent(self.hits / self.listed)}（{self.hits:,}/{self.listed:,}）"


@dataclass(frozen=True, slots=True)
class Line:
    """The lists of the first `k`: how many came, and beside them the best one-line rule.

    `ours` is the list's own share where the rule's `theirs` is taken: those not in the city yet.
    """

    k: int
    share: Share
    already_here: int
    interval: str
    base_rate: str
    rule: str
    ours: Share
    theirs: Share
    verdict: str
    # better | even | worse; empty without a rule to compare.
    tone: str


@dataclass(frozen=True, slots=True)
class Card:
    """A chain's lines, and what they were measured on."""

    chain: str
    name: str
    lines: Sequence[Line]
    years: int | None
    cities: str
    windows: str
    as_of: str
    source: str
    synthetic: bool
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
    """A chain's record in words and figures, as engine.backtests.track_records writes them."""
    figures: Sequence[Mapping[str, Any]] = record.figures
    first = figures[0]
    told = {"snapshot": first.get("snapshot") or "—", "seed": first.get("seed", "—")}
    return Card(
        chain=record.chain,
        name=name,
        lines=[_line(each) for each in figures],
        years=first.get("years"),
        cities=_listed([_city(each) for each in first.get("cities") or ()]),
        windows=_listed(first.get("windows")),
        as_of=_listed(first.get("as_of_days")),
        source=_("登记数据批次 %(snapshot)s，种子 %(seed)s，文件摘要 %(digest)s")
        % {**told, "digest": record.digest[:12]},
        synthetic=bool(first.get("synthetic")),
        published_at=record.published_at,
    )


def _line(told: Mapping[str, Any]) -> Line:
    rules = {each["rule"]: each for each in told.get("rules") or ()}
    best = rules.get(told.get("best_rule") or "")
    own: Mapping[str, Any] = next(iter(rules.values()), {})
    tone = _TONES[told.get("beats_best_rule")] if best else ""
    return Line(
        k=told["k"],
        share=Share(told["hits"], told["listed"]),
        already_here=told.get("already_here") or 0,
        interval="–".join(_percent(each) for each in told.get("interval") or ()),
        base_rate=_percent(told.get("base_rate")),
        rule=str(best["label"]) if best else "",
        ours=Share(own.get("hits"), own.get("listed")) if best else Share(),
        theirs=Share(best["hits"], best["listed"]) if best else Share(),
        verdict=_verdict(tone),
        tone=tone,
    )


def _verdict(tone: str) -> str:
    words = {
        "better": _("好于最好的一句话规则"),
        "even": _("与最好的一句话规则分不出高下"),
        "worse": _("不如最好的一句话规则"),
    }
    return words.get(tone, _("没有对照规则"))


def _percent(share: float | None) -> str:
    """A share as officers read it: more digits where it is small."""
    if share is None:
        return "—"
    digits = 1 if share >= 0.01 or share == 0 else 3  # noqa: PLR2004
    return f"{share * 100:.{digits}f}%"


def _city(code: str) -> str:
    known = regions.by_code().get(code)
    return known.short_name if known else code


def _listed(words: object) -> str:
    return "、".join(str(each) for each in words) if words and isinstance(words, list) else "—"


# Whether the interval of the ratio to the best rule lies above 1, below it, or holds it.
_TONES = {True: "better", False: "worse", None: "even"}
