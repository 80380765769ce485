"""Who acts and who asks: an officer as the domain sees one, with no HTTP about it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from yipanqi.vocab.labels import Label


class Reach(StrEnum):
    """How far a person sees among records of one label."""

    NONE = "none"
    UNIT = "unit"  # own unit only
    SUBTREE = "subtree"  # own unit and those below it
    CHAIN = "chain"  # records of the chains one answers for, whoever owns them
    ALL = "all"


@dataclass(frozen=True, slots=True)
class Post:
    """One appointment: a role held in a unit, for some chains, as the roles sheet describes it.

    `unit_path` is the materialised path of the unit, such as "/1/4/"; `sees` gives the reach per
    label; `may` lists verbs such as "projects.advance".
    """

    role: str
    unit_id: int
    unit_path: str
    sees: Mapping[Label, Reach]
    may: frozenset[str]
    chains: frozenset[str] = frozenset()
    read_only: bool = False


@dataclass(frozen=True, slots=True)
class Actor:
    """A person at work. Every query takes one as `seen_by`, every service one as `by`."""

    id: int
    name: str
    unit_id: int | None
    unit_path: str
    posts: tuple[Post, ...] = field(default=())

    def may(self, verb: str) -> bool:
        """Whether any post allows the verb; a read-only post allows none that changes anything."""
        return any(verb in post.may or "*" in post.may for post in self.posts)


class NotAllowed(Exception):
    """None of the person's posts includes the verb; the message says whom to ask."""


def require(actor: Actor, verb: str, *, doing: str) -> None:
    """Raise NotAllowed unless the actor may do `verb`; `doing` names the act in Chinese."""
    if not actor.may(verb):
        raise NotAllowed(f"您的岗位不能{doing}；请联系本单位管理员调整任职，或请有权限的同事办理")


def home(actor: Actor) -> int:
    """The id of the unit in whose name the actor acts. Raises NotAllowed when there is none."""
    if actor.unit_id is None:
        raise NotAllowed("您的账号没有所属单位，不能登记；请联系管理员补上单位")
    return actor.unit_id


# The house itself, for jobs and imports: sees all, and is named in the ledger as such.
HOUSE = Actor(
    id=0,
    name="系统",
    unit_id=None,
    unit_path="/",
    posts=(
        Post(
            role="house",
            unit_id=0,
            unit_path="/",
            sees=dict.fromkeys(Label, Reach.ALL),
            may=frozenset({"*"}),
        ),
    ),
)


@dataclass(frozen=True, slots=True)
class Scope:
    """Where a record stands for the row filter: owning unit's path, label, chain ("" if none)."""

    unit_path: str
    label: Label
    chain: str = ""
