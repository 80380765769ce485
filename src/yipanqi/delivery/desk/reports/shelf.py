"""Screen: reports of the city and of each chain to take away, made of the studies in force."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST
from django_q.tasks import async_task

from yipanqi.delivery import limits
from yipanqi.delivery.desk.screens import DeskRequest, asked, found, onward, page
from yipanqi.delivery.papers import books, chain_report, city_report, formats, published
from yipanqi.delivery.papers.books import State
from yipanqi.delivery.papers.content import Report
from yipanqi.delivery.papers.formats import Format
from yipanqi.domain.industries import queries as industries
from yipanqi.domain.people.services import exporting
from yipanqi.domain.studies import queries as studies
from yipanqi.vocab.actors import Actor, NotAllowed

if TYPE_CHECKING:
    from yipanqi.domain.industries.models import Chain
    from yipanqi.domain.studies.models import Study

_JOB = "yipanqi.delivery.jobs.reports.bind"
# A whole city's reports are worth taking as documents to edit or to print, not as pages.
_BOUND = (Format.PDF, Format.DOCX)


@dataclass(frozen=True, slots=True)
class Row:
    """A chain and the study its report is made of (None before the first)."""

    chain: "Chain"
    study: "Study | None"


@require_GET
def show(request: DeskRequest) -> HttpResponse:
    """List what can be taken, one chain alone when the address names it."""
    wanted = asked(request, "chain")
    every = [Row(chain, None) for chain in industries.chains()]
    in_force = studies.current_by_chain()
    rows = [Row(row.chain, in_force.get(row.chain.code)) for row in every]
    bound = [books.condition(form) for form in _BOUND]
    template = "reports/books" if request.htmx else "reports/shelf"
    return page(
        request,
        template,
        rows=[row for row in rows if wanted in {"", row.chain.code}],
        chain=next((row.chain for row in rows if row.chain.code == wanted), None),
        studied=len(in_force),
        forms=list(Format),
        books=bound,
        is_binding=any(each.state is State.BINDING for each in bound),
        may_take=_may_take(request.actor),
    )


@require_POST
def take_chain(request: DeskRequest, code: str) -> HttpResponse:
    """The report of one chain as a file."""
    form = _form(request)
    findings = found(published.of_chain(found(industries.chain(code))))
    return _sent(request, chain_report.report(findings), form)


@require_POST
def take_city(request: DeskRequest) -> HttpResponse:
    """The report of the city as a file."""
    form = _form(request)
    every = published.of_city()
    first = found(every[0] if every else None)
    return _sent(request, city_report.report(every, first.city), form)


@require_POST
def bind(request: DeskRequest) -> HttpResponse:
    """Have the book of every report written in the background."""
    form = _form(request)
    if books.begin(form):
        async_task(_JOB, form.value)
    return onward(request, "reports", saying=_("已开始写报告册，写好后在本页下载"))


@require_POST
def take_book(request: DeskRequest) -> HttpResponse:
    """The bound book as a zip."""
    form = _form(request)
    content = found(books.packed(form))
    named = (_("全部产业链报告"), form.value, _("各篇内注明数据截至日"))
    _record(named, content, by=request.actor)
    return _file(content, "application/zip", f"{named[0]}-{form.value}.zip")


def _form(request: DeskRequest) -> Format:
    """The form asked for, of a person who may take reports and has not taken too many."""
    if not _may_take(request.actor):
        raise NotAllowed(_("您的岗位不能导出报告；请联系本单位管理员调整任职"))
    limits.count(request.actor, "export")
    text = request.POST.get("form", "")
    return found(next((form for form in Format if form.value == text), None))


def _may_take(actor: Actor) -> bool:
    return actor.may("exports.make")


def _sent(request: DeskRequest, paper: Report, form: Format) -> HttpResponse:
    try:
        content = formats.written(paper, form)
    except formats.CannotWrite as cannot:
        return page(request, "reports/refused", 503, says=str(cannot))
    _record((paper.title, form.value, paper.as_of_words), content, by=request.actor)
    return _file(content, form.mime, f"{paper.title}.{form.value}")


def _record(named: Sequence[str], content: bytes, *, by: Actor) -> None:
    title, form, as_of = named
    digest = hashlib.sha256(content).hexdigest()
    exporting.record_paper(title, form=form, as_of=as_of, sha256=digest, by=by)


def _file(content: bytes, mime: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=mime)
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response
