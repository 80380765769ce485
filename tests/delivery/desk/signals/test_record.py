"""One signal on its page: what can be done next is there, and doing it is told."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests import cast, samples

from yipanqi.domain.leads import inbox
from yipanqi.domain.leads.services import becoming, triage
from yipanqi.vocab import clock

pytestmark = pytest.mark.django_db


@pytest.fixture
def signal(as_):
    return cast.signal(referrer="湖南商会")


def at(signal, act=""):
    if act:
        return reverse("desk:signal-act", args=[signal.public_id, act])
    return reverse("desk:signal", args=[signal.public_id])


def text(client, signal):
    return client.get(at(signal)).content.decode()


def state(signal):
    signal.refresh_from_db()
    return signal.state


def test_the_page_offers_what_comes_next(as_, signal):
    shown = text(as_("clerk_a"), signal)

    for act in ("respond", "follow", "discard", "assign", "merge", "reply", "add", "take-in"):
        assert at(signal, act) in shown
    assert at(signal, "report") not in shown
    assert at(signal, "experts") not in shown


def test_another_unit_that_sees_it_may_assign_and_add_only(as_, signal):
    shown = text(as_("dispatcher"), signal)

    assert at(signal, "assign") in shown
    assert at(signal, "add") in shown
    assert at(signal, "follow") not in shown
    assert as_("dispatcher").post(at(signal, "respond")).status_code == 403


def test_from_answer_to_report(as_, signal):
    client, today = as_("clerk_a"), clock.today().isoformat()

    client.post(at(signal, "respond"))
    client.post(at(signal, "experts"), {"experts-words": "工程机械专家"})
    client.post(at(signal, "follow"), {"follow-words": "与主导产业吻合"})
    client.post(at(signal, "report"), {"report-words": "已通话", "report-on": today})
    client.post(at(signal, "reply"), {"reply-words": "已告知在跟进"})

    assert state(signal) == "following"
    shown = text(client, signal)
    for words in ("工程机械专家", "与主导产业吻合", "已通话", "已告知在跟进"):
        assert words in shown


def test_a_refused_act_comes_back_open_with_what_is_missing(as_, signal):
    answer = as_("clerk_a").post(at(signal, "discard"), {"discard-words": ""})

    assert answer.status_code == 422
    assert "<details open>" in answer.content.decode()
    assert state(signal) == "new"


def test_what_somebody_closed_meanwhile_is_a_conflict(as_, signal):
    triage.discard(signal, because="不实", by=cast.clerk_a())

    answer = as_("clerk_a").post(at(signal, "follow"), {"follow-words": "好"})

    assert answer.status_code == 409


def test_passed_on_it_is_the_other_units(as_, signal):
    sent = {"assign-chosen": cast.PARK_B, "assign-words": "有现成厂房"}

    answer = as_("clerk_a").post(at(signal, "assign"), sent)

    assert answer.status_code == 303
    assert inbox.find(signal.public_id, seen_by=cast.clerk_b()).unit.code == cast.PARK_B
    assert "有现成厂房" in text(as_("clerk_b"), signal)


def test_merging_offers_only_what_is_alike_and_in_sight(as_, signal):
    near = cast.signal(matter="液压件基地选址", is_checked=True)
    far = cast.signal(matter="建风电叶片厂", enterprise_name="天顺风能")
    hidden = cast.signal(by=cast.clerk_b(), matter="拟建液压件基地二")

    shown = text(as_("clerk_a"), signal)
    as_("clerk_a").post(at(signal, "merge"), {"merge-chosen": near.public_id})

    assert near.public_id in shown
    assert far.public_id not in shown
    assert hidden.public_id not in shown
    assert state(signal) == "merged"


def test_the_enterprise_goes_in_and_a_claim_can_be_filed(as_, signal):
    client = as_("clerk_a")

    client.post(at(signal, "take-in"))

    signal.refresh_from_db()
    claim = reverse("desk:claim", args=[signal.enterprise.public_id])
    assert f"{claim}?signal={signal.public_id}" in text(client, signal)


def test_an_unknown_act_is_a_404(as_, signal):
    assert as_("clerk_a").post(at(signal, "bless")).status_code == 404


def test_putting_right_and_the_stale_hand(as_, signal):
    client = as_("clerk_a")
    there = reverse("desk:signal-amend", args=[signal.public_id])
    given = {"matter": "改后的事项", "source": "visit", "version": signal.version}

    assert "拟建液压件基地" in client.get(there).content.decode()
    assert client.post(there, given).status_code == 303
    assert client.post(there, given | {"matter": "又改"}).status_code == 409
    signal.refresh_from_db()
    assert signal.matter == "改后的事项"


def test_a_park_that_may_not_know_finds_nothing(as_, signal):
    client = as_("clerk_b")

    assert client.get(at(signal)).status_code == 404
    assert client.post(at(signal, "respond")).status_code == 404


def test_a_claim_filed_from_it_needs_no_retyping_and_closes_it(as_, signal, evidence_home):
    firm, _ = becoming.take_in(signal, by=cast.clerk_a())
    there = f"{reverse('desk:claim', args=[firm.public_id])}?signal={signal.public_id}"
    client = as_("clerk_a")
    proof = SimpleUploadedFile("拜访.pdf", samples.PDF)
    given = {"matter": signal.matter, "label": "internal", "proof_kind": "visit", "proof": proof}

    begun = client.get(there).content.decode()
    client.post(there, given)

    assert f'value="{signal.matter}"' in begun
    assert state(signal) == "promoted"
    assert signal.lead.matter == signal.matter
    assert "已转线索" in text(client, signal)


def test_a_claim_without_proof_leaves_the_signal_open(as_, signal):
    firm, _ = becoming.take_in(signal, by=cast.clerk_a())
    there = f"{reverse('desk:claim', args=[firm.public_id])}?signal={signal.public_id}"

    answer = as_("clerk_a").post(there, {"matter": signal.matter, "label": "internal"})

    assert answer.status_code == 422
    assert state(signal) == "new"


def test_another_units_signal_is_not_closed_by_ones_claim(as_, evidence_home):
    signal = cast.signal(by=cast.clerk_b())
    firm, _ = becoming.take_in(signal, by=cast.clerk_b())
    there = f"{reverse('desk:claim', args=[firm.public_id])}?signal={signal.public_id}"
    proof = SimpleUploadedFile("拜访.pdf", samples.PDF)
    given = {"matter": signal.matter, "label": "internal", "proof_kind": "visit", "proof": proof}

    as_("district").post(there, given)

    assert state(signal) == "new"


def test_its_ledger_page_leads_back_to_it(as_, signal):
    shown = as_("clerk_a").get(f"/ledger/leads/{signal.public_id}/").content.decode()

    assert at(signal) in shown


def test_the_search_finds_it_by_initials(as_, signal):
    assert signal.matter in as_("clerk_a").get("/search/?q=jsslyy").content.decode()
    assert signal.matter not in as_("clerk_b").get("/search/?q=jsslyy").content.decode()
