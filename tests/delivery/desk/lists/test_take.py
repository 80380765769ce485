"""Taking a list away: what is shown is what is in the file, and the ledger knows who took it."""

import csv
import io
import re
from datetime import date

import openpyxl
import pytest
from django.urls import reverse
from tests import cast

from yipanqi.delivery import limits
from yipanqi.delivery.desk.lists import columns
from yipanqi.domain.investors.models import Enterprise
from yipanqi.domain.investors.services import interactions
from yipanqi.domain.ledger.models import Entry
from yipanqi.vocab import clock
from yipanqi.vocab.labels import Label

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("evidence_home")]
LISTS = ("investors", "leads", "projects", "occasions")


def taken(client, code, form="csv", query=""):
    answer = client.post(f"{reverse('desk:list-export', args=[code, form])}?{query}")
    assert answer.status_code == 200
    return answer.getvalue()


def table(client, code, query=""):
    return list(csv.reader(io.StringIO(taken(client, code, "csv", query).decode("utf-8-sig"))))


def talk(summary="谈选址", label=Label.INTERNAL, by=None):
    occasion = interactions.Occasion(
        kind="visit", held_on=date(2018, 3, 1), summary=summary, label=label, next_step="送规划图"
    )
    return interactions.log(cast.enterprise(), occasion, by=by or cast.clerk_a())


@pytest.mark.parametrize("code", LISTS)
def test_the_columns_of_the_page_are_those_of_the_file_in_the_same_order(as_, code):
    cast.project()
    talk()
    page = as_("clerk_a").get(reverse(f"desk:{code}")).content.decode()
    heads = re.findall(r"<th scope=\"col\".*?</th>", page, re.DOTALL)
    shown = [re.sub(r"<[^>]*>", "", each).strip() for each in heads]

    titles = [each.title.partition("（")[0] for each in getattr(columns, code)()]

    assert [each for each in titles if each in shown] == shown


@pytest.mark.parametrize("code", LISTS)
def test_each_list_leads_to_its_files_for_who_may_export(as_, code):
    cast.project()
    talk()
    link = reverse("desk:list-export", args=[code, "xlsx"])

    assert link in as_("clerk_a").get(reverse(f"desk:{code}")).content.decode()
    assert link not in as_("department").get(reverse(f"desk:{code}")).content.decode()
    assert as_("department").post(link).status_code == 403


def test_filters_and_order_of_the_page_hold_for_the_file(as_):
    for name, amount in (("小项目", 1_000_000_00), ("大项目", 9_000_000_00)):
        cast.project(name, amount_fen=amount)
    cast.project("别的", amount_fen=5_000_000_00)

    rows = table(as_("clerk_a"), "projects", "text=项目&order=amount")

    assert [row[0] for row in rows[1:-1]] == ["大项目", "小项目"]
    assert rows[0][8] == "计划总投资（万元）"
    assert rows[1][8] == "900"


def test_only_rows_one_may_see_are_in_it(as_):
    cast.project("机密项目", label=Label.BUSINESS_SECRET, by=cast.clerk_b())
    talk("乙园区的话", by=cast.clerk_b())

    for code in ("projects", "leads", "occasions"):
        assert len(table(as_("clerk_a"), code)) == 2
        assert len(table(as_("clerk_b"), code)) == 3


def test_the_last_line_says_who_took_what_and_when(as_):
    cast.enterprise()

    mark = table(as_("clerk_a"), "investors", "city=常州")[-1][0]

    assert "甲园区经办" in mark
    assert "筛选：所在城市“常州”" in mark
    assert "共 0 行" in mark


def test_the_taking_is_in_the_ledger_with_filters_and_count(as_):
    cast.enterprise()

    content = taken(as_("clerk_a"), "investors", "xlsx")

    line = Entry.objects.get(kind="people.list_exported")
    assert '"rows":1' in line.body
    assert '"filters":"全部"' in line.body
    assert content[:2] == b"PK"


def test_the_workbook_holds_numbers_days_and_text_as_such(as_):
    cast.project(amount_fen=123_456_78)

    book = openpyxl.load_workbook(io.BytesIO(taken(as_("clerk_a"), "projects", "xlsx")))
    head, row, mark = list(book.active.iter_rows(values_only=True))

    shown = dict(zip(head, row, strict=True))
    assert shown["计划总投资（万元）"] == 12.345678
    assert shown["更新"].date() == clock.today()
    assert shown["停留（天）"] == 0
    assert mark[0].startswith("导出人：")


@pytest.mark.parametrize("name", ["=1+1有限公司", "+cmd公司", "@SUM公司", "-2公司"])
def test_no_cell_is_a_formula(as_, name):
    cast.enterprise(name)
    client = as_("clerk_a")

    assert table(client, "investors")[1][0] == f"'{name}"
    book = openpyxl.load_workbook(io.BytesIO(taken(client, "investors", "xlsx")))
    cell = book.active.cell(2, 1)
    assert (cell.value, cell.data_type) == (name, "s")


def test_a_reader_only_may_take_what_may_be_exported(as_):
    cast.enterprise()

    assert len(table(as_("auditor"), "investors")) == 3


def test_an_unknown_list_or_form_is_no_address(as_):
    client = as_("clerk_a")

    assert client.post("/lists/people/csv/").status_code == 404
    assert client.post("/lists/investors/pdf/").status_code == 404
    assert client.get("/lists/investors/csv/").status_code == 405


def test_taking_too_often_is_slowed_down(as_, monkeypatch):
    monkeypatch.setitem(limits.LIMITS, "export", limits.Limit(1, 3600, "导出"))
    client = as_("clerk_a")
    taken(client, "investors")

    assert client.post(reverse("desk:list-export", args=["investors", "csv"])).status_code == 429


def test_the_number_of_questions_does_not_grow_with_the_rows(as_, django_assert_max_num_queries):
    client = as_("clerk_a")
    cast.enterprise()
    taken(client, "investors")
    firm = Enterprise.objects.get()
    Enterprise.objects.bulk_create(
        Enterprise(
            name=f"企业{n}", name_key=f"企业{n}", source="x", created_at=firm.created_at,
            registered_by_unit=firm.registered_by_unit,
        )
        for n in range(500)
    )  # fmt: skip

    with django_assert_max_num_queries(26):
        assert len(table(client, "investors")) == 503
