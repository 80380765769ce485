"""`yipanqi studies labels` and `track-record`."""

import json
from datetime import date

import pytest
from tests import cast, studies

from yipanqi.delivery.cli.main import main
from yipanqi.domain.studies import queries
from yipanqi.domain.studies.models import Target
from yipanqi.domain.studies.services import feedback
from yipanqi.domain.studies.services.feedback import Answer

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]


@pytest.fixture
def answered():
    run = studies.run("targets", "gongcheng-jixie")
    target = Target.objects.create(
        study=run, link="gcjx-yeya", rank=3, registry_id="r3", name="江苏目标液压公司", score=61.5
    )
    told = Answer("refused", date(2018, 6, 1), reason="已在合肥建厂")
    return feedback.answer(target, told, by=cast.clerk_a())


def test_labels_are_a_table_of_what_came_of_each(answered, tmp_path, capsys):
    file = tmp_path / "labels.csv"

    assert main(["studies", "labels", "--out", str(file)]) == 0

    assert file.read_text("utf-8").splitlines() == [
        "registry_id,outcome,day,list,rank,score,snapshot",
        "r3,refused,2018-06-01,gongcheng-jixie/gcjx-yeya,3,61.5000,synthetic-7",
    ]
    assert "1 条反馈" in capsys.readouterr().out


def test_labels_go_to_the_screen_without_a_file(answered, capsys):
    assert main(["studies", "labels"]) == 0

    assert "r3,refused" in capsys.readouterr().out


def test_a_track_record_is_published_from_its_file(tmp_path, capsys):
    file = tmp_path / "track_record.json"
    file.write_text(json.dumps({"gongcheng-jixie": [{"k": 50, "hits": 1, "listed": 50}]}))

    assert main(["studies", "track-record", str(file)]) == 0

    assert "1 条产业链" in capsys.readouterr().out
    assert queries.track_record("gongcheng-jixie").figures[0]["hits"] == 1


@pytest.mark.parametrize("text", [None, "no json"])
def test_a_file_that_cannot_be_read_is_named(tmp_path, capsys, text):
    file = tmp_path / "track_record.json"
    if text:
        file.write_text(text)

    assert main(["studies", "track-record", str(file)]) == 2

    assert "track_record.json" in capsys.readouterr().err
