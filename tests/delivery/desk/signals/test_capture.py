"""A signal is captured on one screen; what it resembles is shown before it is saved."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests import cast, samples

from yipanqi.domain.evidence import queries as evidence
from yipanqi.domain.leads import inbox
from yipanqi.domain.leads.signals import Signal

pytestmark = pytest.mark.django_db
THERE = "/investors/signals/new/"
GIVEN = {
    "enterprise_name": "江苏示例液压科技有限公司",
    "matter": "拟建液压件基地",
    "source": "visit",
    "label": "internal",
    "slip": "3f0c",
}


def photo(name="名片.png"):
    return SimpleUploadedFile(name, samples.PNG)


def test_four_fields_are_enough_and_lead_to_the_signal(as_, evidence_home):
    answer = as_("clerk_a").post(THERE, GIVEN | {"photos": photo()})

    signal = Signal.objects.get()
    assert answer.status_code == 303
    assert answer["Location"] == reverse("desk:signal", args=[signal.public_id])
    (file,) = evidence.files(inbox.subject(signal), seen_by=cast.clerk_a())
    assert file.name == "名片.png"


def test_under_htmx_the_browser_is_sent_on(as_):
    answer = as_("clerk_a").post(THERE, GIVEN, headers={"HX-Request": "true"})

    assert answer["HX-Redirect"].startswith("/investors/signals/")


def test_sent_twice_it_is_one_signal(as_):
    client = as_("clerk_a")

    first, second = client.post(THERE, GIVEN), client.post(THERE, GIVEN)

    assert first["Location"] == second["Location"]
    assert Signal.objects.count() == 1


def test_what_is_missing_is_said_and_what_was_typed_is_kept(as_):
    answer = as_("clerk_a").post(THERE, GIVEN | {"matter": "", "details": "刘总来电"})

    assert answer.status_code == 422
    assert "刘总来电" in answer.content.decode()
    assert not Signal.objects.exists()


def test_one_alike_stops_the_saving_until_the_officer_decides(as_):
    known = cast.signal()
    client = as_("clerk_a")

    stopped = client.post(THERE, GIVEN, headers={"HX-Request": "true"})

    told = stopped.content.decode()
    assert stopped.status_code == 422
    assert "还没有保存" in told
    assert f'value="{known.public_id}"' in told
    assert "<html" not in told  # only the answer: the chosen files stay in the form
    assert Signal.objects.count() == 1
    assert client.post(THERE, GIVEN | {"checked": "1"}).status_code == 303
    assert Signal.objects.count() == 2


def test_it_can_go_into_the_one_there_is_with_its_picture(as_, evidence_home):
    known = cast.signal()
    sent = GIVEN | {"into": known.public_id, "details": "已约下周", "photos": photo()}

    answer = as_("clerk_a").post(THERE, sent)

    assert answer.status_code == 303
    assert Signal.objects.count() == 1
    assert "已约下周" in inbox.notes(known)[0].words
    assert len(evidence.files(inbox.subject(known), seen_by=cast.clerk_a())) == 1


def test_what_another_park_heard_is_only_counted_while_typing(as_):
    cast.signal(by=cast.clerk_b(), matter="液压件基地")

    told = as_("clerk_a").get(THERE + "likely/", GIVEN).content.decode()

    assert "另有 1 条相近信息" in told
    assert "乙园区" not in told


def test_into_another_parks_signal_nothing_goes(as_):
    hidden = cast.signal(by=cast.clerk_b())

    answer = as_("clerk_a").post(THERE, GIVEN | {"into": hidden.public_id})

    assert answer.status_code == 404
    assert not hidden.notes.exists()


def test_a_target_of_the_list_fills_the_slip(as_, study):
    target = study.targets.get(rank=1, link="gcjx-yeya")

    told = as_("clerk_a").get(f"{THERE}?target={target.public_id}").content.decode()

    assert target.name in told
    assert f'value="{target.registry_id}"' in told
    assert 'value="target" class' in told or 'value="target"' in told


@pytest.mark.parametrize(("who", "status"), [("member", 200), ("auditor", 403), ("stranger", 403)])
def test_who_may_capture(as_, who, status):
    assert as_(who).get(THERE).status_code == status
