"""An officer finds a registered enterprise from the box on any page and takes it in."""

import pytest
from tests import registry_in_force
from tests.journeys.test_accessibility import _faults

from yipanqi.domain.investors.models import Enterprise

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def registry(tmp_path, settings, monkeypatch):
    """A registry in force with its index."""
    settings.REGISTRY_HOME = tmp_path
    monkeypatch.setenv("YIPANQI_HOME", str(tmp_path))
    return registry_in_force.publish(tmp_path)


def test_by_keyboard_alone_from_typing_to_the_library(at_desk, registry):
    page = at_desk("clerk_a")
    page.keyboard.press("/")
    page.keyboard.type("czhl")
    page.wait_for_selector("#suggestions a:has-text('常州恒立液压件有限公司')")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url("**/registry/*/")

    page.get_by_role("button", name="纳入客商库").press("Enter")

    page.wait_for_url("**/investors/*/")
    assert Enterprise.objects.get().name == "常州恒立液压件有限公司"


@pytest.mark.parametrize("width", [360, 1280])
def test_results_and_the_page_of_a_hit_bar_nobody(at_desk, registry, width):
    page = at_desk("clerk_a", width)

    assert _faults(page, "/search/?q=液压件") == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    address = page.get_by_role("link", name="长沙机电有限公司").get_attribute("href")
    assert _faults(page, address) == []


def test_without_script_the_box_is_a_form(site, browser, at_desk, registry):
    cookies = at_desk("clerk_a").context.cookies()
    context = browser.new_context(base_url=site, java_script_enabled=False)
    context.add_cookies(cookies)
    page = context.new_page()
    page.goto("/")
    page.fill("#search", "液压件")
    page.press("#search", "Enter")

    page.wait_for_url("**/search/?q=*")
    assert page.get_by_role("link", name="长沙机电有限公司").is_visible()
    context.close()
