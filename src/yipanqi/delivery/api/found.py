"""What a query gave, or the one answer for absent and not allowed."""

from typing import TypeVar

from django.http import Http404

Thing = TypeVar("Thing")


def found(thing: Thing | None) -> Thing:
    """The thing, or a 404 that does not say whether it exists for others."""
    if thing is None:
        raise Http404
    return thing
