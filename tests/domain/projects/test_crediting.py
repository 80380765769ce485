"""What is shared between units is credited by exact parts: nothing is lost and nothing twice."""

from datetime import timedelta
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import cast

from yipanqi.domain.leads.models import Party, Transfer
from yipanqi.domain.people.models import Unit
from yipanqi.domain.projects import crediting, figures, queries
from yipanqi.domain.projects.models import Project
from yipanqi.domain.projects.queries import Filters
from yipanqi.vocab import clock

pytestmark = pytest.mark.django_db


def share(project, parts, since=0, until=365):
    """An agreement in force as the transfers service leaves it; `parts` by unit's code."""
    today = clock.today()
    transfer = Transfer.objects.create(
        lead=project.lead,
        giver=project.unit,
        receiver=project.unit,
        reason="落地条件更合适",
        years=5,
        state="accepted",
        proposed_at=clock.now(),
        since=today + timedelta(days=since),
        until=today + timedelta(days=until),
    )
    for code, part in parts.items():
        Party.objects.create(transfer=transfer, unit=Unit.objects.get(code=code), part=part)


def by_code():
    groups = figures.breakdown("unit", Filters(), seen_by=cast.dispatcher())
    return {group.key: group.totals for group in groups}


@pytest.fixture
def three(city):
    return [cast.project(name, amount_fen=101) for name in ("甲挖掘机", "乙电池", "丙显示屏")]


@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(
        st.tuples(
            st.one_of(st.none(), st.integers(0, 10**13)),
            st.dictionaries(
                st.sampled_from([cast.PARK_A, cast.PARK_B, "liuyang", "bureau"]),
                st.integers(1, 7),
                max_size=3,
            ),
        ),
        min_size=3,
        max_size=3,
    )
)
def test_what_all_units_are_credited_is_what_there_is(three, cases):
    Party.objects.all().delete()
    Transfer.objects.all().delete()
    for project, (amount, parts) in zip(three, cases, strict=True):
        Project.objects.filter(pk=project.pk).update(
            total_investment_fen=amount, paid_in_fen=amount
        )
        if parts:
            share(project, parts)

    found = crediting.by_unit(Project.objects.all(), on=clock.today())

    stated = [amount for amount, _ in cases if amount is not None]
    assert sum(credit.count for credit in found) == 3
    assert sum(credit.stated for credit in found) == len(stated)
    for name in ("total_investment_fen", "paid_in_fen"):
        assert sum(credit.fen[name] for credit in found) == sum(stated)
        assert all(credit.fen[name] >= 0 for credit in found)


def test_half_a_project_is_credited_to_each_and_the_odd_fen_to_one(three):
    share(three[0], {cast.PARK_A: 5, cast.PARK_B: 5})

    found = by_code()

    assert found[cast.PARK_A].count == Fraction(5, 2)
    assert found[cast.PARK_B].count == Fraction(1, 2)
    assert (found[cast.PARK_A].amount_fen, found[cast.PARK_B].amount_fen) == (253, 50)


@pytest.mark.parametrize(("since", "until"), [(1, 30), (-30, -1)])
def test_an_agreement_not_yet_or_no_longer_in_force_shares_nothing(three, since, until):
    share(three[0], {cast.PARK_A: 1, cast.PARK_B: 1}, since=since, until=until)

    assert set(by_code()) == {cast.PARK_A}
    assert by_code()[cast.PARK_A].count == 3


def test_a_credited_figure_opens_the_projects_it_counts(three):
    share(three[0], {cast.PARK_A: 5, cast.PARK_B: 5})
    share(three[1], {cast.PARK_B: 1})

    def listed(code):
        rows = queries.listing(Filters(credited=code), seen_by=cast.dispatcher()).rows
        return {row.name for row in rows}

    assert listed(cast.PARK_A) == {"甲挖掘机", "丙显示屏"}
    assert listed(cast.PARK_B) == {"甲挖掘机", "乙电池"}


def test_an_unstated_amount_stays_unstated_by_parts(three):
    Project.objects.filter(pk=three[0].pk).update(total_investment_fen=None)
    share(three[0], {cast.PARK_A: 1, cast.PARK_B: 1})

    found = by_code()

    assert found[cast.PARK_B].amount_fen is None
    assert found[cast.PARK_B].unstated == Fraction(1, 2)
