"""Look a name up among the registered companies: an index made once per snapshot."""

import json
from dataclasses import dataclass
from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.ipc
import pyarrow.parquet as pq
from ibis.backends.duckdb import Backend
from rapidfuzz import process
from rapidfuzz.distance import OSA

from yipanqi.engine import groups, indices, once, stores
from yipanqi.engine.groups import places
from yipanqi.engine.groups.places import PlaceWords
from yipanqi.engine.matching import bigrams, candidates, spelling
from yipanqi.engine.matching.bigrams import Bigrams
from yipanqi.engine.matching.candidates import Asked, Candidate, Company, Ground

# Raised when the same registry would be indexed otherwise than before.
EDITION = 2
_NAMES, _COUNTIES = "names.arrow", "counties.json"
_COMPANY = ("head", "head_id", "registrations", "city_code")
# Names compared letter by letter for each lookup, and those of them taken apart and judged.
_WEIGHED, _JUDGED = 200, 10


@dataclass(frozen=True, slots=True)
class Lookup:
    """The companies of one registry, ready to be asked; safe to share between threads."""

    names: pa.Table  # of _COMPANY and code, in the order of head
    index: Bigrams
    places: PlaceWords

    def candidates(self, name: str, top: int = 5) -> tuple[Candidate, ...]:
        """The companies the name may mean, the surest first; empty when nothing is near.

        A branch's name gives its company.
        """
        asked = Asked.of(name, self.places)
        companies = self._companies(self.index.nearest(asked.plain, _WEIGHED))
        return tuple(candidates.judged(asked, _likest(asked, companies), self.places)[:top])

    def with_code(self, code: str) -> Candidate | None:
        """The company registered under a unified social credit code; None when there is none."""
        row = pc.index(self.names["code"], code).as_py()
        if row < 0:
            return None
        (found,) = self._companies([row])
        return Candidate(
            found.name, found.registry_id, found.registrations, 1.0, Ground.SAME_CODE, 100.0
        )

    def _companies(self, rows: list[int]) -> list[Company]:
        told = self.names.take(pa.array(rows, pa.int64()))
        columns = (told[name].to_pylist() for name in _COMPANY)
        return [Company(*one) for one in zip(*columns, strict=True)]


def _likest(asked: Asked, companies: list[Company]) -> list[Company]:
    """The first by shared pairs and the likest by letters, none twice."""
    plain = [spelling.plain(company.name) for company in companies]
    likeness = (
        process.cdist([asked.plain], plain, scorer=OSA.normalized_similarity)[0] if plain else []
    )
    by_letters = sorted(zip(likeness, companies, strict=True), key=lambda one: -one[0])
    kept = (*companies[:_JUDGED], *(company for _, company in by_letters[:_JUDGED]))
    return list(dict.fromkeys(kept))


def opened(registry: Path, session: Backend) -> Lookup:
    """The lookup of a registry; its index is made when missing. Raises indices.NoRegistry."""
    folder = _folder(registry)
    once.made(folder, lambda room: _write(registry, session, room))
    with pa.memory_map(str(folder / _NAMES)) as file:
        names = pa.ipc.open_file(file).read_all()
    counties = json.loads((folder / _COUNTIES).read_text("utf-8"))
    return Lookup(names, bigrams.read(folder, names.num_rows), PlaceWords.of(counties))


def is_made(registry: Path) -> bool:
    """Whether the registry's index of names stands already."""
    return _folder(registry).is_dir()


def _folder(registry: Path) -> Path:
    return stores.shelf(stores.Kind.INDEX) / indices.snapshot(registry) / f"names-{EDITION}"


def _write(registry: Path, session: Backend, room: Path) -> None:
    """Companies only: a branch leads to its company, near-equal branches are never merged."""
    enterprises = indices.enterprises(registry, session)
    members = groups.members(enterprises)
    named = members.filter(members.reason != groups.Reason.HEAD_UNNAMED.value)
    heads = named.group_by("head").agg(head_id=named.head_id.min(), registrations=ibis._.count())
    codes = enterprises.select("code", "city_code", head_id="id")
    coded = heads.left_join(codes, "head_id").drop("head_id_right")
    coded.order_by("head").to_parquet(room / "heads.parquet")
    counties = places.counties(session.read_parquet(room / "heads.parquet"))
    table = pq.read_table(room / "heads.parquet").combine_chunks()
    (room / "heads.parquet").unlink()
    plain = pa.chunked_array([[spelling.plain(name) for name in table["head"].to_pylist()]])
    with pa.OSFile(str(room / _NAMES), "wb") as file, pa.ipc.new_file(file, table.schema) as out:
        out.write_table(table)
    bigrams.write(plain, room)
    words = sorted(word for those in counties.counties.values() for word in those)
    (room / _COUNTIES).write_text(json.dumps(words, ensure_ascii=False), "utf-8")
