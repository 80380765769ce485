"""The screens of an admission review, from the project page to the minutes."""

import pytest
from django.test import Client
from tests import cast
from tests.reviewers import all_sign, expert_of, fresh, officer_of, reviewed

from yipanqi.domain.reviews.models import Review
from yipanqi.domain.reviews.services import experts
from yipanqi.vocab import clock

pytestmark = pytest.mark.django_db


def signed_in(person):
    client = Client()
    client.force_login(person)
    return client


def text(response, status=200):
    assert response.status_code == status
    return response.content.decode()


def test_the_bureau_hands_a_project_in_from_its_page(as_):
    project = cast.project()
    project.project_class, project.expected_tax_fen = "policy", 800_000_000
    project.save()
    desk, there = as_("dispatcher"), f"/projects/{project.public_id}/"

    assert f"{there}review/" in text(desk.get(there))
    assert 'value="800"' in text(desk.get(f"{there}review/"))
    sent = desk.post(f"{there}review/", {"summary": "请予评审", "annual_tax_wan": "800",
                                         "land_mu": "100"})  # fmt: skip

    review = Review.objects.get()
    assert sent["Location"] == f"/reviews/{review.public_id}/"
    page = text(desk.get(sent["Location"]))
    assert "9.8" in page
    assert "缺少产业类别，未评分" in page
    assert "评审中" in text(desk.get(there))


def test_a_park_has_no_button_and_no_way_to_hand_in(as_):
    project = cast.project()
    desk, there = as_("clerk_a"), f"/projects/{project.public_id}/"

    assert f"{there}review/" not in text(desk.get(there))
    assert desk.post(f"{there}review/", {}).status_code == 403


def test_without_a_class_the_form_says_what_to_do(as_):
    project = cast.project()

    page = text(as_("dispatcher").post(f"/projects/{project.public_id}/review/", {}), 422)

    assert "项目分类未填" in page


def test_a_department_finds_its_countersign_on_today_and_signs(as_):
    _, review = reviewed()
    desk, there = signed_in(officer_of("dept-caizheng")), f"/reviews/{review.public_id}/"

    assert f'href="{there}#h-sign"' in text(desk.get("/"))
    assert "提交会签" in text(desk.get(there))
    refused = text(desk.post(f"{there}countersign/", {"grade": "D", "comment": ""}), 422)
    assert "会签意见未填" in refused
    assert (
        desk.post(f"{there}countersign/", {"grade": "B", "comment": "测算补齐"}).status_code == 303
    )

    assert f'href="{there}#h-sign"' not in text(desk.get("/"))
    assert "测算补齐" in text(desk.get(there))


def test_a_department_not_asked_finds_nothing(as_):
    _, review = reviewed()

    desk = signed_in(officer_of("dept-gongxin"))

    assert desk.get(f"/reviews/{review.public_id}/").status_code == 404
    assert review.title not in text(desk.get("/reviews/"))


def test_an_expert_declares_first_and_then_scores(as_):
    _, review = reviewed()
    expert_of(review)
    desk, there = (
        signed_in(officer_of("dept-gongxin", "review_expert")),
        f"/reviews/{review.public_id}/",
    )

    assert desk.get(there).status_code == 404
    assert desk.get(f"{there}score/")["Location"] == f"{there}declare/"
    assert "承诺保密" in text(desk.post(f"{there}declare/", {"has_interest": "no"}), 422)
    said = {"has_interest": "no", "keeps_secret": "on"}
    assert desk.post(f"{there}declare/", said)["Location"] == f"{there}score/"
    marks = {f"{scheme}-{key}": each.maximum
             for (scheme, key), each in experts.judged(review).items()}  # fmt: skip
    first = next(iter(marks))
    assert first in text(desk.post(f"{there}score/", marks | {first: "99"}), 422)
    assert desk.post(f"{there}score/", marks).status_code == 303

    assert "100 / 100" in text(desk.get(there))


def test_an_expert_who_is_recused_sees_no_more(as_):
    _, review = reviewed()
    expert_of(review)
    desk, there = (
        signed_in(officer_of("dept-gongxin", "review_expert")),
        f"/reviews/{review.public_id}/",
    )

    said = {"has_interest": "yes", "interest": "持有该公司股份", "keeps_secret": "on"}
    assert desk.post(f"{there}declare/", said)["Location"] == "/reviews/"

    assert desk.get(f"{there}score/").status_code == 404
    assert desk.get(there).status_code == 404


