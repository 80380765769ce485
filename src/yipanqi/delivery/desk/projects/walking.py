"""What the record shows of a project's life: what is ahead, what waits, what is waived, its end."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from yipanqi.domain.people import queries as people
from yipanqi.domain.projects import life
from yipanqi.domain.projects.moves import MoveState
from yipanqi.domain.projects.services.ending import VERBS
from yipanqi.domain.rules import queries as rules
from yipanqi.rulebook.gates import Answer
from yipanqi.vocab import clock
from yipanqi.vocab.actors import Actor
from yipanqi.vocab.stages import Ending, Parting

if TYPE_CHECKING:
    from yipanqi.domain.projects.models import Project
    from yipanqi.domain.projects.moves import Departure, StageMove, Waiver


@dataclass(frozen=True, slots=True)
class Move:
    """A move with the titles of its stages, and of its tier."""

    move: "StageMove"
    before: str
    after: str
    tier: str


@dataclass(frozen=True, slots=True)
class Walk:
    """A project's life as one page tells it, with what this person may do about it."""

    ahead: Sequence[life.Ahead]
    waiting: Move | None
    may_verify: bool
    may_take_back: bool
    moves: Sequence[Move]
    waivers: "Sequence[Waiver]"
    departure: "Departure | None"
    ways: Sequence[tuple[Ending, Answer]]
    reopens: bool
    is_over: bool
    may_archive: bool
    can_skip: bool
    can_go_back: bool
    certifiers: Mapping[str, str]

    @property
    def sections_waited_for(self) -> Collection[str]:
        """The sections of the record in which something is still missing for a next stage."""
        return {row.section for each in self.ahead for row in each.gate.missing}


def walk(project: "Project", *, seen_by: Actor) -> Walk:
    """The project's life, for this person."""
    sheet = rules.stages(on=clock.today())
    ahead, gone, moves = life.ahead(project), life.departure(project), told(life.moves(project))
    waiting = next((each.move for each in moves if each.move.state == MoveState.PENDING), None)
    way = next((each for each in sheet.endings if gone and each.code == gone.code), None)
    is_free = waiting is None and not project.ended_as and project.archived_at is None
    is_last = project.stage == sheet.last.code
    return Walk(
        ahead=ahead,
        waiting=next((each for each in moves if each.move == waiting), None),
        may_verify=waiting is not None and life.may_verify(_owned(waiting, project), seen_by),
        may_take_back=waiting is not None
        and seen_by.may("projects.advance")
        and (waiting.moved_by_id == seen_by.id or seen_by.unit_id == project.unit_id),
        moves=moves,
        waivers=life.waivers(project),
        departure=gone,
        ways=[each for each in life.departures_open(project) if _may_end(each[0], seen_by)],
        reopens=bool(way and way.reopens) and project.archived_at is None,
        is_over=bool(project.ended_as) or project.archived_at is not None,
        may_archive=project.archived_at is None and (bool(project.ended_as) or is_last),
        can_skip=is_free and bool(sheet.beyond(project.stage)),
        can_go_back=is_free and bool(sheet.behind(project.stage)),
        certifiers=_certifiers(ahead),
    )


def told(moves: "Sequence[StageMove]") -> list[Move]:
    """The moves with the words of the sheet in force."""
    if not moves:
        return []
    sheet = rules.stages(on=clock.today())
    titles = {stage.code: stage.title for stage in sheet.stages}
    tiers = {tier.code: tier.title for tier in sheet.tiers}
    return [
        Move(
            move,
            titles.get(move.before, move.before),
            titles.get(move.after, move.after),
            tiers.get(move.tier, move.tier),
        )
        for move in moves
    ]


def _owned(move: "StageMove", project: "Project") -> "StageMove":
    """The move with its project as already read, so that it is not read again."""
    move.project = project
    return move


def _may_end(way: Ending, by: Actor) -> bool:
    return way.parting is not Parting.MOVED and by.may(VERBS[way.parting])


def _certifiers(ahead: Sequence[life.Ahead]) -> Mapping[str, str]:
    """The names of the units that certify what is still missing, by code."""
    codes = {unit for each in ahead for row in each.gate.missing for unit in row.certified_by}
    return people.unit_names(codes) if codes else {}
