"""Projects by unit, those handed over by each unit's share."""

import pytest
from django.urls import reverse
from tests import cast
from tests.domain.projects.test_crediting import share

from yipanqi.vocab.labels import Label

pytestmark = pytest.mark.django_db


def test_half_a_project_is_shown_for_each_and_opens_the_same_project(as_):
    project = cast.project("甲挖掘机项目", amount_fen=3_0000_0000_00)
    share(project, {cast.PARK_A: 5, cast.PARK_B: 5})
    client = as_("dispatcher")

    text = client.get(reverse("desk:credits")).content.decode()
    listed = client.get(reverse("desk:projects"), {"credited": cast.PARK_B}).content.decode()

    assert text.count("0.50") == 2
    assert text.count("1.50 亿元") == 2
    assert "甲挖掘机项目" in listed


def test_it_counts_nothing_one_may_not_see(as_):
    cast.project("绝不外传的项目", label=Label.BUSINESS_SECRET)

    assert "还没有您可以查看的项目" in as_("clerk_b").get(reverse("desk:credits")).content.decode()
