"""How the pipeline's time and memory grow from three to thirty million enterprises, on DuckDB.

Usage: python bench/scale.py [--rows 3000000 30000000] [--place FOLDER] [--only STEP ...]
Each step (generate, import, tag, firms, rank) runs in a process of its own, from made-up
registrations to a diagnosis and a ranking of all chains for one city. A step that is done, with
its figures in FOLDER/<rows>/steps.json, is not run again: a run that breaks off goes on where it
stopped. Processor seconds are the main figure, for they do not change with what else the machine
does. Memory is the resident memory of the step's process and all below it, looked at ten times a
second. Thirty million need 40 GB of disk; FOLDER/<rows> may be deleted when its figures are read.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path

from yipanqi.engine import firms, indices, sessions, targets
from yipanqi.engine.registry import importing, making
from yipanqi.engine.registry.importing import Request
from yipanqi.engine.terms import TermBook
from yipanqi.rulebook import packs
from yipanqi.rulebook.chains import TermKind
from yipanqi.rulebook.packs import Pack
from yipanqi.vocab import regions

TARGET_GROWTH, TARGET_GB = 1.2, 8.0
_SEED = 7
_PAGE = os.sysconf("SC_PAGE_SIZE")
_EVERY_S = 0.1


def generate(place: Path, rows: int, pack: Pack) -> None:
    """Made-up registrations in the public layout, speaking of the pack's terms."""
    terms: dict[str, dict[str, list[str]]] = {}
    for row in pack.chains(on=pack.newest).terms:
        if row.kind == TermKind.INCLUDE:
            terms.setdefault(row.chain, {}).setdefault(row.link, []).append(row.term)
    making.write(rows, seed=_SEED, terms=terms, into=place / "made.parquet")


def take_in(place: Path, _rows: int, _pack: Pack) -> None:
    """The import, every row accounted for."""
    importing.into_folder(Request((place / "made.parquet",)), place / "registry")


def tag(place: Path, _rows: int, pack: Pack) -> None:
    """Which enterprise speaks of which link, in all chains."""
    with sessions.measures() as session:
        indices.mentions(place / "registry", _book(pack), session)


def keep(place: Path, _rows: int, _pack: Pack) -> None:
    """The enterprises as studies read them."""
    with sessions.measures() as session:
        firms.kept(place / "registry", session)


def rank(place: Path, _rows: int, pack: Pack) -> None:
    """The diagnosis and the targets of every chain, for one city."""
    city = regions.by_code()["430100"]
    chains = [one.chain for one in pack.chains(on=pack.newest).chains]
    for found in targets.rank_every_chain(place / "registry", pack, city=city, chains=chains):
        assert found.targets or not found.candidates


STEPS: Mapping[str, Callable[[Path, int, Pack], None]] = {
    "generate": generate,
    "import": take_in,
    "tag": tag,
    "firms": keep,
    "rank": rank,
}


def measured(step: str, place: Path, rows: int, pack: Path) -> dict[str, float]:
    """Seconds of wall and processor, and peak memory in GB, of one step in a fresh process."""
    told = [sys.executable, __file__, "--step", step, "--place", place, "--pack", pack]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    process = subprocess.Popen(
        [*map(str, told), "--rows", str(rows)],
        env=os.environ | {"YIPANQI_HOME": str(place / "home")},
        cwd=place,  # where DuckDB spills
    )
    peak = Peak(process.pid)
    process.wait()
    most = peak.ended() / 1e9
    if process.returncode:
        raise SystemExit(f"{step} of {rows:,} broke off with {process.returncode}")
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
    return {"wall": time.monotonic() - start, "cpu": cpu, "peak_gb": most}


class Peak:
    """The most resident memory that a process and all below it held at a time."""

    def __init__(self, root: int) -> None:
        self._root, self._most, self._over = root, 0, threading.Event()
        self._looking = threading.Thread(target=self._look)
        self._looking.start()

    def ended(self) -> int:
        """The peak in bytes; the looking is over."""
        self._over.set()
        self._looking.join()
        return self._most

    def _look(self) -> None:
        while not self._over.wait(_EVERY_S):
            self._most = max(self._most, sum(map(_resident, _tree(self._root))))


def _tree(root: int) -> list[int]:
    found = [root]
    for one in found:
        for task in Path(f"/proc/{one}/task").glob("*/children"):
            try:
                found.extend(map(int, task.read_text().split()))
            except OSError:  # it ended just now
                continue
    return found


def _resident(process: int) -> int:
    try:
        return int(Path(f"/proc/{process}/statm").read_text().split()[1]) * _PAGE
    except OSError:
        return 0


def _book(pack: Pack) -> TermBook:
    return TermBook(pack.chains(on=pack.newest).terms)


def run(rows: int, place: Path, pack: Path, only: list[str]) -> dict[str, dict[str, float]]:
    """The figures of every step for so many enterprises; those known are not measured again."""
    place.mkdir(parents=True, exist_ok=True)
    file = place / "steps.json"
    known: dict[str, dict[str, float]] = json.loads(file.read_text()) if file.exists() else {}
    for step in STEPS:
        if step not in known and step in only:
            known[step] = measured(step, place, rows, pack)
            file.write_text(json.dumps(known, indent=1))
        if step in known:
            print(f"{rows:>10,} {step:<8} {_shown(known[step])}", flush=True)
    return known


def compare(few: Mapping[str, Mapping[str, float]], many: Mapping[str, Mapping[str, float]],
            times: float) -> dict[str, float]:  # fmt: skip
    """Growth against linear, of the whole and step by step, and the peak of memory."""
    both = [step for step in STEPS if step in few and step in many]
    growth = {
        f"{step}_growth": many[step]["cpu"] / few[step]["cpu"] / times for step in both
    }  # fmt: skip
    # Making enterprises is no part of the pipeline.
    ours = [step for step in both if step != "generate"]
    total = {
        f"{kind}_growth": sum(many[one][kind] for one in ours)
        / sum(few[one][kind] for one in ours) / times
        for kind in ("cpu", "wall")
    }  # fmt: skip
    return {**growth, **total, "peak_gb": max(many[one]["peak_gb"] for one in both)}


def _shown(one: Mapping[str, float]) -> str:
    return f"{one['cpu']:8.1f} s cpu {one['wall']:8.1f} s wall {one['peak_gb']:6.2f} GB"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, nargs="+", default=[3_000_000, 30_000_000])
    parser.add_argument("--place", type=Path, default=Path("/tmp/yipanqi-scale"))  # noqa: S108
    parser.add_argument("--pack", type=Path, default=Path("packs/changsha"))
    parser.add_argument("--only", nargs="+", choices=STEPS, default=list(STEPS))
    parser.add_argument("--step", choices=STEPS, help=argparse.SUPPRESS)
    options = parser.parse_args()
    place, pack = options.place.resolve(), options.pack.resolve()
    if options.step:
        STEPS[options.step](place, options.rows[0], packs.load(pack))
        return
    runs = [run(rows, place / str(rows), pack, options.only) for rows in options.rows]
    if len(runs) > 1:
        told = compare(runs[0], runs[-1], options.rows[-1] / options.rows[0])
        print(f"target: processor time grows <= {TARGET_GROWTH} x linear, memory <= {TARGET_GB} GB")
        print(json.dumps({name: round(value, 2) for name, value in told.items()}))


if __name__ == "__main__":
    main()
