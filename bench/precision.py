"""How often the tagger is right, and what it misses, against labels made by reading.

Usage: python bench/precision.py --registry DIR [--pack packs/changsha] [--seed 8]
Seed 7 is the sample whose errors were read to improve the tagger; seed 8 was kept apart from that;
seed 9 was drawn after it, only from what the tagger then named.
The labels know enterprises only by a hash of their id: the registry they were drawn from, or a
whole one that holds it, is needed. Shares are weighted by stratum; intervals are Wilson's at 95 %,
with the number of pairs that equally weighted ones would need. Ends in one JSON line.
"""

import argparse
import csv
import json
import math
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.parquet as pq

sys.path.insert(0, str(Path(__file__).parent / "labels"))

import draw

from yipanqi.engine import indices, sessions
from yipanqi.engine.doings import Role

LABELS = Path(__file__).parent / "labels"
NONE = "none"
_Z = 1.959964


class Labelled(NamedTuple):
    """What both readings say of an enterprise and a link."""

    enterprise: str
    link: str
    stratum: str
    seed: str
    first: str
    second: str


class Judged(NamedTuple):
    """One reading beside what the tagger says; a pair has two, each of half its weight."""

    chain: str
    said: str
    truth: str
    weight: float


class Share(NamedTuple):
    """A weighted share, its 95 % interval, and how many pairs it rests on."""

    share: float | None
    low: float | None
    high: float | None
    pairs: int

    def __str__(self) -> str:
        if self.share is None:
            return "—"
        return f"{self.share:6.1%} [{self.low:.0%}, {self.high:.0%}] ({self.pairs})"


