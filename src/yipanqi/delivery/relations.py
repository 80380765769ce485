"""What moves when two records of an enterprise are merged, as the roof lists it."""

from collections.abc import Sequence
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from yipanqi.vocab.relations import Relation


def of_enterprises() -> Sequence[Relation]:
    """Every relation the rooms declare."""
    return cast("Sequence[Relation]", import_string(settings.ENTERPRISE_RELATIONS))
