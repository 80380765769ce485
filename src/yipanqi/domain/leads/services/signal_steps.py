"""What every act on a signal shares: the row locked, its own unit asked, its version counted."""

from datetime import date

from yipanqi.domain.leads import kinds
from yipanqi.domain.leads.signals import Signal
from yipanqi.vocab.actors import Actor, NotAllowed, home, require
from yipanqi.vocab.labels import refuse_state_secrets


class Unclear(Exception):
    """A field is empty or absurd; the message names it and the remedy."""


class Stale(Exception):
    """Somebody else changed the signal meanwhile."""


class NotOpen(Exception):
    """The signal is not where this act is possible; the message says where it is."""


def own(signal: Signal, *, by: Actor, doing: str) -> Signal:
    """The open signal, locked, of the officer's own unit. Raises NotAllowed or NotOpen."""
    require(by, "signals.triage", doing=doing)
    found = locked(signal)
    if found.unit_id != home(by):
        raise NotAllowed(f"这条信息由{found.unit.short_name}办理，只有该单位能{doing}")
    refuse_closed(found)
    return found


def locked(signal: Signal) -> Signal:
    """The row as it is now, held until the transaction ends."""
    rows = Signal.objects.select_for_update(of=("self",)).select_related("unit", "enterprise")
    return rows.get(pk=signal.pk)


def refuse_closed(signal: Signal) -> None:
    """Raise NotOpen when nothing more is to be done with the signal."""
    if signal.state not in kinds.OPEN:
        raise NotOpen(f"这条信息{kinds.STATES[signal.state]}，已经办结；请刷新查看")


def refuse_unless(signal: Signal, *states: str) -> None:
    """Raise NotOpen unless the signal is in one of these states."""
    if signal.state not in states:
        raise NotOpen(f"这条信息目前是“{kinds.STATES[signal.state]}”，不能这样办；请刷新查看")


def said(words: str, missing: str) -> str:
    """The words without spaces around; raises Unclear where there are none, or StateSecret."""
    if not words.strip():
        raise Unclear(missing)
    refuse_state_secrets(words)
    return words.strip()


def save(signal: Signal) -> None:
    """Save the row as its next version."""
    signal.version += 1
    signal.save()


def told(due: date | None) -> str:
    """A due day as the ledger's sentences print it."""
    return due.isoformat() if due else "（未定）"
