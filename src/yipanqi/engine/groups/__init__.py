"""Which enterprises belong together: branches with their company, companies with their group."""

from yipanqi.engine.groups.heads import BRANCH, head_name, spelled, spelling, spread
from yipanqi.engine.groups.keeping import is_kept, kept_members, kept_parts
from yipanqi.engine.groups.membership import MEMBERS, Reason, Relation, members

__all__ = [
    "BRANCH",
    "MEMBERS",
    "Reason",
    "Relation",
    "head_name",
    "is_kept",
    "kept_members",
    "kept_parts",
    "members",
    "spelled",
    "spelling",
    "spread",
]
