"""The search on every page."""

import pytest
from tests import cast

from yipanqi.vocab.labels import Label

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("address", ["/search/", "/search/suggestions/"])
def test_it_finds_projects_enterprises_and_chains(as_, chain, address):
    cast.project(name="工程机械液压项目")
    cast.enterprise("长沙工程机械有限公司")

    text = as_("clerk_a").get(address, {"q": "工程机械"}).content.decode()

    for word in ("工程机械液压项目", "长沙工程机械有限公司", "/chains/gongcheng-jixie/"):
        assert word in text


@pytest.mark.parametrize("address", ["/search/", "/search/suggestions/"])
def test_what_one_may_not_see_is_not_found(as_, address):
    cast.project(name="外人看不到的项目", label=Label.BUSINESS_SECRET)

    text = as_("clerk_b").get(address, {"q": "看不到"}).content.decode()

    assert "外人看不到的项目" not in text


@pytest.mark.parametrize("text", ["", " ", "\x00", "%", "'" * 500])
def test_any_text_is_answered(as_, text):
    assert as_("clerk_a").get("/search/", {"q": text}).status_code == 200
