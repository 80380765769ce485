"""A whole life in the browser, begun on a telephone, shared by two rival parks."""

import re

import pytest
from playwright.sync_api import expect
from tests import cast, samples

from yipanqi.domain.evidence.services import storing
from yipanqi.domain.projects import queries
from yipanqi.domain.projects.models import Project
from yipanqi.domain.projects.services import editing, money
from yipanqi.vocab import clock

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PROOF = {"name": "拜访记录.pdf", "mimeType": "application/pdf", "buffer": samples.PDF}
FIRM, MATTER, NAME = "江苏示例液压科技有限公司", "建设高端液压件生产基地", "示例液压基地项目"
YI = 10_000_000_000
PATIENCE = 40_000


def test_a_signal_becomes_a_plant_at_full_production_shared_by_two_parks(at_desk):
    _become_a_lead(at_desk("clerk_a", width=360))
    first, second, arbiter = at_desk("clerk_a"), at_desk("clerk_b"), at_desk("arbiter")
    _hold_the_rival_back(second)
    _rule(arbiter)
    _hand_over(first, second)
    _found(second)
    _sees(second, NAME)

    road = f"/projects/{Project.objects.get().public_id}/"
    second.goto(road)
    city = at_desk("dispatcher")
    _sign_and_start(second, arbiter, city, road)
    _build_and_produce(second, city, road)

    _end(city, road)
    _count_once(at_desk("member"))


def _sign_and_start(clerk, arbiter, city, road):
    _be_refused(clerk)
    _make_signable()
    _advance(clerk, road, "签约")
    _verify(city, road, "签约")
    _change(registered_on=clock.today())
    _attach("licence")
    _advance(clerk, road, "注册")
    _make_startable()
    _waive(clerk, arbiter, road)
    _advance(clerk, road, "开工")
    _verify(city, road, "开工")


def _build_and_produce(clerk, city, road):
    _pay()
    _advance(clerk, road, "在建")
    _change(completed_on=clock.today(), production_on=clock.today())
    _attach("acceptance")
    for stage in ("建成", "投产", "达产"):
        _advance(clerk, road, stage)
        _verify(city, road, stage)


def _sees(page, words):
    expect(page.locator("body")).to_contain_text(words, timeout=PATIENCE)


def _become_a_lead(page):
    page.goto("/investors/signals/new/")
    assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.fill("#id_enterprise_name", FIRM)
    page.fill("#id_matter", MATTER)
    page.get_by_text("走访", exact=True).click()
    page.eval_on_selector_all("details", "all => all.forEach(each => { each.open = true })")
    page.select_option("[name=place]", "gongcheng-jixie/gcjx-yeya")
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


def _be_refused(page):
    page.click("button:text-is('进入签约')")
    _sees(page, "没有进入下一阶段")
    assert re.search(r"还差 \d+ 项", page.inner_text("main"))
    _sees(page, "签约须附投资协议")


def _waive(clerk, arbiter, road):
    clerk.goto(road)
    clerk.click("button:text-is('进入开工')")
    _sees(clerk, "没有进入下一阶段：还差 1 项")
    _sees(clerk, "须附开工现场照片")
    arbiter.goto(road)
    arbiter.click("section:has(#h-step-started) a:text-is('豁免')")
    arbiter.fill("[name=reason]", "市政府专题会议纪要〔2018〕5号")
    arbiter.fill("[name=until]", "2099-12-31")
    arbiter.click("button:text-is('豁免')")
    _sees(arbiter, "已豁免，不算满足")


def _advance(page, road, stage):
    page.goto(road)
    page.click(f"button:text-is('进入{stage}')")
    page.wait_for_load_state()
    assert "没有进入下一阶段" not in page.inner_text("main"), page.inner_text("main")


def _verify(page, road, stage):
    page.goto(road)
    _sees(page, f"待核验：进入{stage}")
    page.click("button:text-is('核验通过')")
    expect(page.locator("#h-waiting")).to_have_count(0, timeout=PATIENCE)
    _sees(page, "已核验，计入")


def _end(page, road):
    page.goto(road)
    _sees(page, "已走完全部阶段")
    last = page.locator("section:has(#h-moves) li", has_text="→ 达产")
    expect(last).to_contain_text("已核验，计入", timeout=PATIENCE)


def _count_once(page):
    page.goto("/projects/")
    _sees(page, "共 1 个项目")
    page.goto("/projects/credits/")
    rows = page.locator("main tbody tr")
    expect(rows).to_have_count(2, timeout=PATIENCE)
    for row in rows.all():
        expect(row.locator("td").nth(0)).to_have_attribute("title", "1/2")
        expect(row).to_contain_text("2.50 亿元")
    expect(page.locator("main tfoot td").first).to_have_text("1", timeout=PATIENCE)


# The rest only fills gates.
def _project():
    return Project.objects.get(name=NAME)


def _change(**facts):
    project = _project()
    editing.edit(project, facts, expecting=project.version, by=cast.clerk_b())


def _attach(kind):
    project = _project()
    storing.attach(
        samples.pdf(f"{kind}.pdf"),
        to=storing.Attachment(queries.subject(project), kind, queries.scope(project)),
        by=cast.clerk_b(),
    )


def _make_signable():
    _change(
        leader=cast.officer("clerk_b"),
        team_note="液压件专班",
        total_investment_fen=5 * YI,
        fixed_investment_fen=4 * YI,
        project_class="investment",
        investment_form="new",
        site_kind="leased_plant",
        needs_land=False,
        agreement_signed_on=clock.today(),
    )
    _attach("agreement")


def _make_startable():
    _change(
        filing_code="2018-430121-35-03-000001",
        construction_permit_on=clock.today(),
        started_on=clock.today(),
    )
    for kind in ("filing", "construction_permit"):
        _attach(kind)


def _pay():
    paid = money.Paid("bank_slip", clock.today(), 4 * YI)
    money.record(_project(), paid, samples.pdf("进账单.pdf"), by=cast.clerk_b())
