"""An admission review: handed in, countersigned, scored, decided, and standing as a fact."""

from datetime import timedelta
from decimal import Decimal

import pytest
from tests import cast
from tests.reviewers import all_sign, fresh, of_unit, reviewed

from yipanqi.domain.ledger.models import Entry
from yipanqi.domain.projects import queries as projects
from yipanqi.domain.projects.services import admission, editing
from yipanqi.domain.reviews import queries
from yipanqi.domain.reviews.models import Condition, Review
from yipanqi.domain.reviews.services import (
    countersigning,
    deciding,
    opening,
    stating,
    vetoing,
)
from yipanqi.domain.reviews.services.deciding import Decision, Wanted
from yipanqi.vocab import clock
from yipanqi.vocab.actors import NotAllowed
from yipanqi.vocab.admission import Grade, Outcome
from yipanqi.vocab.labels import Label

pytestmark = pytest.mark.django_db


def decided(review, body, outcome=Outcome.PASSED, **more):
    given = {"held_on": clock.today(), "minutes_no": "〔2018〕12号"} | more
    decision = Decision(body, outcome, **given)
    deciding.decide(review, decision, by=cast.dispatcher(), followers=(admission.follow,))


def known(project):
    project.refresh_from_db()
    told = projects.facts(project)
    return told["admission_opened"], told["admission_passed"]


def test_a_review_asks_the_departments_and_bodies_of_the_sheet(city):
    _, review = reviewed()

    sheet = queries.sheet(review)
    assert [each.unit.code for each in review.countersigns.all()] == [
        row.unit for row in sheet.countersigns
    ]
    assert [each.body for each in review.sittings.all()] == ["committee", "executive"]
    assert {each.due for each in review.countersigns.all()} == {clock.today() + timedelta(days=5)}


def test_to_open_twice_gives_the_same_review(city):
    project, review = reviewed()

    again = admission.open_review(project, summary="", by=cast.dispatcher())

    assert again == review
    assert Entry.objects.filter(kind="reviews.opened").count() == 1


def test_a_project_without_a_class_is_not_handed_in(city):
    with pytest.raises(admission.Unclassed, match="项目分类未填"):
        admission.open_review(cast.project(), summary="", by=cast.dispatcher())

    assert not Review.objects.exists()


def test_a_park_does_not_open_a_review_itself(city):
    project = cast.project()

    with pytest.raises(NotAllowed):
        admission.open_review(project, summary="", by=cast.clerk_a())


def test_what_the_record_knows_is_handed_in_with_it(city):
    _, review = reviewed(
        expected_output_fen=32_000_000_000_00 // 100, expected_tax_fen=None,
        site_area_mu=Decimal("10.50"),
    )  # fmt: skip

    assert review.facts == {"annual_output_wan": "32000", "land_mu": "10.5"}


def test_passed_by_every_body_it_stands_as_a_fact_of_the_project(city):
    project, review = reviewed()
    assert known(project) == (True, False)
    all_sign(review)

    decided(review, "committee")
    assert known(project) == (True, False)
    decided(review, "executive")

    assert known(project) == (True, True)
    assert fresh(review).state == "passed"


def test_before_every_department_signed_nothing_but_a_rejection_is_recorded(city):
    _, review = reviewed()

    with pytest.raises(deciding.NotReady, match="会签未齐：市发改委"):
        decided(review, "committee")

    decided(review, "committee", Outcome.REJECTED, remark="与产业定位不符")
    assert fresh(review).state == "rejected"


def test_a_grade_that_allows_no_pass_forbids_it(city):
    _, review = reviewed()
    all_sign(review, Grade.C)

    with pytest.raises(deciding.NotReady, match="会签等级不允许“通过”"):
        decided(review, "committee")


def test_a_standing_veto_leaves_only_the_rejection_until_it_is_withdrawn(city):
    _, review = reviewed()
    all_sign(review)
    shengtai = of_unit("dept-shengtai")
    veto = vetoing.raise_veto(review, "redline", "位于红线内", by=shengtai)

    with pytest.raises(deciding.NotReady, match="一票否决"):
        decided(review, "committee")
    with pytest.raises(NotAllowed, match="只能由提出单位"):
        vetoing.withdraw(review, veto.public_id, because="误", by=of_unit("dept-fagai"))

    vetoing.withdraw(review, veto.public_id, because="复核后不在红线内", by=shengtai)
    decided(review, "committee")


def test_bodies_decide_in_their_order_and_with_a_minutes_number(city):
    _, review = reviewed()
    all_sign(review)

    with pytest.raises(deciding.NotReady, match="现在轮到投委会"):
        decided(review, "executive")
    with pytest.raises(deciding.Unclear, match="纪要编号未填"):
        decided(review, "committee", minutes_no=" ")
    with pytest.raises(deciding.Unclear, match="不能晚于今天"):
        decided(review, "committee", held_on=clock.today() + timedelta(days=1))


