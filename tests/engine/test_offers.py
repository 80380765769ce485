"""What enterprises offer the links of chains, from mentions of any origin."""

import ibis

from yipanqi.engine import firms, offers, sessions, tagging

MENTIONS = [
    ("a", "pump", "泵", "水泵", "makes", 4),
    ("a", "pump", "泵", "油泵", "trades", 4),
    ("b", "pump", "泵", "水泵", "uses", 2),
    ("c", "pump", "阀", "阀门", "trades", 1),
]
FIRMS = [
    ("a", "甲泵业有限公司", "430000", "430100", "alive"),
    ("b", "乙有限公司", "430000", "430100", "alive"),
    ("c", "丙有限公司北京分公司", "110000", "110100", "unknown"),
    ("d", "丙有限公司", "430000", "430200", "alive"),
    ("e", "丙有限公司上海分公司", "310000", "310100", "ceased"),
]


def _offers() -> dict[str, dict[str, object]]:
    said = ibis.memtable(
        [(i, "chain", link, term, clause, role, 0.9, n) for i, link, term, clause, role, n in
         MENTIONS],
        schema=tagging.MENTIONS,
    )  # fmt: skip
    there = ibis.memtable(
        [(*row, "2001-01-01", "100", "CNY") for row in FIRMS],
        columns=[
            "id", "name", "province_code", "city_code", "status", "registered", "capital_wan",
            "capital_currency",
        ],
    ).cast({"registered": "date", "capital_wan": "decimal(20, 6)"})  # fmt: skip
    with sessions.measures() as session:
        found = offers.offers(said, firms.standing(firms.headed(there)))
        rows: list[dict[str, object]] = session.to_pyarrow(found).to_pylist()
    return {str(row["id"]): row for row in rows}


def test_each_is_known_by_its_doing_closest_to_making() -> None:
    made = _offers()["a"]

    assert (made["role"], made["matched"], made["clauses"]) == ("makes", 2, 4)
    assert made["is_named"] is True


def test_a_customer_offers_nothing() -> None:
    assert "b" not in _offers()


def test_a_branch_is_known_as_one_and_its_companys_provinces_are_counted() -> None:
    branch = _offers()["c"]

    # 湖南 and 北京; the branch in 上海 has ceased.
    assert (branch["is_branch"], branch["head"], branch["provinces"]) == (True, "丙有限公司", 2)
