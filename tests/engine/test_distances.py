"""How far, and about how many hours by lorry, as the page works them."""

from decimal import Decimal

from tests.engine.measures import worked

from yipanqi.engine import distances


def test_the_hours_are_those_of_the_page_and_never_less_than_half_an_hour() -> None:
    for row in worked.rows("proximity", "## 货车约几小时"):
        assert distances.lorry_hours(int(row["直线公里"])) == Decimal(row["约几小时"])
    assert distances.lorry_hours(3) == Decimal("0.5")
