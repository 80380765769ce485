"""Draw the enterprises to be read, by stratum and seed, and write the reading sheet.

Usage: python bench/labels/draw.py --registry DIR --sheet SHEET.tsv [--seed 7]
The sheet holds names and scopes of a registry and no predictions: keep it outside the repository.
Beside it SHEET.key.csv gets the strata, for when the reading is done, and the pairs of enterprises
drawn at random that another stratum stands for already. `strata.csv` beside this script gets how
many pairs (or enterprises) each stratum holds and how many were drawn.
"""

import argparse
import csv
import hashlib
import os
import random
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple

from ahocorasick_rs import AhoCorasick

from yipanqi.engine import indices, sessions
from yipanqi.engine.doings import Role
from yipanqi.engine.terms import TermBook
from yipanqi.rulebook import packs
from yipanqi.rulebook.chains import ChainTables, TermKind

CHAINS = (
    "gongcheng-jixie",
    "chuneng-cailiao",
    "xinnengyuan-qiche",
    "xianshi-bandaoti",
    "shengwu-yiyao",
)
SHEET_DAY = date(2018, 1, 1)
# Pairs of an enterprise drawn at random that another stratum stands for.
COVERED = "plain/covered"
STRATA = Path(__file__).with_name("strata.csv")
LABELS = Path(__file__).with_name("labels.csv")
# Pairs of each stratum: named by the tagger (per chain and role); holding a term but not named;
# holding a word of the link's name or description only (per chain); enterprises at random.
SIZES = {"tagged": 11, "barred": 12, "near": 14, "plain": 180}
_COMMON = 0.005
_PARTING = re.compile(r"[、，；（）()与和等及的用]|综合| ")


class Pair(NamedTuple):
    """An enterprise, a link ('' for every link) and the stratum it was drawn from."""

    id: str
    link: str
    stratum: str


def main() -> int:
    """Draw, write the sheet and the strata, and give 0."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--registry", type=Path, default=os.environ.get("YIPANQI_REGISTRY"))
    parser.add_argument("--pack", type=Path, default=Path("packs/changsha"))
    parser.add_argument("--sheet", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--sizes", type=int, nargs=4, default=list(SIZES.values()))
    args = parser.parse_args()
    tables = five_chains(args.pack)
    texts, named = texts_of(args.registry), roles_named(args.registry, tables)
    strata: Mapping[str, Sequence[object]] = {
        **_tagged(named, tables),
        **_near(texts, named, tables),
        "plain": sorted(texts),
    }
    sizes = dict(zip(SIZES, args.sizes, strict=True))
    drawn = _drawn(strata, sizes, args.seed)
    _write_sheet(args.sheet, drawn, texts, tables, args.seed)
    _write_key(args.sheet.with_suffix(".key.csv"), drawn, strata)
    _write_strata(strata, drawn, args.seed)
    return 0


def five_chains(pack: Path) -> ChainTables:
    """The links and terms of the five chains the labels speak of, as of the sheet's day."""
    tables = packs.load(pack).chains(on=SHEET_DAY)
    return ChainTables(
        links=tuple(row for row in tables.links if row.chain in CHAINS),
        terms=tuple(row for row in tables.terms if row.chain in CHAINS),
    )


def hashed(identity: str) -> str:
    """The first 16 hex digits of the SHA-256 of an enterprise's id."""
    return hashlib.sha256(identity.encode()).hexdigest()[:16]


def texts_of(registry: Path) -> dict[str, tuple[str, str]]:
    """Name and scope of every enterprise with a scope, by id."""
    with sessions.measures() as session:
        table = indices.enterprises(registry, session)
        rows = table.filter(table.scope.notnull()).select("id", "name", "scope").to_pyarrow()
    columns = (rows.column(name).to_pylist() for name in ("id", "name", "scope"))
    return {one: (name or "", scope) for one, name, scope in zip(*columns, strict=True)}


def roles_named(registry: Path, tables: ChainTables) -> dict[tuple[str, str], Role]:
    """The role closest to making that the tagger gives each (id, link)."""
    order = {role: rank for rank, role in enumerate(Role)}
    found: dict[tuple[str, str], Role] = {}
    with sessions.measures() as session:
        said = indices.mentions(registry, TermBook(tables.terms), session)
        rows = said.select("id", "link", "role").distinct().to_pyarrow().to_pylist()
    for row in rows:
        key, role = (row["id"], row["link"]), Role(row["role"])
        found[key] = min(found.get(key, role), role, key=order.__getitem__)
    return found


def _tagged(
    named: Mapping[tuple[str, str], Role], tables: ChainTables
) -> dict[str, list[tuple[str, str]]]:
    chain = {row.link: row.chain for row in tables.links}
    strata: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for key, role in sorted(named.items()):
        strata[f"tagged/{chain[key[1]]}/{role}"].append(key)
    return dict(sorted(strata.items()))


