"""How quickly scopes are tagged, against pyahocorasick doing the same reading and writing.

Usage: python bench/tagging.py [FILE.parquet ...] [--rounds 3]
The files have the columns `id` and `scope`. Without files the registrations named by
$YIPANQI_REGISTRY are read (a pattern), else 200,000 made-up ones.

Matching alone: every occurrence of every term in every scope, as arrays of numbers. End to end:
from Parquet to a Parquet of mentions. The peer matches each scope and writes (id, chain, link,
term) of what it finds; ours also cuts clauses, leaves out what is excluded, and tells the role,
the clause and the confidence. Each runs in a process of its own, in turn.
"""

import argparse
import glob
import json
import multiprocessing
import os
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path

import ahocorasick
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from yipanqi.engine import sentences, sessions, tagging
from yipanqi.engine.registry import generating, importing
from yipanqi.engine.registry.generating import Recipe
from yipanqi.engine.terms import TermBook, folded
from yipanqi.rulebook import packs
from yipanqi.rulebook.chains import RecognitionTerm, TermKind

_BATCH = 50_000
_WRITTEN = pa.schema([(name, pa.string()) for name in ("id", "chain", "link", "term")])
Terms = tuple[RecognitionTerm, ...]
Work = Callable[[list[str], Terms, Path], float]


def peer_matches(files: list[str], terms: Terms, _place: Path) -> float:
    """Seconds pyahocorasick takes to find every occurrence in every scope."""
    automaton = _automaton(terms)
    batches = [[folded(scope) for scope in scopes] for _, scopes in _read(files)]
    start = time.perf_counter()
    for scopes in batches:
        found = [(end, word) for scope in scopes for end, (word, _) in automaton.iter(scope)]
        np.array(found, np.int64)
    return time.perf_counter() - start


def our_matches(files: list[str], terms: Terms, _place: Path) -> float:
    """Seconds ours takes for the same."""
    book = TermBook(terms)
    batches = [[folded(scope) for scope in scopes] for _, scopes in _read(files)]
    start = time.perf_counter()
    for scopes in batches:
        np.array(book.occurrences("\n".join(scopes).encode()), np.int64)
    return time.perf_counter() - start


def peer_tags(files: list[str], terms: Terms, place: Path) -> float:
    """Seconds pyahocorasick takes from Parquet to Parquet."""
    start = time.perf_counter()
    automaton = _automaton(terms)
    with pq.ParquetWriter(place / "mentions.parquet", _WRITTEN) as writer:
        for ids, scopes in _read(files):
            rows = [
                (key, chain, link, term)
                for key, scope in zip(ids, scopes, strict=True)
                for _, (_, links) in automaton.iter(folded(scope))
                for chain, link, term in links
            ]
            columns = [list(column) for column in zip(*rows, strict=True)] or [[]] * len(_WRITTEN)
            writer.write_batch(
                pa.RecordBatch.from_arrays(list(map(pa.array, columns)), schema=_WRITTEN)
            )
    return time.perf_counter() - start


def our_tags(files: list[str], terms: Terms, place: Path) -> float:
    """Seconds ours takes from Parquet to Parquet, as the index of a registry is made."""
    start = time.perf_counter()
    repeated, said = place / "sentences.parquet", place / "spoken.parquet"
    with sessions.measures() as session:
        table = session.read_parquet(files)
        tagging.sentences(table).select("sentence").distinct().to_parquet(repeated)
        sentences.write_spoken(repeated, TermBook(terms), said)
        found = tagging.mentions(table, session.read_parquet(said))
        found.order_by("chain", "link", "id", "term", "clause", "role").to_parquet(
            place / "mentions.parquet"
        )
    return time.perf_counter() - start


def measured(work: Work, files: list[str], terms: Terms) -> dict[str, float]:
    """Seconds of wall, of processor, and peak memory in GB, of one run in a fresh process."""
    context = multiprocessing.get_context("spawn")
    receiving, sending = context.Pipe(duplex=False)
    process = context.Process(target=_run, args=(work, files, terms, sending))
    process.start()
    sending.close()  # else a run that fails would be waited for without end
    told: dict[str, float] = receiving.recv()
    process.join()
    return told


def _run(work: Work, files: list[str], terms: Terms, sending: Connection) -> None:
    with tempfile.TemporaryDirectory(prefix="tagging-") as place:
        wall = work(files, terms, Path(place))
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    cpu = sum(one.ru_utime + one.ru_stime for one in used)
    peak = used[0].ru_maxrss + sentences.HANDS * used[1].ru_maxrss
    sending.send({"wall": wall, "cpu": cpu, "peak_gb": peak / 1e6})


def _automaton(terms: Terms) -> "ahocorasick.Automaton":
    links: dict[str, list[tuple[str, str, str]]] = {}
    for row in terms:
        if row.kind == TermKind.INCLUDE:
            links.setdefault(folded(row.term), []).append((row.chain, row.link, row.term))
    automaton = ahocorasick.Automaton()
    for number, (word, owned) in enumerate(sorted(links.items())):
        automaton.add_word(word, (number, tuple(owned)))
    automaton.make_automaton()
    return automaton


def _read(files: list[str]) -> Iterator[tuple[list[str], list[str]]]:
    for name in files:
        with pq.ParquetFile(name) as file:
            for batch in file.iter_batches(_BATCH, columns=["id", "scope"]):
                known = batch.filter(batch.column("scope").is_valid())
                yield known.column("id").to_pylist(), known.column("scope").to_pylist()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("files", nargs="*")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--pack", type=Path, default=Path("packs/changsha"))
    options = parser.parse_args()
    pack = packs.load(options.pack)
    terms = tuple(pack.chains(on=pack.newest).terms)
    pattern = os.environ.get("YIPANQI_REGISTRY", "")
    files = options.files or sorted(glob.glob(pattern))  # noqa: PTH207 -- Path.glob takes no absolute one
    if files:
        compare(files, terms, options.rounds)
        return
    with generating.made(Recipe(200_000, 7)) as request, tempfile.TemporaryDirectory() as place:
        importing.into_folder(request, Path(place) / "registry")
        made = sorted(map(str, Path(place).glob("registry/enterprises/*/*.parquet")))
        compare(made, terms, options.rounds)


def compare(files: list[str], terms: Terms, rounds: int) -> None:
    """Run all four in turn and print the ratios of the medians."""
    works: tuple[Work, ...] = (peer_matches, our_matches, peer_tags, our_tags)
    runs: dict[str, list[dict[str, float]]] = {work.__name__: [] for work in works}
    for number in range(1, rounds + 1):
        for work in works:
            run = measured(work, files, terms)
            runs[work.__name__].append(run)
            print(number, work.__name__, _shown(run), flush=True)
    wall = {name: statistics.median(one["wall"] for one in told) for name, told in runs.items()}
    text = sum(len(scope.encode()) for _, scopes in _read(files) for scope in scopes) / 1e6
    told = {
        "terms": len(terms),
        "text_mb": text,
        "matching_mb_s": text / wall["our_matches"],
        "peer_matching_mb_s": text / wall["peer_matches"],
        "matching_ratio": wall["peer_matches"] / wall["our_matches"],
        "end_to_end_ratio": wall["peer_tags"] / wall["our_tags"],
        "peak_gb": max(one["peak_gb"] for one in runs["our_tags"]),
    }
    print(json.dumps({name: round(value, 2) for name, value in told.items()}))


def _shown(one: dict[str, float]) -> str:
    return f"{one['wall']:.1f}s wall, {one['cpu']:.1f}s cpu, {one['peak_gb']:.2f} GB"


if __name__ == "__main__":
    main()
