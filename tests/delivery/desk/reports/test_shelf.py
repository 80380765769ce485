"""Reports of the studies in force: taken as files, written down in the ledger, kept as books."""

import hashlib
import io
import json
import zipfile

import pytest
from django.urls import reverse

from yipanqi.delivery.jobs import reports
from yipanqi.delivery.papers import books, fonts
from yipanqi.delivery.papers.formats import Format
from yipanqi.domain.ledger.models import Entry
from yipanqi.domain.studies.models import LinkVerdict

pytestmark = pytest.mark.django_db
CHAIN = "gongcheng-jixie"


@pytest.fixture
def chinese():
    """A Chinese font, without which no book is bound."""
    try:
        fonts.chosen()
    except fonts.NoChineseFont as missing:
        pytest.skip(str(missing))


@pytest.fixture
def shelf_home(settings, tmp_path):
    settings.HOME = tmp_path


def take(client, form="html", code=CHAIN):
    return client.post(reverse("desk:report-chain", args=[code]), {"form": form})


def last_line():
    """What the ledger says of the report taken last, None before the first."""
    entry = Entry.objects.filter(kind="people.paper_exported").order_by("id").last()
    return json.loads(entry.body) if entry else None


def test_the_report_of_a_chain_holds_its_verdicts_and_best_targets(as_, study):
    response = take(as_("clerk_a"))

    page = response.content.decode()
    assert response["Content-Disposition"].startswith("attachment")
    assert "长沙工程机械产业链报告" in page
    assert "江苏目标液压1号有限公司" in page
    assert "常州 702 公里（321 家，3.20）" in page
    assert "合成数据" in page


def test_what_was_taken_stands_in_the_ledger_with_its_hash(as_, study):
    response = take(as_("clerk_a"))

    said = last_line()
    assert said["title"] == "长沙工程机械产业链报告"
    assert said["as_of"] == "数据截至 2019-12-31"
    assert said["sha256"] == hashlib.sha256(response.content).hexdigest()


def test_the_years_kept_with_a_verdict_are_drawn_and_its_forecast_told(as_, study):
    year = {"year": 2018, "here": 4, "nation": 90, "provinces": 31, "coverage": "known"}
    gone = {"year": 2019, "here": None, "nation": 80, "provinces": 30, "coverage": "missing"}
    forecast = {
        "score": "0.2100", "rank": 2, "among": 30, "base_rate": "0.0500", "as_of_year": 2018,
        "model": "entry-logistic",
    }  # fmt: skip
    LinkVerdict.objects.filter(link="gcjx-gang").update(
        trend=[year, gone], forecast=forecast, grade="B"
    )

    page = take(as_("clerk_a")).content.decode()

    assert "高强钢：长沙历年新登记家数" in page
    assert "2018 4；2019 数据缺失" in page
    assert "2/30" in page


def test_the_same_studies_give_the_same_report(as_, study):
    assert take(as_("clerk_a")).content == take(as_("member")).content


def test_who_may_not_export_gets_nothing_and_leaves_no_line(as_, study):
    assert take(as_("department")).status_code == 403
    assert last_line() is None


def test_a_chain_before_its_first_study_has_no_report(as_, chain):
    assert take(as_("clerk_a")).status_code == 404
    assert "尚未研判，没有报告" in as_("clerk_a").get(reverse("desk:reports")).content.decode()


def test_a_form_nobody_knows_is_not_found(as_, study):
    assert take(as_("clerk_a"), form="exe").status_code == 404


def test_the_report_of_the_city_names_its_chains(as_, study):
    response = as_("clerk_a").post(reverse("desk:report-city"), {"form": "html"})
    assert "共研判 1 条产业链" in response.content.decode()


def test_the_page_of_a_chain_leads_to_its_report(as_, study):
    address = f"{reverse('desk:reports')}?chain={CHAIN}"
    assert address in as_("clerk_a").get(reverse("desk:chain", args=[CHAIN])).content.decode()
    assert "工程机械：报告" in as_("clerk_a").get(address).content.decode()


def test_the_number_of_questions_does_not_grow_with_the_chains(
    as_, study, django_assert_max_num_queries
):
    client = as_("clerk_a")
    with django_assert_max_num_queries(12):
        client.get(reverse("desk:reports"))


def test_a_book_is_bound_in_the_background_and_kept(as_, study, shelf_home, chinese):
    client = as_("clerk_a")

    client.post(reverse("desk:report-bind"), {"form": "pdf"})
    waiting = client.get(reverse("desk:reports")).content.decode()
    assert "排队中" in waiting
    assert client.post(reverse("desk:report-book"), {"form": "pdf"}).status_code == 404
    reports.bind("pdf")

    taken = client.post(reverse("desk:report-book"), {"form": "pdf"})
    with zipfile.ZipFile(io.BytesIO(taken.content)) as book:
        assert book.namelist() == ["00-长沙产业链总览报告.pdf", "01-长沙工程机械产业链报告.pdf"]
    assert last_line()["title"] == "全部产业链报告"


def test_a_book_that_stands_is_not_bound_again(study, shelf_home, chinese):
    reports.bind("pdf")
    before = (books.folder(Format.PDF) / "papers.zip").stat().st_mtime_ns

    reports.bind("pdf")

    assert (books.folder(Format.PDF) / "papers.zip").stat().st_mtime_ns == before
    assert books.begin(Format.PDF) is False


def test_a_newer_study_asks_for_a_new_book(study, shelf_home, chinese):
    reports.bind("pdf")
    study.current = False
    study.save()
    assert books.condition(Format.PDF).state is books.State.NONE


def test_a_book_that_failed_says_why_and_may_be_tried_again(study, shelf_home, monkeypatch):
    monkeypatch.setattr(fonts, "KNOWN", ("没有这种字体",))

    with pytest.raises(Exception, match="中文字体"):
        reports.bind("pdf")

    condition = books.condition(Format.PDF)
    assert condition.state is books.State.FAILED
    assert "fonts-noto-cjk" in condition.progress.fault
    assert books.begin(Format.PDF) is True
