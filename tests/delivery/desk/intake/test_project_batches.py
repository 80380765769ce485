"""Files of projects: opening balance with its own dates, duplicates told, changes by the rules."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests import cast

from yipanqi.delivery.jobs import intake as jobs
from yipanqi.domain.intake.models import Batch
from yipanqi.domain.investors.models import Enterprise
from yipanqi.domain.leads.models import Claim, Lead
from yipanqi.domain.ledger.models import Entry
from yipanqi.domain.projects import fields, workbook
from yipanqi.domain.projects.models import Project
from yipanqi.domain.projects.parts import Voucher
from yipanqi.domain.projects.services import editing

pytestmark = pytest.mark.django_db
FIRM = "长沙示例智能装备有限公司"
GOOD = {
    "项目名称": "示例液压油缸生产基地项目",
    "投资主体": FIRM,
    "阶段": "签约",
    "协议签订日": "2018-03-20",
    "计划总投资（万元）": "50000",
    "到位资金（万元）": "1200.5",
    "原登记人": "王某",
    "原登记日期": "2018-03-01",
}


@pytest.fixture(autouse=True)
def _home(settings, tmp_path):
    settings.HOME = tmp_path


def uploaded(client, *rows):
    """The batch of these rows, each a mapping of titles to cells, read."""
    titles = list(dict.fromkeys(title for row in rows for title in row))
    book = openpyxl.Workbook()
    book.active.title = "项目库"
    book.active.append(titles)
    for row in rows:
        book.active.append([row.get(title) for title in titles])
    out = io.BytesIO()
    book.save(out)
    file = SimpleUploadedFile("存量.xlsx", out.getvalue())
    answer = client.post("/imports/upload/", {"library": "projects", "file": file})
    assert answer.status_code == 303, answer.content.decode()
    jobs.work_off()
    return Batch.objects.latest("id")


def applied(client, *rows):
    batch = uploaded(client, *rows)
    client.post(reverse("desk:batch-apply", args=[batch.public_id]))
    jobs.work_off()
    batch.refresh_from_db()
    return batch


def said(batch):
    return [
        (row.verdict, " ".join(each["says"] for each in row.remarks)) for row in batch.rows.all()
    ]


def test_a_project_comes_in_with_its_own_dates_and_no_claim(as_):
    batch = applied(as_("clerk_a"), GOOD)

    assert batch.state == "applied", said(batch)
    project = Project.objects.get()
    assert (project.stage, project.official) == ("signed", "signed")
    assert project.stage_since.isoformat() == "2018-03-20"
    assert project.total_investment_fen == 50_000 * 1_000_000
    assert project.is_opening
    assert project.opening_due_on is not None
    assert project.unit.code == cast.PARK_A
    assert project.enterprise.name == FIRM
    assert not Lead.objects.exists()
    assert not Claim.objects.exists()
    line = Entry.objects.get(stream=f"projects/{project.public_id}")
    assert line.kind == "projects.imported"
    assert "王某" not in line.body


def test_money_of_an_old_ledger_is_an_opening_voucher_and_not_verified(as_):
    applied(as_("clerk_a"), GOOD)

    project = Project.objects.get()
    voucher = Voucher.objects.get()
    assert (voucher.kind, voucher.evidence_id, voucher.amount_fen) == (
        "opening",
        None,
        1_200_500_000,
    )
    assert (project.paid_in_fen, project.opening_in_fen) == (1_200_500_000, 1_200_500_000)
    assert project.verified_in_fen is None


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"固定资产投资（万元）": "60000"}, "固定资产投资不能大于计划总投资"),
        ({"计划总投资（万元）": "-3"}, "金额不能为负数"),
        ({"实际开工日": "2018-03-01"}, "实际开工日早于协议签订日"),
        ({"阶段": "动工"}, "不在可选范围内"),
        ({"责任单位": "浏阳经济技术开发区"}, "不在您的查看范围"),
        ({"行业代码（GB/T 4754）": "9x"}, "不是 GB/T 4754-2017 的行业代码"),
        ({"项目名称": None}, "必填"),
        ({"协议签订日": None, "原登记日期": None}, "没有可推定的日期"),
        ({"建设内容": "密级：绝密"}, "国家秘密"),
    ],
)
def test_what_is_absurd_is_refused_with_its_column_and_remedy(as_, changed, says):
    batch = uploaded(as_("clerk_a"), {**GOOD, **changed}, {**GOOD, "项目名称": "另一个饲料项目"})

    assert said(batch)[0][0] == "wrong"
    assert says in said(batch)[0][1]
    assert not Project.objects.exists()


def test_likely_duplicates_are_held_back_and_two_phases_are_not(as_):
    client = as_("clerk_a")
    applied(client, GOOD)

    batch = uploaded(
        client,
        {**GOOD, "到位资金（万元）": "1"},
        {**GOOD, "项目名称": "示例液压油缸生产基地项目二期"},
    )

    first, second = said(batch)
    assert first[0] == "duplicate"
    assert "同一事项" in first[1]
    assert "请填上编号" in first[1]
    assert second[0] == "new"


def test_a_duplicate_out_of_sight_is_only_said_to_exist(as_):
    cast.project(name="绝不外传的生产线项目", by=cast.clerk_b(), label="business_secret")
    firm = Project.objects.get().enterprise.name

    row = {**GOOD, "项目名称": "绝不外传的生产线项目", "投资主体": firm}
    batch = uploaded(as_("clerk_a"), row)

    verdict, says = said(batch)[0]
    assert verdict == "duplicate"
    assert "无权查看" in says
    assert Project.objects.get().public_id not in says


def test_a_row_with_the_number_changes_the_project_and_undo_gives_back(as_):
    client = as_("clerk_a")
    project = cast.project(name="甲挖掘机项目")
    row = {
        "编号": project.public_id,
        "项目名称": "甲挖掘机项目",
        "投资主体": project.enterprise.name,
        "阶段": "在谈",
        "计划总投资（万元）": "80000",
    }

    batch = applied(client, row)
    project.refresh_from_db()
    changed = project.total_investment_fen
    answer = client.post(reverse("desk:batch-undo", args=[batch.public_id]), {"because": "误改"})
    jobs.work_off()
    project.refresh_from_db()

    assert said(batch)[0][0] == "changed"
    assert changed == 80_000 * 1_000_000
    assert answer.status_code == 303
    assert project.total_investment_fen == 50_000_000_00


def test_the_stage_of_a_project_there_is_does_not_follow_a_file(as_):
    project = cast.project(name="甲挖掘机项目")
    row = {
        "编号": project.public_id,
        "项目名称": "甲挖掘机项目",
        "投资主体": project.enterprise.name,
        "阶段": "签约",
    }

    batch = uploaded(as_("clerk_a"), row)

    assert said(batch)[0][0] == "wrong"
    assert "既有项目的阶段不随文件改动" in said(batch)[0][1]


def test_an_undone_batch_leaves_no_project_and_can_come_in_again(as_):
    client = as_("clerk_a")
    batch = applied(client, GOOD, {**GOOD, "项目名称": "示例饲料加工厂", "投资主体": "乙饲料公司"})

    client.post(reverse("desk:batch-undo", args=[batch.public_id]), {"because": "误传"})
    seen = Project.objects.count()
    jobs.work_off()
    again = applied(client, GOOD)

    assert seen == 0
    assert not Voucher.objects.exclude(project__in=Project.objects.all()).exists()
    assert again.state == "applied"
    assert Project.everything.count() == 1
    assert Enterprise.objects.filter(name=FIRM).count() == 1


def test_a_project_that_was_edited_since_keeps_its_batch(as_):
    client = as_("clerk_a")
    batch = applied(client, GOOD)
    project = Project.objects.get()
    editing.edit(project, {"content": "改过"}, expecting=project.version, by=cast.clerk_a())
    answer = client.post(reverse("desk:batch-undo", args=[batch.public_id]), {"because": "误传"})

    assert answer.status_code == 409
    assert "导入后已有人修改" in answer.content.decode()


def test_every_field_an_officer_may_change_has_its_column():
    assert set(fields.FIELDS) <= {column.key for column in workbook.columns()}


def test_the_template_offers_stages_and_units_to_choose_from(as_):
    content = as_("clerk_a").get("/imports/templates/projects/").content

    book = openpyxl.load_workbook(io.BytesIO(content))
    choices = {
        column[0].value: [cell.value for cell in column[1:]] for column in book["选项"].columns
    }
    rules = book["项目库"].data_validations.dataValidation
    assert "签约" in choices["阶段"]
    assert len(rules) >= 10
    assert book["项目库"]["A2"].value == "示例"
