"""A project through admission: handed in, signed, scored on a phone, and let in by the minutes."""

import pytest
from tests import cast
from tests.journeys.test_accessibility import AXE, RULES
from tests.reviewers import all_sign, expert_of, fresh, officer_of, reviewed

from yipanqi.domain.projects import queries as projects
from yipanqi.domain.reviews.models import Review
from yipanqi.vocab import clock

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_from_the_project_page_to_the_minutes(at_desk):
    project = cast.project()
    project.project_class = "policy"
    project.save()
    expert = officer_of("dept-gongxin", "review_expert")

    bureau = at_desk("dispatcher")
    bureau.goto(f"/projects/{project.public_id}/")
    bureau.click("#admission >> text=提请评审")
    bureau.fill("[name=annual_tax_wan]", "800")
    bureau.fill("[name=land_mu]", "100")
    bureau.fill("[name=summary]", "请予评审")
    bureau.click("button:has-text('提请评审')")
    bureau.wait_for_selector("text=9.8")
    bureau.select_option("[name=officer]", expert.public_id)
    bureau.click("button:has-text('聘请')")
    bureau.wait_for_selector("text=待申报")
    review = Review.objects.get()

    _score_on_a_phone(at_desk)

    department = at_desk("department")
    department.click("text=会签：示例液压件项目")
    department.select_option("[name=grade]", "B")
    department.fill("[name=comment]", "请补齐节能测算")
    department.click("button:has-text('提交会签')")
    department.wait_for_selector("text=请补齐节能测算")
    all_sign(fresh(review))

    _record_the_minutes(bureau, review)

    project.refresh_from_db()
    assert projects.facts(project)["admission_passed"] is True


def _score_on_a_phone(at_desk):
    phone = at_desk("dept-gongxin-review_expert", 360)
    phone.click("text=评分：示例液压件项目")
    phone.wait_for_selector("text=先申报利害关系")
    phone.select_option("[name=has_interest]", "no")
    phone.check("[name=keeps_secret]")
    phone.click("button:has-text('提交申报')")
    for field in phone.locator("form.marks input[type=number]").all():
        field.fill("5")
    phone.click("button:has-text('提交评分')")
    phone.wait_for_selector("text=55 / 100")


def _record_the_minutes(bureau, review):
    for body, number in (("投委会", "〔2018〕12号"), ("常务会", "〔2018〕30号")):
        bureau.goto(f"/reviews/{review.public_id}/")
        bureau.click(f"summary:has-text('登记{body}结论')")
        bureau.select_option("[name=outcome]", "passed")
        bureau.fill("[name=held_on]", clock.today().isoformat())
        bureau.fill("[name=minutes_no]", number)
        bureau.click("button:has-text('登记结论')")
        bureau.wait_for_selector(f"text={number}")


@pytest.mark.parametrize("width", [360, 1280])
def test_the_screens_are_for_everybody(at_desk, width):
    project, review = reviewed()
    expert_of(review)
    bureau = at_desk("dispatcher", width)
    expert = at_desk("dept-gongxin-review_expert", width)
    department, there = at_desk("department", width), f"/reviews/{review.public_id}/"

    assert _faults(bureau, "/reviews/") == []
    assert _faults(bureau, there) == []
    assert _faults(bureau, f"{there}facts/") == []
    assert _faults(bureau, f"/projects/{project.public_id}/review/") == []
    assert _faults(bureau, f"/projects/{project.public_id}/team/") == []
    assert _faults(department, there) == []
    assert _faults(department, "/") == []
    assert _faults(expert, f"{there}declare/") == []


def _faults(page, path):
    page.goto(path)
    page.evaluate(AXE.read_text("utf-8"))
    report = page.evaluate("rules => axe.run({runOnly: {type: 'tag', values: rules}})", RULES)
    return [f"{each['id']}: {node['html'][:160]}"
            for each in report["violations"] for node in each["nodes"]]  # fmt: skip
