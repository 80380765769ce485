"""The features of the ranking, from 0 to 10,000."""

import ibis

from yipanqi.engine import features, sessions


def test_spread_grows_with_the_logarithm_of_provinces():
    with sessions.measures() as session:
        table = session.create_table("firms", ibis.memtable({"provinces": [1, 2, 5, 31, 40]}))
        found = table.mutate(value=features.spread(table.provinces)).order_by("provinces")
        values = found.to_pyarrow()["value"].to_pylist()

    assert values == [0, 2018, 4687, 10_000, 10_000]
