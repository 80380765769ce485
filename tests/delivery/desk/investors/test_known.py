"""What is known of an enterprise: noted, filtered by, and taken back on its page."""

from datetime import date

import pytest
from django.urls import reverse
from tests import cast

from yipanqi.domain.investors.models import AccountManager, ListMembership
from yipanqi.domain.investors.services import account_managers, ranking, traits

pytestmark = pytest.mark.django_db
LIST = "/investors/"


def post(client, name, key, given):
    return client.post(reverse(f"desk:{name}", args=[key]), given, follow=True)


def team():
    facts = traits.TraitFacts("offer", "team", "拜访时介绍", "院士团队 12 人")
    return traits.note(cast.enterprise(), facts, by=cast.clerk_a())


def test_a_function_is_noted_with_its_source(as_):
    given = {
        "trait-trait": "function/regional_headquarters",
        "trait-words": "设在武汉",
        "trait-source": "企业官网",
        "trait-label": "internal",
    }

    text = post(as_("clerk_a"), "trait", cast.enterprise().public_id, given).content.decode()

    assert "设在武汉" in text
    assert "来源：企业官网" in text


def test_an_offer_without_words_is_refused_in_place(as_):
    given = {"trait-trait": "offer/team", "trait-source": "官网", "trait-label": "internal"}

    answer = post(as_("clerk_a"), "trait", cast.enterprise().public_id, given)

    assert answer.status_code == 422
    assert "写明带来什么" in answer.content.decode()


def test_a_note_is_taken_back_once(as_):
    trait, client = team(), as_("clerk_a")
    because = {"because-because": "不实"}

    assert (
        "院士团队" not in post(client, "trait-withdraw", trait.public_id, because).content.decode()
    )
    assert post(client, "trait-withdraw", trait.public_id, because).status_code == 409


def test_a_rivals_note_is_neither_shown_nor_found_by_a_filter_nor_taken_back(as_):
    trait, client = team(), as_("clerk_b")
    page = client.get(reverse("desk:investor", args=[cast.enterprise().public_id]))

    assert "院士团队" not in page.content.decode()
    assert "没有符合条件" in client.get(LIST, {"trait": "offer/team"}).content.decode()
    assert post(client, "trait-withdraw", trait.public_id, {}).status_code == 404


def test_a_rank_is_noted_filtered_by_and_taken_back(as_):
    client, firm = as_("clerk_a"), cast.enterprise()
    given = {
        "rank-roll": "private500",
        "rank-year": "2017",
        "rank-rank": "321",
        "rank-source": "全国工商联",
    }

    assert "第 321 名" in post(client, "rank", firm.public_id, given).content.decode()
    found = client.get(LIST, {"roll": "private500"}).content.decode()
    assert firm.name in found
    assert "以下企业：上过中国民营企业500强榜" in found
    listing = ListMembership.objects.get()
    post(client, "unrank", listing.public_id, {"because-because": "同名企业"})
    assert not ListMembership.objects.exists()


def test_the_account_manager_is_handed_over_with_words_only(as_):
    client, firm, me = as_("clerk_a"), cast.enterprise(), cast.officer("clerk_a")
    account_managers.appoint(firm, me, by=cast.clerk_a())
    other = type(me).objects.create(username="second", name="甲园区同事", unit=me.unit)

    refused = post(client, "manager", firm.public_id, {"manager-officer": str(other.public_id)})
    given = {"manager-officer": str(other.public_id), "manager-because": "岗位调整"}
    post(client, "manager", firm.public_id, given)

    assert refused.status_code == 422
    assert AccountManager.objects.get(until=None).officer == other
    assert firm.name not in client.get(LIST, {"dealing": "mine"}).content.decode()


def test_an_officer_of_another_unit_is_no_choice(as_):
    stranger = cast.officer("clerk_b")
    given = {"manager-officer": str(stranger.public_id)}

    answer = post(as_("clerk_a"), "manager", cast.enterprise().public_id, given)

    assert answer.status_code == 422
    assert not AccountManager.objects.exists()


def test_every_filter_at_once_costs_no_more_than_twelve_questions(
    as_, django_assert_max_num_queries
):
    firm = cast.enterprise()
    team()
    ranking.rank(firm, ranking.Rank("world500", 2017, "榜单"), by=cast.clerk_a())
    asked = {"text": "示例", "roll": "world500", "trait": "offer/team", "existence": "unknown"}
    client = as_("clerk_a")
    client.get(LIST)

    with django_assert_max_num_queries(12):
        text = client.get(LIST, asked).content.decode()
    assert firm.name in text


def test_a_page_full_of_dealings_costs_as_many_questions_as_an_almost_empty_one(
    as_, django_assert_max_num_queries
):
    firm, client = cast.enterprise(), as_("clerk_a")
    address = reverse("desk:investor", args=[firm.public_id])
    for number in range(12):
        facts = traits.TraitFacts("tie", "chamber", "商会名录", f"第 {number} 条", date(2018, 1, 1))
        traits.note(firm, facts, by=cast.clerk_a())
    client.get(address)

    with django_assert_max_num_queries(22):
        client.get(address)
