"""The list of chains."""

from django.urls import reverse


def test_each_chain_shows_how_many_links_are_strong_weak_and_missing(as_, study):
    text = as_("clerk_a").get(reverse("desk:chains")).content.decode()

    assert "工程机械" in text
    assert "?status=missing" in text


def test_a_chain_not_yet_studied_says_so(as_, chain):
    assert "尚未研判" in as_("clerk_a").get(reverse("desk:chains")).content.decode()


def test_without_a_pack_the_page_says_what_to_do(as_):
    assert "yipanqi city load" in as_("clerk_a").get(reverse("desk:chains")).content.decode()
