"""Editing a project's components, years, phases and needs, each as one table."""

import pytest
from django.urls import reverse
from tests import cast

from yipanqi.domain.projects import tables
from yipanqi.domain.projects.tables import ComponentRow, NeedRow, YearRow
from yipanqi.vocab import project_kinds as kinds
from yipanqi.vocab.labels import Label

pytestmark = pytest.mark.django_db


def address(project, table):
    return reverse("desk:project-table", args=[project.public_id, table])


def sent(client, project, table, rows, version=None, **more):
    given = {"rows-TOTAL_FORMS": len(rows), "rows-INITIAL_FORMS": 0, **more}
    for at, row in enumerate(rows):
        given |= {f"rows-{at}-{name}": value for name, value in row.items()}
    return client.post(address(project, table), given | {"version": version or project.version})


def component_rows(**wan):
    return [{"kind": kind, "domestic_fen": wan.get(kind, "")} for kind in kinds.COMPONENTS]


@pytest.mark.parametrize("table", ["components", "years", "phases", "needs"])
def test_every_table_opens(as_, table):
    assert as_("clerk_a").get(address(cast.project(), table)).status_code == 200


def test_components_are_typed_in_wan_and_empty_rows_are_none(as_):
    project, client = cast.project(), as_("clerk_a")

    answer = sent(client, project, "components", component_rows(land="200", equipment="300.5"))

    assert answer.status_code == 303
    assert tables.components(project) == [
        ComponentRow("land", 200_000_000),
        ComponentRow("equipment", 300_500_000),
    ]


def test_the_record_says_what_each_definition_counts_and_misses(as_):
    project, client = cast.project(), as_("clerk_a")
    sent(client, project, "components", component_rows(land="200", equipment="300",
                                                       construction="400"))  # fmt: skip

    text = client.get(reverse("desk:project", args=[project.public_id])).content.decode()

    assert "含土地口径" in text
    assert "900 万元" in text
    assert "技术与软件" in text


def test_foreign_money_without_its_currency_is_refused_and_kept_on_the_page(as_):
    project = cast.project()
    rows = [{"kind": "equipment", "domestic_fen": "", "foreign_wan": "123.25"}]

    answer = sent(as_("clerk_a"), project, "components", rows)

    assert answer.status_code == 422
    assert "请选择外币币种" in answer.content.decode()
    assert "123.25" in answer.content.decode()


def test_foreign_money_is_held_in_its_currency_and_counted_at_its_rate(as_):
    project = cast.project()
    rows = [{"kind": "equipment", "domestic_fen": "100", "foreign_wan": "100"}]
    foreign = {"foreign-currency": "USD", "foreign-rate": "6.5", "foreign-rate_on": "2018-03-01"}

    sent(as_("clerk_a"), project, "components", rows, **foreign)

    assert tables.components(project) == [ComponentRow("equipment", 100_000_000, 100_000_000)]
    assert tables.component_fen(project)["equipment"] == 750_000_000


def test_more_than_the_total_is_refused_with_both_figures(as_):
    project = cast.project(amount_fen=1_000_000_00)

    answer = sent(as_("clerk_a"), project, "years", [{"year": "2018", "amount_fen": "200"}])

    assert answer.status_code == 422
    assert "超过计划总投资 100 万元" in answer.content.decode()


def test_someone_elses_newer_table_is_shown_and_not_overwritten(as_):
    project, client = cast.project(), as_("clerk_a")
    sent(client, project, "years", [{"year": "2018", "amount_fen": "60"}])

    answer = sent(client, project, "years", [{"year": "2019", "amount_fen": "70"}], version=1)

    assert answer.status_code == 409
    assert "2018 年 60 万元" in answer.content.decode()
    assert tables.years(project) == [YearRow(2018, 60_000_000)]


def test_needs_keep_their_amount_and_day(as_):
    project = cast.project()
    rows = [{"kind": "power", "amount": "2500", "needed_on": "2030-01-01", "note": "双回路"}]

    sent(as_("clerk_a"), project, "needs", rows)

    (need,) = tables.needs(project)
    assert (need.kind, need.amount, need.note) == ("power", 2500, "双回路")
    assert isinstance(need, NeedRow)


def test_a_phase_under_no_phase_is_refused(as_):
    answer = sent(as_("clerk_a"), cast.project(), "phases", [{"number": "2.1"}])

    assert answer.status_code == 422
    assert "没有第 2 期" in answer.content.decode()


def test_it_does_not_exist_for_another_park_nor_open_to_a_reader(as_):
    project = cast.project(label=Label.BUSINESS_SECRET)

    assert as_("clerk_b").get(address(project, "years")).status_code == 404
    assert as_("auditor").get(address(project, "years")).status_code == 403
    assert as_("clerk_a").get(address(project, "wishes")).status_code == 404
