"""Screen: a project's components, years, phases or element needs, edited as one table."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.forms import formset_factory
from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from yipanqi.delivery.desk.projects.sections import version
from yipanqi.delivery.desk.projects.table_forms import (
    ComponentForm,
    ForeignForm,
    NeedForm,
    PhaseForm,
    YearForm,
    component_rows,
    initial_foreign,
    need_rows,
)
from yipanqi.delivery.desk.screens import DeskRequest, found, onward, page
from yipanqi.domain.projects import life, queries, tables
from yipanqi.domain.projects.services import rewriting
from yipanqi.domain.projects.services.row_checks import WrongRow
from yipanqi.vocab.actors import Actor, require
from yipanqi.vocab.labels import StateSecret
from yipanqi.vocab.money import NotMoney

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

    from yipanqi.domain.projects.models import Project

_BLANKS, _MOST = 3, 60


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the record: its address and title, the form of a row, what it holds, who saves."""

    code: str
    title: "StrOrPromise"
    hint: "StrOrPromise"
    form: type[forms.Form]
    shown: "Callable[[Project], list[dict[str, object]]]"
    save: Callable[..., None]
    blanks: int = 0


TABLES: Mapping[str, Table] = {
    table.code: table
    for table in (
        Table(
            "components",
            gettext_lazy("投资构成"),
            gettext_lazy("各政策、考核按不同口径取其中几项；确定不投的填 0，未定的留空"),
            ComponentForm,
            lambda project: component_rows(project, tables.components(project)),
            rewriting.split,
        ),
        Table(
            "years",
            gettext_lazy("年度计划投资"),
            gettext_lazy("各年之和不超过计划总投资；删去一年，清空该行"),
            YearForm,
            lambda project: [asdict(row) for row in tables.years(project)],
            rewriting.plan_years,
            _BLANKS,
        ),
        Table(
            "phases",
            gettext_lazy("分期"),
            gettext_lazy("期号写作 1、2；第 2 期之下写 2.1、2.2；各期之和不超过计划总投资"),
            PhaseForm,
            lambda project: [asdict(row) for row in tables.phases(project)],
            rewriting.set_phases,
            _BLANKS,
        ),
        Table(
            "needs",
            gettext_lazy("要素需求"),
            gettext_lazy("需要多少、何时要；不需要的留空"),
            NeedForm,
            lambda project: need_rows(tables.needs(project)),
            rewriting.ask_for,
        ),
    )
}


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a refused save leaves on the page: status, a sentence, and what the table now says."""

    status: int
    says: str = ""
    theirs: str | None = None


_NONE = Refusal(200)
Forms = tuple[Any, ForeignForm | None]


@require_http_methods(["GET", "POST"])
def edit(request: DeskRequest, public_id: str, table: str) -> HttpResponse:
    """Show the table's form; when it is sent, save it or show what stands against it."""
    project = found(queries.find(public_id, seen_by=request.actor))
    asked = found(TABLES.get(table))
    require(request.actor, "projects.edit", doing=_("修改项目"))
    given = _rows_form(request, project, asked), _foreign_form(request, project, asked)
    if request.method == "GET":
        return _page(request, project, asked, given)
    if not all(form.is_valid() for form in given if form is not None):
        return _page(request, project, asked, given, Refusal(422))
    try:
        _save(project, asked, given, expecting=version(request), by=request.actor)
    except (rewriting.StaleTable, life.Ended) as refusal:
        stale = Refusal(409, str(refusal), getattr(refusal, "theirs", None))
        return _page(request, project, asked, given, stale)
    except (WrongRow, NotMoney, StateSecret) as refusal:
        return _page(request, project, asked, given, Refusal(422, str(refusal)))
    return onward(request, "project", project.public_id, saying=_("已保存"))


def _save(project: "Project", asked: Table, given: Forms, *, expecting: int, by: Actor) -> None:
    formset, foreign = given
    currency = foreign.cleaned_data["currency"] if foreign is not None else ""
    rows: Sequence[object] = [
        form.row(currency) for form in formset.forms if form.cleaned_data and not form.is_empty
    ]
    more = () if foreign is None else (foreign.foreign(),)
    asked.save(project, rows, *more, expecting=expecting, by=by)


def _rows_form(request: DeskRequest, project: "Project", asked: Table) -> Any:
    made = formset_factory(
        asked.form, extra=asked.blanks, max_num=_MOST, absolute_max=_MOST, validate_max=True
    )
    if request.method == "POST":
        return made(request.POST, prefix="rows")
    return made(initial=asked.shown(project), prefix="rows")


def told(project: "Project") -> list[tuple[Table, list[str]]]:
    """Every table with its rows in words, for the record."""
    currency = project.foreign_currency
    rows: Mapping[str, Sequence[tables.Row]] = {
        "components": tables.components(project),
        "years": tables.years(project),
        "phases": tables.phases(project),
        "needs": tables.needs(project),
    }
    return [(TABLES[code], [tables.told([row], currency) for row in rows[code]]) for code in rows]


def _foreign_form(request: DeskRequest, project: "Project", asked: Table) -> ForeignForm | None:
    if asked.form is not ComponentForm:
        return None
    given = request.POST if request.method == "POST" else None
    return ForeignForm(given, initial=initial_foreign(project))


def _page(
    request: DeskRequest,
    project: "Project",
    asked: Table,
    given: Forms,
    refusal: Refusal = _NONE,
) -> HttpResponse:
    # After a conflict has been shown, saving again means: over what was shown.
    sent = version(request) if request.method == "POST" and refusal.theirs is None else 0
    return page(
        request,
        "projects/table",
        refusal.status,
        project=project,
        table=asked,
        formset=given[0],
        foreign=given[1],
        refusal=refusal,
        version=sent or project.version,
    )
