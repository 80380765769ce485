"""Job: write every report of the studies in force and keep them as one book."""

from yipanqi.delivery.papers import books
from yipanqi.delivery.papers.formats import Format


def bind(form: str) -> str:
    """Bind the book of that form; say that it stands."""
    books.bind(Format(form))
    return "bound"
