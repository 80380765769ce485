"""On a telephone: a signal in a few taps, kept when the network goes, and never saved twice."""

import pytest
from tests import cast, samples

from yipanqi.domain.leads.signals import Signal

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
MATTER = "建设高端液压件生产基地"


@pytest.fixture
def phone(site, browser):
    """The clerk's telephone, signed in; its network may be cut, which the console complains of."""
    cast.officer("clerk_a")
    context = browser.new_context(
        base_url=site, viewport={"width": 360, "height": 740}, locale="zh-CN"
    )
    context.set_default_timeout(40_000)
    page = context.new_page()
    page.goto("/account/login/")
    page.fill("[name=login]", "clerk_a")
    page.fill("[name=password]", cast.PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(f"{site}/")
    yield page
    context.close()


def fill(page, tmp_path):
    picture = tmp_path / "名片.png"
    picture.write_bytes(samples.PNG)
    page.goto("/investors/signals/new/")
    page.fill("#id_enterprise_name", "江苏示例液压科技有限公司")
    page.fill("#id_matter", MATTER)
    page.locator("label[for=id_source_1]").click()
    page.set_input_files("#id_photos", str(picture))


def test_without_a_network_nothing_is_lost_and_sending_again_saves_it_once(phone, tmp_path):
    fill(phone, tmp_path)
    phone.context.set_offline(True)

    phone.get_by_role("button", name="登记", exact=True).click()

    phone.wait_for_selector("text=网络不通")
    assert MATTER in phone.evaluate("JSON.stringify(localStorage)")
    phone.context.set_offline(False)
    phone.get_by_role("button", name="登记", exact=True).click()
    phone.wait_for_selector(f"h1:has-text('{MATTER}')")
    assert "名片.png" in phone.content()
    assert MATTER not in phone.evaluate("JSON.stringify(localStorage)")
    assert Signal.objects.count() == 1


def test_one_alike_is_shown_and_the_picture_stays_chosen(phone, tmp_path):
    known = cast.signal(matter=f"{MATTER}一")
    fill(phone, tmp_path)

    phone.get_by_role("button", name="登记", exact=True).click()
    phone.wait_for_selector("text=还没有保存")
    phone.get_by_role("button", name="并入这条").click()

    phone.wait_for_url(f"**/investors/signals/{known.public_id}/")
    assert "名片.png" in phone.content()
    assert Signal.objects.count() == 1
