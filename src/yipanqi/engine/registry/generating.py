"""A synthetic registry, made by the generator and taken in by the import as any other file."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from yipanqi.engine.registry import importing, made_up_words, making
from yipanqi.engine.registry.importing import Imported, Request, Telling
from yipanqi.engine.registry.made_up_scopes import Terms
from yipanqi.engine.registry.refusals import one_sentence

_FILE = "synthetic.parquet"
_LICENCE = "合成数据，非真实企业，可自由使用"


@dataclass(frozen=True, slots=True)
class Recipe:
    """What to make: how many rows, from which seed, speaking of which links."""

    rows: int
    seed: int
    terms: Terms | None = None


def into_folder(recipe: Recipe, out: Path, *, telling: Telling = importing.silent) -> Imported:
    """Make a synthetic registry in a folder; raises ImportRefused as the import does."""
    with made(recipe, telling=telling) as request:
        return importing.into_folder(request, out, telling=telling)


def published(recipe: Recipe, *, telling: Telling = importing.silent) -> Imported:
    """Make a synthetic registry and publish it as the current one."""
    with made(recipe, telling=telling) as request:
        return importing.published(request, telling=telling)


@contextmanager
def made(recipe: Recipe, *, telling: Telling = importing.silent) -> Iterator[Request]:
    """A request for the made-up file, which is gone when the block ends."""
    place = Path(tempfile.mkdtemp(prefix="yipanqi-synthetic-"))
    try:
        telling(f"生成合成登记数据 {recipe.rows} 家（种子 {recipe.seed}）")
        terms = recipe.terms or made_up_words.FEW_TERMS
        with one_sentence(place):
            making.write(recipe.rows, seed=recipe.seed, terms=terms, into=place / _FILE)
        yield Request((place / _FILE,), licence=_LICENCE)
    finally:
        shutil.rmtree(place, ignore_errors=True)
