"""Screen: a project's money in place — its sums, its vouchers, and what may be done with each."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from django import forms
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from yipanqi.delivery import limits
from yipanqi.delivery.desk.investors.profile_forms import reason
from yipanqi.delivery.desk.projects.money_forms import ProofForm, VoucherForm
from yipanqi.delivery.desk.screens import DeskRequest, found, onward, page
from yipanqi.domain.evidence.services.safety import Refused
from yipanqi.domain.projects import holdings, life, queries
from yipanqi.domain.projects.services import money
from yipanqi.domain.projects.services.passed import GateEmptied
from yipanqi.vocab.actors import require
from yipanqi.vocab.labels import StateSecret

if TYPE_CHECKING:
    from yipanqi.domain.projects.models import Project
    from yipanqi.domain.projects.parts import Voucher

_REFUSED = (money.Unclear, money.DoubleCounted, GateEmptied, Refused, StateSecret)


@require_http_methods(["GET", "POST"])
def show(request: DeskRequest, public_id: str) -> HttpResponse:
    """Show the vouchers; when one is sent, record it or say what is missing."""
    project = found(queries.find(public_id, seen_by=request.actor))
    if request.method == "GET":
        return _page(request, project)
    form = _voucher_form(project, request)
    if form.is_valid():
        limits.count(request.actor, "upload")
        try:
            money.record(project, form.paid(), form.upload(), by=request.actor)
        except life.Ended as refusal:
            return _page(request, project, form, says=str(refusal), status=409)
        except _REFUSED as refusal:
            _blame(form, refusal)
        else:
            return _onward(request, project, _("到位资金已登记，待他人核验"))
    return _page(request, project, form, status=422)


@require_GET
def waiting(request: DeskRequest) -> HttpResponse:
    """Show the vouchers that wait for this person's eyes, those waiting longest first."""
    return page(
        request, "projects/vouchers", vouchers=holdings.to_verify(seen_by=request.actor, most=50)
    )


@require_POST
def verify(request: DeskRequest, public_id: str) -> HttpResponse:
    """Count the voucher as verified."""
    voucher = found(holdings.voucher(public_id, seen_by=request.actor))
    return _judged(request, voucher, lambda: money.verify(voucher, by=request.actor), _("已核验"))


@require_POST
def send_back(request: DeskRequest, public_id: str) -> HttpResponse:
    """Send the voucher back with a reason."""
    voucher, because = found(holdings.voucher(public_id, seen_by=request.actor)), reason(request)
    return _judged(
        request,
        voucher,
        lambda: money.send_back(voucher, because=because, by=request.actor),
        _("凭证已退回，不再计入到位资金"),
    )


@require_POST
def withdraw(request: DeskRequest, public_id: str) -> HttpResponse:
    """Take the voucher back with a reason."""
    voucher, because = found(holdings.voucher(public_id, seen_by=request.actor)), reason(request)
    return _judged(
        request,
        voucher,
        lambda: money.withdraw(voucher, because=because, by=request.actor),
        _("凭证已撤回，不再计入到位资金"),
    )


@require_POST
def prove(request: DeskRequest, public_id: str) -> HttpResponse:
    """Give an opening sum its evidence."""
    voucher = found(holdings.voucher(public_id, seen_by=request.actor))
    require(request.actor, "projects.edit", doing=_("补交期初到位资金凭证"))
    form = ProofForm(request.POST, request.FILES)
    if not form.is_valid():
        says = "；".join(str(error) for errors in form.errors.values() for error in errors)
        return _page(request, voucher.project, says=says, status=422)
    limits.count(request.actor, "upload")
    return _judged(
        request,
        voucher,
        lambda: money.prove(voucher, form.cleaned_data["paid_on"], form.upload(), by=request.actor),
        _("凭证已补交，待他人核验"),
    )


def _judged(
    request: DeskRequest, voucher: "Voucher", act: Callable[[], None], saying: str
) -> HttpResponse:
    try:
        act()
    except _REFUSED as refusal:
        return _page(request, voucher.project, says=str(refusal), status=422)
    except (money.NotWaiting, life.Ended) as refusal:
        return _page(request, voucher.project, says=str(refusal), status=409)
    return _onward(request, voucher.project, saying)


def _onward(request: DeskRequest, project: "Project", saying: str) -> HttpResponse:
    return onward(request, "project-money", project.public_id, saying=saying)


def _blame(form: VoucherForm, refusal: Exception) -> None:
    """Put the refusal at the field it names, where the form has it."""
    field = getattr(refusal, "field", "")
    field = {"amount": "amount_wan"}.get(field, field)
    form.add_error(field if field in form.fields else None, str(refusal))


def _voucher_form(project: "Project", request: DeskRequest | None = None) -> VoucherForm:
    form = VoucherForm(request.POST, request.FILES) if request else VoucherForm()
    form.offer([(each.number, each.title or each.number) for each in holdings.phases(project)])
    return form


def _page(
    request: DeskRequest,
    project: "Project",
    form: forms.Form | None = None,
    *,
    says: str = "",
    status: int = 200,
) -> HttpResponse:
    return page(
        request,
        "projects/money",
        status,
        project=project,
        sums=holdings.paid_in(project),
        vouchers=holdings.vouchers(project),
        form=form or _voucher_form(project),
        proof_form=ProofForm(),
        says=says,
    )
