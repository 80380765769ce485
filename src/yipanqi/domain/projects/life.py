"""Reading how a project lives: its moves, what is waived, what waits for whom, when it counted."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Q, QuerySet

from yipanqi.domain.people import queries as people
from yipanqi.domain.projects import queries
from yipanqi.domain.projects.models import Project
from yipanqi.domain.projects.moves import Departure, MoveState, StageMove, Waiver
from yipanqi.domain.rules import queries as rules
from yipanqi.rulebook.conditions import Facts
from yipanqi.rulebook.gates import Answer, answer
from yipanqi.rulebook.stages import StageSheet
from yipanqi.vocab import clock
from yipanqi.vocab.actors import Actor
from yipanqi.vocab.stages import Depth, Ending, Official, Stage

_ABOUT = {
    "path": "project__unit__path",
    "label": "project__label",
    "chain": "project__chain",
}
COUNTING = Q(state__in=(MoveState.VERIFIED, MoveState.EXEMPT), overturned_at__isnull=True)


class Ended(Exception):
    """The project is over or archived: it is read-only."""


@dataclass(frozen=True, slots=True)
class Ahead:
    """A stage a project may move on to, how its gate stands, and whose eyes it asks for."""

    stage: Stage
    gate: Answer
    depth: Depth | None


def refuse_ended(project: Project) -> None:
    """Raise Ended when the project no longer goes on."""
    if project.archived_at is not None:
        raise Ended("项目已归档，只能查看；确需更改的，请另立项目并注明")
    if project.ended_as:
        title = ended_title(project)
        raise Ended(f"项目已{title}，只能查看；要继续推进，请有权限的同事先重启项目")


def ended_title(project: Project) -> str:
    """What the project's end is called; "" while it goes on."""
    if not project.ended_as:
        return ""
    last = Departure.objects.filter(project=project).order_by("-id").first()
    return last.title if last else project.ended_as


def gate(project: Project, to: str, known: Facts | None = None) -> Answer:
    """How one gate stands for the project today, by the sheet, its facts and its waivers."""
    sheet = rules.gates(on=clock.today(), unit=project.unit.code)
    facts = known if known is not None else queries.facts(project)
    return answer(sheet, to, facts, waived_ids(project))


def ahead(project: Project) -> list[Ahead]:
    """The stages open after this one, each with how its gate stands; none once it is over."""
    if project.ended_as or project.archived_at:
        return []
    today, known = clock.today(), queries.facts(project)
    sheet, gates = rules.stages(on=today), rules.gates(on=today, unit=project.unit.code)
    waived = waived_ids(project)
    return [
        Ahead(step, answer(gates, step.code, known, waived), depth(sheet, [step], project))
        for step in sheet.next_steps(project.stage)
    ]


def ahead_of(projects: Sequence[Project]) -> list[tuple[Project, Stage, Answer]]:
    """For each project that goes on: the required stage ahead, and how its gate stands.

    The number of queries does not grow with the projects.
    """
    rows = Waiver.objects.filter(
        project__in=[each.pk for each in projects],
        revoked_at__isnull=True,
        until__gte=clock.today(),
    )
    waived: dict[int, frozenset[str]] = {}
    for project, requirement in rows.values_list("project", "requirement"):
        waived[project] = waived.get(project, frozenset()) | {requirement}
    return queries.ahead([each for each in projects if not each.ended_as], waived)


def departures_open(project: Project) -> list[tuple[Ending, Answer]]:
    """The ways off the road open from here, each with what is still missing for it."""
    if project.ended_as or project.archived_at:
        return []
    today, known = clock.today(), queries.facts(project)
    gates = rules.gates(on=today, unit=project.unit.code)
    endings = rules.stages(on=today).endings_from(project.stage)
    return [(each, answer(gates, each.code, known)) for each in endings]


def depth(sheet: StageSheet, passed: Iterable[Stage], project: Project) -> Depth | None:
    """Whose eyes a move through these stages asks for; None where it needs none."""
    tier = sheet.tier(project.total_investment_fen)
    return tier.depth if tier and any(stage.verified for stage in passed) else None


def waived_ids(project: Project) -> frozenset[str]:
    """The requirements waived for the project today."""
    return frozenset(standing_waivers(project).values_list("requirement", flat=True))


def standing_waivers(project: Project) -> QuerySet[Waiver]:
    """The waivers in force today."""
    rows = Waiver.objects.filter(project=project, revoked_at__isnull=True)
    return rows.filter(until__gte=clock.today())


def waivers(project: Project) -> list[Waiver]:
    """Every waiver the project was given, newest first."""
    rows = Waiver.objects.filter(project=project).select_related("granted_by", "revoked_by")
    return list(rows.order_by("-id"))


