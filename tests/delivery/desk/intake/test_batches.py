"""Files of enterprises: template, upload, preview, apply, undo, and the rows to be mended."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from tests import cast

from yipanqi.delivery.jobs import intake as jobs
from yipanqi.domain.intake.models import Batch
from yipanqi.domain.intake.services import applying
from yipanqi.domain.investors.models import Enterprise
from yipanqi.domain.leads.models import Claim
from yipanqi.domain.ledger.models import Entry

pytestmark = pytest.mark.django_db
LIST = "/imports/"
HEAD = ("编号", "企业名称*", "统一社会信用代码", "所在城市", "来源*", "原登记人", "原登记日期")
HEAD_2 = (*HEAD, "查重说明")


@pytest.fixture(autouse=True)
def _home(settings, tmp_path):
    settings.HOME = tmp_path


def workbook(*rows, head=HEAD):
    book = openpyxl.Workbook()
    book.active.title = "客商库"
    for row in (head, *rows):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def upload(client, content, name="客商.xlsx", library="investors"):
    file = SimpleUploadedFile(name, content)
    return client.post(f"{LIST}upload/", {"library": library, "file": file})


def uploaded(client, *rows, head=HEAD):
    """The batch of these rows, read."""
    answer = upload(client, workbook(*rows, head=head))
    assert answer.status_code == 303, answer.content.decode()
    jobs.work_off()
    return Batch.objects.latest("id")


def applied(client, batch):
    client.post(reverse("desk:batch-apply", args=[batch.public_id]))
    jobs.work_off()
    batch.refresh_from_db()
    return batch


def verdicts(batch):
    return list(batch.rows.values_list("verdict", flat=True))


def test_a_template_read_as_it_is_has_no_rows_and_says_so(as_):
    client = as_("clerk_a")
    template = client.get(f"{LIST}templates/investors/").content

    upload(client, template)
    jobs.work_off()
    batch = Batch.objects.get()

    assert batch.state == "failed"
    assert "没有数据行" in batch.note


def test_a_preview_saves_nothing_and_names_sheet_row_column_and_remedy(as_):
    client = as_("clerk_a")

    batch = uploaded(
        client,
        ("", "长沙甲智能装备有限公司", "", "长沙", "展会", "王某", "2017-03-01"),
        ("", "", "", "长沙", "展会", "", ""),
        ("", "长沙乙材料有限公司", "不是代码", "长沙", "", "", "明天"),
    )
    text = client.get(f"{LIST}{batch.public_id}/").content.decode()

    assert verdicts(batch) == ["new", "wrong", "wrong"]
    assert not Enterprise.objects.exists()
    assert "第 4 行" in text
    assert "不是18位统一社会信用代码" in text
    assert "不是日期；请写成 2018-01-31 的样式" in text


def test_applied_rows_are_there_with_their_origin_and_no_claim_is_made(as_):
    client = as_("clerk_a")
    batch = uploaded(
        client,
        ("", "长沙甲智能装备有限公司", "", "长沙", "展会", "王某", "2017-03-01"),
        ("", "株洲乙轨道材料有限公司", "", "株洲", "展会", "", ""),
    )

    applied(client, batch)

    assert batch.state == "applied"
    assert set(Enterprise.objects.values_list("name", "city")) == {
        ("长沙甲智能装备有限公司", "长沙"),
        ("株洲乙轨道材料有限公司", "株洲"),
    }
    firm = Enterprise.objects.get(city="长沙")
    row = batch.rows.get(subject=f"investors/{firm.public_id}")
    assert (row.author, row.dated.isoformat(), row.line) == ("王某", "2017-03-01", 2)
    line = Entry.objects.get(stream=f"investors/{firm.public_id}")
    assert line.kind == "investors.enterprise_imported"
    assert "王某" not in line.body
    assert not Claim.objects.exists()


def test_a_double_click_on_apply_is_harmless(as_):
    client = as_("clerk_a")
    batch = uploaded(client, ("", "长沙甲智能装备有限公司", "", "长沙", "展会", "", ""))

    applied(client, batch)
    applied(client, batch)

    assert Enterprise.objects.count() == 1


def test_what_is_there_already_is_changed_or_left_and_undo_restores_it(as_):
    firm = cast.enterprise("长沙甲智能装备有限公司")
    client = as_("clerk_a")
    batch = uploaded(
        client,
        ("", "长沙甲智能装备有限公司", "", "长沙", "名片", "", ""),
        ("", "株洲乙轨道材料有限公司", "", "株洲", "名片", "", ""),
    )
    assert verdicts(batch) == ["changed", "new"]

    applied(client, batch)
    firm.refresh_from_db()
    assert firm.city == "长沙"
    answer = client.post(
        reverse("desk:batch-undo", args=[batch.public_id]), {"because": "误传旧名单"}
    )
    hidden = set(Enterprise.objects.values_list("name", flat=True))
    jobs.work_off()

    assert answer.status_code == 303
    assert hidden == {"长沙甲智能装备有限公司"}
    firm.refresh_from_db()
    assert firm.city == ""
    assert Enterprise.everything.count() == 1
    batch.refresh_from_db()
    assert batch.state == "undone"


def test_a_batch_others_have_built_on_is_not_undone_and_says_which_row(as_):
    client = as_("clerk_a")
    batch = applied(
        client, uploaded(client, ("", "长沙甲智能装备有限公司", "", "长沙", "展会", "", ""))
    )
    cast.lead(firm=Enterprise.objects.get())

    answer = client.post(reverse("desk:batch-undo", args=[batch.public_id]), {"because": "误传"})

    assert answer.status_code == 409
    assert "第 2 行" in answer.content.decode()
    assert Enterprise.objects.count() == 1


def test_near_names_are_held_back_until_the_officer_says_why_they_are_two(as_):
    cast.enterprise("湖南示例智能装备制造有限公司")
    client = as_("clerk_a")
    row = ("", "湖南省示例智能装备制造有限公司", "", "长沙", "展会", "", "")

    held = uploaded(client, row)
    told = uploaded(client, (*row, "两家：法人不同"), head=HEAD_2)

    assert verdicts(held) == ["duplicate"]
    assert "湖南示例智能装备制造有限公司" in held.rows.get().remarks[0]["says"]
    assert verdicts(told) == ["new"]


def test_rows_kept_out_can_be_mended_and_sent_again(as_):
    client = as_("clerk_a")
    batch = uploaded(
        client,
        ("", "长沙甲智能装备有限公司", "", "长沙", "展会", "王某", "2017-03-01"),
        ("", "长沙乙材料有限公司", "12345", "长沙", "展会", "李某", "2016-01-01"),
    )

    answer = client.get(f"{LIST}{batch.public_id}/kept-out/")
    book = openpyxl.load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    sheet = book.active
    rows = list(sheet.iter_rows(values_only=True))
    place = rows[0].index("统一社会信用代码")
    sheet.cell(row=2, column=place + 1).value = None
    out = io.BytesIO()
    book.save(out)
    upload(client, out.getvalue())
    jobs.work_off()

    assert len(rows) == 2
    assert "统一社会信用代码" in rows[1][-1]
    again = Batch.objects.latest("id")
    assert verdicts(again) == ["new"]
    assert again.rows.get().author == "李某"


def test_a_batch_is_its_units_and_needs_the_verb(as_):
    batch = uploaded(as_("clerk_a"), ("", "长沙甲智能装备有限公司", "", "", "展会", "", ""))
    address = f"{LIST}{batch.public_id}/"

    assert as_("clerk_b").get(address).status_code == 404
    assert as_("arbiter").get(LIST).status_code == 403
    assert as_("dispatcher").post(f"{address}apply/").status_code == 403
    assert not Enterprise.objects.exists()


def test_an_interrupted_batch_is_unseen_and_then_gone_on_with(as_, monkeypatch):
    client = as_("clerk_a")
    monkeypatch.setattr("yipanqi.domain.intake.services.applying.CHUNK", 1)
    batch = uploaded(
        client,
        ("", "长沙甲智能装备有限公司", "", "长沙", "展会", "", ""),
        ("", "株洲乙轨道材料有限公司", "", "株洲", "展会", "", ""),
    )
    client.post(reverse("desk:batch-apply", args=[batch.public_id]))
    applying._take_chunk(batch, jobs.INVESTORS, by=cast.clerk_a())
    seen, coming = Enterprise.objects.count(), Enterprise.everything.count()
    jobs.work_off()

    assert (seen, coming) == (0, 1)
    assert Enterprise.objects.count() == 2


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("客商.pdf", b"%PDF-1.4", "不是 .xlsx 或 .csv 文件"),
        ("客商.xlsx", b"", "空文件"),
    ],
)
def test_another_kind_of_file_is_refused_at_once(as_, name, content, says):
    answer = upload(as_("clerk_a"), content, name=name)

    assert answer.status_code == 422
    assert says in answer.content.decode()


def test_a_file_that_is_no_workbook_fails_with_the_remedy(as_):
    upload(as_("clerk_a"), b"PK\x03\x04 nothing of the kind")
    jobs.work_off()

    assert Batch.objects.get().state == "failed"
    assert "重新另存" in Batch.objects.get().note or "另存" in Batch.objects.get().note


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_delimited_text_is_read_in_either_encoding(as_, encoding):
    text = "企业名称,来源\n长沙甲智能装备有限公司,展会\n"

    upload(as_("clerk_a"), text.encode(encoding), name="客商.csv")
    jobs.work_off()

    assert verdicts(Batch.objects.get()) == ["new"]


def test_the_same_file_twice_is_refused_with_its_first_day(as_):
    client = as_("clerk_a")
    content = workbook(("", "长沙甲智能装备有限公司", "", "长沙", "展会", "", ""))
    upload(client, content)
    jobs.work_off()
    applied(client, Batch.objects.get())

    answer = upload(client, content)

    assert answer.status_code == 422
    assert "同一份文件已于" in answer.content.decode()


def test_a_long_list_costs_no_more_than_twelve_questions(as_, django_assert_max_num_queries):
    client = as_("clerk_a")
    batch = uploaded(
        client, *(("", f"长沙第{n}号智能厂", "", "", "展会", "", "") for n in range(9))
    )
    for address in (LIST, f"{LIST}{batch.public_id}/"):
        client.get(address)
        with django_assert_max_num_queries(12):
            client.get(address)
