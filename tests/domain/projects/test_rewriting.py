"""Components, years, phases and needs of a project: each table is written as a whole."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import cast, samples

from yipanqi.domain.ledger.models import Entry
from yipanqi.domain.projects import holdings, tables
from yipanqi.domain.projects.models import Project
from yipanqi.domain.projects.parts import Component, Phase
from yipanqi.domain.projects.services import editing, money, rewriting
from yipanqi.domain.projects.services.row_checks import WrongRow
from yipanqi.domain.projects.tables import ComponentRow, NeedRow, PhaseRow, YearRow
from yipanqi.vocab import clock
from yipanqi.vocab import project_kinds as kinds

pytestmark = pytest.mark.django_db

TOTAL = 1_000_000
DOLLARS = rewriting.Foreign("USD", Decimal("6.5"), date(2018, 3, 1))


@pytest.fixture
def project(city):
    return cast.project(amount_fen=TOTAL)


def save(act, project, rows, *more):
    act(project, rows, *more, expecting=project.version, by=cast.clerk_a())


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(
    st.lists(
        st.builds(
            ComponentRow,
            st.sampled_from([*kinds.COMPONENTS]),
            st.integers(0, TOTAL),
            st.one_of(st.none(), st.integers(0, TOTAL)),
        ),
        unique_by=lambda row: row.kind,
        max_size=5,
    )
)
def test_components_never_add_up_to_more_than_the_total(project, rows):
    Component.objects.all().delete()
    project.refresh_from_db()
    foreign = DOLLARS if any(row.foreign_minor is not None for row in rows) else rewriting.Foreign()

    try:
        save(rewriting.split, project, rows, foreign)
    except WrongRow:
        sum_fen = sum(
            row.domestic_fen + round(Decimal(row.foreign_minor or 0) * Decimal("6.5"))
            for row in rows
        )
        assert sum_fen > TOTAL - 5
    assert sum(fen or 0 for fen in tables.component_fen(project).values()) <= TOTAL


def test_what_was_written_is_what_is_read(project):
    rows = [
        ComponentRow("land", 200_000),
        ComponentRow("equipment", 300_000, 10_000),
    ]

    save(rewriting.split, project, rows, DOLLARS)

    assert tables.components(project) == rows
    assert tables.component_fen(project) == {
        "land": 200_000, "construction": None, "equipment": 365_000, "technology": None,
        "other": None,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("act", "rows"),
    [
        (rewriting.split, [ComponentRow("land", -1)]),
        (rewriting.split, [ComponentRow("gold", 1)]),
        (rewriting.split, [ComponentRow("land", 1), ComponentRow("land", 2)]),
        (rewriting.split, [ComponentRow("land")]),
        (rewriting.split, [ComponentRow("land", 1, 5)]),
        (rewriting.plan_years, [YearRow(18, 1)]),
        (rewriting.plan_years, [YearRow(2018, 1), YearRow(2018, 2)]),
        (rewriting.plan_years, [YearRow(2018, TOTAL), YearRow(2019, 1)]),
        (rewriting.set_phases, [PhaseRow("0")]),
        (rewriting.set_phases, [PhaseRow("2.1")]),
        (rewriting.set_phases, [PhaseRow("1", amount_fen=5), PhaseRow("1.1", amount_fen=6)]),
        (rewriting.set_phases, [PhaseRow("1", amount_fen=TOTAL), PhaseRow("2", amount_fen=1)]),
        (rewriting.ask_for, [NeedRow("land", Decimal(0))]),
        (rewriting.ask_for, [NeedRow("labour", Decimal("1.5"))]),
    ],
)
def test_an_absurd_row_is_refused_and_nothing_changes(project, act, rows):
    lines = Entry.objects.count()

    with pytest.raises(WrongRow):
        save(act, project, rows)

    assert Entry.objects.count() == lines
    assert Project.objects.get().version == project.version


def test_the_parts_of_a_phase_are_not_added_twice(project):
    rows = [
        PhaseRow("1", amount_fen=600_000),
        PhaseRow("1.1", amount_fen=400_000),
        PhaseRow("1.2", amount_fen=200_000),
        PhaseRow("2", amount_fen=400_000),
    ]

    save(rewriting.set_phases, project, rows)

    assert tables.phases(project) == rows
    assert holdings.sums(project)["分期投资"] == TOTAL
    assert Phase.objects.get(number="1.2").parent == Phase.objects.get(number="1")


def test_a_phase_that_has_money_in_place_is_not_taken_away(project):
    save(rewriting.set_phases, project, [PhaseRow("1"), PhaseRow("2")])
    paid = money.Paid("invoice", clock.today(), 100, phase="2")
    money.record(project, paid, samples.pdf(), by=cast.clerk_a())

    with pytest.raises(WrongRow, match="已有到位资金"):
        save(rewriting.set_phases, project, [PhaseRow("1")])

    save(rewriting.set_phases, project, [replace(PhaseRow("2"), title="扩产")])
    assert Phase.objects.get().title == "扩产"


def test_a_stale_table_is_refused_and_shows_what_is_there_now(project):
    seen = project.version
    rewriting.plan_years(project, [YearRow(2018, 5)], expecting=seen, by=cast.clerk_a())

    with pytest.raises(rewriting.StaleTable) as stale:
        rewriting.plan_years(project, [YearRow(2019, 5)], expecting=seen, by=cast.clerk_a())

    assert "2018" in stale.value.theirs


def test_the_same_table_sent_twice_is_one_change(project):
    seen = project.version

    for _ in range(2):
        rewriting.plan_years(project, [YearRow(2018, 5)], expecting=seen, by=cast.clerk_a())

    assert Entry.objects.filter(kind="projects.edited").count() == 1


def test_the_total_cannot_sink_below_what_hangs_on_it(project):
    save(rewriting.plan_years, project, [YearRow(2018, TOTAL)])

    with pytest.raises(editing.Unclear, match="年度计划投资合计"):
        editing.edit(
            project,
            {"total_investment_fen": TOTAL - 1},
            expecting=project.version,
            by=cast.clerk_a(),
        )
