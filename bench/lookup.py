"""How often a garbled company name still finds its company, and how fast, beside brute force.

Usage: python bench/lookup.py REGISTRY [--names 2000] [--peer 100] [--seed 7]
Companies of the registry are drawn and their names garbled as lists and officers garble them. The
peer compares the name with every company's by rapidfuzz, on the first `--peer` of the same names.
"""

import argparse
import json
import random
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz import fuzz, process

from yipanqi.engine import sessions
from yipanqi.engine.matching import lookups, spelling
from yipanqi.engine.matching.lookups import Lookup

# Targets of issue 3, as measured in the study before it.
LEAST_RECALL, LONGEST_MS = 0.99, 5.0
_TOP = 5
_WORDS = ("科技", "实业", "贸易", "商贸", "机械", "发展", "工程")
_FORMS = ("股份有限公司", "有限责任公司", "有限公司", "公司")
_WIDE = {ord(narrow): ord(narrow) + 0xFEE0 for narrow in "()0123456789ABCDEFG"}


@dataclass(frozen=True, slots=True)
class Asked:
    """A garbled name, how it was garbled, and the company it came from."""

    kind: str
    text: str
    truth: str


@dataclass(frozen=True, slots=True)
class Result:
    """What was found for each name, best first, and how long it took."""

    found: list[tuple[str, ...]]
    ms: list[float]
    cpu_ms: list[float]  # what a machine with nothing else to do would take at most


def main() -> int:
    """Run both, print them, and give 1 where a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("registry", type=Path)
    parser.add_argument("--names", type=int, default=2000)
    parser.add_argument("--peer", type=int, default=100)
    parser.add_argument("--seed", type=int, default=7)
    args = parser.parse_args()
    with sessions.measures() as session:
        began = time.perf_counter()
        lookup = lookups.opened(args.registry, session)
        opened_s = time.perf_counter() - began
    asked = garbled(lookup.names["head"].to_pylist(), args.names, random.Random(args.seed))  # noqa: S311 -- a sample, no secret
    ours = timed(asked, _ours(lookup))
    peer = timed(asked[: args.peer], _brute(lookup))
    told = {
        "bench": "lookup",
        "companies": lookup.names.num_rows,
        "opened_s": round(opened_s, 1),
        "seed": args.seed,
        **account(asked, ours, ""),
        **account(asked[: args.peer], peer, "peer_"),
        "ours_on_peers_names": recall(asked[: args.peer], ours, 1),
        "ratio": round(statistics.median(peer.ms) / statistics.median(ours.ms), 1),
        "by_kind": by_kind(asked, ours),
    }
    print(json.dumps(told, ensure_ascii=False))
    return 0 if told["recall_1"] >= LEAST_RECALL and told["p50_ms"] <= LONGEST_MS else 1


def garbled(names: Sequence[str], count: int, draw: random.Random) -> list[Asked]:
    """Names drawn and garbled, each kind of noise in turn; those that noise leaves be are kept."""
    kinds = sorted(NOISE)
    whole = [name for name in names if name.endswith("公司") and len(name) > len("有限公司") + 3]
    picked = draw.sample(whole, min(count, len(whole)))
    return [
        Asked(kind, NOISE[kind](name, draw), name)
        for place, name in enumerate(picked)
        for kind in [kinds[place % len(kinds)]]
    ]


def timed(asked: Sequence[Asked], find: Callable[[str], tuple[str, ...]]) -> Result:
    """Each name found once, one after the other, in milliseconds."""
    found, ms, cpu_ms = [], [], []
    for one in asked:
        began, worked = time.perf_counter(), time.process_time()
        found.append(find(one.text))
        ms.append(1000 * (time.perf_counter() - began))
        cpu_ms.append(1000 * (time.process_time() - worked))
    return Result(found, ms, cpu_ms)


def account(asked: Sequence[Asked], result: Result, prefix: str) -> dict[str, float]:
    """Recall at one and five, and the middle and the slow end of the times."""
    slow = statistics.quantiles(result.ms, n=20)[-1]
    figures = {
        "names": len(asked),
        "recall_1": recall(asked, result, 1),
        "recall_5": recall(asked, result, _TOP),
        "p50_ms": round(statistics.median(result.ms), 2),
        "p95_ms": round(slow, 2),
        "cpu_p50_ms": round(statistics.median(result.cpu_ms), 2),
    }
    return {f"{prefix}{name}": figure for name, figure in figures.items()}


def recall(asked: Sequence[Asked], result: Result, top: int) -> float:
    """The share of names whose company is among the first `top` found."""
    pairs = zip(asked, result.found, strict=False)
    hits = sum(one.truth in found[:top] for one, found in pairs)
    return round(hits / len(asked), 4)


def by_kind(asked: Sequence[Asked], result: Result) -> dict[str, float]:
    """Recall at one for each kind of noise."""
    told = {}
    for kind in sorted(NOISE):
        kept = [place for place, one in enumerate(asked) if one.kind == kind]
        hits = sum(asked[place].truth in result.found[place][:1] for place in kept)
        told[kind] = round(hits / max(len(kept), 1), 4)
    return told


def _ours(lookup: Lookup) -> Callable[[str], tuple[str, ...]]:
    return lambda text: tuple(one.name for one in lookup.candidates(text, _TOP))


def _brute(lookup: Lookup) -> Callable[[str], tuple[str, ...]]:
    names = lookup.names["head"].to_pylist()
    plain = [spelling.plain(name) for name in names]

    def find(text: str) -> tuple[str, ...]:
        near = process.extract(spelling.plain(text), plain, scorer=fuzz.ratio, limit=_TOP)
        return tuple(names[row] for _, _, row in near)

    return find


def _typo(name: str, draw: random.Random) -> str:
    """One character replaced by another that occurs in company names."""
    at = draw.randrange(len(name) - len("公司"))
    return name[:at] + draw.choice("华新宏达鑫海天龙盛泰") + name[at + 1 :]


def _missing(name: str, draw: random.Random) -> str:
    at = draw.randrange(len(name) - len("公司"))
    return name[:at] + name[at + 1 :]


def _swapped(name: str, draw: random.Random) -> str:
    at = draw.randrange(len(name) - len("公司") - 1)
    return name[:at] + name[at + 1] + name[at] + name[at + 2 :]


def _word_dropped(name: str, _: random.Random) -> str:
    word = next((word for word in _WORDS if word in name[2:]), "")
    return name[:2] + name[2:].replace(word, "", 1) if word else name


def _form_changed(name: str, draw: random.Random) -> str:
    form = next(form for form in _FORMS if name.endswith(form))
    return name.removesuffix(form) + draw.choice([other for other in _FORMS if other != form])


def _form_dropped(name: str, _: random.Random) -> str:
    return name.removesuffix(next(form for form in _FORMS if name.endswith(form)))


def _width(name: str, draw: random.Random) -> str:
    at = draw.randrange(1, len(name))
    return (name[:at] + " " + name[at:]).translate(_WIDE)


def _branch(name: str, draw: random.Random) -> str:
    return name + draw.choice(["长沙分公司", "武汉办事处", "第一营业部"])


NOISE: dict[str, Callable[[str, random.Random], str]] = {
    "错一字": _typo,
    "漏一字": _missing,
    "两字颠倒": _swapped,
    "漏一词": _word_dropped,
    "组织形式写错": _form_changed,
    "简称": _form_dropped,
    "全半角与空格": _width,
    "分支机构": _branch,
}

if __name__ == "__main__":
    sys.exit(main())
