"""An auditor takes out everything, can prove it is everything, and leaves a line behind."""

import csv
import hashlib
import io
import json
import zipfile

import pytest
from django.urls import reverse
from tests import cast

from yipanqi.delivery import limits, populations
from yipanqi.domain.ledger.models import Entry
from yipanqi.vocab.actors import NotAllowed
from yipanqi.vocab.labels import Label

pytestmark = pytest.mark.django_db


def taken(client, code):
    """The files of the export by name."""
    response = client.post(reverse("desk:export", args=[code]))
    assert response.status_code == 200
    assert "attachment" in response["Content-Disposition"]
    with zipfile.ZipFile(io.BytesIO(response.getvalue())) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def lines(files, code):
    return [json.loads(line) for line in files[f"{code}.jsonl"].splitlines()]


def table(files, code):
    return list(csv.reader(io.StringIO(files[f"{code}.csv"].decode("utf-8-sig"))))


def test_the_page_counts_what_there_is_to_take(as_):
    cast.project()

    text = as_("auditor").get(reverse("desk:exports")).content.decode()

    assert "台账" in text
    assert "项目" in text
    assert "1 行" in text


def test_who_may_export_finds_the_way_from_the_list_of_projects(as_):
    link = reverse("desk:exports")

    assert link in as_("clerk_a").get(reverse("desk:projects")).content.decode()
    assert link not in as_("department").get(reverse("desk:projects")).content.decode()


@pytest.mark.parametrize("code", sorted(populations.POPULATIONS))
def test_each_population_is_complete_counted_and_hashed(as_, code):
    for number in range(3):
        cast.project(name=f"项目{number}")

    files = taken(as_("auditor"), code)

    manifest = json.loads(files["manifest.json"])
    total = populations.count(populations.POPULATIONS[code], seen_by=cast.auditor())
    # The export's own line came after the rows were read.
    assert manifest["rows"] == total - (code == "ledger")
    assert len(lines(files, code)) == len(table(files, code)) - 1 == manifest["rows"] > 0
    for each in manifest["files"]:
        assert hashlib.sha256(files[each["name"]]).hexdigest() == each["sha256"]
        assert len(files[each["name"]]) == each["size_bytes"]


def test_the_taking_stands_in_the_ledger_with_the_same_hash(as_):
    cast.project()

    files = taken(as_("auditor"), "projects")

    entry = Entry.objects.get(kind="people.population_exported")
    body = json.loads(entry.body)
    assert entry.actor == str(cast.auditor().id)
    assert body["rows"] == 1
    assert body["sha256"] == hashlib.sha256(files["projects.jsonl"]).hexdigest()


def test_figures_are_exact_and_what_is_unknown_is_null(as_):
    cast.project(amount_fen=123_456_789_01)

    files = taken(as_("auditor"), "projects")

    row = lines(files, "projects")[0]
    assert row["total_investment_fen"] == 123_456_789_01
    assert row["paid_in_fen"] is None
    assert row["unit_code"] == cast.PARK_A


def test_a_name_that_would_run_in_a_spreadsheet_is_made_text_there_and_kept_in_the_lines(as_):
    cast.project(name="=HYPERLINK(1)项目")

    files = taken(as_("auditor"), "projects")

    assert lines(files, "projects")[0]["name"] == "=HYPERLINK(1)项目"
    assert "'=HYPERLINK(1)项目" in table(files, "projects")[1]


def test_the_ledger_comes_as_stored_so_that_its_chains_can_be_followed(as_):
    cast.project()

    rows = lines(taken(as_("auditor"), "ledger"), "ledger")

    before = {}
    for row in rows:
        assert row["prev"] == before.get(row["stream"], row["prev"])
        before[row["stream"]] = row["digest"]
    assert {row["digest"] for row in rows} <= set(Entry.objects.values_list("digest", flat=True))


def test_another_park_takes_out_nothing_of_a_confidential_project(as_):
    secret = cast.project(name="乙园密件", label=Label.BUSINESS_SECRET, by=cast.clerk_b())
    cast.project(name="甲园项目")

    for code in ("projects", "claims"):
        text = b"".join(taken(as_("clerk_a"), code).values()).decode("utf-8", "replace")
        assert "乙园密件" not in text
        assert secret.public_id not in text
        assert secret.lead.public_id not in text


@pytest.mark.parametrize("name", ["clerk_a", "dispatcher", "member"])
def test_the_ledger_and_the_files_register_are_the_auditors_alone(as_, name):
    for code in ("ledger", "evidence"):
        assert as_(name).post(reverse("desk:export", args=[code])).status_code == 403


@pytest.mark.parametrize("name", ["department", "administrator", "stranger"])
def test_who_may_export_nothing_is_told_so(as_, name):
    client = as_(name)

    assert client.get(reverse("desk:exports")).status_code == 403
    assert client.post(reverse("desk:export", args=["projects"])).status_code == 403


def test_a_population_nobody_knows_is_not_found(as_):
    assert as_("auditor").post(reverse("desk:export", args=["everything"])).status_code == 404


def test_the_refusal_stands_below_the_screen_too(city):
    with pytest.raises(NotAllowed):
        populations.export(populations.POPULATIONS["ledger"], by=cast.clerk_a())


def test_exporting_too_often_must_wait(as_, monkeypatch):
    monkeypatch.setitem(limits.LIMITS, "export", limits.Limit(1, 3600, "导出"))
    client = as_("auditor")
    taken(client, "projects")

    assert client.post(reverse("desk:export", args=["projects"])).status_code == 429


def test_nothing_is_left_on_disk(as_, settings):
    taken(as_("auditor"), "projects")

    assert list(settings.HOME.glob(".export-*")) == []
