"""Screen parts: adding a contact, and looking at a telephone number with a trace."""

from django.contrib import messages
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yipanqi.delivery import limits
from yipanqi.delivery.desk.investors.forms import ContactForm
from yipanqi.delivery.desk.investors.profile import profile
from yipanqi.delivery.desk.screens import DeskRequest, found, onward, page
from yipanqi.domain.investors import queries
from yipanqi.domain.investors.services import contacts
from yipanqi.vocab.labels import StateSecret


@require_POST
def add(request: DeskRequest, public_id: str) -> HttpResponse:
    """Add a contact, or show the form with what is missing."""
    enterprise = found(queries.find(public_id, seen_by=request.actor))
    form = ContactForm(request.POST)
    if form.is_valid():
        try:
            contacts.add(enterprise, form.facts(), by=request.actor)
        except (contacts.Incomplete, StateSecret) as refusal:
            form.add_error(None, str(refusal))
        else:
            return onward(request, "investor", public_id, saying=_("联系人已保存"))
    return profile(request, enterprise, refused=form)


@require_POST
def reveal(request: DeskRequest, public_id: str) -> HttpResponse:
    """Show the whole number; that it was looked at is in the ledger."""
    contact = found(queries.contact(public_id, seen_by=request.actor))
    limits.count(request.actor, "reveal")
    full = contacts.reveal(contact, by=request.actor)
    if request.htmx:
        return page(request, "investors/contact", contact=contact, full=full)
    messages.info(
        request,
        _("%(name)s 电话：%(full)s（本次查看已记入台账）") % {"name": contact.name, "full": full},
    )
    return onward(request, "investor", contact.enterprise.public_id)
