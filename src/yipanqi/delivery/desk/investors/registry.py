"""Screens: an enterprise's group by the registry, and taking the registry's newer facts."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from yipanqi.delivery import limits, registry_links
from yipanqi.delivery.desk.screens import DeskRequest, found, onward, page
from yipanqi.delivery.registry_links import Found
from yipanqi.domain.investors import queries
from yipanqi.domain.investors.services import refreshing
from yipanqi.domain.investors.services.contacts import Incomplete
from yipanqi.domain.rules import queries as rules
from yipanqi.vocab.actors import require

if TYPE_CHECKING:
    from yipanqi.domain.investors.models import Enterprise


@require_GET
def group(request: DeskRequest, public_id: str) -> HttpResponse:
    """The companies and branches it belongs with, each with the reason and how sure that is."""
    enterprise = found(queries.find(public_id, seen_by=request.actor))
    limits.count(request.actor, "search")
    family = registry_links.family(enterprise, city_code=rules.pack().region_code)
    return page(request, "investors/group", enterprise=enterprise, family=family)


@require_http_methods(["GET", "POST"])
def refresh(request: DeskRequest, public_id: str) -> HttpResponse:
    """Show where the registry differs; when fields are chosen, take them and no others."""
    require(request.actor, "investors.register", doing=_("更新企业信息"))
    enterprise = found(queries.find(public_id, seen_by=request.actor))
    limits.count(request.actor, "search")
    match = registry_links.match(enterprise)
    if request.method == "GET" or match.facts is None:
        return _page(request, enterprise, match)
    try:
        taken = refreshing.take(
            enterprise,
            match.facts,
            frozenset(request.POST.getlist("field")),
            shown=request.POST.get("shown", ""),
            by=request.actor,
        )
    except Incomplete as refusal:
        return _page(request, enterprise, match, refusal=str(refusal), status=422)
    except refreshing.Outdated as refusal:
        current = found(queries.find(public_id, seen_by=request.actor))
        return _page(request, current, match, refusal=str(refusal), status=409)
    saying = _("已更新：%(fields)s") % {"fields": "、".join(each.title for each in taken)}
    return onward(request, "investor", public_id, saying=saying)


def _page(
    request: DeskRequest,
    enterprise: "Enterprise",
    match: registry_links.Match,
    *,
    refusal: str = "",
    status: int = 200,
) -> HttpResponse:
    differences = refreshing.differences(enterprise, match.facts) if match.facts else ()
    return page(
        request,
        "investors/refresh",
        status,
        enterprise=enterprise,
        match=match,
        is_found=match.found is Found.ONE,
        differences=differences,
        shown=refreshing.mark(differences),
        refusal=refusal,
        chosen=frozenset(request.POST.getlist("field")),
    )
