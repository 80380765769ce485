"""The whole loop in a browser, as two parks that want the same firm."""

import re

import pytest
from tests import cast, samples

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
PROOF = {"name": "拜访记录.pdf", "mimeType": "application/pdf", "buffer": samples.PDF}
FIRM = "江苏目标液压1号有限公司"

# What each gate asks for: the section, its fields, and the materials.
ROAD = (
    (
        "签约",
        {
            "responsibility": {"team_note": "液压件专班", "leader": "甲园区经办"},
            "money": {
                "project_class": "投资类",
                "investment_form": "新设",
                "fixed_investment_fen": "40000",
            },
            "land": {"site_kind": "租赁厂房", "needs_land": "否"},
            "agreement": {"agreement_signed_on": "2018-03-01"},
        },
        ("投资协议",),
    ),
    (
        "开工",
        {
            "registration": {"registered_on": "2018-04-01"},
            "filing": {"filing_code": "2018-430121-35-03-000001"},
            "construction": {
                "construction_permit_on": "2018-05-01",
                "started_on": "2018-06-01",
            },
            "vouchers": {"paid_on": "2018-06-02", "amount_wan": "10000"},
        },
        ("营业执照", "备案证", "施工许可证", "开工现场照片"),
    ),
    (
        "建成",
        {
            "completion": {"completed_on": "2019-06-01", "production_on": "2019-07-01"},
            "vouchers": {"paid_on": "2019-06-02", "amount_wan": "40000"},
        },
        ("竣工验收材料",),
    ),
)


def test_a_gap_becomes_a_built_project_and_the_second_park_is_ruled_on(at_desk):
    first, second = at_desk("clerk_a"), at_desk("clerk_b")
    _take_in(first)
    _claim(first)
    assert "首报成立，保护期至" in first.inner_text("main")

    _find_in_the_list(second)
    _claim(second)
    told = second.inner_text("main")
    assert "待招商主管部门裁定" in told
    assert "长沙经" not in told

    _found_project(first)
    city = at_desk("dispatcher")
    for stage, facts, materials in ROAD:
        _walk(first, stage, facts, materials)
        _verify(city, stage)
        first.reload()

    arbiter = at_desk("arbiter")
    arbiter.goto("/rulings/")
    arbiter.select_option("select", label="维持原持有单位")
    arbiter.fill("textarea", "甲方已转为项目")
    arbiter.click("text=作出裁定")
    assert "没有待裁定的登记" in arbiter.inner_text("main")

    second.goto("/investors/leads/")
    second.click("table a >> nth=0")
    assert "甲方已转为项目" in second.inner_text("main")

    member = at_desk("member")
    member.click(".figure:has-text('建成')")
    assert "示例液压基地项目" in member.inner_text("main")
    assert "共 1 个项目" in member.inner_text("main")


def test_a_closed_gate_is_explained_on_the_card(at_desk):
    page = at_desk("clerk_a")
    cast.project()
    page.goto("/projects/board/")

    page.click("text=进入签约")

    page.wait_for_selector(".board-card .alert")
    assert "签约须附投资协议" in page.inner_text(".board-card")
    assert page.url.endswith("/projects/board/")


def test_a_card_dropped_on_the_next_column_asks_the_gate(at_desk):
    page = at_desk("clerk_a")
    cast.project()
    page.goto("/projects/board/")

    page.drag_and_drop(".board-card h3", ".board-column[data-official=built]")
    page.wait_for_selector("#toast:not([hidden])")
    page.drag_and_drop(".board-card p", ".board-column[data-official=signed]")

    page.wait_for_selector(".board-card .alert")


def test_what_was_typed_survives_a_closed_tab(at_desk):
    page = at_desk("clerk_a")
    page.goto("/investors/new/")
    page.fill("[name=name]", "浙江没写完有限公司")

    page.goto("/")
    page.goto("/investors/new/")

    assert page.input_value("[name=name]") == "浙江没写完有限公司"


