"""What studies keep of a registry, made on a cluster and put where DuckDB would have put it."""

from pathlib import Path
from typing import TYPE_CHECKING

import ibis.expr.types as ir

from yipanqi.engine import firms, indices, offers, once, retagging, sessions
from yipanqi.engine.retagging import Engine
from yipanqi.engine.spark import tagging, writing
from yipanqi.engine.terms import TermBook

if TYPE_CHECKING:
    from ibis.backends.pyspark import Backend


def keep(registry: Path, book: TermBook, *, master: str) -> tuple[Path, ...]:
    """The files of the enterprises, the mentions and the offers; made when missing.

    `master` is the address of the cluster; its workers see the registry and the platform's own
    folder under the same names. Raises indices.NoRegistry and sessions.NoSpark.
    """
    indices.files(registry)
    with sessions.cluster(master) as session:
        told = session.read_parquet(str(registry / "enterprises"))
        slim = _firms(registry, told, session)
        said = _mentions(registry, told, book, session)
        offered = _offers(registry, book, session)
    return slim, said, offered


def _firms(registry: Path, enterprises: ir.Table, session: "Backend") -> Path:
    file = firms.place(registry)
    kept = firms.slim(enterprises).order_by(firms.ORDER)
    once.made(file.parent, lambda room: writing.write(kept, room / file.name, session))
    return file


def _mentions(registry: Path, enterprises: ir.Table, book: TermBook, session: "Backend") -> Path:
    file = indices.mentions_place(registry, book)
    engine = Engine(
        read=lambda place: session.read_parquet(str(place)),
        write=lambda table, place: writing.write(table, place, session),
        tag=lambda rest: tagging.mentions(rest, book, session),
    )

    def make(room: Path) -> None:
        retagging.write(enterprises, engine, room, before=retagging.last(file.parent))

    once.made(file.parent, make)
    return file


def _offers(registry: Path, book: TermBook, session: "Backend") -> Path:
    file = offers.place(registry, book)
    said = session.read_parquet(str(indices.mentions_place(registry, book)))
    there = firms.standing(session.read_parquet(str(firms.place(registry))))
    found = offers.offers(said, there).order_by(*offers.ORDER)
    once.made(file.parent, lambda room: writing.write(found, room / file.name, session))
    return file