def _near(
    texts: Mapping[str, tuple[str, str]],
    named: Mapping[tuple[str, str], Role],
    tables: ChainTables,
) -> dict[str, list[tuple[str, str]]]:
    """Untagged pairs whose name or scope holds a term of the link, or a word about it only."""
    chain = {row.link: row.chain for row in tables.links}
    terms = _Words((row.term, row.link) for row in tables.terms if row.kind == TermKind.INCLUDE)
    about = _Words(
        (piece, row.link)
        for row in tables.links
        for piece in _PARTING.split(f"{row.name}、{row.description}")
        if len(piece) > 1
    )
    about.drop_commoner(_COMMON, texts.values())
    strata: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for one, (name, scope) in sorted(texts.items()):
        text = f"{name} {scope}".lower()
        held = terms.links_in(text)
        for link in sorted(held | about.links_in(text)):
            if (one, link) not in named:
                kind = "barred" if link in held else "near"
                strata[f"{kind}/{chain[link]}"].append((one, link))
    return dict(sorted(strata.items()))


class _Words:
    """Words and the links they stand for, searched together."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        links: dict[str, set[str]] = defaultdict(set)
        for word, link in pairs:
            links[word.lower()].add(link)
        words = sorted(links)
        self._links = [links[word] for word in words]
        self._search = AhoCorasick(words)

    def drop_commoner(self, share: float, texts: Collection[tuple[str, str]]) -> None:
        """Forget the words that more than this share of the names and scopes hold (销售, 服务)."""
        held: Counter[int] = Counter()
        for name, scope in texts:
            hits = self._search.find_matches_as_indexes(f"{name} {scope}".lower(), overlapping=True)
            held.update({number for number, _, _ in hits})
        for number, count in held.items():
            if count > share * len(texts):
                self._links[number] = set()

    def links_in(self, text: str) -> set[str]:
        hits = self._search.find_matches_as_indexes(text, overlapping=True)
        return {link for number, _, _ in hits for link in self._links[number]}


def _drawn(
    strata: Mapping[str, Sequence[object]], sizes: Mapping[str, int], seed: int
) -> list[Pair]:
    """The sample: no enterprise twice, so that one scope is never judged for two questions.

    Enterprises that are labelled for a smaller seed are passed over.
    """
    labelled = _labelled(seed)
    chance, taken, drawn = random.Random(seed), set[str](), list[Pair]()  # noqa: S311 -- a sample, not a secret
    for stratum, members in strata.items():
        size = sizes[stratum.split("/")[0]]
        for pair in _shuffled_pairs(stratum, members, chance):
            if size and pair.id not in taken and hashed(pair.id) not in labelled:
                taken.add(pair.id)
                drawn.append(pair)
                size -= 1
    return drawn


def _labelled(seed: int) -> set[str]:
    with LABELS.open(newline="") as file:
        return {row["enterprise"] for row in csv.DictReader(file) if int(row["seed"]) < seed}


def _shuffled_pairs(
    stratum: str, members: Sequence[object], chance: random.Random
) -> Iterator[Pair]:
    for member in chance.sample(list(members), min(len(members), 500)):
        one, link = member if isinstance(member, tuple) else (str(member), "")
        yield Pair(one, link, stratum)


def _write_sheet(
    sheet: Path,
    drawn: Sequence[Pair],
    texts: Mapping[str, tuple[str, str]],
    tables: ChainTables,
    seed: int,
) -> None:
    """The rows shuffled, so that neither order nor stratum tells what the tagger said."""
    about = {row.link: f"{row.name}：{row.description}" for row in tables.links}
    order = sorted(drawn, key=lambda pair: hashlib.sha256(f"{seed}{pair.id}".encode()).digest())
    with sheet.open("w", newline="") as file:
        writer = csv.writer(file, delimiter="\t")
        writer.writerow(("enterprise", "link", "asked", "name", "scope"))
        for pair in order:
            asked = about.get(pair.link, "（全部环节）")
            writer.writerow((hashed(pair.id), pair.link, asked, *texts[pair.id]))


def _write_strata(strata: Mapping[str, Sequence[object]], drawn: Sequence[Pair], seed: int) -> None:
    """The strata of this seed after those of the others."""
    counts = Counter(pair.stratum for pair in drawn)
    with STRATA.open(newline="") as file:
        rows = [tuple(row.values()) for row in csv.DictReader(file) if row["seed"] != str(seed)]
    rows += [(name, len(strata[name]), counts[name], seed) for name in strata if counts[name]]
    with STRATA.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("stratum", "population", "drawn", "seed"))
        writer.writerows(rows)


def _write_key(key: Path, drawn: Sequence[Pair], strata: Mapping[str, Sequence[object]]) -> None:
    plain = {pair.id for pair in drawn if not pair.link}
    covered = [
        Pair(member[0], member[1], COVERED)
        for members in strata.values()
        for member in members
        if isinstance(member, tuple) and member[0] in plain
    ]
    with key.open("w", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("enterprise", "link", "stratum"))
        writer.writerows(
            sorted((hashed(one), link, stratum) for one, link, stratum in [*drawn, *covered])
        )


if __name__ == "__main__":
    raise SystemExit(main())
