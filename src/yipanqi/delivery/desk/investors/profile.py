"""Screen: one enterprise — its facts with their source, and the dealings this person may know."""

from typing import TYPE_CHECKING

from django import forms
from django.http import HttpResponse
from django.views.decorators.http import require_GET

from yipanqi.delivery.desk.investors.forms import ContactForm, OccasionForm
from yipanqi.delivery.desk.screens import DeskRequest, found, page
from yipanqi.domain.industries import queries as industries
from yipanqi.domain.investors import queries
from yipanqi.domain.leads import queries as leads
from yipanqi.domain.projects import queries as projects

if TYPE_CHECKING:
    from yipanqi.domain.investors.models import Enterprise


@require_GET
def show(request: DeskRequest, public_id: str) -> HttpResponse:
    """Show the enterprise."""
    return profile(request, found(queries.find(public_id, seen_by=request.actor)))


def profile(
    request: DeskRequest, enterprise: "Enterprise", *, refused: forms.Form | None = None
) -> HttpResponse:
    """The page of an enterprise; with a form that was refused, that form open with its faults."""
    actor = request.actor
    contact = refused if isinstance(refused, ContactForm) else ContactForm()
    occasion = refused if isinstance(refused, OccasionForm) else OccasionForm()
    contacts = queries.contacts(enterprise, seen_by=actor)
    return page(
        request,
        "investors/profile",
        422 if refused else 200,
        enterprise=enterprise,
        memberships=queries.memberships(enterprise),
        names=industries.names(),
        contacts=[(each, queries.masked(each.mobile)) for each in contacts],
        interactions=queries.interactions(enterprise, seen_by=actor),
        leads=leads.of_enterprise(enterprise, seen_by=actor),
        projects=projects.of_enterprise(enterprise.pk, seen_by=actor),
        contact_form=contact,
        occasion_form=occasion,
    )
