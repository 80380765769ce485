"""An officer takes the report of a chain away, from the chain's own page."""

import pytest

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


def test_the_report_of_a_chain_is_two_clicks_from_its_page(at_desk, tmp_path):
    page = at_desk("clerk_a")
    page.goto("/chains/gongcheng-jixie/")

    page.get_by_role("link", name="报告", exact=True).click()
    with page.expect_download() as taking:
        page.get_by_role("button", name="工程机械报告，网页").click()

    kept = tmp_path / taking.value.suggested_filename
    taking.value.save_as(kept)
    assert kept.name == "长沙工程机械产业链报告.html"
    assert "江苏目标液压1号有限公司" in kept.read_text("utf-8")


@pytest.mark.parametrize("width", [360, 1280])
def test_the_page_of_reports_fits_the_screen(at_desk, width):
    page = at_desk("clerk_a", width)
    page.goto("/chains/reports/")

    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.get_by_role("button", name="写报告册").count() == 2
