"""Writing down what more the registry tells of targets: kind of investment, size and group."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction

from yipanqi.domain.studies.models import Study, Target

_COLUMNS = ("kind", "size", "group", "group_in_hunan", "facts")
_REASONS = ("kind_reason", "size_reason")


@dataclass(frozen=True, slots=True)
class Known:
    """The likely kind of investment and the size with their reasons, the group and its footing.

    An unknown group is "", and then whether it is in Hunan is None.
    """

    kind: str
    kind_reason: str
    size: str
    size_reason: str
    group: str = ""
    group_in_hunan: bool | None = None


@transaction.atomic
def note(study: Study, known: Mapping[str, Known]) -> None:
    """Give the study's targets what is known of them by registry id; others stay as they are."""
    rows = list(study.targets.filter(registry_id__in=list(known)))
    for row in rows:
        told = known[row.registry_id]
        row.kind, row.size = told.kind, told.size
        row.group, row.group_in_hunan = told.group, told.group_in_hunan
        reasons = (told.kind_reason, told.size_reason)
        row.facts = {**row.facts, **dict(zip(_REASONS, reasons, strict=True))}
    Target.objects.bulk_update(rows, _COLUMNS, batch_size=500)


def before(targets: Iterable[Target]) -> list[Target]:
    """The targets as they were published, before more was told of them; not to be saved."""
    rows = list(targets)
    for row in rows:
        row.kind = row.size = row.group = ""
        row.group_in_hunan = None
        row.facts = {key: said for key, said in row.facts.items() if key not in _REASONS}
    return rows
