"""The pieces addresses are made of."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.urls import register_converter

from yipanqi.delivery.desk.door import for_readers
from yipanqi.vocab.public_ids import ALPHABET, LENGTH

View = TypeVar("View", bound=Callable[..., Any])


class PublicId:
    """A random public id; anything else is a 404 before a database is asked."""

    regex = f"[{ALPHABET}]{{{LENGTH}}}"

    def to_python(self, value: str) -> str:
        """The id itself."""
        return value

    def to_url(self, value: str) -> str:
        """The id itself."""
        return value


# Registered here, once: whichever addresses are read first may use it.
register_converter(PublicId, "public")


def for_everybody(view: View) -> View:
    """A view whose POST changes no record, so that people who only read may use it."""
    return for_readers(view)
