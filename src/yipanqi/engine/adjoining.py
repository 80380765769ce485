"""What stands one step from a link in the city, in words: who needs it here, who can supply it."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from yipanqi.rulebook.chains import ChainTables
from yipanqi.rulebook.verdicts import Action, Status

if TYPE_CHECKING:
    from yipanqi.engine.diagnosis import LinkDiagnosis

_NAMED = 3


def told(link: "LinkDiagnosis", every: Sequence["LinkDiagnosis"], tables: ChainTables) -> str:
    """For 补链 the links here that need it, for 延链 the strong ones it lies one step beyond.

    With how many enterprises each has here, the most first; empty for other actions and where
    there are none. `every` are all links of the chain in this city.
    """
    if link.action == Action.FILL:
        near = {row.customer for row in tables.supplies if row.supplier == link.link_code}
        return _named("本市要用它的环节", _there(every, near))
    if link.action == Action.EXTEND:
        near = {row.supplier for row in tables.supplies if row.customer == link.link_code}
        there = _there(every, near)
        strong = [one for one in there if one.status == Status.STRONG]
        return _named("往上一步本市的强项", strong) or _named("本市能供它的环节", there)
    return ""


def _there(every: Iterable["LinkDiagnosis"], near: set[str]) -> list["LinkDiagnosis"]:
    found = [one for one in every if one.link_code in near and one.local_enterprises]
    return sorted(found, key=lambda one: (-one.local_enterprises, one.link_code))


def _named(title: str, links: Sequence["LinkDiagnosis"]) -> str:
    if not links:
        return ""
    first = "、".join(f"{one.link} {one.local_enterprises} 家" for one in links[:_NAMED])
    more = f" 等 {len(links)} 个" if len(links) > _NAMED else ""
    return f"{title}：{first}{more}"
