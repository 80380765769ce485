"""A chain officer's list: filled in, previewed, a near name chosen, applied, undone."""

import io

import openpyxl
import pytest
from tests import registry_in_force
from tests.journeys.test_accessibility import AXE, RULES

from yipanqi.domain.industries.stated import PartnerList

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
HOME = "/chains/gongcheng-jixie/partners/"
TOLD = {"leader": "示例重工股份有限公司", "as_of": "2018-06-01", "source": "示例重工供应链部"}
ROWS = (
    ("供应商", "常州恒立液压件有限公司", "", "油缸", "液压件", "2018"),
    ("供应商", "常州恒立液压有限公司", "", "泵", "", "2018"),
    ("采购商", "没有登记的公司", "", "主机", "", ""),
    ("客户", "写错类型的公司", "", "", "", ""),
)


@pytest.fixture
def registry(tmp_path, settings, monkeypatch):
    settings.REGISTRY_HOME = tmp_path
    monkeypatch.setenv("YIPANQI_HOME", str(tmp_path))
    return registry_in_force.publish(tmp_path)


@pytest.mark.parametrize("width", [360, 1280])
def test_a_list_is_filled_in_previewed_applied_and_undone(at_desk, registry, tmp_path, width):
    page = at_desk("chain_officer", width)
    page.goto(HOME)
    seen = _seen(page, "empty")

    with page.expect_download() as download:
        page.click(".page-head >> text=下载模板")
    _fill_in(download.value.path().read_bytes(), tmp_path / "三一供应商.xlsx")

    page.click(".page-head >> text=上传名单")
    seen += _seen(page, "import")
    for name, said in TOLD.items():
        page.fill(f"[name={name}]", said)
    page.set_input_files("[name=file]", tmp_path / "三一供应商.xlsx")
    page.click("button:has-text('预览')")
    page.wait_for_selector("text=写的是“客户”")
    page.select_option("[name^=match-]", index=1)
    seen += _seen(page, "preview")
    assert not PartnerList.objects.exists()

    page.click("button:has-text('应用')")
    page.wait_for_selector("text=名单已应用")
    seen += _seen(page, "partners")
    page.goto("/chains/gongcheng-jixie/links/gcjx-yeya/")
    page.wait_for_selector("text=链主名单上的企业")

    page.goto(f"/chains/partners/{PartnerList.objects.get(kind='supply').public_id}/")
    page.wait_for_selector("text=原始文件")
    seen += _seen(page, "list")
    page.click("text=改对应 >> nth=0")
    page.wait_for_selector("text=这一行指的是")
    seen += _seen(page, "match")
    page.go_back()
    page.click("text=撤销这份名单")
    page.fill("[name=because]", "发错文件")
    page.click("button:has-text('撤销名单')")
    page.wait_for_selector("text=名单已撤销")

    assert seen == []


def _fill_in(template, place):
    filled = openpyxl.load_workbook(io.BytesIO(template))
    for row in ROWS:
        filled["名单"].append(row)
    filled.save(place)


def _seen(page, name):
    """What axe finds wrong, and whether the page is wider than its window."""
    page.evaluate(AXE.read_text("utf-8"))
    report = page.evaluate("rules => axe.run({runOnly: {type: 'tag', values: rules}})", RULES)
    wide = page.evaluate("document.documentElement.scrollWidth > window.innerWidth")
    faults = [
        f"{name} {each['id']}: {node['target']} {node['html'][:160]}"
        for each in report["violations"]
        for node in each["nodes"]
    ]
    return [*faults, f"{name} 横向溢出"] if wide else faults
