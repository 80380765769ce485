"""Whose record it is: what a unit wrote down, that unit alone changes."""

from yipanqi.domain.investors.models import AccountManager, Interaction, PlannedVisit, Trait
from yipanqi.vocab.actors import Actor, NotAllowed, Scope, home, require
from yipanqi.vocab.labels import Label

Owned = AccountManager | Interaction | PlannedVisit | Trait


def require_own(record: Owned, *, by: Actor, doing: str) -> None:
    """Raise NotAllowed unless the actor may register and acts for the record's unit."""
    require(by, "investors.register", doing=doing)
    if home(by) != record.unit_id:
        raise NotAllowed(f"不能{doing}：这条记录属于{record.unit.short_name}；请联系该单位办理")


def scope(record: Owned) -> Scope:
    """Where the record stands for the row filter."""
    return Scope(record.unit.path, Label(record.label), record.chain)


def subject(record: Owned) -> str:
    """The stream its lines are written to: that of its enterprise."""
    return f"investors/{record.enterprise.public_id}"
