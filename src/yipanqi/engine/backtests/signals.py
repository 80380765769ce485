"""What is known of a group and a city at the end of a year, as the numbers a model reads."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse  # type: ignore[import-untyped]

from yipanqi.engine import distances
from yipanqi.engine.backtests import rules
from yipanqi.engine.backtests.arrays import Flags, Floats, Integers
from yipanqi.engine.backtests.standings import Standing, many
from yipanqi.vocab import regions

NEAR_KM = 300
# So many groups count as much as the average when a flow between two cities is small.
FLOW_SMOOTHING = 20.0
LABELS = {
    "provinces": "已在几个省",
    "cities": "已在几个城市",
    "entities": "登记了几家",
    "cities_lately": "近三年新进几个城市",
    "cities_last_year": "最近一年新进几个城市",
    "provinces_lately": "近三年新进几个省",
    "capitals": "已在几个省会",
    "reach_of_capitals": "所在城市中省会的比例",
    "age": "成立年数",
    "quiet": "最近一次登记距今年数",
    "capital": "注册资本（对数）",
    "capital_unknown": "注册资本未知",
    "seat_unknown": "总部登记未见",
    "roll_out": "全国铺点行业",
    "industrial": "制造业名称",
    "trade_spread": "同行跨城比例",
    "trade_lately": "同行近三年新进城市数",
    "family": "同字号行业企业数",
    "family_here": "同字号行业已在本市",
    "home_km": "总部到本市距离",
    "nearest_km": "最近一家到本市距离",
    "near_cities": "三百公里内几个城市",
    "in_province": "已在本省几个城市",
    "in_province_lately": "近三年进本省几个城市",
    "trade_rate": "同行来本市比率（对数）",
    "peer_rule": "省数 × 同行来本市比率（对数）",
    "trade_here": "本市同行家数",
    "flow_sum": "同处一城的企业近三年来本市的势头（合计）",
    "flow_mean": "同上（平均）",
    "flow_most": "同上（最强一城）",
    "flow_home": "总部城市企业来本市的比率",
    "shared": "与已在本市的企业同处几城（加权）",
    "city_entries": "近三年来本市的外地企业（对数）",
    "city_groups": "本市已有外地企业（对数）",
    "city_is_capital": "本市是省会",
}
NAMES = tuple(LABELS)


@dataclass(frozen=True)
class Signals:
    """The signals of a standing: rows of `NAMES` for any heads and any city."""

    standing: Standing

    def matrix(self, place: int, heads: Integers) -> Floats:
        """One row per head (numbers of the standing), one column per name of `NAMES`."""
        told = {
            **{name: values[heads] for name, values in self._alone.items()},
            **self._near(place, heads),
            **self._of_trade(place, heads),
            **self._flows(place, heads),
            **self._of_city(place, len(heads)),
        }
        assert tuple(told) == NAMES, set(told) ^ set(NAMES)
        return np.column_stack([told[name] for name in NAMES])

    @cached_property
    def _alone(self) -> dict[str, Floats]:
        """What does not depend on the city asked about."""
        now = self.standing
        cities, provinces = now.cities, now.provinces
        lately = cities - many(now.before)
        in_provinces = provinces - many(now.before @ now.province_of)
        capitals = _sums(now.present, self._is_capital)
        several = _by_group(now.trade, cities > 1)
        moved = _by_group(now.trade, lately * _existed(now.before))
        members = np.bincount(now.family)[now.family] - 1
        unknown = np.isnan(now.capital_wan)
        return {
            "provinces": np.log(provinces),
            "cities": np.log(cities),
            "entities": np.log(now.entities),
            "cities_lately": np.log1p(lately),
            "cities_last_year": np.log1p(cities - many(now.last_year)),
            "provinces_lately": np.log1p(in_provinces),
            "capitals": np.log1p(capitals),
            "reach_of_capitals": capitals / cities,
            "age": np.log1p(now.year - now.first_year),
            "quiet": np.log1p(now.year - now.latest_year),
            "capital": np.log1p(np.nan_to_num(now.capital_wan, nan=0.0)),
            "capital_unknown": unknown.astype(np.float64),
            "seat_unknown": (~now.is_seated).astype(np.float64),
            "roll_out": now.is_roll_out.astype(np.float64),
            "industrial": now.is_industrial.astype(np.float64),
            "trade_spread": several,
            "trade_lately": moved,
            "family": np.log1p(members),
        }

    def _near(self, place: int, heads: Integers) -> dict[str, Floats]:
        now = self.standing
        kilometres = self._km[place]
        rows = now.present[heads]
        starts = rows.indptr[:-1]
        province = self._is_in(now.places[place][:2])
        lately = rows - now.before[heads]
        here = np.bincount(
            now.family[now.column(place)], minlength=int(now.family.max()) + 1
        ).astype(np.float64)
        return {
            "family_here": np.log1p(here[now.family[heads]]),
            "home_km": np.log1p(kilometres[now.home[heads]]),
            "nearest_km": np.log1p(np.minimum.reduceat(kilometres[rows.indices], starts)),
            "near_cities": np.log1p(_sums(rows, kilometres <= NEAR_KM)),
            "in_province": np.log1p(_sums(rows, province)),
            "in_province_lately": np.log1p(_sums(lately, province)),
        }

    def _of_trade(self, place: int, heads: Integers) -> dict[str, Floats]:
        now = self.standing
        trade = now.trade[heads]
        rate = np.log(rules.trade_rates(now, place) + 1e-9)[trade]
        here = np.bincount(now.trade[now.column(place)], minlength=int(now.trade.max()) + 1)
        return {
            "trade_rate": rate,
            "peer_rule": np.log(now.provinces[heads]) + rate,
            "trade_here": np.log1p(here[trade]),
        }

    def _flows(self, place: int, heads: Integers) -> dict[str, Floats]:
        now = self.standing
        flow = self._flow[:, place]
        rows = now.present[heads]
        sums = _sums(rows, flow)
        most = np.maximum.reduceat(flow[rows.indices], rows.indptr[:-1])
        return {
            "flow_sum": np.log(sums + 1e-9),
            "flow_mean": np.log(sums / now.cities[heads] + 1e-9),
            "flow_most": np.log(most + 1e-9),
            "flow_home": np.log(flow[now.home[heads]] + 1e-9),
            "shared": np.log1p(_sums(rows, self._shared[:, place])),
        }

    def _of_city(self, place: int, count: int) -> dict[str, Floats]:
        now = self.standing
        here, from_elsewhere = now.column(place), now.home != place
        came = here & from_elsewhere
        before = np.zeros(len(here), bool)
        before[self._before_by_place[:, [place]].indices] = True
        alone = {
            "city_entries": float(np.log1p((came & ~before).sum())),
            "city_groups": float(np.log1p(came.sum())),
            "city_is_capital": float(self._is_capital[place]),
        }
        return {name: np.full(count, value) for name, value in alone.items()}

    @cached_property
    def _before_by_place(self) -> sparse.csc_matrix:
        return self.standing.before.tocsc()

    @cached_property
    def _flow(self) -> Floats:
        """Of the groups in one place and not in another, how many came there lately, smoothed.

        Rows: where they were `LATELY` years ago; columns: where they came to. Groups in several
        cities alone: the others say little and are many.
        """
        now = self.standing
        wide = sparse.diags((many(now.before) > 1).astype(np.float64))
        before = wide @ now.before
        came = np.asarray((before.T @ (now.present - now.before)).todense())
        both = np.asarray((before.T @ now.before).todense())
        could = np.diag(both)[:, None] - both
        overall = came.sum(axis=0) / np.maximum(could.sum(axis=0), 1.0)
        flows: Floats = (came + FLOW_SMOOTHING * overall) / (could + FLOW_SMOOTHING)
        return flows

    @cached_property
    def _shared(self) -> Floats:
        """How alike two places are: groups in both, by the root of the groups in each (Ochiai)."""
        now = self.standing
        wide = sparse.diags((now.cities > 1).astype(np.float64))
        both = np.asarray((now.present.T @ (wide @ now.present)).todense())
        size = np.sqrt(np.maximum(np.diag(both), 1.0))
        alike: Floats = both / size[:, None] / size[None, :]
        return alike

    @cached_property
    def _is_capital(self) -> Floats:
        return np.array([float(code in CAPITALS) for code in self.standing.places])

    @cached_property
    def _km(self) -> Floats:
        """Kilometres between any two places."""
        found = [regions.by_code()[code] for code in self.standing.places]
        return np.array([[distances.between(one, two) for two in found] for one in found], float)

    def _is_in(self, province: str) -> Floats:
        return np.array([float(code.startswith(province)) for code in self.standing.places])


def _sums(matrix: sparse.csr_matrix, weights: Floats | Flags) -> Floats:
    sums: Floats = matrix @ weights.astype(np.float64)
    return sums


def _existed(before: sparse.csr_matrix) -> Integers:
    return (many(before) > 0).astype(np.int64)


def _by_group(group: Integers, values: Floats | Flags | Integers) -> Floats:
    """The mean of the values within each one's group."""
    totals = np.bincount(group, values.astype(np.float64))
    means: Floats = (totals / np.maximum(np.bincount(group), 1))[group]
    return means


def _capitals() -> frozenset[str]:
    """The seats of provinces: municipalities, and each province's …01 city."""
    every = regions.cities()
    return frozenset(
        one.code for one in every if one.code.endswith("0100") or one.code in regions.OWN_CITIES
    )


CAPITALS = _capitals()
