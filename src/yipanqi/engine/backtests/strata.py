"""The kinds of candidate whose hit rates are stated apart."""

from collections.abc import Mapping

import numpy as np

from yipanqi.engine.backtests.arrays import Flags, Integers
from yipanqi.engine.backtests.standings import Standing

ALL, INDUSTRIAL = "all", "industrial"
# In 万元.
_SMALL, _LARGE = 1_000, 10_000
_WIDE = 5
LABELS = {
    ALL: "全部",
    "group": "多主体集团",
    "single": "单一主体",
    INDUSTRIAL: "制造业",
    "roll_out": "银行保险等全国铺点",
    "others": "除全国铺点以外",
    "capital_unknown": "资本未知",
    "capital_small": "资本不足 1000 万元",
    "capital_middle": "资本 1000 万至 1 亿元",
    "capital_large": "资本 1 亿元以上",
    "wide": "已在 5 个以上城市",
}


def strata(standing: Standing, heads: Integers) -> Mapping[str, Flags]:
    """For each kind, which of the heads belong to it; one may belong to several."""
    wan = standing.capital_wan[heads]
    several = standing.entities[heads] > 1
    rolls = standing.is_roll_out[heads]
    return {
        ALL: np.ones(len(heads), bool),
        "group": several,
        "single": ~several,
        INDUSTRIAL: standing.is_industrial[heads],
        "roll_out": rolls,
        "others": ~rolls,
        "capital_unknown": np.isnan(wan),
        "capital_small": wan < _SMALL,
        "capital_middle": (wan >= _SMALL) & (wan < _LARGE),
        "capital_large": wan >= _LARGE,
        "wide": standing.cities[heads] >= _WIDE,
    }
