"""How well a list's names find their companies, judged by the credit codes the list gives too.

Usage: python bench/lists.py LIST.csv REGISTRY
The list has list,year,rank,name,code. Each name is looked up without its code; the company that
holds the code in the registry is the truth. Names may have changed since the registration.
"""

import argparse
import json
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from yipanqi.engine import sessions
from yipanqi.engine.matching import lists, lookups
from yipanqi.engine.matching.candidates import Candidate
from yipanqi.engine.matching.lookups import Lookup

_TOP = 5
_BANDS = ((0.85, 1.01), (0.5, 0.85), (0.0, 0.5))


@dataclass(frozen=True, slots=True)
class Judged:
    """A name, the company it means by its code, and what was found by name alone."""

    name: str
    truth: str
    found: tuple[Candidate, ...]


def main() -> int:
    """Print recall, and how often the first candidate is right in each band of confidence."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("list", type=Path)
    parser.add_argument("registry", type=Path)
    args = parser.parse_args()
    with sessions.measures() as session:
        lookup = lookups.opened(args.registry, session)
    entries = lists.read(args.list)
    began = time.perf_counter()
    judged = _judged(lookup, entries)
    told = {
        "bench": "lists",
        "entries": len(entries),
        "registered": len(judged),
        "recall_1": _recall(judged, 1),
        "recall_5": _recall(judged, _TOP),
        "seconds": round(time.perf_counter() - began, 1),
        "first_right": {f"{low:.2f}+": _right(judged, low, high) for low, high in _BANDS},
    }
    print(json.dumps(told, ensure_ascii=False))
    return 0


def _judged(lookup: Lookup, entries: Sequence[lists.Entry]) -> list[Judged]:
    """The entries whose code the registry holds."""
    rows = {code: row for row, code in enumerate(lookup.names["code"].to_pylist()) if code}
    kept = [entry for entry in entries if entry.code in rows]
    heads = lookup.names["head"]
    return [
        Judged(
            entry.name,
            heads[rows[entry.code or ""]].as_py(),
            lookup.candidates(entry.name, _TOP),
        )
        for entry in kept
    ]


def _recall(judged: Sequence[Judged], top: int) -> float:
    hits = sum(one.truth in [near.name for near in one.found[:top]] for one in judged)
    return round(hits / max(len(judged), 1), 4)


def _right(judged: Sequence[Judged], low: float, high: float) -> dict[str, float | int | None]:
    firsts = [(one.truth, one.found[0]) for one in judged if one.found]
    kept = [(truth, first) for truth, first in firsts if low <= first.confidence < high]
    right = sum(truth == first.name for truth, first in kept)
    return {"names": len(kept), "right": round(right / len(kept), 4) if kept else None}


if __name__ == "__main__":
    sys.exit(main())
