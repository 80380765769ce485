"""Screen: enterprises outside the city worth seeking for a link, ranked, with the working shown."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yipanqi.delivery.desk.screens import DeskRequest, asked, found, onward, page, page_number
from yipanqi.domain.industries import queries as industries
from yipanqi.domain.investors import queries as investors
from yipanqi.domain.investors.services import registering
from yipanqi.domain.studies import queries as studies

if TYPE_CHECKING:
    from yipanqi.domain.investors.models import Enterprise
    from yipanqi.domain.studies.models import Target

# A full score is drawn this wide.
_BAR = 140
_COLOURS = 10
_EVIDENCE_CHARACTERS = 1000


@dataclass(frozen=True, slots=True)
class Segment:
    """One contribution as a piece of the score's bar, in pixels."""

    x: float
    width: float
    colour: int
    label: str
    contribution: object


@dataclass(frozen=True, slots=True)
class Row:
    """A target, the bar of its score, its link's name, and its record where it is known already."""

    target: "Target"
    segments: Sequence[Segment]
    link: str
    known: "Enterprise | None"


@require_GET
def show(request: DeskRequest, code: str) -> HttpResponse:
    """List the targets of a chain or of one of its links."""
    chain = found(industries.chain(code))
    study = studies.current(chain.code, "targets")
    links = {each.code: each.name for each in industries.links(chain)}
    link = asked(request, "link")
    if link:
        found(links.get(link))
    listed = studies.targets(study, link, page_number(request)) if study else None
    rows = listed.rows if listed else []
    known = investors.same_of_each((row.code, row.name) for row in rows)
    return page(
        request,
        "chains/targets",
        chain=chain,
        study=study,
        links=links,
        link=link,
        page=listed,
        rows=[
            Row(each, segments(each), links.get(each.link, ""), ours)
            for each, ours in zip(rows, known, strict=True)
        ],
        features=_features(rows),
        bar=_BAR,
    )


@require_POST
def take_in(request: DeskRequest, public_id: str) -> HttpResponse:
    """Register the target in the investors' library (纳入客商库) and go to its page."""
    target = found(studies.target(public_id))
    enterprise, is_new = registering.register(facts(target), by=request.actor, place=_place(target))
    saying = _("已纳入客商库") if is_new else _("客商库中已有这家企业，已打开原有档案")
    return onward(request, "investor", enterprise.public_id, saying=saying)


def segments(target: "Target") -> list[Segment]:
    """The contributions as pieces of a bar whose full length is a score of 100."""
    pieces, x = [], Decimal(0)
    for place, part in enumerate(target.contributions):
        width = max(Decimal(str(part["contribution"])), Decimal(0)) * _BAR / 100
        label = part.get("label") or part["feature"]
        pieces.append(
            Segment(float(x), float(width), place % _COLOURS, label, part["contribution"])
        )
        x += width
    return pieces


def facts(target: "Target") -> registering.EnterpriseFacts:
    """What a target's registration tells of the enterprise, with its source and as-of."""
    said = {str(row["kind"]): str(row["text"]) for row in target.evidence}
    return registering.EnterpriseFacts(
        name=target.name,
        source=f"工商登记数据 {target.study.snapshot}"[:200],
        code=target.code or None,
        city=target.city,
        registered_on=_day(said.get("成立日期", "")),
        capital_text=said.get("注册资本", "")[:80],
        existence=target.existence,
        last_sign_on=target.last_sign_on,
        source_as_of=target.study.as_of,
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _place(target: "Target") -> registering.Place:
    told = "；".join(str(row["text"]) for row in target.evidence if row["kind"] == "经营范围")
    return registering.Place(target.study.chain, target.link, told[:_EVIDENCE_CHARACTERS])


def _features(rows: Sequence["Target"]) -> list[tuple[int, str]]:
    """The legend: each feature's colour and name, as the first row has them."""
    parts: Sequence[Mapping[str, str]] = rows[0].contributions if rows else ()
    return [(n % _COLOURS, part.get("label") or part["feature"]) for n, part in enumerate(parts)]
