"""What is known of a place and a link at the end of a year, as signals of an entry to come."""

from dataclasses import dataclass

import numpy as np

from yipanqi.engine.forecasts.panels import Panel
from yipanqi.engine.measures import relatedness
from yipanqi.engine.measures.matrices import Floats, advantages, specialities

# How far back the signals look: a forecast needs so many years without a gap.
LOOKS_BACK = 5
_LATENT = 10
_LATENT_FINE = 30

# Each signal and how a reason names it; the order is that of the columns.
LABELS = {
    "advantage": "目前的显性比较优势",
    "enterprises": "目前的家数",
    "expected": "按城市和环节规模应有的家数",
    "short_of": "离形成专长还差的家数",
    "surprise": "家数偏离应有的程度",
    "advantage_1": "近1年新登记的优势",
    "registered_1": "近1年新登记家数",
    "advantage_3": "近3年新登记的优势",
    "registered_3": "近3年新登记家数",
    "surprise_3": "近3年新登记偏离应有的程度",
    "advantage_5": "近5年新登记的优势",
    "registered_5": "近5年新登记家数",
    "surprise_5": "近5年新登记偏离应有的程度",
    "link_growth": "该环节近5年的增长",
    "place_growth": "本市近5年的增长",
    "advantage_before": "5年前的显性比较优势",
    "density": "与本市现有专长的关联密度",
    "density_recent": "与本市新近专长的关联密度",
    "latent": "结构相近城市的水平",
    "latent_fine": "结构相近城市的水平（细）",
    "diversity": "本市专长的个数",
    "ubiquity": "有该专长的城市个数",
    "province": "本省其余城市的优势",
    "province_recent": "本省其余城市近5年的优势",
    "province_share": "本省有该专长的城市比例",
}
NAMES = tuple(LABELS)


@dataclass(frozen=True, slots=True)
class Signals:
    """A row of signals for each place and link that is not a speciality of the place yet.

    `place` and `link` number the rows into the panel; `values` has a column per name of NAMES.
    """

    place: "np.ndarray[tuple[int], np.dtype[np.int64]]"
    link: "np.ndarray[tuple[int], np.dtype[np.int64]]"
    values: Floats

    def column(self, name: str) -> Floats:
        """One signal of every row."""
        return np.asarray(self.values[:, NAMES.index(name)])


def signals(panel: Panel, *, year: int) -> Signals:
    """The signals at the end of a year, from rows up to that year and no later."""
    known = panel.before(year)
    stock = known.stock(year)
    has = specialities(stock)
    place, link = np.nonzero(has == 0)
    found = {
        **_standing(stock),
        **_movement(known, year),
        **_surroundings(stock, has),
        **_province(known, year, has),
    }
    columns = [np.broadcast_to(found[name], stock.shape)[place, link] for name in NAMES]
    return Signals(place, link, np.column_stack(columns))


def _expected(counts: Floats) -> Floats:
    here, in_it = counts.sum(axis=1, keepdims=True), counts.sum(axis=0, keepdims=True)
    return np.asarray(here * in_it / max(counts.sum(), 1.0))


def _surprise(counts: Floats) -> Floats:
    expected = _expected(counts)
    return np.asarray((counts - expected) / np.sqrt(expected + 1))


def _standing(stock: Floats) -> dict[str, Floats]:
    expected = _expected(stock)
    return {
        "advantage": np.log1p(advantages(stock)),
        "enterprises": np.log1p(stock),
        "expected": np.log1p(expected),
        "short_of": np.log1p(np.maximum(expected - stock, 0)),
        "surprise": _surprise(stock),
    }


def _movement(known: Panel, year: int) -> dict[str, Floats]:
    flows = {years: known.flow(years, until=year) for years in (1, 3, 5)}
    stock, recent = known.stock(year), flows[5]
    found = {
        "link_growth": recent.sum(axis=0) / np.maximum(stock.sum(axis=0), 1),
        "place_growth": (recent.sum(axis=1) / np.maximum(stock.sum(axis=1), 1))[:, None],
        "advantage_before": np.log1p(advantages(known.stock(year - LOOKS_BACK))),
        "surprise_3": _surprise(flows[3]),
        "surprise_5": _surprise(flows[5]),
    }
    for years, flow in flows.items():
        found[f"advantage_{years}"] = np.log1p(advantages(flow))
        found[f"registered_{years}"] = np.log1p(flow)
    # A speciality by what is new alone, and how near the link lies to those.
    fresh = specialities(recent)
    found["density_recent"] = relatedness.densities(fresh, relatedness.proximities(fresh))
    return found


def _surroundings(stock: Floats, has: Floats) -> dict[str, Floats]:
    left, weights, right = np.linalg.svd(np.log1p(advantages(stock)), full_matrices=False)
    fine = slice(0, _LATENT_FINE)
    few = slice(0, _LATENT)
    return {
        "density": relatedness.densities(has, relatedness.proximities(has)),
        "latent": (left[:, few] * weights[few]) @ right[few],
        "latent_fine": (left[:, fine] * weights[fine]) @ right[fine],
        "diversity": has.sum(axis=1, keepdims=True),
        "ubiquity": has.sum(axis=0, keepdims=True),
    }


def _province(known: Panel, year: int, has: Floats) -> dict[str, Floats]:
    """What the other places of the same province do, the place itself left out."""
    province = np.array([place[:2] for place in known.places])
    others = (province[:, None] == province[None, :]) - np.eye(len(province))
    recent = known.flow(LOOKS_BACK, until=year)
    count = np.maximum(others.sum(axis=1, keepdims=True), 1)
    return {
        "province": np.log1p(advantages(others @ known.stock(year))),
        "province_recent": np.log1p(advantages(others @ recent)),
        "province_share": others @ has / count,
    }
