"""A run of the engine comes into force whole, once, and says what it rests on."""

from dataclasses import replace
from decimal import Decimal

import pytest

from yipanqi.domain.ledger.models import Entry
from yipanqi.domain.studies import queries
from yipanqi.domain.studies.models import Study
from yipanqi.domain.studies.services import publishing
from yipanqi.engine.diagnosis import Diagnosis, LinkDiagnosis
from yipanqi.engine.targets import Evidence, Ranking, Target
from yipanqi.rulebook.ranking import Line, Score
from yipanqi.vocab.actors import HOUSE

pytestmark = pytest.mark.django_db

LINK = LinkDiagnosis(
    link_code="gcjx-yeya",
    link="液压件",
    position="upstream",
    local_enterprises=4,
    local_traders=1,
    local_capital_wan=Decimal("1517.000000"),
    capital_not_counted=0,
    national_enterprises=153,
    all_local=3000,
    all_national=200_000,
    quotient=Decimal("1.7429"),
    local_customers=3,
    local_suppliers=2,
    strong_cities=1,
    suppliers=(),
    status="weak",
    action="育链",
    reason="本市 4 家",
    rule="weak-otherwise",
    source="长政发〔2017〕30号",
    sample=True,
)
DIAGNOSIS = Diagnosis(
    city="长沙",
    city_code="430100",
    chain="gongcheng-jixie",
    snapshot="made-up-1",
    synthetic=True,
    as_of="2016-12-31",
    sheet="changsha/diagnosis/2018-01-01",
    sheet_digest="d",
    tables_digest="t",
    links=(LINK,),
)
WORKING = Score(
    "changsha/ranking/2018-01-01",
    (
        Line("making", "做制造而非销售", Decimal(1), Decimal(15), Decimal("15.0000")),
        Line("capital", "资本规模", None, Decimal(15), Decimal("0.0000")),
    ),
)
TARGET = Target(
    rank=1,
    registry_id="r1",
    code=None,
    name="福州示例液压有限公司",
    city="福州",
    province="福建",
    link_code="gcjx-yeya",
    link="液压件",
    role="make",
    score=WORKING,
    evidence=(Evidence("经营范围", "液压件生产", "x.csv", "2016-12-31"),),
    existence="unknown",
    last_sign_on=None,
    last_sign_kind="",
    group_is_here=False,
)
RANKING = Ranking(DIAGNOSIS, "changsha/ranking/2018-01-01", "r", 1, (TARGET,))


def test_a_diagnosis_in_force_names_its_data_sheets_and_code():
    study = publishing.publish_diagnosis(DIAGNOSIS, by=HOUSE)

    verdict = queries.verdicts(queries.current("gongcheng-jixie"))["gcjx-yeya"]
    assert (study.snapshot, study.synthetic) == ("made-up-1", True)
    assert study.sheets == {
        "changsha/diagnosis/2018-01-01": "d",
        "chains/gongcheng-jixie": "t",
    }
    assert study.code_version
    assert (verdict.status, verdict.local_capital_wan) == ("weak", Decimal("1517.000000"))


def test_the_same_question_asked_again_gives_the_same_study():
    first = publishing.publish_diagnosis(DIAGNOSIS, by=HOUSE)
    again = publishing.publish_diagnosis(DIAGNOSIS, by=HOUSE)

    assert again == first
    assert Entry.objects.filter(kind="studies.published").count() == 1


def test_new_data_takes_over_and_the_old_study_stays():
    old = publishing.publish_diagnosis(DIAGNOSIS, by=HOUSE)
    new = publishing.publish_diagnosis(replace(DIAGNOSIS, snapshot="made-up-2"), by=HOUSE)

    assert queries.current("gongcheng-jixie") == new
    assert Study.objects.get(pk=old.pk).current is False
    assert old.verdicts.count() == 1


def test_the_contributions_of_a_target_sum_to_its_score():
    study = publishing.publish_targets(RANKING, by=HOUSE)

    target = queries.targets(study, "gcjx-yeya").rows[0]
    assert sum(Decimal(each["contribution"]) for each in target.contributions) == target.score


def test_an_unknown_feature_stays_unknown():
    study = publishing.publish_targets(RANKING, by=HOUSE)

    lines = {each["feature"]: each["value"] for each in study.targets.get().contributions}
    assert lines == {"making": "1", "capital": None}


def test_changed_rows_of_the_chain_make_a_new_study():
    first = publishing.publish_diagnosis(DIAGNOSIS, by=HOUSE)

    second = publishing.publish_diagnosis(replace(DIAGNOSIS, tables_digest="u"), by=HOUSE)

    first.refresh_from_db()
    assert second != first
    assert (first.current, second.current) == (False, True)
