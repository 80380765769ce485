"""Screen: an enterprise as the registry has it, and the way into the library (纳入客商库)."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yipanqi.delivery import limits, registry_search
from yipanqi.delivery.desk.screens import DeskRequest, found, onward, page
from yipanqi.delivery.registry_search import Condition, State
from yipanqi.domain.investors.services import registering
from yipanqi.engine.search import finding


@require_GET
def show(request: DeskRequest, registry_id: str) -> HttpResponse:
    """What the registry tells of the enterprise, and its record where the library has it."""
    limits.count(request.actor, "search")
    now = registry_search.condition()
    if now.registry is None or now.state is not State.READY:
        return _not_ready(request, now)
    row = found(finding.one(now.registry, registry_id))
    known = registry_search.known([row]) if request.actor.posts else {}
    return page(
        request,
        "search/registered",
        row=row,
        known=known.get(row.id),
        as_of=registry_search.as_of(now.registry),
    )


@require_POST
def take_in(request: DeskRequest, registry_id: str) -> HttpResponse:
    """Register the enterprise in the investors' library and go to its page there."""
    now = registry_search.condition()
    if now.registry is None or now.state is not State.READY:
        return _not_ready(request, now)
    facts = registry_search.facts(found(finding.one(now.registry, registry_id)), now.registry)
    enterprise, is_new = registering.register(facts, by=request.actor)
    saying = _("已纳入客商库") if is_new else _("客商库中已有这家企业，已打开原有档案")
    return onward(request, "investor", enterprise.public_id, saying=saying)


def _not_ready(request: DeskRequest, now: Condition) -> HttpResponse:
    return page(request, "search/not_ready", 503, condition=now)