def test_the_secretary_records_the_minutes_and_conditions_and_the_park_meets_them(as_):
    _, review = reviewed()
    desk, there = as_("dispatcher"), f"/reviews/{review.public_id}/"
    today = clock.today().isoformat()
    wanted = "取得能评批复\n\n落实污水接管"
    minutes = {"body": "committee", "outcome": "conditional", "held_on": today,
               "minutes_no": "〔2018〕12号", "conditions": wanted}  # fmt: skip
    assert "会签未齐" in text(desk.post(f"{there}decide/", minutes), 422)
    all_sign(review)
    assert desk.post(f"{there}decide/", minutes).status_code == 303
    final = {"body": "executive", "outcome": "passed", "held_on": today, "minutes_no": "8号"}
    assert desk.post(f"{there}decide/", final).status_code == 303
    assert fresh(review).state == "conditional"

    park = as_("clerk_a")
    assert "取得能评批复" in text(park.get("/"))
    for each in fresh(review).conditions.all():
        form = {f"{each.public_id}-on": today, f"{each.public_id}-proof": "已批复"}
        assert park.post(f"{there}conditions/{each.public_id}/", form).status_code == 303
    assert "取得能评批复" not in text(park.get("/"))


def test_a_veto_is_raised_and_withdrawn_by_its_unit(as_):
    _, review = reviewed()
    there = f"/reviews/{review.public_id}/"
    desk = signed_in(officer_of("dept-shengtai"))

    assert "一票否决须写明" not in text(desk.get(there))
    sent = desk.post(f"{there}vetoes/", {"code": "redline", "reason": "位于红线内"})
    assert sent.status_code == 303
    veto = fresh(review).vetoes.get()
    assert "1 条未撤销" in text(desk.get(there))
    address = f"{there}vetoes/{veto.public_id}/withdraw/"
    assert as_("dispatcher").post(address, {"because": "不对"}).status_code == 403
    assert desk.post(address, {"because": "复核后不在红线内"}).status_code == 303


def test_a_withdrawn_review_can_be_changed_by_nobody(as_):
    _, review = reviewed()
    desk, there = as_("dispatcher"), f"/reviews/{review.public_id}/"

    assert desk.post(f"{there}withdraw/", {"because": "材料不齐"}).status_code == 303

    assert desk.post(f"{there}facts/", {"land_mu": "3"}).status_code == 409
    signing = signed_in(officer_of("dept-fagai"))
    assert signing.post(f"{there}countersign/", {"grade": "A"}).status_code == 409


def test_the_figures_can_be_filled_in_later_and_absurd_ones_are_told(as_):
    _, review = reviewed()
    desk, there = as_("dispatcher"), f"/reviews/{review.public_id}/facts/"

    assert "不小于 0" in text(desk.post(there, {"land_mu": "-5"}), 422)
    assert desk.post(there, {"land_mu": "5", "annual_tax_wan": "40"}).status_code == 303

    assert fresh(review).facts == {"land_mu": "5", "annual_tax_wan": "40"}


def test_the_list_asks_few_queries_however_many_reviews(as_, django_assert_max_num_queries):
    for name in ("液压泵产业园", "挖掘臂焊接车间", "回转支承研究院", "塔机租赁总部"):
        reviewed(name=name)
    desk = as_("dispatcher")
    desk.get("/reviews/")

    with django_assert_max_num_queries(20):
        assert "塔机租赁总部" in text(desk.get("/reviews/"))


def test_an_expert_is_asked_from_the_page(as_):
    _, review = reviewed()
    person = officer_of("dept-gongxin", "review_expert")
    desk, there = as_("dispatcher"), f"/reviews/{review.public_id}/"

    assert desk.post(f"{there}experts/", {"officer": person.public_id}).status_code == 303
    assert (
        desk.post(f"{there}experts/", {"officer": cast.officer("clerk_a").public_id}).status_code
        == 422
    )

    assert [each.officer for each in fresh(review).experts.all()] == [person]


def test_a_confidential_projects_review_and_team_do_not_exist_for_another_park(as_):
    project, review = reviewed(name="天马绝密液压项目", label="business_secret")
    other, own = as_("clerk_b"), as_("clerk_a")
    addresses = (
        f"/reviews/{review.public_id}/",
        f"/projects/{project.public_id}/team/",
        f"/api/v1/reviews/{review.public_id}",
    )

    assert [other.get(each).status_code for each in addresses] == [404] * 3
    assert [own.get(each).status_code for each in addresses] == [200] * 3
    for each in ("/reviews/", "/"):
        assert project.name not in text(other.get(each))
    assert project.name in text(own.get("/reviews/"))
