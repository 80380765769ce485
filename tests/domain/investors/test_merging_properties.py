"""Whatever belongs to two records: merging loses no row, and undoing it changes nothing at all."""

from datetime import date

import pytest
from django.db.models import QuerySet
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from tests import cast, city

from yipanqi.domain.investors import belongings
from yipanqi.domain.investors.models import (
    AccountManager,
    Contact,
    Enterprise,
    FieldSource,
    Interaction,
    ListMembership,
    Membership,
    PlannedVisit,
    Trait,
)
from yipanqi.domain.investors.services import merging, unmerging
from yipanqi.domain.leads.models import Claim, ClaimState, Lead
from yipanqi.domain.people.spelling import initials
from yipanqi.roof.merging import RELATIONS
from yipanqi.vocab import clock

DAY = date(2018, 3, 1)
SIDES = st.sampled_from((0, 1))
UNITS = st.sampled_from(("liuyang-jingkai", "changsha-jingkai"))
NAMES = st.sampled_from(("示例液压公司", "示例液压科技公司", "示例液压集团公司"))
CITIES = st.sampled_from(("", "长沙", "常州"))
EXISTENCES = st.sampled_from(("unknown", "alive"))
FIRMS = st.tuples(NAMES, st.booleans(), CITIES, EXISTENCES)
FIELDS = st.frozensets(st.sampled_from(("name", "code", "city", "existence")))
ROWS = st.lists(
    st.one_of(
        st.tuples(st.just("rank"), SIDES, st.integers(2015, 2017)),
        st.tuples(st.just("link"), SIDES, st.sampled_from(("gcjx-yeya", "gcjx-gang"))),
        st.tuples(st.just("source"), SIDES, st.sampled_from(("city", "name"))),
        st.tuples(st.just("manager"), SIDES, UNITS),
        st.tuples(st.sampled_from(("trait", "contact", "talk", "plan")), SIDES, UNITS),
        st.tuples(st.just("claim"), SIDES, st.sampled_from(("held", "lapsed"))),
    ),
    max_size=12,
    unique=True,
)
CODES = ("91320400MA1ABCDE0X", "320400000012345")


class MergingProperties(TestCase):
    """One city, loaded once; each example starts with none of the rows of the one before."""

    @classmethod
    def setUpTestData(cls) -> None:
        city.load()
        for name in ("clerk_a", "clerk_b", "dispatcher"):
            cast.officer(name)

    @settings(max_examples=30)
    @given(firms=st.tuples(FIRMS, FIRMS), rows=ROWS, fields=FIELDS)
    def test_no_row_is_lost_and_undoing_gives_everything_back(self, firms, rows, fields):
        pair = [_firm(told, CODES[side]) for side, told in enumerate(firms)]
        for kind, side, what in rows:
            _add(kind, pair[side], what)
        before, counts = _everything(), _counts()
        preview = merging.preview(*pair, RELATIONS, seen_by=cast.dispatcher())
        decision = merging.Decision(fields, "同一家", preview.mark)

        done = merging.merge(*pair, decision, RELATIONS, by=cast.dispatcher())

        assert _without_sources(_counts()) == _without_sources(counts)
        assert not [each for each in RELATIONS if _left_behind(each, pair)]
        unmerging.undo(done, RELATIONS, because="两家企业", by=cast.dispatcher())
        assert _everything() == before


def _firm(told, code):
    name, has_code, city_name, existence = told
    return Enterprise.objects.create(
        code=code if has_code else None, name=name, name_key=name, initials=initials(name),
        city=city_name, existence=existence, source="测试", created_at=clock.now(),
        registered_by_unit=cast.clerk_a_unit(),
    )  # fmt: skip


def _add(kind, firm, what):
    """A row of that kind, unless the firm has one that bars it."""
    now = {"enterprise": firm, "created_at": clock.now()}
    clerk = cast.officer("clerk_a" if what == "changsha-jingkai" else "clerk_b")
    owned = {**now, "unit": clerk.unit}
    match kind:
        case "rank":
            ListMembership.objects.create(roll="world500", year=what, source="x", **now)
        case "link":
            Membership.objects.create(enterprise=firm, chain="gongcheng-jixie", link=what)
        case "source":
            FieldSource.objects.create(
                enterprise=firm, field=what, source="官网", unit=clerk.unit, taken_at=clock.now()
            )
        case "manager":
            AccountManager.objects.create(officer=clerk, since=DAY, **owned)
        case "trait":
            Trait.objects.create(about="tie", kind="native", source="x", **owned)
        case "contact":
            Contact.objects.create(name="某", **owned)
        case "talk":
            Interaction.objects.create(kind="visit", held_on=DAY, summary="谈", **owned)
        case "plan":
            PlannedVisit.objects.create(kind="visit", planned_on=DAY, purpose="谈", **owned)
        case "claim":
            _claim(firm, what, clerk.unit, now)


def _claim(firm, state, unit, now):
    # A matter of each record's own: two held claims on one matter bar the merging.
    matter = f"{firm.pk}{state}"
    lead = Lead.objects.create(matter=matter, matter_key=matter, unit=unit, **now)
    Claim.objects.create(
        lead=lead, enterprise=firm, matter_key=matter, unit=unit, state=ClaimState(state),
        filed_at=clock.now(), protected_until=DAY, proof_kind="visit",
    )  # fmt: skip


def _everything():
    """Every row of every relation as it stands, and the two records themselves."""
    models = {belongings.model(each) for each in RELATIONS} - {_merging()}
    return {
        model._meta.label: list(QuerySet(model=model).order_by("pk").values())
        for model in sorted(models | {Enterprise}, key=lambda each: each._meta.label)
    }


def _merging():
    from yipanqi.domain.investors.models import Merging  # noqa: PLC0415

    return Merging


def _counts():
    return {label: len(rows) for label, rows in _everything().items()}


def _without_sources(counts):
    # A value taken brings its source along: that is a row more, or the one there written anew.
    return {label: n for label, n in counts.items() if label != "investors.FieldSource"}


def _left_behind(relation, pair):
    """Whether a row stayed that the survivor has no like of."""
    found = belongings.read(relation, *pair)
    return bool(found.moving)


pytestmark = pytest.mark.slow
