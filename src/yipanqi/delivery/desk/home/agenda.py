"""What falls on which day for a person: visits, promises, terms that end, planned starts."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

import icalendar
from django.urls import reverse
from django.utils.translation import gettext as _

from yipanqi.domain.investors import dealings
from yipanqi.domain.leads import inbox, progress
from yipanqi.domain.leads import queries as leads
from yipanqi.domain.projects import due
from yipanqi.domain.reviews import queries as reviews
from yipanqi.vocab import clock
from yipanqi.vocab.actors import Actor


@dataclass(frozen=True, slots=True)
class Period:
    """Days from the first to the last, both counted."""

    first: date
    last: date

    def holds(self, day: date) -> bool:
        """Whether the day is one of them."""
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Occasion:
    """Something on a day: what kind it is, what it is about, and where it is told of."""

    on: date
    kind: str
    title: str
    more: str
    href: str


Source = Callable[[Actor, Period], Iterator[Occasion]]


def occasions(actor: Actor, period: Period) -> list[Occasion]:
    """Everything in the period that is the person's or their unit's, in order of days."""
    found = (each for source in _SOURCES for each in source(actor, period))
    within = [each for each in found if period.holds(each.on)]
    return sorted(within, key=lambda each: (each.on, each.kind, each.title))


def file(found: Iterable[Occasion], *, site: str) -> bytes:
    """The occasions as an iCalendar file (RFC 5545); `site` is the address links start with."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//yipanqi//calendar//ZH")
    calendar.add("version", "2.0")
    for each in found:
        event = icalendar.Event()
        # The same thing on the same day is the same entry in whatever takes the file in.
        event.add("uid", f"{each.on:%Y%m%d}{each.href.replace('/', '-')}@yipanqi")
        event.add("dtstamp", clock.now())
        event.add("dtstart", each.on)
        event.add("summary", f"{each.kind}：{each.title}")
        event.add("description", each.more)
        event.add("url", f"{site}{each.href}")
        calendar.add_component(event)
    text: bytes = calendar.to_ical()
    return text


def _visits(actor: Actor, period: Period) -> Iterator[Occasion]:
    for plan in dealings.planned_by_unit(seen_by=actor, until=period.last):
        there = _address("investor", plan.enterprise.public_id, f"plan-{plan.public_id}")
        yield Occasion(plan.planned_on, _("接洽计划"), plan.enterprise.name, plan.purpose, there)


def _promised(actor: Actor, period: Period) -> Iterator[Occasion]:
    for talk in dealings.promised(seen_by=actor, until=period.last):
        assert talk.next_step_on is not None  # the query's own condition
        there = _address("investor", talk.enterprise.public_id, f"talk-{talk.public_id}")
        title, step = talk.enterprise.name, talk.next_step
        yield Occasion(talk.next_step_on, _("我答应的下一步"), title, step, there)


def _claims(actor: Actor, _period: Period) -> Iterator[Occasion]:
    held = leads.open_of_unit(actor.unit_id, seen_by=actor)
    for each in progress.standings(held):
        lead = each.claim.lead
        there = _address("lead", lead.public_id)
        yield Occasion(
            each.ending.on, _("报备到期"), each.claim.enterprise.name, lead.matter, there
        )


def _contests(actor: Actor, _period: Period) -> Iterator[Occasion]:
    for contest in leads.to_answer(seen_by=actor):
        rival = contest.claim.rival
        assert rival is not None  # a contested claim waited behind another
        there = _address("lead", rival.lead.public_id, "h-contests")
        yield Occasion(contest.answer_due, _("异议答复"), rival.lead.matter, "", there)


def _reviews(actor: Actor, _period: Period) -> Iterator[Occasion]:
    for asked in reviews.to_countersign(seen_by=actor):
        there = _address("review", asked.review.public_id)
        yield Occasion(asked.due, _("会签"), asked.review.title, asked.matter, there)
    for condition in reviews.to_meet(seen_by=actor):
        there = _address("review", condition.review.public_id, f"condition-{condition.pk}")
        yield Occasion(
            condition.due, _("附条件落实"), condition.review.title, condition.text, there
        )


def _signals(actor: Actor, _period: Period) -> Iterator[Occasion]:
    for row in inbox.waiting(seen_by=actor):
        there = _address("signal", row.signal.public_id)
        yield Occasion(
            row.terms[0].due, _("信息办理"), row.signal.matter, row.signal.enterprise_name, there
        )


def _projects(actor: Actor, period: Period) -> Iterator[Occasion]:
    span = {"since": period.first, "until": period.last}
    for day, kind in (("planned_start_on", _("计划开工")), ("planned_finish_on", _("计划竣工"))):
        for project in due.planned(day, seen_by=actor, **span):
            there = _address("project", project.public_id, day.replace("_", "-"))
            yield Occasion(getattr(project, day), kind, project.name, "", there)
    for pledge in due.pledged(seen_by=actor, **span):
        assert pledge.due is not None  # the query's own condition
        there = _address("project", pledge.project.public_id, f"pledge-{pledge.public_id}")
        yield Occasion(pledge.due, _("承诺兑现"), pledge.project.name, pledge.text, there)


def _address(name: str, public_id: str, place: str = "") -> str:
    page = reverse(f"desk:{name}", args=[public_id])
    return f"{page}#{place}" if place else page


_SOURCES: tuple[Source, ...] = (
    _visits,
    _promised,
    _claims,
    _contests,
    _reviews,
    _signals,
    _projects,
)
