"""The screens of merging: find the second record, compare, merge, and undo."""

import pytest
from django.urls import reverse
from tests import cast

from yipanqi.domain.investors.models import Enterprise, Merging
from yipanqi.domain.investors.services import registering

pytestmark = pytest.mark.django_db
KEPT, OTHER = "江苏示例液压科技有限公司", "示例液压科技（江苏）公司"


@pytest.fixture
def pair(city, evidence_home):
    kept = cast.enterprise(KEPT)
    facts = registering.EnterpriseFacts(name=OTHER, source="营业执照", city="常州")
    return kept, registering.register(facts, by=cast.dispatcher())[0]


def at(name, *firms):
    return reverse(f"desk:{name}", args=[each.public_id for each in firms])


def sent(client, pair, **more):
    there = at("investor-merge", *pair)
    shown = client.get(there).context["preview"].mark
    return client.post(there, {"shown": shown, "because": "同一份营业执照", **more})


def test_the_page_of_an_enterprise_leads_to_its_likely_second_record(as_, pair):
    client = as_("dispatcher")

    assert at("investor-twins", pair[0]) in client.get(at("investor", pair[0])).content.decode()
    text = client.get(at("investor-twins", pair[0])).content.decode()
    assert OTHER in text
    assert at("investor-merge", *pair) in text


def test_another_record_is_found_by_its_name(as_, pair):
    other = cast.enterprise("长沙无关机械公司")

    text = as_("dispatcher").get(at("investor-twins", pair[0]) + "?text=无关").content.decode()

    assert at("investor-merge", pair[0], other) in text


def test_who_may_not_merge_is_offered_nothing_and_let_in_nowhere(as_, pair):
    client = as_("clerk_a")

    assert "合并重复档案" not in client.get(at("investor", pair[0])).content.decode()
    assert client.get(at("investor-twins", pair[0])).status_code == 403
    assert client.get(at("investor-merge", *pair)).status_code == 403
    assert client.post(at("investor-merge", *pair), {"because": "同一家"}).status_code == 403


def test_merging_moves_on_to_the_survivor_and_the_old_address_follows(as_, pair):
    client = as_("dispatcher")
    cast.lead(firm=pair[1])

    answer = sent(client, pair, **{"take-city": "theirs", "take-name": "ours"})

    assert answer.url == at("investor", pair[0])
    page = client.get(at("investor", pair[1]), follow=True)
    assert page.redirect_chain[0][0] == at("investor", pair[0])
    text = page.content.decode()
    assert "您打开的档案已并入本档案" in text
    assert "液压件生产基地" in text
    kept = Enterprise.objects.get(pk=pair[0].pk)
    assert (kept.name, kept.city) == (KEPT, "常州")


def test_without_a_reason_nothing_is_merged_and_the_choices_stay(as_, pair):
    answer = sent(as_("dispatcher"), pair, because="", **{"take-city": "ours"})

    assert answer.status_code == 422
    assert "合并原因未填" in answer.content.decode()
    assert ("city", False) in [(each.field, theirs) for each, theirs in answer.context["choices"]]
    assert not Merging.objects.exists()


def test_what_changed_since_the_preview_is_told_as_a_conflict(as_, pair):
    client = as_("dispatcher")

    answer = sent(client, pair, shown="0" * 16)

    assert answer.status_code == 409
    assert "对照新的预览" in answer.content.decode()


def test_sent_twice_the_second_leads_to_the_survivor(as_, pair):
    client = as_("dispatcher")
    sent(client, pair)

    again = client.post(at("investor-merge", *pair), {"because": "同一家", "shown": ""})

    assert again.url == at("investor", pair[0])
    assert Merging.objects.count() == 1


def test_a_form_sent_from_the_old_page_reaches_the_survivor(as_, pair):
    sent(as_("dispatcher"), pair)
    talk = {
        "occasion-kind": "visit",
        "occasion-held_on": "2018-01-02",
        "occasion-summary": "谈选址",
        "occasion-label": "internal",
    }
    bare = {key.removeprefix("occasion-"): value for key, value in talk.items()}

    as_("clerk_a").post(at("interaction-new", pair[1]), {**talk, **bare})

    assert pair[0].interactions.count() == 1


def test_undoing_gives_both_records_back(as_, pair):
    client = as_("arbiter")
    sent(client, pair, **{"take-city": "theirs"})
    done = Merging.objects.get()
    there = at("unmerge", done)
    assert there in client.get(at("investor", pair[0])).content.decode()
    assert "当时转来的" in client.get(there).content.decode()

    answer = client.post(there, {"because": "是两家公司"})

    assert answer.url == at("investor", pair[1])
    assert client.get(at("investor", pair[1])).status_code == 200
    assert client.post(there, {"because": "再来一次"}).status_code == 409
    assert as_("clerk_a").get(there).status_code == 403


def test_the_ledger_of_the_old_record_can_still_be_read(as_, pair):
    client = as_("dispatcher")
    sent(client, pair)

    text = client.get(
        reverse("desk:timeline", args=["investors", pair[1].public_id])
    ).content.decode()

    assert f"本档案并入档案 {pair[0].public_id}" in text


def test_the_library_shows_the_survivor_alone(as_, pair):
    client = as_("dispatcher")
    client.get(sent(client, pair).url)

    text = client.get(reverse("desk:investors")).content.decode()

    assert KEPT in text
    assert OTHER not in text
