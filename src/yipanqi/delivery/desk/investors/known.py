"""Screen parts: noting what an enterprise is, and its places on lists of 500; taking them back."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from yipanqi.delivery.desk.investors.profile import profile
from yipanqi.delivery.desk.investors.profile_forms import RankForm, TraitForm, reason
from yipanqi.delivery.desk.screens import DeskRequest, found, onward
from yipanqi.domain.investors import knowledge, queries
from yipanqi.domain.investors.services import ranking, traits
from yipanqi.domain.investors.services.contacts import Incomplete
from yipanqi.vocab.actors import require
from yipanqi.vocab.labels import StateSecret


@require_POST
def note(request: DeskRequest, public_id: str) -> HttpResponse:
    """Note a function, a tie or an offer, or show the form with what is missing."""
    enterprise = found(queries.find(public_id, seen_by=request.actor))
    require(request.actor, "investors.register", doing=_("登记企业特征"))
    form = TraitForm(request.POST)
    if form.is_valid():
        try:
            traits.note(enterprise, form.facts(), by=request.actor)
        except (Incomplete, StateSecret) as refusal:
            form.add_error(None, str(refusal))
        else:
            return onward(request, "investor", public_id, saying=_("已记录"))
    return profile(request, enterprise, refused=form)


@require_POST
def withdraw(request: DeskRequest, public_id: str) -> HttpResponse:
    """Take a note back with a reason."""
    trait = found(knowledge.trait(public_id, seen_by=request.actor))
    try:
        traits.withdraw(trait, because=reason(request), by=request.actor)
    except (Incomplete, StateSecret) as refusal:
        return profile(request, trait.enterprise, refusal=str(refusal))
    except traits.AlreadyWithdrawn as refusal:
        return profile(request, trait.enterprise, refusal=str(refusal), status=409)
    return onward(request, "investor", trait.enterprise.public_id, saying=_("已撤回"))


@require_POST
def rank(request: DeskRequest, public_id: str) -> HttpResponse:
    """Note a place on a list, or show the form with what is missing."""
    enterprise = found(queries.find(public_id, seen_by=request.actor))
    form = RankForm(request.POST)
    if form.is_valid():
        try:
            ranking.rank(enterprise, form.place(), by=request.actor)
        except (Incomplete, StateSecret) as refusal:
            form.add_error(None, str(refusal))
        else:
            return onward(request, "investor", public_id, saying=_("榜单名次已保存"))
    return profile(request, enterprise, refused=form)


@require_POST
def unrank(request: DeskRequest, public_id: str) -> HttpResponse:
    """Take a place on a list back with a reason."""
    listing = found(knowledge.listing(public_id, seen_by=request.actor))
    try:
        ranking.unrank(listing, because=reason(request), by=request.actor)
    except (Incomplete, StateSecret) as refusal:
        return profile(request, listing.enterprise, refusal=str(refusal))
    return onward(request, "investor", listing.enterprise.public_id, saying=_("已撤回"))
