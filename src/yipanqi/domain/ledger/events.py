"""What an event is: something that happened, in the past tense, fit to be kept for ever."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

Plain = str | int | bool | None | list["Plain"] | dict[str, "Plain"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A fact of the past. Subclasses add fields and give `kind`, as the ledger prints it.

    `subject` names the stream: "<room>/<public id>". A body holds references and figures, never
    personal data: a person must stay erasable without breaking a chain.
    """

    kind: ClassVar[str] = ""
    version: ClassVar[int] = 1
    # The sentence a reader sees, with the body's fields as {names}.
    sentence: ClassVar[str] = ""

    subject: str

    def body(self) -> dict[str, Plain]:
        """The fields beyond the subject, as plain values."""
        return {f.name: _plain(getattr(self, f.name)) for f in fields(self) if f.name != "subject"}


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyCreated(Event):
    """The first key that signs seals was made."""

    kind: ClassVar[str] = "ledger.key_created"
    sentence: ClassVar[str] = "启用签名密钥 {key}"

    key: str
    public_key: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRotated(Event):
    """Another key signs from the next seal on; the seal over this line is the old key's last."""

    kind: ClassVar[str] = "ledger.key_rotated"
    sentence: ClassVar[str] = "签名密钥由 {before} 换为 {key}"

    before: str
    key: str
    public_key: str


def known() -> dict[str, type[Event]]:
    """Every kind of event that has been declared, by the name the ledger prints."""
    return {each.kind: each for each in _descendants(Event) if each.kind}


def _descendants(parent: type[Event]) -> list[type[Event]]:
    return [found for each in parent.__subclasses__() for found in (each, *_descendants(each))]


def _plain(value: object) -> Plain:
    if isinstance(value, StrEnum | Decimal):
        return str(value)
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    if value is None or isinstance(value, str | int):
        return value
    raise TypeError(f"{type(value).__name__} cannot stand in a ledger line")
