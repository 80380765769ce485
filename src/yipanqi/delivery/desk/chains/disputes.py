"""Screens: objecting to the verdict on a link, and the list of objections with their answers."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yipanqi.delivery.desk import faults, glossary
from yipanqi.delivery.desk.fields import BLANK
from yipanqi.delivery.desk.screens import DeskRequest, asked, found, onward, page, page_number
from yipanqi.domain.industries import queries as industries
from yipanqi.domain.studies import queries as studies
from yipanqi.domain.studies.services import disputing
from yipanqi.domain.studies.services.disputing import Objection
from yipanqi.vocab.actors import require
from yipanqi.vocab.labels import TITLES, Label, StateSecret

if TYPE_CHECKING:
    from yipanqi.domain.studies.models import Dispute

_LABELS = (Label.INTERNAL, Label.WORK_SECRET, Label.BUSINESS_SECRET)


class ObjectionForm(forms.Form):
    """What the unit holds to be true, and why."""

    status = forms.ChoiceField(
        label=gettext_lazy("本单位认为"), choices=lambda: [BLANK, *glossary.choices("status")]
    )
    reason = forms.CharField(
        label=gettext_lazy("理由"),
        max_length=2000,
        widget=forms.Textarea({"rows": 5}),
        help_text=gettext_lazy("写明掌握的情况和来源，如实地走访、企业名单、统计口径"),
    )
    label = forms.ChoiceField(
        label=gettext_lazy("密级"), choices=[(each, TITLES[each]) for each in _LABELS]
    )

    def objection(self) -> Objection:
        """The objection as told."""
        told = self.cleaned_data
        return Objection(told["status"], told["reason"], Label(told["label"]))


class AnswerForm(forms.Form):
    """Whether the objection is right, and why."""

    uphold = forms.TypedChoiceField(
        label=gettext_lazy("答复"),
        choices=[BLANK, ("yes", gettext_lazy("采纳")), ("no", gettext_lazy("不采纳"))],
        coerce=lambda text: text == "yes",
    )
    because = forms.CharField(
        label=gettext_lazy("答复理由"),
        max_length=2000,
        widget=forms.Textarea({"rows": 3}),
        help_text=gettext_lazy("提出单位将看到"),
    )


@dataclass(frozen=True, slots=True)
class Row:
    """An objection, and the form to answer it where this person may."""

    dispute: "Dispute"
    form: AnswerForm | None


@require_http_methods(["GET", "HEAD", "POST"])
def raise_one(request: DeskRequest, code: str, link: str) -> HttpResponse:
    """Object to the verdict in force on a link."""
    require(request.actor, "studies.dispute", doing=_("对研判提出异议"))
    chain, named = found(industries.chain(code)), found(industries.link(link))
    found(named if named.chain_id == chain.pk else None)
    verdict = found(studies.verdicts(studies.current(code)).get(link))
    form = ObjectionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            disputing.dispute(verdict, form.objection(), by=request.actor)
        except disputing.AlreadyDisputed as refusal:
            return faults.conflict(request, str(refusal))
        except (disputing.Unfounded, StateSecret) as refusal:
            form.add_error(None, str(refusal))
        else:
            return onward(request, "link", code, link, saying=_("异议已记录，答复后可在本环节看到"))
    status = 422 if form.errors else 200
    return page(
        request, "chains/dispute", status, form=form, chain=chain, link=named, verdict=verdict
    )


@require_GET
def show(request: DeskRequest) -> HttpResponse:
    """List the objections this person may see."""
    return _page(request)


@require_POST
def answer(request: DeskRequest, public_id: str) -> HttpResponse:
    """Answer one objection, or say what is missing."""
    require(request.actor, "studies.answer", doing=_("答复研判异议"))
    dispute = found(studies.dispute(public_id, seen_by=request.actor))
    form = AnswerForm(request.POST, prefix=public_id)
    if form.is_valid():
        try:
            disputing.answer(dispute, by=request.actor, **form.cleaned_data)
        except (disputing.NothingToAnswer, disputing.OwnDispute) as refusal:
            return faults.conflict(request, str(refusal))
        except (disputing.Unfounded, StateSecret) as refusal:
            form.add_error("because", str(refusal))
        else:
            return onward(request, "disputes", saying=_("已答复，提出单位可在环节页看到"))
    return _page(request, refused=form)


def _page(request: DeskRequest, refused: AnswerForm | None = None) -> HttpResponse:
    state = asked(request, "state")
    listed = studies.dispute_list(state, seen_by=request.actor, page=page_number(request))
    return page(
        request,
        "chains/disputes",
        422 if refused else 200,
        rows=[_row(request, each, refused) for each in listed.rows],
        page=listed,
        state=state,
        states=studies.DISPUTE_STATES,
        names=industries.names(),
    )


def _row(request: DeskRequest, dispute: "Dispute", refused: AnswerForm | None) -> Row:
    if refused is not None and refused.prefix == dispute.public_id:
        return Row(dispute, refused)
    may = request.actor.may("studies.answer") and dispute.raised_by_id != request.actor.id
    return Row(dispute, AnswerForm(prefix=dispute.public_id) if dispute.is_open and may else None)
