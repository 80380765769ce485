"""Two cities side by side on screen, and taken away as a table."""

import io

import openpyxl
import pytest
from django.urls import reverse
from tests.engine.small_registry import Firm, write

from yipanqi.delivery import city_grounds
from yipanqi.delivery.desk.chains import comparison_files
from yipanqi.delivery.jobs import studies
from yipanqi.domain.ledger.models import Entry
from yipanqi.engine import cities

FIRMS = (
    Firm("长沙甲液压有限公司", "长沙", "液压件制造"),
    *(Firm(f"长沙零{n}有限公司", "长沙", "餐饮服务") for n in range(9)),
    *(Firm(f"株洲{n}液压件有限公司", "株洲", "液压件制造") for n in range(25)),
    *(Firm(f"武汉零{n}有限公司", "武汉", "餐饮服务") for n in range(60)),
)
ASKED = {"a": "长沙", "b": "株洲", "chain": "gongcheng-jixie"}


@pytest.fixture
def registry(city, tmp_path, settings, monkeypatch):
    """A registry in force whose facts of cities are not worked out yet."""
    settings.REGISTRY_HOME = tmp_path
    monkeypatch.setenv("YIPANQI_HOME", str(tmp_path))
    place = write(tmp_path / "registry" / "r1", FIRMS)
    (tmp_path / "registry" / "current").symlink_to(place.name)
    return place


@pytest.fixture
def kept(registry):
    cities.kept(city_grounds.grounds().ground)


def test_without_a_registry_the_page_says_what_to_do(as_, settings, tmp_path):
    settings.REGISTRY_HOME = tmp_path

    text = as_("clerk_a").get(reverse("desk:comparison"), ASKED).content.decode()

    assert "先导入登记数据" in text


def test_before_a_study_the_page_waits_for_nobody(as_, registry):
    text = as_("clerk_a").get(reverse("desk:comparison"), ASKED).content.decode()

    assert "尚未算出" in text


def test_a_run_of_the_studies_works_out_what_the_page_reads(as_, registry):
    studies.keep_cities(studies.question(registry))

    text = as_("clerk_a").get(reverse("desk:comparison"), ASKED).content.decode()

    assert 'id="gcjx-yeya"' in text


def test_links_stand_side_by_side_with_what_each_is_of(as_, kept):
    text = as_("clerk_a").get(reverse("desk:comparison"), ASKED).content.decode()

    row = text.split('id="gcjx-yeya"')[1].split("</tr>")[0]
    for figure in ("96.2%", "25/26", "3.8%", "1/26"):
        assert figure in row
    assert "42 公里" in text


def test_a_city_nobody_knows_is_named_and_two_alike_are_refused(as_, kept):
    client, address = as_("clerk_a"), reverse("desk:comparison")

    unknown = client.get(address, {**ASKED, "b": "亚特兰"}).content.decode()
    same = client.get(address, {**ASKED, "b": "430100"}).content.decode()

    assert "没有“亚特兰”这个城市" in unknown
    assert "两个城市相同" in same


def test_the_first_city_is_our_own_unless_another_is_named(as_, kept):
    text = as_("clerk_a").get(reverse("desk:comparison")).content.decode()

    assert 'value="长沙"' in text
    assert "选好两个城市和产业链" in text


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_whoever_may_take_lists_away_does_and_the_ledger_knows(as_, kept, kind):
    address = reverse("desk:comparison-take", args=[kind])

    answer = as_("dispatcher").post(f"{address}?a=长沙&b=株洲&chain=gongcheng-jixie")

    assert answer.status_code == 200
    if kind == "csv":
        rows = answer.content.decode("utf-8-sig").splitlines()
        assert any(row.startswith("液压件,") for row in rows)
    else:
        sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
        assert "液压件" in [row[0].value for row in sheet.iter_rows()]
    line = Entry.objects.filter(kind="people.population_exported").latest("id")
    assert "两城对比" in line.body


def test_whoever_may_not_gets_nothing(as_, kept):
    address = reverse("desk:comparison-take", args=["csv"])

    answer = as_("department").post(f"{address}?a=长沙&b=株洲&chain=gongcheng-jixie")

    assert answer.status_code == 403


def test_a_kind_of_file_that_is_none_is_not_found(as_, kept):
    assert "pdf" not in comparison_files.KINDS

    answer = as_("dispatcher").post(reverse("desk:comparison-take", args=["pdf"]))

    assert answer.status_code == 404
