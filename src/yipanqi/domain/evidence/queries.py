"""Which files there are, for those who may see their subject."""

from collections.abc import Iterable
from pathlib import Path

from django.conf import settings
from django.db.models import QuerySet

from yipanqi.domain.evidence.models import EvidenceFile
from yipanqi.domain.people import queries as people
from yipanqi.vocab.actors import Actor
from yipanqi.vocab.relations import Pointer, Relation


def files(subject: str, *, seen_by: Actor) -> list[EvidenceFile]:
    """The files attached to a subject, newest first, withdrawn ones left out."""
    return list(
        EvidenceFile.objects.filter(
            people.visible(seen_by), subject=subject, withdrawn_at=None
        ).select_related("uploaded_by", "unit")
    )


def find(public_id: str, *, seen_by: Actor) -> EvidenceFile | None:
    """One file, or None when it does not exist for this person."""
    return (
        EvidenceFile.objects.filter(people.visible(seen_by), public_id=public_id, withdrawn_at=None)
        .select_related("unit")
        .first()
    )


def population(*, seen_by: Actor) -> QuerySet[EvidenceFile]:
    """Every file's particulars, withdrawn ones too, that this person may see, by id."""
    rows = EvidenceFile.objects.filter(people.visible(seen_by))
    return rows.select_related("unit", "uploaded_by").order_by("id")


def kinds_by_subject(subjects: Iterable[str]) -> dict[str, frozenset[str]]:
    """The kinds of material each subject has: what gates ask for. Not for showing to people.

    A subject without material is left out.
    """
    rows = EvidenceFile.objects.filter(subject__in=list(subjects), withdrawn_at=None)
    found: dict[str, set[str]] = {}
    for subject, kind in rows.values_list("subject", "kind"):
        found.setdefault(subject, set()).add(kind)
    return {subject: frozenset(kinds) for subject, kinds in found.items()}


def location(file: EvidenceFile) -> Path:
    """Where the bytes are kept: by hash, outside the web root."""
    return kept_at(file.sha256)


def kept_at(sha256: str) -> Path:
    """The place of a content hash under the evidence directory."""
    return Path(settings.EVIDENCE_DIR) / sha256[:2] / sha256[2:4] / sha256


# What merging two records of an enterprise moves; `yipanqi.roof.merging` lists every room's.
OF_ENTERPRISES = (
    Relation("evidence.EvidenceFile", "subject", "佐证材料", pointer=Pointer.SUBJECT),
)
