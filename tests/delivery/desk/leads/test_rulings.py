"""Ruling between two filings."""

import pytest
from django.urls import reverse
from tests import cast

from yipanqi.domain.leads.models import Claim

pytestmark = pytest.mark.django_db


@pytest.fixture
def pending(city):
    cast.lead()
    return cast.lead(by=cast.clerk_b()).claim


def ruled(client, claim, **given):
    answers = {f"{claim.public_id}-{name}": value for name, value in given.items()}
    return client.post(reverse("desk:rule", args=[claim.public_id]), answers)


def test_both_filings_stand_side_by_side(as_, pending):
    text = as_("arbiter").get(reverse("desk:rulings")).content.decode()

    assert "长沙经济技术开发区" in text
    assert "浏阳经济技术开发区" in text


def test_a_ruling_moves_the_matter_and_both_read_the_reason(as_, pending):
    ruled(as_("arbiter"), pending, uphold="yes", because="乙方先有投资方确认")

    pending.refresh_from_db()
    assert pending.state == "held"
    page = as_("clerk_b").get(reverse("desk:lead", args=[pending.lead.public_id]))
    assert "乙方先有投资方确认" in page.content.decode()


@pytest.mark.parametrize("given", [{"uphold": "yes"}, {"because": "没有选"}, {}])
def test_a_ruling_without_a_side_or_a_reason_is_refused(as_, pending, given):
    assert ruled(as_("arbiter"), pending, **given).status_code == 422
    assert Claim.objects.get(pk=pending.pk).state == "pending"


def test_what_is_ruled_already_is_said_to_be_so(as_, pending):
    client = as_("arbiter")
    ruled(client, pending, uphold="no", because="维持")

    assert ruled(client, pending, uphold="yes", because="反悔").status_code == 409


def test_nobody_else_rules(as_, pending):
    assert as_("clerk_a").get(reverse("desk:rulings")).status_code == 403
    assert ruled(as_("dispatcher"), pending, uphold="no", because="x").status_code in (403, 404)
