"""Records that may be of the same firm, found before they are merged."""

import pytest
from tests import cast

from yipanqi.domain.investors import merges

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]
ONE, OTHER = "江苏示例液压科技有限公司", "示例液压科技（江苏）公司"


def found(text=""):
    twins = merges.twins(cast.enterprise(ONE), seen_by=cast.dispatcher(), text=text)
    return [each.enterprise.name for each in twins]


def test_a_name_alike_is_found_and_a_strange_one_is_not():
    cast.enterprise(OTHER)
    cast.enterprise("长沙另外一家公司")

    assert found() == [OTHER]


def test_a_strange_name_is_found_when_it_is_asked_for():
    cast.enterprise("长沙另外一家公司")

    assert found("另外") == ["长沙另外一家公司"]
