"""The list of projects and the board."""

import pytest
from django.urls import reverse
from tests import cast

from yipanqi.vocab.labels import Label

pytestmark = pytest.mark.django_db
# Unlike one another: near-duplicates would wait for a ruling.
MATTERS = ("挖掘机整机", "液压油缸", "智能电控", "回转支承", "轮胎再制造", "矿用宽体车")
LIST, BOARD = "/projects/", "/projects/board/"


def test_totals_are_those_of_the_filtered_rows_and_unknown_is_not_zero(as_):
    cast.project(name="甲挖掘机项目", amount_fen=3_0000_0000_00)
    cast.project(name="乙起重机项目", amount_fen=None)

    text = as_("clerk_a").get(LIST).content.decode()
    narrowed = as_("clerk_a").get(LIST, {"text": "起重"}).content.decode()

    assert "3.00 亿元" in text
    assert "另有 1 个未填金额" in text
    assert "3.00 亿元" not in narrowed


@pytest.mark.parametrize("address", [LIST, BOARD])
def test_another_parks_confidential_project_is_not_there(as_, address):
    cast.project(name="绝不外传的项目", label=Label.BUSINESS_SECRET)

    assert "绝不外传的项目" in as_("clerk_a").get(address).content.decode()
    assert "绝不外传的项目" not in as_("clerk_b").get(address).content.decode()


@pytest.mark.parametrize("query", ["page=0", "page=99999999999", "page=x", "order=%00", "unit=%00"])
def test_nonsense_in_the_address_is_not_a_fault(as_, query):
    cast.project()

    assert as_("clerk_a").get(f"{LIST}?{query}").status_code == 200


@pytest.mark.parametrize("address", [LIST, BOARD])
def test_a_long_list_costs_no_more_than_fourteen_questions(
    as_, address, django_assert_max_num_queries
):
    for name in MATTERS:
        cast.project(name=name)
    client = as_("clerk_a")
    client.get(address)

    with django_assert_max_num_queries(17 if address == BOARD else 13):
        client.get(address)


def test_a_refused_move_gives_the_card_back_with_what_is_missing(as_):
    project = cast.project()
    address = reverse("desk:board-advance", args=[project.public_id, "signed"])

    answer = as_("clerk_a").post(address, HTTP_HX_REQUEST="true")

    assert answer.status_code == 422
    assert "签约须附投资协议" in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_the_same_refusal_is_a_page_without_script(as_):
    project = cast.project()

    answer = as_("clerk_a").post(reverse("desk:board-advance", args=[project.public_id, "signed"]))

    assert answer.status_code == 422
    assert "回到看板" in answer.content.decode()
