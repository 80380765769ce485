"""Screen: one project — what is missing for the next stage, its facts, files and history."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from yipanqi.delivery.desk import chronicle
from yipanqi.delivery.desk.projects import shape, tables, walking
from yipanqi.delivery.desk.projects.attaching import AttachForm
from yipanqi.delivery.desk.screens import DeskRequest, found, page
from yipanqi.domain.industries import queries as industries
from yipanqi.domain.projects import measures, queries
from yipanqi.domain.projects.fields import FIELDS
from yipanqi.domain.reviews import queries as reviews
from yipanqi.domain.rules import queries as rules
from yipanqi.rulebook.gates import Requirement
from yipanqi.vocab import clock
from yipanqi.vocab.stages import Stage

if TYPE_CHECKING:
    from yipanqi.domain.evidence.models import EvidenceFile
    from yipanqi.domain.projects.models import Project


@dataclass(frozen=True, slots=True)
class Fact:
    """One field as shown: money apart, because it has its own way of being written."""

    label: str
    value: object
    is_money: bool
    unit: object


@dataclass(frozen=True, slots=True)
class Part:
    """A section with its facts and files, and whether the next stage waits for something in it.

    `unfilled` names the fields a long section does not show because they are not filled in.
    """

    section: shape.Section
    facts: Sequence[Fact]
    unfilled: Sequence[str]
    files: Sequence["EvidenceFile"]
    is_waited_for: bool


@dataclass(frozen=True, slots=True)
class Refusal:
    """What a refused act leaves on the page: the status, a sentence, the gate's rows, the form."""

    status: int
    says: str = ""
    missing: Sequence[Requirement] = ()
    form: AttachForm | None = None


@require_GET
def show(request: DeskRequest, public_id: str) -> HttpResponse:
    """Show the project."""
    return record(request, found(queries.find(public_id, seen_by=request.actor)))


def record(
    request: DeskRequest, project: "Project", refusal: Refusal | None = None
) -> HttpResponse:
    """The page of a project, with what was just refused, if anything."""
    actor = request.actor
    names = industries.names()
    walk = walking.walk(project, seen_by=actor)
    files = queries.files(project, seen_by=actor)
    sheet = rules.stages(on=clock.today())
    return page(
        request,
        "projects/record",
        refusal.status if refusal else 200,
        project=project,
        names=names,
        refusal=refusal,
        walk=walk,
        stages=[*((each, "done") for each in sheet.preludes), *_road(project, sheet.stages)],
        here=sheet.find(project.stage),
        parts=[
            _part(each, project, files, names, walk.sections_waited_for)
            for each in shape.SECTIONS.values()
        ],
        lines=chronicle.lines(queries.subject(project), seen_by=actor),
        tables=tables.told(project),
        definitions=measures.by_definition(project),
        per_mu=measures.per_mu(project),
        reviews=reviews.of_subject(queries.subject(project), seen_by=actor),
        may_open_review=actor.may("reviews.open") and not walk.is_over,
        attach_form=(refusal.form if refusal else None) or AttachForm(),
    )


def _road(project: "Project", stages: Sequence[Stage]) -> list[tuple[Stage, str]]:
    """Every step of the road with where it lies: done, here, ahead."""
    codes = [stage.code for stage in stages]
    here = codes.index(project.stage)
    places = ["done"] * here + ["here"] + ["ahead"] * (len(codes) - here - 1)
    return list(zip(stages, places, strict=True))


def _part(
    section: shape.Section,
    project: "Project",
    files: Sequence["EvidenceFile"],
    names: Mapping[str, str],
    waiting: Collection[str],
) -> Part:
    facts = [_fact(name, project, names) for name in (*section.fields, *section.shown)]
    known = [fact for fact in facts if fact.value not in ("", None)]
    return Part(
        section,
        known if section.is_long else facts,
        [fact.label for fact in facts if fact not in known] if section.is_long else [],
        [file for file in files if file.kind in section.materials],
        section.code in waiting,
    )


def _fact(name: str, project: "Project", names: Mapping[str, str]) -> Fact:
    return Fact(
        _SHOWN.get(name) or FIELDS[name],
        getattr(project, name) if name.endswith("_fen") else shape.shown(project, name, names),
        name.endswith("_fen"),
        shape.unit(name),
    )


_SHOWN = {
    "code": "项目编码",
    "paid_in_fen": "到位资金",
    "verified_in_fen": "其中已核验",
    "opening_in_fen": "其中期初无凭证",
}
