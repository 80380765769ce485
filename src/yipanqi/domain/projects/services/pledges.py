"""Pledges to the investor: made in a unit's name, and the unit's until kept or released."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction

from yipanqi.domain.ledger.services import entries
from yipanqi.domain.people.models import Unit
from yipanqi.domain.projects import events, life, queries
from yipanqi.domain.projects.models import Project
from yipanqi.domain.projects.services import stages
from yipanqi.domain.projects.teams import Pledge
from yipanqi.vocab import clock
from yipanqi.vocab.actors import Actor, NotAllowed, home, require
from yipanqi.vocab.labels import refuse_state_secrets


@dataclass(frozen=True, slots=True)
class Promise:
    """What was promised, when, and until when."""

    text: str
    made_on: date
    due: date | None = None


class Unclear(Exception):
    """A part of the entry is missing or absurd; `field` names it, the message says the remedy."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class AlreadyClosed(Exception):
    """The pledge is kept or released already."""


@transaction.atomic
def make(project: Project, promise: Promise, *, by: Actor) -> Pledge:
    """Write a pledge down in the name of one's own unit; the same one twice is one.

    Raises NotAllowed, Ended, Unclear or StateSecret.
    """
    require(by, "projects.edit", doing="登记承诺")
    _check(promise)
    stages.lock(project)
    life.refuse_ended(project)
    unit, text = Unit.objects.get(pk=home(by)), promise.text.strip()
    same = Pledge.objects.filter(project=project, unit=unit, text=text, made_on=promise.made_on)
    if known := same.first():
        return known
    pledge = Pledge.objects.create(
        project=project,
        unit=unit,
        text=text,
        made_on=promise.made_on,
        due=promise.due,
        officer_id=by.id or None,
    )
    _tell(pledge, "作出", by)
    return pledge


@transaction.atomic
def keep(pledge: Pledge, *, on: date, words: str, by: Actor) -> None:
    """The unit has kept its pledge. Raises NotAllowed, Unclear, AlreadyClosed or StateSecret."""
    _close(pledge, "兑现", words, by)
    if not pledge.made_on <= on <= clock.today():
        raise Unclear("on", f"兑现日期须在承诺日 {pledge.made_on} 与今天之间")
    pledge.kept_on = on
    pledge.save(update_fields=["kept_on", "closing"])
    _tell(pledge, "兑现", by)


@transaction.atomic
def release(pledge: Pledge, *, words: str, by: Actor) -> None:
    """The investor released the unit, or the pledge fell away, with the reason."""
    _close(pledge, "解除", words, by)
    pledge.released_on = clock.today()
    pledge.save(update_fields=["released_on", "closing"])
    _tell(pledge, "解除", by)


def _check(promise: Promise) -> None:
    if not promise.text.strip():
        raise Unclear("text", "承诺内容未填；请照原话写明承诺了什么")
    refuse_state_secrets(promise.text)
    if promise.made_on > clock.today():
        raise Unclear("made_on", "承诺日期不能晚于今天；还没有作出的不登记")
    if promise.due and promise.due < promise.made_on:
        raise Unclear("due", "期限不能早于承诺日期")


def _close(pledge: Pledge, how: str, words: str, by: Actor) -> None:
    """The pledge locked and fresh, with its closing words, or the reason why it stays open."""
    require(by, "projects.edit", doing=f"{how}承诺")
    stages.lock(pledge.project)
    pledge.refresh_from_db(fields=["kept_on", "released_on", "closing", "made_on"])
    if by.unit_id not in (pledge.unit_id, pledge.project.unit_id):
        raise NotAllowed(f"只能由承诺单位或项目责任单位登记{how}")
    if pledge.kept_on or pledge.released_on:
        raise AlreadyClosed("该承诺已兑现或解除，请刷新查看")
    if not words.strip():
        raise Unclear("words", f"{how}说明未填；请写明怎样{how}、凭什么材料")
    refuse_state_secrets(words)
    pledge.closing = words.strip()


def _tell(pledge: Pledge, change: str, by: Actor) -> None:
    event = events.PledgeChanged(
        subject=queries.subject(pledge.project),
        pledge=pledge.public_id,
        change=change,
        unit=pledge.unit.short_name,
    )
    entries.record(event, by=by, scope=queries.scope(pledge.project))
