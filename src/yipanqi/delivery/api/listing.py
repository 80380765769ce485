"""A page of rows as the API gives it."""

from collections.abc import Callable
from typing import Generic, TypeVar

from ninja import Schema

from yipanqi.vocab.pages import Page

Out = TypeVar("Out")
Row = TypeVar("Row")


class Rows(Schema, Generic[Out]):
    """Rows of one page; `total` counts the whole list for this caller."""

    total: int
    page: int
    pages: int
    rows: list[Out]


def rows(page: Page[Row], shape: Callable[[Row], Out]) -> Rows[Out]:
    """The page with each row in its outward shape."""
    shaped = [shape(row) for row in page.rows]
    return Rows[Out](total=page.total, page=page.number, pages=page.pages, rows=shaped)
