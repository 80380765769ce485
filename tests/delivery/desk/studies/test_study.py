"""A study on screen: what it rests on, and what came out when it was computed again."""

from dataclasses import replace

import pytest
from django.urls import reverse
from tests import cast
from tests.domain.studies.test_publishing import DIAGNOSIS, LINK

from yipanqi.domain.studies.models import Recount
from yipanqi.domain.studies.services import publishing, recounting
from yipanqi.vocab.actors import HOUSE


@pytest.fixture
def diagnosed(chain):
    return publishing.publish_diagnosis(DIAGNOSIS, by=HOUSE)


def text_of(as_, study, name="dispatcher"):
    return as_(name).get(reverse("desk:study", args=[study.public_id])).content.decode()


def recounted(study, found):
    recounting.ask(study, by=cast.dispatcher())
    row = recounting.take()
    recounting.finish(row, recounting.hold_against(study, found))


def test_a_study_names_data_sheets_model_and_code(as_, diagnosed):
    text = text_of(as_, diagnosed)

    assert "made-up-1" in text
    assert "changsha/diagnosis/2018-01-01" in text
    assert "未用模型，全凭规则" in text
    assert diagnosed.code_version in text
    assert "合成数据" in text


def test_a_trained_model_is_named_with_its_digest(as_, diagnosed):
    diagnosed.model = {"entry-logistic": "da6fa6222d39"}
    diagnosed.save()

    text = text_of(as_, diagnosed)

    assert "entry-logistic" in text
    assert "da6fa6222d39" in text
    assert "未用模型" not in text


def test_a_recount_is_queued_by_one_click_and_asked_about_until_it_ends(as_, diagnosed):
    address = reverse("desk:recount", args=[diagnosed.public_id])

    assert as_("dispatcher").post(address).status_code == 303

    assert Recount.objects.get().asked_by.username == "dispatcher"
    text = text_of(as_, diagnosed)
    assert "every 3s" in text
    assert address not in text
    assert as_("dispatcher").post(address).status_code == 409


def test_the_same_answer_is_called_identical(as_, diagnosed):
    recounted(diagnosed, DIAGNOSIS)

    assert "1 行逐项相同" in text_of(as_, diagnosed)


def test_another_answer_names_the_row_and_both_values(as_, diagnosed):
    recounted(diagnosed, replace(DIAGNOSIS, links=(replace(LINK, status="strong"),)))

    text = text_of(as_, diagnosed)
    assert "1 行中 1 行不同" in text
    assert "gcjx-yeya" in text


def test_who_may_not_run_studies_reads_but_asks_for_no_recount(as_, diagnosed):
    address = reverse("desk:recount", args=[diagnosed.public_id])

    assert address not in text_of(as_, diagnosed, name="arbiter")
    assert as_("arbiter").post(address).status_code == 403
