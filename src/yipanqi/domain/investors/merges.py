"""Reading what was merged into an enterprise, and which records may be of the same firm."""

from dataclasses import dataclass

from django.db.models import Q

from yipanqi.domain.investors import queries
from yipanqi.domain.investors.models import Enterprise, Merging
from yipanqi.vocab import names
from yipanqi.vocab.actors import Actor

# How alike two names are from which they are worth an officer's look, and how many are shown.
_LIKENESS = 60
_MOST = 8
_COMPARED = 200


@dataclass(frozen=True, slots=True)
class Twin:
    """A record that may be of the same firm, how alike its name is (0-100), and why it is here."""

    enterprise: Enterprise
    likeness: int
    why: str


def of(enterprise: Enterprise) -> list[Merging]:
    """What was merged into the enterprise and stands, the newest first."""
    rows = enterprise.mergings.filter(undone_at=None)
    return list(rows.select_related("absorbed", "unit", "merged_by"))


def find(public_id: str, *, seen_by: Actor) -> Merging | None:
    """One merging, or None when there is none for this person."""
    if not seen_by.may("investors.merge"):
        return None
    rows = Merging.objects.filter(public_id=public_id)
    return rows.select_related("kept", "absorbed", "unit", "merged_by").first()


def twins(enterprise: Enterprise, *, seen_by: Actor, text: str = "") -> list[Twin]:
    """Records that may be of the same firm, the likeliest first; those named when text is given."""
    rows = queries.seen(seen_by).exclude(pk=enterprise.pk).select_related("registered_by_unit")
    if text.strip():
        found = [_twin(enterprise, row) for row in queries.named(rows, text)[:_COMPARED]]
    else:
        near = rows.filter(_near(enterprise)).order_by("pk")[:_COMPARED]
        found = [twin for row in near if (twin := _twin(enterprise, row)).likeness >= _LIKENESS]
    return sorted(found, key=lambda each: (-each.likeness, each.enterprise.pk))[:_MOST]


def _near(enterprise: Enterprise) -> Q:
    # A name that begins alike, or one that holds the other's beginning: a block small enough to
    # be compared name by name.
    key = enterprise.name_key
    return Q(name_key__startswith=key[:2]) | Q(name_key__contains=key[2:6] or key)


def _twin(one: Enterprise, other: Enterprise) -> Twin:
    alike = names.likeness(one.name, other.name)
    if one.code and other.code:
        why = "代码不同" if one.code != other.code else "代码相同"
    else:
        why = "至少一份没有代码"
    return Twin(other, alike, f"名称相似 {alike}%，{why}")