def test_conditions_keep_the_fact_back_until_the_last_is_met(city):
    project, review = reviewed()
    all_sign(review)
    wanted = [Wanted("取得能评批复"), Wanted("落实污水接管", unit="dept-zhujian")]
    decided(review, "committee", Outcome.CONDITIONAL, conditions=wanted)
    decided(review, "executive")

    first, second = Condition.objects.order_by("id")
    meet = {"on": clock.today(), "proof": "已批复", "followers": (admission.follow,)}
    assert (fresh(review).state, known(project)) == ("conditional", (True, False))
    assert first.unit == project.unit
    deciding.meet(first, by=cast.clerk_a(), **meet)
    assert known(project) == (True, False)
    with pytest.raises(NotAllowed, match="落实单位"):
        deciding.meet(second, by=cast.clerk_a(), **meet)
    deciding.meet(second, by=cast.dispatcher(), **meet)

    assert known(project) == (True, True)
    with pytest.raises(deciding.NotMet, match="已登记落实"):
        deciding.meet(first, by=cast.clerk_a(), **meet)


def test_where_no_body_decides_the_bureau_ends_it_on_the_countersigns(city):
    project, review = reviewed(project_class="investment")
    assert not review.sittings.all()
    all_sign(review)

    decided(review, "bureau", minutes_no="")

    assert known(project) == (True, True)


def test_a_department_sees_the_dossier_and_not_the_project(city):
    project, review = reviewed()
    caizheng, gongxin = of_unit("dept-caizheng"), of_unit("dept-gongxin")

    assert queries.find(review.public_id, seen_by=caizheng) == review
    assert projects.find(project.public_id, seen_by=caizheng) is None
    assert queries.find(review.public_id, seen_by=gongxin) is None
    assert [each.review for each in queries.to_countersign(seen_by=caizheng)] == [review]
    assert queries.to_countersign(seen_by=gongxin) == []


def test_a_department_that_was_not_asked_cannot_sign(city):
    _, review = reviewed()

    with pytest.raises(NotAllowed, match="没有请本单位会签"):
        countersigning.countersign(review, Grade.A, "", by=of_unit("dept-gongxin"))
    with pytest.raises(countersigning.CommentMissing):
        countersigning.countersign(review, Grade.D, " ", by=of_unit("dept-fagai"))


@pytest.mark.parametrize(
    ("key", "text", "says"),
    [
        ("land_mu", "-1", "不小于 0"),
        ("land_mu", "0", "请留空"),
        ("annual_tax_wan", "NaN", "不小于 0"),
        ("annual_tax_wan", "八万", "不是数"),
        ("annual_tax_wan", "1.1234567", "小数过多"),
        ("industry_category", "best", "没有“best”"),
        ("tax_per_mu_wan", "8", "不是可以填报的评审数据"),
    ],
)
def test_an_absurd_figure_is_refused(city, key, text, says):
    _, review = reviewed()

    with pytest.raises(stating.Absurd, match=says):
        stating.state(review, {key: text}, by=cast.dispatcher())


def test_stated_figures_are_scored_and_an_emptied_one_is_unknown_again(city):
    _, review = reviewed()
    figures = {"annual_tax_wan": "800", "land_mu": "100"}
    stating.state(review, figures, by=cast.dispatcher())
    lines = {line.indicator.key: line.points for line in queries.scores(fresh(review))[1].lines}
    assert lines["tax_per_mu"] == Decimal("9.8")

    stating.state(review, {"land_mu": ""}, by=cast.dispatcher())

    lines = {line.indicator.key: line.points for line in queries.scores(fresh(review))[1].lines}
    assert lines["tax_per_mu"] is None


def test_departments_are_reminded_once_and_told_once_that_it_is_late(city):
    _, review = reviewed()
    start, number = clock.now(), review.countersigns.count()
    told = []

    for days in (1, 4, 4, 6, 6):
        with clock.using(lambda days=days: start + timedelta(days=days)):
            told.append(countersigning.remind())

    assert told == [0, number, 0, number, 0]
    kinds = {"reviews.countersign_reminded", "reviews.countersign_overdue"}
    assert Entry.objects.filter(kind__in=kinds).count() == 2 * number


def test_a_withdrawn_review_asks_nothing_more_of_anybody(city):
    project, review = reviewed()

    opening.withdraw(
        review, because="材料不齐", by=cast.dispatcher(), followers=(admission.follow,)
    )

    assert known(project) == (False, False)
    assert queries.to_countersign(seen_by=of_unit("dept-fagai")) == []
    with pytest.raises(opening.AlreadyClosed):
        countersigning.countersign(review, Grade.A, "", by=of_unit("dept-fagai"))


def test_a_review_goes_under_the_label_of_its_project(city):
    project, review = reviewed()
    project.refresh_from_db()

    change = {"label": Label.WORK_SECRET}
    editing.edit(project, change, expecting=project.version, by=cast.clerk_a())

    review.refresh_from_db()
    assert review.label == Label.WORK_SECRET
    # The dispatcher sees work secrets of the bureau alone; the owning park still sees its own.
    assert queries.find(review.public_id, seen_by=cast.dispatcher()) is None
    assert queries.find(review.public_id, seen_by=cast.clerk_a()) == review
