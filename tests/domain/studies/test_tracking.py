"""The backtest's figures come into force whole, and a file that is none is refused with where."""

import json

import pytest
from tests import cast

from yipanqi.domain.studies import queries
from yipanqi.domain.studies.services import tracking
from yipanqi.domain.studies.told import TrackRecord
from yipanqi.vocab.actors import HOUSE, NotAllowed

pytestmark = pytest.mark.django_db

CHAIN = "gongcheng-jixie"
FIGURE = {"k": 50, "hits": 7, "listed": 1350, "base_rate": 0.0001, "interval": [0.003, 0.009]}


def written(**changes):
    return json.dumps({CHAIN: [{**FIGURE, **changes}]})


def test_the_newer_file_is_in_force_and_the_older_kept():
    tracking.publish(written(), by=HOUSE)
    tracking.publish(written(hits=9), by=HOUSE)

    assert queries.track_record(CHAIN).figures[0]["hits"] == 9
    assert TrackRecord.objects.count() == 2


def test_a_chain_the_file_leaves_out_stays_as_it_was():
    tracking.publish(written(), by=HOUSE)

    tracking.publish(json.dumps({"chuneng-cailiao": [FIGURE]}), by=HOUSE)

    assert set(queries.track_records()) == {CHAIN, "chuneng-cailiao"}


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("chain,hits", "不是 JSON"),
        ("[]", "产业链代码"),
        ("{}", "产业链代码"),
        (json.dumps({CHAIN: []}), "没有命中数字"),
        (json.dumps({CHAIN: [7]}), "第 1 项不是一组数字"),
        (written(k="50"), "第 1 项的 k 应为非负整数"),
        (written(hits=-1), "第 1 项的 hits"),
        (written(listed=None), "第 1 项的 listed"),
        (written(hits=1351), "多于名单"),
        (written(interval=0.5), "interval"),
    ],
)
def test_a_file_that_is_no_track_record_is_refused(text, sentence):
    with pytest.raises(tracking.NotATrackRecord, match=sentence):
        tracking.publish(text, by=HOUSE)
    assert not TrackRecord.objects.exists()


def test_who_may_not_run_studies_publishes_nothing(city):
    with pytest.raises(NotAllowed):
        tracking.publish(written(), by=cast.auditor())