def main() -> int:
    """Print the tables and the JSON line, and give 0; 2 without a registry."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--registry", type=Path, default=os.environ.get("YIPANQI_REGISTRY"))
    parser.add_argument("--pack", type=Path, default=Path("packs/changsha"))
    parser.add_argument(
        "--seed", type=int, default=8, help="8 留出的样本；7 改进时看过的；9 改进后新抽的"
    )
    args = parser.parse_args()
    if args.registry is None:
        print("请用 --registry 或 YIPANQI_REGISTRY 给出登记数据目录", file=sys.stderr)
        return 2
    rows = [row for row in _labels() if row.seed == str(args.seed)]
    found = _found(Path(args.registry), {row.enterprise for row in rows})
    named = _named(found, args.pack)
    here = [row for row in rows if row.enterprise in set(found.column("hash").to_pylist())]
    print(f"标注企业 {len({row.enterprise for row in rows})} 家，登记数据中找到 {len(found)} 家")
    result = {
        "seed": args.seed,
        "enterprises": len({row.enterprise for row in rows}),
        "found": len(found),
        "pairs": sum(bool(row.link) for row in rows),
        **_agreement(rows),
        **_figures(list(_judged(here, named)), here, named),
    }
    print(json.dumps(result, ensure_ascii=False))
    return 0


def _labels() -> list[Labelled]:
    with (LABELS / "labels.csv").open(newline="") as file:
        return [Labelled(*(row[name] for name in Labelled._fields)) for row in csv.DictReader(file)]


def _found(registry: Path, wanted: set[str]) -> pa.Table:
    """The rows of the labelled enterprises, with their hash."""
    with sessions.measures() as session:
        table = indices.enterprises(registry, session)
        every = table.select("id").to_pyarrow().column("id").to_pylist()
        hashes = {one: draw.hashed(one) for one in every}
        ids = sorted({one for one, code in hashes.items() if code in wanted})
        rows: pa.Table = table.filter(table.id.isin(ids)).to_pyarrow()
    return rows.append_column("hash", pa.array([hashes[one] for one in rows["id"].to_pylist()]))


def _named(found: pa.Table, pack: Path) -> dict[tuple[str, str], Role]:
    """The role the tagger gives each (hash, link), through the index as the product makes it."""
    code = dict(zip(found["id"].to_pylist(), found["hash"].to_pylist(), strict=True))
    with tempfile.TemporaryDirectory() as home:
        os.environ["YIPANQI_HOME"] = home
        place = Path(home) / "registry" / "enterprises" / "province_code=000000"
        place.mkdir(parents=True)
        pq.write_table(found.drop_columns(["hash", "province_code"]), place / "part.parquet")
        said = draw.roles_named(place.parents[1], draw.five_chains(pack))
    return {(code[one], link): role for (one, link), role in said.items()}


def _judged(rows: Sequence[Labelled], named: Mapping[tuple[str, str], Role]) -> Iterator[Judged]:
    weights = _weights(rows)
    for row in rows:
        if row.link and row.stratum != draw.COVERED:
            said = str(named.get((row.enterprise, row.link), NONE))
            for truth in (row.first, row.second):
                yield Judged(row.link.split("-")[0], said, truth, weights[row.stratum] / 2)


def _weights(rows: Sequence[Labelled]) -> dict[str, float]:
    """How many pairs (or enterprises) of the frame one found row of a stratum stands for."""
    with (LABELS / "strata.csv").open(newline="") as file:
        seed = rows[0].seed
        strata = [row for row in csv.DictReader(file) if row["seed"] == seed]
    population = {row["stratum"]: int(row["population"]) for row in strata}
    drawn = Counter(row.stratum for row in rows if row.stratum != "plain" or not row.link)
    return {name: population[name] / count for name, count in drawn.items() if name in population}


def _figures(
    judged: Sequence[Judged], rows: Sequence[Labelled], named: Mapping[tuple[str, str], Role]
) -> dict[str, Any]:
    said = [one for one in judged if one.said != NONE]
    true = [one for one in judged if one.truth != NONE]
    precision = _share(said, _linked)
    # A sample of what the tagger names holds no pair it could have missed.
    missable = any(not row.stratum.startswith("tagged/") for row in rows)
    recall = _share(true if missable else [], _linked)
    roles = _share(_both(judged), _same)
    whole = any(row.stratum == "plain" for row in rows)
    scope = "" if whole else "（只在含有环节字词的对里，偏高）"
    print(f"\n认环节：准确率 {precision}\n        召回率 {recall}{scope}")
    print(f"认对环节时关系也对：{roles}")
    by_role = _by_role(judged)
    by_chain = _by_chain(judged)
    plain = _plain(rows, named)
    return {
        "precision": precision._asdict(),
        "recall": recall._asdict(),
        "recall_of_everything": whole,
        "role_right": roles._asdict(),
        "by_role": by_role,
        "by_chain": by_chain,
        "plain": plain,
    }


def _by_role(judged: Sequence[Judged]) -> dict[str, Any]:
    print("\n关系      准确率：认对环节          准确率：关系也对          召回率：认出环节")
    table = {}
    for role in map(str, Role):
        said = [one for one in judged if one.said == role]
        true = [one for one in judged if one.truth == role]
        row = {
            "precision": _share(said, _linked),
            "role_precision": _share(said, _same),
            "recall": _share(true, _linked),
            "role_recall": _share(true, _same),
        }
        print(f"{role:9} {row['precision']}   {row['role_precision']}   {row['recall']}")
        table[role] = {name: share._asdict() for name, share in row.items()}
    return table


def _by_chain(judged: Sequence[Judged]) -> dict[str, Any]:
    print("\n产业链    准确率                    召回率")
    table = {}
    for chain in sorted({one.chain for one in judged}):
        mine = [one for one in judged if one.chain == chain]
        precision = _share([one for one in mine if one.said != NONE], _linked)
        recall = _share([one for one in mine if one.truth != NONE], _linked)
        print(f"{chain:9} {precision}   {recall}")
        table[chain] = {"precision": precision._asdict(), "recall": recall._asdict()}
    return table


def _plain(rows: Sequence[Labelled], named: Mapping[tuple[str, str], Role]) -> dict[str, int]:
    """Of the enterprises drawn at random and read whole: pairs named, pairs true, both."""
    mine = [row for row in rows if row.stratum.startswith("plain")]
    true = {(row.enterprise, row.link) for row in mine if NONE not in (row.first, row.second)}
    firms = {row.enterprise for row in mine}
    said = {key for key in named if key[0] in firms}
    told = {"enterprises": len(firms), "named": len(said), "true": len(true)}
    print(f"\n随机企业 {len(firms)} 家：读出 {len(true)} 对，平台认出 {len(said)} 对", end="")
    print(f"，相同 {len(said & true)} 对")
    return {**told, "both": len(said & true)}


def _agreement(rows: Sequence[Labelled]) -> dict[str, Any]:
    """How often both readings say the same, and Cohen's kappa."""
    pairs = [(row.first, row.second) for row in rows if row.link]
    same = sum(first == second for first, second in pairs) / len(pairs)
    first, second = (Counter(column) for column in zip(*pairs, strict=True))
    chance = sum(first[label] * second[label] for label in first) / len(pairs) ** 2
    kappa = (same - chance) / (1 - chance)
    print(f"两次标注一致 {same:.1%}，Cohen κ = {kappa:.3f}（{len(pairs)} 对）")
    return {"same": round(same, 4), "kappa": round(kappa, 4)}


def _linked(one: Judged) -> bool:
    return NONE not in (one.said, one.truth)


def _same(one: Judged) -> bool:
    return one.said == one.truth


def _both(judged: Iterable[Judged]) -> list[Judged]:
    return [one for one in judged if _linked(one)]


def _share(judged: Sequence[Judged], right: Callable[[Judged], bool]) -> Share:
    """The weighted share of rows that are right, with Wilson's interval."""
    pairs = len(judged) // 2
    total = sum(one.weight for one in judged)
    if not total:
        return Share(None, None, None, pairs)
    share = sum(one.weight for one in judged if right(one)) / total
    # Both readings of a pair are one observation: its weight is twice that of its halves.
    count = total**2 / (2 * sum(one.weight**2 for one in judged))
    middle = (share + _Z**2 / (2 * count)) / (1 + _Z**2 / count)
    spread = share * (1 - share) / count + _Z**2 / (4 * count**2)
    half = _Z * math.sqrt(spread) / (1 + _Z**2 / count)
    low, high = max(0.0, middle - half), min(1.0, middle + half)
    return Share(round(share, 4), round(low, 4), round(high, 4), pairs)


if __name__ == "__main__":
    raise SystemExit(main())
