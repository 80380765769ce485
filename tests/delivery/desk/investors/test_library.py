"""The investors' library."""

import pytest
from django.urls import reverse
from tests import cast

from yipanqi.domain.investors.models import Enterprise

pytestmark = pytest.mark.django_db
LIST = "/investors/"


def test_a_name_is_found_by_a_part_and_by_its_initials(as_):
    cast.enterprise("江苏示例液压科技有限公司")
    client = as_("clerk_a")

    for text in ("示例液压", "jssl"):
        assert "江苏示例液压科技" in client.get(LIST, {"text": text}).content.decode()
    assert "江苏示例液压科技" not in client.get(LIST, {"text": "挖掘"}).content.decode()


def test_an_empty_library_leads_to_the_chains(as_):
    assert reverse("desk:chains") in as_("clerk_a").get(LIST).content.decode()


def test_an_enterprise_is_entered_by_hand_with_its_source(as_):
    given = {"name": "浙江手工登记有限公司", "country": "中国", "source": "展会名片"}

    answer = as_("clerk_a").post(reverse("desk:investor-new"), given, follow=True)

    assert "浙江手工登记有限公司" in answer.content.decode()
    assert Enterprise.objects.get().source == "展会名片"


@pytest.mark.parametrize("code", ["123", "9132O000000000000X"])
def test_a_code_that_cannot_be_is_refused_and_what_was_typed_stays(as_, code):
    given = {"name": "浙江手工登记有限公司", "country": "中国", "source": "名片", "code": code}

    answer = as_("clerk_a").post(reverse("desk:investor-new"), given)

    assert answer.status_code == 422
    assert "浙江手工登记有限公司" in answer.content.decode()
    assert not Enterprise.objects.exists()


def test_a_long_list_costs_no_more_than_twelve_questions(as_, django_assert_max_num_queries):
    for number in range(60):
        cast.enterprise(f"江苏示例第{number}有限公司")
    client = as_("clerk_a")
    client.get(LIST)

    with django_assert_max_num_queries(12):
        text = client.get(LIST).content.decode()
    assert "第 1 / 2 页，共 60 条" in text
