"""Money in place is the sum of its vouchers, each with evidence and verified by another person."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import cast, samples

from yipanqi.domain.ledger.models import Entry
from yipanqi.domain.projects import holdings, queries
from yipanqi.domain.projects.models import Project
from yipanqi.domain.projects.parts import Voucher
from yipanqi.domain.projects.services import editing, money
from yipanqi.vocab import clock
from yipanqi.vocab.actors import NotAllowed

pytestmark = pytest.mark.django_db

YI = 10_000_000_000


@pytest.fixture
def project(city):
    return cast.project(amount_fen=None)


def paid(amount=100, **more):
    return money.Paid("bank_slip", clock.today(), amount, **more)


def slip(salt="甲"):
    return samples.pdf(f"进账单{salt}.pdf", salt=salt.encode())


def record(project, amount=100, salt="甲", by=None, **more):
    return money.record(project, paid(amount, **more), slip(salt), by=by or cast.clerk_a())


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.tuples(st.integers(1, 10**9), st.sampled_from("留核退撤")), max_size=6))
def test_the_sums_are_those_of_the_vouchers_that_stand(project, steps):
    Voucher.objects.all().delete()
    Project.objects.update(paid_in_fen=None, verified_in_fen=None)

    for number, (amount, fate) in enumerate(steps):
        voucher = record(project, amount, salt=f"{project.pk}-{number}")
        if fate == "核":
            money.verify(voucher, by=cast.dispatcher())
        elif fate == "退":
            money.send_back(voucher, because="抬头不符", by=cast.dispatcher())
        elif fate == "撤":
            money.withdraw(voucher, because="录错", by=cast.clerk_a())

    project.refresh_from_db()
    standing = [amount for amount, fate in steps if fate in "留核"]
    verified = [amount for amount, fate in steps if fate == "核"]
    assert project.paid_in_fen == (sum(standing) if standing else None)
    assert project.verified_in_fen == (sum(verified) if verified else None)
    assert holdings.paid_in(project).total_fen == project.paid_in_fen


def test_who_recorded_a_voucher_cannot_verify_it(city):
    voucher = record(cast.project())

    with pytest.raises(NotAllowed, match="登记人以外"):
        money.verify(voucher, by=cast.clerk_a())


def test_sent_twice_it_is_one_voucher(city):
    project = cast.project()

    first = record(project)

    assert record(project) == first
    assert Voucher.objects.count() == 1
    assert Entry.objects.filter(kind="projects.voucher_recorded").count() == 1


def test_one_paper_does_not_count_for_two_projects(city):
    record(cast.project(name="甲挖掘机项目"))

    with pytest.raises(money.DoubleCounted):
        record(cast.project(name="乙起重机项目"))


def test_foreign_money_counts_at_the_rate_of_its_day(city):
    project = cast.project()

    voucher = record(
        project, 100_000_000, currency="USD", rate=Decimal("6.5342"), rate_on=clock.today()
    )

    assert voucher.amount_fen == 653_420_000
    assert project.paid_in_fen == 653_420_000


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"amount": 0}, "amount"),
        ({"amount": -5}, "amount"),
        ({"amount": 100, "currency": "USD"}, "rate"),
        ({"amount": 100, "currency": "USD", "rate": Decimal(0)}, "rate"),
        ({"amount": 100, "currency": "XAU"}, "currency"),
        ({"amount": 100, "rate": Decimal(7)}, "rate"),
        ({"amount": 100, "component": "wages"}, "component"),
        ({"amount": 100, "phase": "3"}, "phase"),
        ({"amount": 60 * YI}, "amount"),
    ],
)
def test_an_absurd_voucher_is_refused_and_names_its_field(city, wrong, field):
    project = cast.project(amount_fen=50 * YI)

    with pytest.raises(money.Unclear) as refused:
        record(project, **wrong)

    assert refused.value.field == field
    assert not Voucher.objects.exists()


def test_a_rate_older_than_a_holiday_or_of_a_later_day_is_refused(city):
    for days in (-11, 1):
        rate_on = clock.today() + timedelta(days=days)
        with pytest.raises(money.Unclear, match="汇率日期"):
            record(cast.project(), currency="USD", rate=Decimal("6.5"), rate_on=rate_on)


def test_money_to_come_is_not_in_place(city):
    later = money.Paid("invoice", clock.today() + timedelta(days=1), 100)

    with pytest.raises(money.Unclear, match="到位日期"):
        money.record(cast.project(), later, slip(), by=cast.clerk_a())


def test_a_judged_voucher_is_judged_once(city):
    voucher = record(cast.project())
    money.verify(voucher, by=cast.dispatcher())

    with pytest.raises(money.NotWaiting):
        money.withdraw(voucher, because="录错", by=cast.clerk_a())


def test_a_reason_is_owed_for_sending_back(city):
    with pytest.raises(money.Unclear, match="原因"):
        money.send_back(record(cast.project()), because=" ", by=cast.dispatcher())


def test_the_sum_is_typed_by_nobody(city):
    project = cast.project()

    with pytest.raises(editing.Unclear, match="不是可以修改的字段"):
        editing.edit(project, {"paid_in_fen": 5}, expecting=project.version, by=cast.clerk_a())


def test_an_opening_sum_is_told_apart_until_its_paper_is_there_and_verified(city):
    project = cast.project()
    opening = Voucher.objects.create(
        project=project, kind="opening", amount_minor=700, amount_fen=700,
        recorded_at=clock.now(),
    )  # fmt: skip
    record(project, 300)
    assert holdings.paid_in(project) == holdings.PaidIn(1000, None, 700)
    with pytest.raises(money.NotWaiting, match="补交凭证"):
        money.verify(opening, by=cast.dispatcher())

    money.prove(opening, clock.today(), slip("补"), by=cast.clerk_a())
    money.verify(opening, by=cast.dispatcher())

    assert holdings.paid_in(project) == holdings.PaidIn(1000, 700, None)


def test_what_waits_to_be_verified_is_not_shown_to_who_recorded_it(city):
    voucher = record(cast.project())

    assert holdings.to_verify(seen_by=cast.dispatcher()) == [voucher]
    assert holdings.to_verify(seen_by=cast.clerk_a()) == []
    assert holdings.to_verify(seen_by=cast.clerk_b()) == []


def test_gates_ask_for_the_sum_of_the_vouchers(city):
    project = cast.project()

    record(project, 4200)

    assert queries.facts(project)["paid_in_fen"] == 4200
    assert queries.facts(project)["verified_in_fen"] is None


def test_money_of_a_period_is_the_sum_of_its_vouchers(city):
    project = cast.project()
    day = clock.today() - timedelta(days=400)
    money.record(project, money.Paid("invoice", day, 500), slip("去年"), by=cast.clerk_a())
    record(project, 300)

    this_year = holdings.paid_in(project, since=clock.today() - timedelta(days=365))

    assert this_year.total_fen == 300
    assert holdings.paid_in(project).total_fen == 800
