"""Screens: renewing a held claim, contesting one, and answering a contest."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from yipanqi.delivery import limits
from yipanqi.delivery.desk import faults
from yipanqi.delivery.desk.investors.forms import arriving
from yipanqi.delivery.desk.leads.forms import AnswerForm, ContestForm, PleaForm, RenewalForm
from yipanqi.delivery.desk.screens import DeskRequest, found, onward, page
from yipanqi.domain.evidence.services.safety import Refused
from yipanqi.domain.leads import queries
from yipanqi.domain.leads.services import contests, renewals
from yipanqi.domain.leads.services.entering import ProofMissing, Unclear
from yipanqi.vocab.actors import require
from yipanqi.vocab.labels import StateSecret

if TYPE_CHECKING:
    from yipanqi.domain.leads.models import Lead

_REFUSED = (
    renewals.NoProgress, contests.GroundsMissing, ProofMissing, Unclear, Refused, StateSecret,
)  # fmt: skip
_OVERTAKEN = (renewals.NotRenewable, contests.NotContestable, contests.NothingToAnswer)
Form = TypeVar("Form", bound=forms.Form)


@dataclass(frozen=True, slots=True)
class Paper:
    """A page with one form about a lead: its title, what it explains, its button."""

    title: str
    says: str
    button: str


@require_http_methods(["GET", "POST"])
def renew(request: DeskRequest, public_id: str) -> HttpResponse:
    """Renew the claim with the progress made, or say what is missing."""
    require(request.actor, "leads.register", doing=_("续期首报"))
    lead = found(queries.find(public_id, seen_by=request.actor))
    paper = Paper(
        _("续期"), _("续期须有登记或上次续期以来新的实质进展；次数和天数由规则表规定。"), _("续期")
    )

    def act(form: RenewalForm) -> str:
        renewal = renewals.renew(lead.claim, form.progress(), by=request.actor)
        return _("已续期，保护期至 %(day)s") % {"day": renewal.until}

    return _asked(request, lead, _form(request, RenewalForm), paper, act)


@require_http_methods(["GET", "POST"])
def contest(request: DeskRequest, public_id: str) -> HttpResponse:
    """Contest the claim, or argue for one's own that waits."""
    actor = request.actor
    require(actor, "leads.register", doing=_("提出异议"))
    lead = found(queries.find(public_id, seen_by=actor))
    paper = Paper(
        _("提出异议"),
        _("持有单位将在规定天数内答复，再由不属于任何一方的裁定人员裁定；理由和裁定双方可见。"),
        _("提出异议"),
    )

    def plead(form: PleaForm) -> str:
        contests.plead(lead.claim, form.cleaned_data["words"], by=actor)
        return _("异议已提出，待持有单位答复")

    def against(form: ContestForm) -> str:
        contests.contest(lead.claim, form.grounds(), by=actor)
        return _("异议已提出并登记，待持有单位答复；可在线索列表查看本单位的登记")

    if lead.unit_id == actor.unit_id:
        return _asked(request, lead, _form(request, PleaForm), paper, plead)
    return _asked(request, lead, _form(request, ContestForm), paper, against)


@require_http_methods(["GET", "POST"])
def answer(request: DeskRequest, public_id: str, contest_id: str) -> HttpResponse:
    """Answer a contest of the claim, or say what is missing."""
    require(request.actor, "leads.register", doing=_("答复异议"))
    lead = found(queries.find(public_id, seen_by=request.actor))
    waiting = {each.claim.public_id: each for each in queries.contests_of(lead.claim)}
    asked = found(waiting.get(contest_id))
    paper = Paper(_("答复异议"), _("对方理由：%(words)s") % {"words": asked.grounds}, _("答复"))

    def act(form: AnswerForm) -> str:
        given = form.cleaned_data
        evidence = arriving(given["evidence"]) if given["evidence"] else None
        contests.answer(asked.claim, given["words"], evidence, by=request.actor)
        return _("已答复，待裁定")

    return _asked(request, lead, _form(request, AnswerForm), paper, act)


def _form(request: DeskRequest, kind: type[Form]) -> Form:
    return kind(request.POST, request.FILES) if request.method == "POST" else kind()


def _asked(
    request: DeskRequest, lead: "Lead", form: Form, paper: Paper, act: Callable[[Form], str]
) -> HttpResponse:
    """Show the form; when it is sent and holds, act and go back to the lead with what is said."""
    if request.method == "POST" and form.is_valid():
        limits.count(request.actor, "upload")
        try:
            saying = act(form)
        except _OVERTAKEN as refusal:
            return faults.conflict(request, str(refusal))
        except _REFUSED as refusal:
            form.add_error(None, str(refusal))
        else:
            return onward(request, "lead", lead.public_id, saying=saying)
    status = 422 if form.errors else 200
    return page(request, "leads/paper", status, lead=lead, form=form, paper=paper)
