"""Each enterprise's place in its group: itself, a branch, a subsidiary or one of a brand."""

from decimal import Decimal
from enum import StrEnum

import ibis
import ibis.expr.datatypes as dt
import ibis.expr.types as ir

from yipanqi.engine.groups import heads

# `head` is the company's name (spelled as heads.spelling does), `head_id` its own registration or
# null where the registry does not hold it; `group` the name of the group's leading company, of the
# brand ("字号：…"), or of the company that stands alone.
MEMBERS = ibis.schema(
    {
        "id": "string",
        "head": "string",
        "head_id": "string",
        "group": "string",
        "relation": "string",
        "confidence": dt.Decimal(3, 2),
        "reason": "string",
    }
)
# What ties a company to a group: one row per head that belongs to another name's group.
TIES = ibis.schema(
    {
        "head": "string",
        "group": "string",
        "relation": "string",
        "confidence": dt.Decimal(3, 2),
        "reason": "string",
    }
)
# A branch's name repeats its company's whole: certain where that company is on the register, and
# all but certain where it is not (the registry may spell it otherwise).
CERTAIN, HEAD_UNKNOWN, HEAD_UNNAMED = Decimal("1.00"), Decimal("0.90"), Decimal("0.30")


class Relation(StrEnum):
    """How an enterprise stands to its group."""

    ITSELF = "itself"
    BRANCH = "branch"
    SUBSIDIARY = "subsidiary"
    BRAND = "brand"


class Reason(StrEnum):
    """Why it is counted there."""

    OWN_NAME = "own-name"
    HEAD_FOUND = "head-found"
    HEAD_UNKNOWN = "head-unknown"  # the name says which company, the registry does not hold it
    HEAD_UNNAMED = "head-unnamed"  # called a branch, but the name does not say of whom
    GROUP_NAME = "group-name"  # bears the whole name of a group, place and form aside
    GROUP_BRAND = "group-brand"  # bears a brand that one group alone bears
    RARE_BRAND = "rare-brand"


def members(enterprises: ir.Table, ties: ir.Table | None = None) -> ir.Table:
    """One row per enterprise, as MEMBERS: its company, its group, and why.

    `enterprises` has id and name; `ties` (as TIES) says which companies belong to another's group,
    without it each company is its own group. A branch belongs where its company does, and is no
    surer than its company. Of several registrations of one name the smallest id is the head.
    """
    named = enterprises.select(
        "id", own=heads.spelling(enterprises.name), head=heads.spelling(_head(enterprises))
    )
    known = named.filter(named.own == named["head"]).group_by("head").agg(head_id=named.id.min())
    placed = _beside(named, known)
    is_branch = placed.own != placed["head"]
    unnamed = ~is_branch & placed.own.re_search(heads.BRANCH)
    told = placed.mutate(
        head_id=unnamed.ifelse(ibis.null("string"), placed.head_id),
        relation=(is_branch | unnamed).ifelse(Relation.BRANCH.value, Relation.ITSELF.value),
        confidence=ibis.cases(
            (unnamed, HEAD_UNNAMED),
            (is_branch & placed.head_id.isnull(), HEAD_UNKNOWN),
            else_=CERTAIN,
        ),
        reason=ibis.cases(
            (unnamed, Reason.HEAD_UNNAMED.value),
            (is_branch & placed.head_id.isnull(), Reason.HEAD_UNKNOWN.value),
            (is_branch, Reason.HEAD_FOUND.value),
            else_=Reason.OWN_NAME.value,
        ),
        group=placed["head"],
    )
    return (told if ties is None else _tied(told, ties)).select(*MEMBERS).cast(MEMBERS)


def _head(enterprises: ir.Table) -> ir.StringValue:
    return heads.head_name(enterprises.name)


def _beside(table: ir.Table, more: ir.Table) -> ir.Table:
    """The table with the columns of `more` for its head; nulls where `more` has none."""
    joined = table.left_join(more, "head")
    return joined.drop("head_right")


def _tied(told: ir.Table, ties: ir.Table) -> ir.Table:
    of_group = ties.rename({f"tie_{name}": name for name in TIES if name != "head"})
    joined = _beside(told, of_group)
    is_moved = joined.tie_group.notnull()
    is_own = joined.relation == Relation.ITSELF.value
    return joined.mutate(
        group=is_moved.ifelse(joined.tie_group, joined.group),
        relation=(is_moved & is_own).ifelse(joined.tie_relation, joined.relation),
        reason=(is_moved & is_own).ifelse(joined.tie_reason, joined.reason),
        confidence=is_moved.ifelse(
            ibis.least(joined.confidence, joined.tie_confidence), joined.confidence
        ),
    )
