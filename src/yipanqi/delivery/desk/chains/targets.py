"""Screen: enterprises outside the city worth seeking for a link, ranked, with the working shown."""

from datetime import date
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yipanqi.delivery.desk import circumstances
from yipanqi.delivery.desk.chains import target_filters, target_rows, track
from yipanqi.delivery.desk.screens import DeskRequest, asked, found, onward, page, page_number
from yipanqi.domain.industries import queries as industries
from yipanqi.domain.investors.services import registering
from yipanqi.domain.studies import queries as studies
from yipanqi.domain.studies import target_lists

if TYPE_CHECKING:
    from yipanqi.domain.industries.models import Chain
    from yipanqi.domain.studies.models import Study, Target

_EVIDENCE_CHARACTERS = 1000
# 以商招商: what groups already here do elsewhere and not here.
AFFILIATES = "affiliates"


@require_GET
def show(request: DeskRequest, code: str) -> HttpResponse:
    """List the targets of a chain or of one of its links, or what groups here do elsewhere."""
    chain = found(industries.chain(code))
    kind = AFFILIATES if asked(request, "list") == AFFILIATES else "targets"
    study = studies.current(chain.code, kind)
    if study is None:
        return page(request, "chains/targets", chain=chain, study=None, kind=kind)
    return _listed(request, chain, study)


def _listed(request: DeskRequest, chain: "Chain", study: "Study") -> HttpResponse:
    links = {each.code: each.name for each in industries.links(chain)}
    link = asked(request, "link")
    if link:
        found(links.get(link))
    standard = target_lists.standard(study, is_demo=circumstances.is_demo())
    wanted = target_filters.wanted(request, standard)
    # Only the first list has been backtested.
    record = studies.track_record(chain.code) if study.kind == "targets" else None
    listed = target_lists.listing(study, wanted, seen_by=request.actor, page=page_number(request))
    return page(
        request,
        "chains/targets",
        chain=chain,
        study=study,
        kind=study.kind,
        link=link,
        link_name=links.get(link, ""),
        fields=target_filters.fields(study, wanted, links, standard=standard),
        page=listed.page,
        lives=listed.lives,
        hides=wanted.existence == target_lists.ALIVE,
        rows=target_rows.rows(listed.page.rows, links, seen_by=request.actor),
        features=target_rows.legend(listed.page.rows),
        bar=target_rows.BAR,
        record=track.card(record, chain.name) if record else None,
    )


@require_POST
def take_in(request: DeskRequest, public_id: str) -> HttpResponse:
    """Register the target in the investors' library (纳入客商库) and go to its page."""
    target = found(studies.target(public_id))
    enterprise, is_new = registering.register(facts(target), by=request.actor, place=_place(target))
    saying = _("已纳入客商库") if is_new else _("客商库中已有这家企业，已打开原有档案")
    return onward(request, "investor", enterprise.public_id, saying=saying)


def facts(target: "Target") -> registering.EnterpriseFacts:
    """What a target's registration tells of the enterprise, with its source and as-of."""
    said = {str(row["kind"]): str(row["text"]) for row in target.evidence}
    life = target_lists.lives([target])[target.registry_id]
    return registering.EnterpriseFacts(
        name=target.name,
        source=f"工商登记数据 {target.study.snapshot}"[:200],
        code=target.code or None,
        city=target.city,
        registered_on=_day(said.get("成立日期", "")),
        capital_text=said.get("注册资本", "")[:80],
        existence=life.check.result if life.check and life.is_look else target.existence,
        last_sign_on=life.on,
        source_as_of=target.study.as_of,
    )


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _place(target: "Target") -> registering.Place | None:
    if industries.misplaced(target.study.chain, target.link):
        # The study is older than the catalogue: the link it spoke of is no more.
        return None
    told = "；".join(str(row["text"]) for row in target.evidence if row["kind"] == "经营范围")
    return registering.Place(target.study.chain, target.link, told[:_EVIDENCE_CHARACTERS])
