"""A whole life in the browser, begun on a telephone, shared by two rival parks."""

import pytest
from playwright.sync_api import expect
from tests import cast, samples

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PROOF = {"name": "拜访记录.pdf", "mimeType": "application/pdf", "buffer": samples.PDF}
FIRM, MATTER, NAME = "江苏示例液压科技有限公司", "建设高端液压件生产基地", "示例液压基地项目"
PATIENCE = 40_000


def test_a_signal_becomes_a_project_handed_on_after_a_ruling(at_desk):
    _become_a_lead(at_desk("clerk_a", width=360))
    first, second, arbiter = at_desk("clerk_a"), at_desk("clerk_b"), at_desk("arbiter")
    _hold_the_rival_back(second)
    _rule(arbiter)
    _hand_over(first, second)
    _found(second)
    _sees(second, NAME)


def _sees(page, words):
    expect(page.locator("body")).to_contain_text(words, timeout=PATIENCE)


def _become_a_lead(page):
    page.goto("/investors/signals/new/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.fill("#id_enterprise_name", FIRM)
    page.fill("#id_matter", MATTER)
    page.get_by_text("走访", exact=True).click()
    page.get_by_role("button", name="登记", exact=True).click()
    expect(page.locator("h1")).to_have_text(MATTER, timeout=PATIENCE)
    page.click("button:text-is('响应')")
    _sees(page, "已响应，请按期研判")
    page.click("summary:text-is('研判：值得跟进')")
    page.fill("[name=follow-words]", "产业链补缺，值得跟进")
    page.click("button:text-is('值得跟进')")
    _sees(page, "已研判为值得跟进")
    page.click("button:text-is('纳入客商库')")
    _sees(page, "企业已在客商库")
    page.click("a:text-is('登记线索（首报）')")
    expect(page.locator("[name=matter]")).to_have_value(MATTER, timeout=PATIENCE)
    _claim(page)
    _sees(page, "首报成立，保护期至")


def _claim(page):
    page.fill("[name=estimate_fen]", "50000")
    page.select_option("[name=proof_kind]", label="拜访记录")
    page.set_input_files("[name=proof]", PROOF)
    page.click("main button:text-is('登记线索')")


def _hold_the_rival_back(page):
    page.goto("/investors/")
    page.click(f"a:text-is('{FIRM}')")
    page.click("a:text-is('登记线索')")
    page.fill("[name=matter]", MATTER)
    _claim(page)
    _sees(page, "待招商主管部门裁定")


def _rule(page):
    page.goto("/rulings/")
    _sees(page, FIRM)
    page.select_option("main form select", label="维持原持有单位")
    page.fill("main form textarea", "甲方接洽在先，证明齐全")
    page.click("button:text-is('作出裁定')")
    _sees(page, "没有待裁定的登记")


def _hand_over(giver, receiver):
    giver.goto("/investors/leads/")
    giver.click(f"main a:text-is('{MATTER}')")
    giver.click("a:text-is('提出流转')")
    giver.select_option("[name=receiver]", cast.PARK_B)
    giver.fill("[name=reason]", "对方有现成厂房")
    giver.fill("[name=own_part]", "5")
    giver.fill("[name=receiver_part]", "5")
    giver.fill("[name=years]", "5")
    giver.click("main button:text-is('提出流转')")
    _sees(giver, "流转已提出，待各方同意")
    _sees(giver, "利益分享 5:5")

    receiver.goto("/investors/transfers/")
    receiver.click(f"main a:text-is('{MATTER}')")
    receiver.click("button:text-is('同意流转')")
    _sees(receiver, "各方均已同意，流转生效")


def _found(page):
    page.click("a:text-is('打开线索')")
    page.click("main a:text-is('转为项目')")
    page.fill("[name=name]", NAME)
    page.click("button:text-is('建立项目')")
    page.wait_for_selector(".road")
    return page.url
