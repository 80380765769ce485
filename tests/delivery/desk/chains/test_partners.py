"""The screens of leaders' lists: template, preview, applying, undoing, and who may."""

import csv
import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests import cast, registry_in_force

from yipanqi.domain.industries.models import Chain
from yipanqi.domain.industries.stated import PartnerList, PartnerRow
from yipanqi.domain.investors.models import Enterprise

pytestmark = pytest.mark.django_db
HOME = "/chains/gongcheng-jixie/partners/"
ROWS = (
    ("供应商", "常州恒立液压件有限公司", "油缸", "液压件", "2018"),
    ("供应商", "长沙机电有限公司", "轴承", "", ""),
    ("采购商", "没有登记的公司", "主机", "", ""),
    ("供应商", "常州恒立液压有限公司", "泵", "", ""),
    ("客户", "写错的公司", "", "", ""),
)


@pytest.fixture
def registry(tmp_path, settings, monkeypatch):
    settings.REGISTRY_HOME = tmp_path
    settings.HOME = tmp_path / "home"
    settings.EVIDENCE_DIR = tmp_path / "evidence"
    monkeypatch.setenv("YIPANQI_HOME", str(tmp_path))
    return registry_in_force.publish(tmp_path)


@pytest.fixture
def office(as_, chain, registry):
    Chain.objects.update(office_unit="office-gongcheng-jixie")
    return as_("chain_officer")


def file(rows=ROWS, name="名单.csv"):
    out = io.StringIO()
    csv.writer(out).writerows((("类型", "企业名称", "产品", "环节", "年份"), *rows))
    return SimpleUploadedFile(name, out.getvalue().encode())


def told(**more):
    return {
        "leader": "示例重工股份有限公司",
        "as_of": "2018-06-01",
        "source": "示例重工供应链部",
        "label": "internal",
        **more,
    }


def previewed(client, rows=ROWS, **more):
    return client.post(f"{HOME}import/", told(file=file(rows), **more))


def sent_back(preview, **choices):
    hidden = {name: field.value() for name, field in _bound(preview.context["form"]).items()}
    return {**hidden, **choices}


def _bound(form):
    return {name: form[name] for name in form.fields}


def applied(client, rows=ROWS, **more):
    choices = {name: more.pop(name) for name in list(more) if name.startswith("match")}
    preview = previewed(client, rows, **more)
    return client.post(f"{HOME}apply/", sent_back(preview, **choices), follow=True)


def test_the_template_is_a_workbook_with_the_chains_links(office):
    answer = office.get(f"{HOME}template/")

    assert answer["Content-Type"].endswith("sheet")
    assert answer.content.startswith(b"PK")


def test_a_preview_counts_names_and_faults_and_saves_nothing(office):
    preview = previewed(office)

    text = preview.content.decode()
    assert preview.status_code == 200
    assert "第 6 行“类型”写的是“客户”" in text
    assert "常州恒立液压件有限公司" in text
    assert "第 3 行" in text
    assert not PartnerList.objects.exists()
    matches = preview.context["preview"].matches
    assert sorted(matches.certain) == [2, 3]
    assert (matches.certain[2].is_here, matches.certain[3].is_here) == (False, True)
    assert [each.known.name for each in matches.near[5]] == ["常州恒立液压件有限公司"]


def test_applying_keeps_the_rows_with_the_enterprises_chosen(office):
    chosen = previewed(office).context["preview"].matches.near[5][0].known

    answer = applied(office, **{"match-5": chosen.registry_id, "match-4": "forged"})

    rows = {row.number: row for row in PartnerRow.objects.all()}
    assert sorted(rows) == [2, 3, 4, 5]
    assert (rows[2].matched_by, rows[5].matched_by, rows[4].registry_id) == ("name", "chosen", "")
    assert rows[2].registry_id == rows[5].registry_id == chosen.registry_id
    assert 0.3 <= rows[5].confidence < 1
    assert [each.kind for each in PartnerList.objects.order_by("id")] == ["supply", "purchase"]
    text = answer.content.decode()
    assert "名单已应用" in text
    assert cast.officer("chain_officer").name in text


def test_the_list_shows_each_enterprise_once_with_the_lines_that_name_it(office, study):
    chosen = previewed(office).context["preview"].matches.near[5][0].known
    text = applied(office, **{"match-5": chosen.registry_id}).content.decode()

    assert text.count(">常州恒立液压件有限公司</a>") == 1
    assert "来源：示例重工供应链部，第 2 行" in text
    assert "来源：示例重工供应链部，第 5 行" in text
    assert "未对应登记企业" in text
    assert "共 3 家" in text


def test_filters_narrow_the_list(office):
    applied(office)

    outside = office.get(f"{HOME}?where=outside").content.decode()
    purchasers = office.get(f"{HOME}?kind=purchase").content.decode()

    assert ("常州恒立液压件有限公司" in outside, "长沙机电有限公司" in outside) == (True, False)
    assert ("没有登记的公司" in purchasers, "长沙机电有限公司" in purchasers) == (True, False)


def test_an_enterprise_of_a_list_is_taken_into_the_library(office):
    applied(office)
    row = PartnerRow.objects.get(number=2)

    office.post(f"/registry/{row.registry_id}/take-in/")

    assert Enterprise.objects.get().name == row.name
    assert "已在库" in office.get(HOME).content.decode()


def test_undoing_needs_a_reason_and_takes_the_list_off_the_screens(office):
    applied(office)
    listed = PartnerList.objects.get(kind="supply")
    address = f"/chains/partners/{listed.public_id}/"
    assert "第 1 / 1 页" not in office.get(address).content.decode()

    missing = office.post(f"{address}undo/", {"because": ""})
    done = office.post(f"{address}undo/", {"because": "发错文件"}, follow=True)
    again = office.post(f"{address}undo/", {"because": "发错文件"})

    assert (missing.status_code, done.status_code, again.status_code) == (422, 200, 409)
    assert "常州恒立液压件有限公司" not in done.content.decode()
    assert "已撤销" in done.content.decode()


