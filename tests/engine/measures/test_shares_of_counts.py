"""Location quotient, advantage, concentration, difference and share, as the pages work them."""

from collections.abc import Callable
from decimal import Decimal

import ibis
import ibis.expr.types as ir
import pyarrow as pa
import pytest
from tests.engine.measures import worked

from yipanqi.engine import concentration
from yipanqi.engine.measures import advantage, herfindahl, krugman, shares


def _members(page: str) -> ir.Table:
    told = worked.rows(page, "## 例")
    return ibis.memtable(
        {
            "place": [row["城市"] for row in told],
            "link": [row["环节"] for row in told],
            "enterprises": [int(row["家数"]) for row in told],
        }
    )


def _by(found: ir.Table, *key: str) -> dict[tuple[str, ...], dict[str, object]]:
    rows = found.to_pyarrow().to_pylist()
    return {tuple(row[name] for name in key): row for row in rows}


def test_location_quotients_are_those_of_the_page() -> None:
    told = worked.rows("location-quotient", "## 例")
    all_here = {row["城市"]: int(row["本市全部企业"]) for row in told}
    places = ibis.memtable({"place": list(all_here), "enterprises": list(all_here.values())})

    found = _by(
        concentration.location_quotients(_members("location-quotient"), places), "place", "link"
    )

    for row in told:
        assert found[row["城市"], row["环节"]]["quotient"] == Decimal(row["区位商"])


def test_advantages_are_those_of_the_page() -> None:
    found = _by(advantage.revealed_advantages(_members("rca")), "place", "link")

    for row in worked.rows("rca", "## 例"):
        assert found[row["城市"], row["环节"]]["advantage"] == Decimal(row["显性比较优势"])


@pytest.mark.parametrize(
    ("measure", "who", "heading"),
    [
        (herfindahl.of_places, "place", "### 城市"),
        (herfindahl.of_links, "link", "### 环节"),
    ],
)
def test_concentrations_are_those_of_the_page(
    measure: Callable[[ir.Table], ir.Table], who: str, heading: str
) -> None:
    found = _by(measure(_members("hhi")), who)

    for row in worked.rows("hhi", heading):
        name = row[heading.removeprefix("### ")]
        assert found[(name,)]["index"] == Decimal(row["指数"])
        assert found[(name,)]["alike"] == Decimal(row["相当于几个"])


def test_differences_are_those_of_the_page() -> None:
    members = _members("krugman")

    from_rest = _by(krugman.from_the_rest(members), "place")
    from_changsha = _by(krugman.from_place(members, "长沙"), "place")

    told = {row["比较"]: Decimal(row["差异指数"]) for row in worked.rows("krugman", "### 结果")}
    assert told == {
        "长沙与其余各市": from_rest["长沙",]["difference"],
        "株洲与其余各市": from_rest["株洲",]["difference"],
        "株洲与长沙": from_changsha["株洲",]["difference"],
    }


def test_places_with_nothing_in_common_differ_by_two_and_a_place_alone_has_no_rest() -> None:
    apart = ibis.memtable({"place": ["a", "b"], "link": ["x", "y"], "enterprises": [3, 70]})
    alone = apart.filter(apart.place == "a")

    assert krugman.from_the_rest(apart).to_pyarrow()["difference"].to_pylist() == [2, 2]
    assert krugman.from_the_rest(alone).count().to_pyarrow().as_py() == 0


def test_shares_are_those_of_the_page() -> None:
    told = worked.rows("market-share", "## 例")
    capital = [row["资本（万元）"] for row in told]
    stated = [None if one == "未知" else Decimal(one) for one in capital]
    members = ibis.memtable(
        pa.table(
            {
                "place": [row["城市"] for row in told],
                "link": [row["环节"] for row in told],
                "enterprises": [int(row["家数"]) for row in told],
                "capital_wan": pa.array(stated, pa.decimal128(38, 6)),
            }
        )
    )

    found = _by(shares.market_shares(members), "place", "link")

    for row in told:
        mine = found[row["城市"], row["环节"]]
        said = None if row["资本份额"] == "未知" else Decimal(row["资本份额"])
        assert (mine["share"], mine["standing"], mine["capital_share"]) == (
            Decimal(row["份额"]),
            int(row["位次"]),
            said,
        )
