"""The divisions of GB/T 4754-2017 and the words that speak for them, read from the tables here.

Divisions and their names: GB/T 4754-2017. The words are our own, after the standard's classes.
A word stands for goods (whoever makes them is of the division, whoever sells them is in trade)
or for works (a business by itself). A single letter in place of a division is a whole section.
"""

import csv
from collections.abc import Iterator
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import NamedTuple

from yipanqi.engine.terms import TermBook
from yipanqi.rulebook.chains import RecognitionTerm, TermKind
from yipanqi.rulebook.sources import Basis

CHAIN = "gbt"
TRADE, FARMING, MAKING = "F", "A", "C"
WHOLESALE, RETAIL = "51", "52"
# Raised when the same tables would be read otherwise than before.
EDITION = 1


class Kind(StrEnum):
    """Whether a word names goods or a business."""

    GOODS = "goods"
    WORKS = "works"


class Division(NamedTuple):
    """A division (大类) and the section (门类) it belongs to."""

    section: str
    section_name: str
    code: str
    name: str


@cache
def divisions() -> dict[str, Division]:
    """Every division by its two digits."""
    return {row["division"]: Division(*row.values()) for row in rows("gbt_divisions.csv")}


@cache
def sections() -> dict[str, str]:
    """The name of every section by its letter."""
    return {one.section: one.section_name for one in divisions().values()}


def section(code: str) -> str:
    """The section a division is of; a section's own letter stays."""
    return code if code in sections() else divisions()[code].section


@cache
def words() -> dict[str, tuple[str, Kind]]:
    """What each word stands for: a division or a section's letter, and as goods or works."""
    return {
        word: (row["division"], Kind(row["kind"]))
        for row in rows("gbt_words.csv")
        for word in row["words"].split()
    }


@cache
def book() -> TermBook:
    """All words, searched together; the longest wins."""
    return TermBook(
        RecognitionTerm(
            CHAIN, f"{kind}:{code}", word, TermKind.INCLUDE, "GB/T 4754-2017", Basis.RECALLED
        )
        for word, (code, kind) in words().items()
    )


def rows(name: str) -> Iterator[dict[str, str]]:
    """The rows of one of the tables here, in order."""
    with resources.files(__package__).joinpath(name).open("r", encoding="utf-8") as file:
        yield from csv.DictReader(file)