def test_the_drawing_zooms_and_lights_a_links_neighbours(at_desk):
    page = at_desk("clerk_a")
    page.goto("/chains/gongcheng-jixie/")
    width = "document.querySelector('.chain-frame svg').clientWidth"
    before = page.evaluate(width)

    page.click("[data-zoom=in]")
    page.focus("svg a[data-link=gcjx-yeya]")

    assert page.evaluate(width) > before
    assert page.locator(".arrow.lit").count() > 0
    lit = page.locator(".node.lit").count()
    assert 1 < lit < page.locator(".node[data-link]").count()


def test_escape_closes_the_panel_and_goes_back_to_the_chain(at_desk):
    page = at_desk("clerk_a")
    page.goto("/chains/gongcheng-jixie/links/gcjx-yeya/")

    page.keyboard.press("Escape")

    assert page.locator("#panel h2").count() == 0
    assert page.url.endswith("/chains/gongcheng-jixie/")


def test_the_loop_works_on_a_phone_without_sideways_scrolling(at_desk):
    page = at_desk("clerk_a", width=360)
    cast.project()

    for path in ("/", "/chains/", "/chains/gongcheng-jixie/", "/investors/", "/projects/"):
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth") <= 360, path


def _take_in(page):
    page.click("nav >> text=产业")
    page.click("main >> text=工程机械 >> nth=0")
    page.click("svg a[data-link=gcjx-yeya]")
    page.wait_for_selector("#panel h2")
    assert page.url.endswith("/links/gcjx-yeya/")
    page.click("#panel >> text=看招引目标")
    page.click("text=纳入客商库 >> nth=0")
    assert FIRM in page.inner_text("h1")


def _find_in_the_list(page):
    page.goto("/chains/gongcheng-jixie/targets/?link=gcjx-yeya")
    assert "已在库" in page.inner_text("table")
    page.click(f"text={FIRM}")
    page.click("text=看客商档案")


def _claim(page):
    page.click("a:text-is('登记线索')")
    page.fill("[name=matter]", "液压件生产基地")
    page.fill("[name=estimate_fen]", "52000")
    page.select_option("[name=proof_kind]", label="拜访记录")
    page.set_input_files("[name=proof]", PROOF)
    page.click("button:text-is('登记线索')")


def _found_project(page):
    page.click("main a:text-is('转为项目')")
    page.fill("[name=name]", "示例液压基地项目")
    page.click("button:text-is('建立项目')")
    page.wait_for_selector(".road")


def _walk(page, stage, facts, materials):
    home = page.url
    button = f"button:text-is('进入{stage}')"
    page.click(button)
    assert re.search(r"还差 \d+ 项", page.inner_text("main"))
    page.goto(home)
    for section, values in facts.items():
        if section == "vouchers":
            _pay(page, home, values)
            continue
        page.goto(f"{home}edit/{section}/")
        for name, value in values.items():
            _fill(page, name, value)
        page.click("button:text-is('保存')")
        assert page.url == home, page.inner_text("main")
    for kind in materials:
        page.select_option("[name=kind]", label=kind)
        page.set_input_files("[name=file]", {**PROOF, "name": f"{kind}.pdf"})
        page.click("button:text-is('上传材料')")
        assert f"{kind}.pdf" in page.inner_text("main")
    page.click(button)
    assert f"待核验：进入{stage}" in page.inner_text("main"), page.inner_text("main")


def _pay(page, home, values):
    page.goto(f"{home}money/")
    page.select_option("[name=kind]", label="银行进账单（转账凭证）")
    for name, value in values.items():
        _fill(page, name, value)
    page.set_input_files("[name=file]", PROOF)
    page.click("button:text-is('登记到位资金')")
    assert "到位资金已登记" in page.inner_text("body"), page.inner_text("main")
    page.goto(home)


def _verify(page, stage):
    """The city's officer finds the move on their day and verifies it."""
    page.goto("/")
    page.click("section:has(#h-verifying) a:text-is('示例液压基地项目')")
    page.click("button:text-is('核验通过')")
    assert "已核验，计入" in page.inner_text("main")
    assert f"待核验：进入{stage}" not in page.inner_text("main")


def _fill(page, name, value):
    field = page.locator(f"[name={name}]")
    if field.evaluate("node => node.tagName") == "SELECT":
        field.select_option(label=value)
    else:
        field.fill(value)