def waiver(public_id: str, *, seen_by: Actor) -> Waiver | None:
    """One waiver, or None when there is none for this person."""
    rows = Waiver.objects.filter(people.visible(seen_by, **_ABOUT), public_id=public_id)
    return rows.select_related("project__unit").first()


def pending(project: Project) -> StageMove | None:
    """The move that waits for verification, if there is one."""
    rows = StageMove.objects.filter(project=project, state=MoveState.PENDING)
    return rows.select_related("moved_by").first()


def pending_of(projects: Collection[Project]) -> Mapping[int, StageMove]:
    """The moves that wait, by the project's key; one question for all."""
    rows = StageMove.objects.filter(project__in=list(projects), state=MoveState.PENDING)
    return {move.project_id: move for move in rows}


def moves(project: Project) -> list[StageMove]:
    """Every move of the project, newest first."""
    rows = StageMove.objects.filter(project=project).select_related("moved_by", "answered_by")
    return list(rows.order_by("-id"))


def move(public_id: str, *, seen_by: Actor) -> StageMove | None:
    """One move, or None when there is none for this person."""
    return _moves(seen_by).filter(public_id=public_id).first()


def to_verify(*, seen_by: Actor, most: int = 50) -> list[StageMove]:
    """The moves this person may verify, those that wait longest first."""
    if not (seen_by.may("projects.verify") or seen_by.may("projects.verify.city")):
        return []
    rows = _moves(seen_by).filter(state=MoveState.PENDING).filter(_within_reach(seen_by))
    return list(rows.order_by("moved_at", "id")[:most])


def submitted(*, seen_by: Actor, most: int = 20) -> list[StageMove]:
    """The moves of this person that wait, or were sent back and not submitted anew."""
    states = (MoveState.PENDING, MoveState.RETURNED)
    rows = _moves(seen_by).filter(moved_by_id=seen_by.id, state__in=states)
    return list(rows.filter(~Exists(_later()), project__ended_as="").order_by("-id")[:most])


def tasks(*, seen_by: Actor, most: int = 50) -> tuple[list[StageMove], list[StageMove]]:
    """The moves this person may verify, and those of theirs that were sent back; one question."""
    waits = Q(state=MoveState.PENDING) & _within_reach(seen_by)
    returned = Q(state=MoveState.RETURNED, moved_by_id=seen_by.id) & ~Exists(_later())
    rows = _moves(seen_by).filter(waits | returned, project__ended_as="")
    found = list(rows.order_by("moved_at", "id")[:most])
    is_pending = [move.state == MoveState.PENDING for move in found]
    return (
        [move for move, waiting in zip(found, is_pending, strict=True) if waiting],
        [move for move, waiting in zip(found, is_pending, strict=True) if not waiting],
    )


def may_verify(move: StageMove, by: Actor) -> bool:
    """Whether this person is fit to verify the move: another one, and high enough."""
    if move.moved_by_id == by.id:
        return False
    if by.may("projects.verify.city"):
        return True
    owner = move.project.unit
    is_near = by.unit_id == owner.pk or (bool(by.unit_path) and owner.path.startswith(by.unit_path))
    return move.depth == Depth.UNIT and by.may("projects.verify") and is_near


def departure(project: Project) -> Departure | None:
    """How the project left the road, while it has not come back."""
    rows = Departure.objects.filter(project=project, reopened_at__isnull=True)
    return rows.select_related("ended_by").first()


def verified_on(project: Project, official: str) -> date | None:
    """The day the project counted as having reached an official stage; None where it has not."""
    order = [each.value for each in Official]
    place = order.index(Official(official))
    rows = StageMove.objects.filter(COUNTING, project=project)
    rows = rows.filter(official_before__in=order[:place], official_after__in=order[place:])
    last: date | None = rows.order_by("-id").values_list("counted_on", flat=True).first()
    return last


def _moves(seen_by: Actor) -> QuerySet[StageMove]:
    rows = StageMove.objects.filter(people.visible(seen_by, **_ABOUT))
    return rows.select_related("project__unit", "project__enterprise", "moved_by")


def _later() -> QuerySet[StageMove]:
    """The moves of a project after the one asked about."""
    return StageMove.objects.filter(project=OuterRef("project"), pk__gt=OuterRef("pk"))


def _within_reach(by: Actor) -> Q:
    others = ~Q(moved_by_id=by.id) | Q(moved_by__isnull=True)
    if by.may("projects.verify.city"):
        return others
    if not by.may("projects.verify") or not by.unit_path:
        return Q(pk__in=())
    return others & Q(depth=Depth.UNIT, project__unit__path__startswith=by.unit_path)
