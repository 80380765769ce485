"""Screen: one enterprise — its facts with their source, and the dealings this person may know."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from yipanqi.delivery.desk.investors.forms import ContactForm, OccasionForm
from yipanqi.delivery.desk.investors.profile_forms import (
    ManagerForm,
    PlanForm,
    RankForm,
    TraitForm,
)
from yipanqi.delivery.desk.screens import DeskRequest, found, onward, page
from yipanqi.domain.industries import queries as industries
from yipanqi.domain.investors import dealings, kinds, knowledge, merges, queries
from yipanqi.domain.leads import queries as leads
from yipanqi.domain.people import queries as people
from yipanqi.domain.projects import queries as projects
from yipanqi.vocab.actors import Actor

if TYPE_CHECKING:
    from yipanqi.domain.investors.models import Enterprise

_FORMS: Mapping[str, type[forms.Form]] = {
    "contact": ContactForm,
    "occasion": OccasionForm,
    "trait": TraitForm,
    "rank": RankForm,
    "plan": PlanForm,
}


@require_GET
def show(request: DeskRequest, public_id: str) -> HttpResponse:
    """Show the enterprise; the address of a record merged into another leads to that one."""
    enterprise = found(queries.find(public_id, seen_by=request.actor))
    if enterprise.public_id != public_id:
        saying = _("您打开的档案已并入本档案")
        return onward(request, "investor", enterprise.public_id, saying=saying)
    return profile(request, enterprise)


def profile(
    request: DeskRequest,
    enterprise: "Enterprise",
    *,
    refused: forms.Form | None = None,
    refusal: str = "",
    status: int = 422,
) -> HttpResponse:
    """The page of an enterprise; with a form that was refused, that form open with its faults.

    `refusal` is what stands against an act that has no form of its own.
    """
    actor = request.actor
    contacts = queries.contacts(enterprise, seen_by=actor)
    return page(
        request,
        "investors/profile",
        status if refused or refusal else 200,
        enterprise=enterprise,
        refusal=refusal,
        facts=_facts(enterprise),
        memberships=queries.memberships(enterprise),
        names=industries.names(),
        contacts=[(each, queries.masked(each.mobile)) for each in contacts],
        interactions=queries.interactions(enterprise, seen_by=actor),
        leads=leads.of_enterprise(enterprise, seen_by=actor),
        projects=projects.of_enterprise(enterprise.pk, seen_by=actor),
        listings=knowledge.listings(enterprise),
        mergings=merges.of(enterprise),
        traits=knowledge.traits(enterprise, seen_by=actor),
        managers=dealings.managers(enterprise, seen_by=actor),
        plans=_plans(enterprise, actor),
        manager_form=_manager_form(actor, refused),
        **{f"{name}_form": _form(kind, refused) for name, kind in _FORMS.items()},
    )


def _form(kind: type[forms.Form], refused: forms.Form | None) -> forms.Form:
    return refused if isinstance(refused, kind) else kind()


def _manager_form(actor: Actor, refused: forms.Form | None) -> forms.Form | None:
    """The form with the colleagues of one's unit; None for who may not name one."""
    if isinstance(refused, ManagerForm):
        return refused
    if not actor.may("investors.register") or actor.unit_id is None:
        return None
    form = ManagerForm()
    form.offer(people.colleagues(seen_by=actor))
    return form


def _plans(enterprise: "Enterprise", actor: Actor) -> list[tuple[object, object]]:
    seen = dealings.plans(enterprise, seen_by=actor)
    colliding = dealings.collisions(seen, seen, enterprise) if seen else {}
    return [(plan, colliding.get(plan.pk)) for plan in seen]


def _facts(enterprise: "Enterprise") -> list[tuple[str, str, object, object]]:
    """Code, title, value and origin of each field; the origin is None where it is the record's."""
    origins = knowledge.origins(enterprise)
    return [
        (field, title, getattr(enterprise, field), origins.get(field))
        for field, title in kinds.FIELDS.items()
        if field not in {"name", "existence"}
    ]
