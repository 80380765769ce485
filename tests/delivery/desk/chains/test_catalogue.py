"""The list of chains."""

from datetime import date

import pytest
from django.urls import reverse

from yipanqi.domain.industries.models import Chain, Link

CHAINS = 22


@pytest.fixture
def twenty_two(study):
    """As many chains as the city's list of 2017, all but the first drafts of three links."""
    for number in range(1, CHAINS):
        chain = Chain.objects.create(
            code=f"draft-{number}",
            name=f"草稿链{number}",
            valid_from=date(2018, 1, 1),
            source="2017 年名单",
            basis="recalled",
        )
        for place in range(3):
            Link.objects.create(
                chain=chain,
                code=f"d{number}-{place}",
                name=f"环节{place}",
                position="upstream",
                source="测试",
                basis="recalled",
            )
    Chain.objects.exclude(code__startswith="draft-").update(status="full")


def shown(as_):
    return as_("clerk_a").get(reverse("desk:chains")).content.decode()


def test_each_chain_shows_how_many_links_are_strong_weak_and_missing(as_, study):
    text = shown(as_)

    assert "工程机械" in text
    assert "?status=missing" in text


def test_a_chain_not_yet_studied_says_so(as_, chain):
    assert "尚未研判" in shown(as_)


def test_without_a_pack_the_page_says_what_to_do(as_):
    assert "yipanqi city load" in shown(as_)


def test_chains_written_in_full_stand_before_the_drafts(as_, twenty_two):
    text = shown(as_)

    assert text.index("已写全（1 条）") < text.index("工程机械</a>")
    assert text.index("工程机械</a>") < text.index("草稿（21 条）") < text.index("草稿链1</a>")


def test_the_list_says_since_when_it_holds_and_that_it_is_to_be_verified(as_, twenty_two):
    text = shown(as_)

    assert "名单自 2018-01-01 起施行" in text
    assert "共 22 条，已研判 1 条" in text
    assert "须与市工信局原文核对" in text


def test_twenty_two_chains_cost_no_more_questions_than_one(
    as_, twenty_two, django_assert_max_num_queries
):
    client = as_("clerk_a")
    client.get(reverse("desk:chains"))

    with django_assert_max_num_queries(12):
        client.get(reverse("desk:chains"))


@pytest.mark.parametrize("screen", ["desk:chain", "desk:targets"])
def test_a_draft_says_what_that_means(as_, twenty_two, screen):
    text = as_("clerk_a").get(reverse(screen, args=["draft-1"])).content.decode()

    assert "尚未经产业链推进办公室核定" in text
    assert "2018-01-01 起施行" in text


@pytest.mark.parametrize("screen", ["desk:chain", "desk:targets"])
def test_a_chain_in_full_is_not_called_a_draft(as_, twenty_two, screen):
    text = as_("clerk_a").get(reverse(screen, args=["gongcheng-jixie"])).content.decode()

    assert "尚未经产业链推进办公室核定" not in text