def test_a_list_older_than_the_one_in_force_is_a_409(office):
    applied(office)

    preview = previewed(office, as_of="2018-05-01")
    answer = office.post(f"{HOME}apply/", sent_back(preview))

    assert answer.status_code == 409
    assert "2018-06-01" in answer.content.decode()


def test_a_preview_whose_file_is_gone_is_a_409(office):
    sent = sent_back(previewed(office))
    office.post(f"{HOME}apply/", sent)

    assert office.post(f"{HOME}apply/", sent).status_code == 409
    assert office.post(f"{HOME}apply/", {**sent, "sha256": "../etc"}).status_code == 409
    assert PartnerList.objects.filter(kind="supply").count() == 1


def test_another_persons_upload_cannot_be_applied(office, as_):
    sent = sent_back(previewed(office))

    assert as_("dispatcher").post(f"{HOME}apply/", sent).status_code == 409
    assert not PartnerList.objects.exists()


@pytest.mark.parametrize(
    ("given", "says"),
    [
        (SimpleUploadedFile("名单.csv", b""), "空文件"),
        (SimpleUploadedFile("名单.xlsx", b"PK\x03\x04 nothing"), "已损坏"),
        (SimpleUploadedFile("名单.exe", b"MZ"), "不是可接受的材料"),
        (SimpleUploadedFile("名单.csv", "甲,乙\n1,2".encode()), "没有“企业名称”"),
    ],
)
def test_a_file_that_is_no_list_is_a_422_that_says_why(office, given, says):
    answer = office.post(f"{HOME}import/", told(file=given))

    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_those_who_only_read_see_the_list_and_no_button(office, as_):
    applied(office)
    member = as_("member")

    text = member.get(HOME).content.decode()

    assert "常州恒立液压件有限公司" in text
    assert "上传名单" not in text
    for address in ("template/", "import/"):
        assert member.get(f"{HOME}{address}").status_code == 403


def test_a_business_secret_list_exists_for_no_park(office, as_):
    applied(office, label="business_secret")
    address = f"/chains/partners/{PartnerList.objects.first().public_id}/"

    assert "常州恒立" not in as_("clerk_a").get(HOME).content.decode()
    assert as_("clerk_a").get(address).status_code == 404
    assert as_("clerk_a").post(f"{address}undo/", {"because": "x"}).status_code == 404
    assert as_("dispatcher").get(address).status_code == 200


def test_without_a_registry_a_list_is_applied_unmatched(as_, chain, tmp_path, settings):
    settings.REGISTRY_HOME = settings.HOME = tmp_path
    Chain.objects.update(office_unit="office-gongcheng-jixie")
    client = as_("chain_officer")

    text = previewed(client).content.decode()
    applied(client)

    assert "平台还没有登记数据" in text
    assert PartnerList.objects.get(kind="supply").matched_count == 0


def test_a_full_page_costs_no_more_than_twenty_questions(office, django_assert_max_num_queries):
    rows = [("供应商", f"某某{number}液压厂", "油缸", "液压件", "2018") for number in range(60)]
    applied(office, rows)
    office.get(HOME)

    with django_assert_max_num_queries(20):
        assert "共 60 家" in office.get(HOME).content.decode()


def test_a_preview_says_what_a_newer_list_would_change(office):
    applied(office)

    rows = (ROWS[0], ("供应商", "无锡铸造厂", "铸件", "", ""))
    text = previewed(office, rows, as_of="2019-06-01").content.decode()

    assert "将替换截至 2018-06-01 的供应商名单：新增 1 家，保留 1 家，不再出现 2 家" in text


def test_one_row_is_matched_by_another_name(office):
    applied(office)
    listed = PartnerList.objects.get(kind="purchase")
    address = f"/chains/partners/{listed.public_id}/rows/4/"
    assert "没有近似的名称" in office.get(address).content.decode()

    offered = office.get(f"{address}?name=无锡铸造厂").context["offered"]
    sent = {"registry_id": offered[0].registry_id}
    refused = office.post(address, sent)
    done = office.post(f"{address}?name=无锡铸造厂", sent, follow=True)

    row = listed.rows.get()
    assert refused.status_code == 422
    assert (row.registered_name, row.matched_by, row.confidence) == ("无锡铸造厂", "chosen", None)
    assert "人工选定" in done.content.decode()


def test_a_match_is_changed_by_those_who_keep_the_list_alone(office, as_):
    applied(office)
    listed = PartnerList.objects.get(kind="supply")
    address = f"/chains/partners/{listed.public_id}/rows/2/"

    assert as_("member").get(address).status_code == 403
    assert office.get(f"/chains/partners/{listed.public_id}/rows/99/").status_code == 404
    office.post(address, {"registry_id": "nobody"})
    assert listed.rows.get(number=2).registry_id == ""


def test_the_workbook_sent_is_kept_and_can_be_fetched(office):
    made = openpyxl.Workbook()
    for row in (("类型", "企业名称"), ("供应商", "长沙机电有限公司")):
        made.active.append(row)
    out = io.BytesIO()
    made.save(out)
    given = SimpleUploadedFile("三一供应商.xlsx", out.getvalue())
    preview = office.post(f"{HOME}import/", told(file=given))
    assert preview.status_code == 200, preview.context["form"].errors
    office.post(f"{HOME}apply/", sent_back(preview))

    text = office.get(f"/chains/partners/{PartnerList.objects.get().public_id}/").content.decode()

    assert "三一供应商.xlsx" in text
    assert "链主名单" in text
