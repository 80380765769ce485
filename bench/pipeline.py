"""The whole way from registrations to target lists of every chain: seconds and memory.

Usage: python bench/pipeline.py FILES… [--city 长沙] [--pack packs/changsha] [--home DIR]
FILES are registrations (Parquet or CSV, or a folder of them). Each step runs in a process of its
own, in a home that begins empty: import, tag (the index), measure (the counts of every link in
every city, and the forecast), diagnose, rank all chains. Memory is that of the step's processes
together, looked at ten times a second. Nothing comparable exists to run beside it, so the ratio is
that to the target: 3 minutes and 4 GB for 2.7 million enterprises.
"""

import argparse
import json
import multiprocessing
import os
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from yipanqi.engine import diagnosis, firms, gaps, indices, offers, sessions, targets
from yipanqi.engine.forecasts import links as forecasts
from yipanqi.engine.registry import importing
from yipanqi.engine.registry.importing import Request
from yipanqi.engine.terms import TermBook
from yipanqi.rulebook import packs
from yipanqi.vocab import regions
from yipanqi.vocab.regions import Region

TARGET_SECONDS, TARGET_GB = 180, 4
TOP = 50
_EVERY = 0.1
_PAGE, _TICK = os.sysconf("SC_PAGE_SIZE"), os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the run is about; plain values, so that a fresh process can be given them."""

    files: tuple[str, ...]
    registry: Path
    pack: Path
    city: str

    @property
    def region(self) -> Region:
        """The city."""
        found = regions.city(self.city)
        assert found is not None, self.city
        return found

    @property
    def chains(self) -> list[str]:
        """Every chain of the pack."""
        pack = packs.load(self.pack)
        return [one.chain for one in pack.chains(on=pack.newest).chains]


@dataclass(frozen=True, slots=True)
class Step:
    """What a step took, and what it counted."""

    step: str
    wall_s: float
    cpu_s: float
    peak_gb: float
    counted: int


def reading(asked: Asked) -> int:
    """Import the registrations; the enterprises."""
    importing.into_folder(Request(tuple(map(Path, asked.files))), asked.registry)
    return int(indices.manifest(asked.registry)["accepted"])


def tagging(asked: Asked) -> int:
    """Find the terms of all chains in every scope; the mentions."""
    pack = packs.load(asked.pack)
    with sessions.measures() as session:
        firms.kept(asked.registry, session)
        book = TermBook(pack.chains(on=pack.newest).terms)
        return int(indices.mentions(asked.registry, book, session).count().execute())


def measuring(asked: Asked) -> int:
    """Count every link in every city and forecast; the links times the cities."""
    pack = packs.load(asked.pack)
    tables = pack.chains(on=pack.newest)
    with sessions.measures() as session:
        offers.kept(asked.registry, TermBook(tables.terms), session)
        facts = gaps.kept(asked.registry, tables, session)
        forecasts.of_city(asked.registry, tables, session, city=asked.region)
        return int(facts.count().execute())


def diagnosing(asked: Asked) -> int:
    """Judge every link of every chain in the city; the links."""
    pack = packs.load(asked.pack)
    found = diagnosis.diagnose_every_chain(
        asked.registry, pack, city=asked.region, chains=asked.chains
    )
    return sum(len(one.links) for one in found)


def ranking(asked: Asked) -> int:
    """Rank the enterprises outside for every link of every chain; the targets listed."""
    pack = packs.load(asked.pack)
    found = targets.rank_every_chain(
        asked.registry, pack, city=asked.region, chains=asked.chains, top=TOP
    )
    return sum(len(one.targets) for one in found)


STEPS: dict[str, Callable[[Asked], int]] = {
    "import": reading,
    "tag": tagging,
    "measure": measuring,
    "diagnose": diagnosing,
    "rank": ranking,
}


def measured(name: str, asked: Asked) -> Step:
    """Run one step in a fresh process and watch it and its children."""
    receiving, sending = multiprocessing.get_context("spawn").Pipe(duplex=False)
    process = multiprocessing.get_context("spawn").Process(target=_run, args=(name, asked, sending))
    start = time.perf_counter()
    process.start()
    sending.close()
    watch = Watch(process.pid or 0)
    counted, cpu = receiving.recv()
    process.join()
    return Step(
        name,
        round(time.perf_counter() - start, 1),
        round(cpu, 1),
        round(watch.stopped() / 1e9, 2),
        counted,
    )


def _run(name: str, asked: Asked, sending: "multiprocessing.connection.Connection") -> None:
    counted = STEPS[name](asked)
    used = os.times()
    cpu = used.user + used.system + used.children_user + used.children_system
    sending.send((counted, cpu))


class Watch:
    """The greatest memory a process and its children held together, in bytes."""

    def __init__(self, pid: int) -> None:
        self._pid, self._peak, self._stop = pid, 0, threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def stopped(self) -> int:
        """End the watch; the peak."""
        self._stop.set()
        self._thread.join()
        return self._peak

    def _look(self) -> None:
        while not self._stop.wait(_EVERY):
            self._peak = max(self._peak, sum(_resident(pid) for pid in _family(self._pid)))


def _family(pid: int) -> Iterator[int]:
    yield pid
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            children = task.read_text().split()
        except OSError:
            continue
        for child in children:
            yield from _family(int(child))


def _resident(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE
    except (OSError, IndexError):
        return 0


def _files(given: Sequence[Path]) -> tuple[str, ...]:
    found: list[Path] = []
    for path in given:
        found += (
            sorted(path.glob("*.parquet")) or sorted(path.glob("*.csv"))
            if path.is_dir()
            else [path]
        )
    return tuple(map(str, found))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--city", default="长沙")
    parser.add_argument("--pack", type=Path, default=Path("packs/changsha"))
    parser.add_argument("--home", type=Path)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="pipeline-", dir=options.home) as home:
        os.environ["YIPANQI_HOME"] = home
        asked = Asked(
            _files(options.files), Path(home) / "registrations", options.pack, options.city
        )
        steps = []
        for name in STEPS:
            steps.append(measured(name, asked))
            print(_shown(steps[-1]), flush=True)
    wall, peak = sum(one.wall_s for one in steps), max(one.peak_gb for one in steps)
    told = {
        "steps": [asdict(one) for one in steps],
        "wall_s": round(wall, 1),
        "cpu_s": round(sum(one.cpu_s for one in steps), 1),
        "peak_gb": peak,
        "enterprises": steps[0].counted,
        "target_s": TARGET_SECONDS,
        "target_gb": TARGET_GB,
        "wall_ratio": round(wall / TARGET_SECONDS, 2),
        "memory_ratio": round(peak / TARGET_GB, 2),
        "met": wall <= TARGET_SECONDS and peak <= TARGET_GB,
        "load": round(os.getloadavg()[0], 1),
    }
    print(json.dumps(told, ensure_ascii=False))


def _shown(one: Step) -> str:
    return (
        f"{one.step:<9} {one.wall_s:>6.1f}s wall {one.cpu_s:>6.1f}s cpu {one.peak_gb:.2f} GB "
        f"{one.counted:,}"
    )


if __name__ == "__main__":
    main()
