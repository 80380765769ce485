"""The one row filter: what a person may see, as a condition on rows and as a plain answer."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.db.models import Q

from yipanqi.vocab.actors import Actor, Post, Reach, Scope
from yipanqi.vocab.labels import Label

NOTHING = Q(pk__in=[])


@dataclass(slots=True)
class _Sight:
    """How far all posts of a person together see among records of one label."""

    everything: bool = False
    subtrees: set[str] = field(default_factory=set)
    units: set[str] = field(default_factory=set)
    chains: set[str] = field(default_factory=set)

    def widen(self, post: Post, reach: Reach) -> None:
        match reach:
            case Reach.ALL:
                self.everything = True
            case Reach.SUBTREE:
                self.subtrees.add(post.unit_path)
            case Reach.UNIT:
                self.units.add(post.unit_path)
            case Reach.CHAIN:
                self.chains |= post.chains - {""}
            case Reach.NONE:
                pass

    def covers(self, scope: Scope) -> bool:
        return (
            self.everything
            or scope.unit_path in self.units
            or scope.chain in self.chains
            or any(scope.unit_path.startswith(top) for top in self.subtrees)
        )

    def condition(self, path: str, chain: str) -> Q | None:
        """The condition on rows of this label; None when no row passes."""
        tops = _highest(self.subtrees)
        units = {unit for unit in self.units if not _under(unit, tops)}
        parts = [Q(**{f"{path}__startswith": top}) for top in tops]
        if units:
            parts.append(Q(**{f"{path}__in": sorted(units)}))
        if self.chains:
            parts.append(Q(**{f"{chain}__in": sorted(self.chains)}))
        return _any(parts)


def visible(
    actor: Actor, *, path: str = "unit__path", label: str = "label", chain: str = "chain"
) -> Q:
    """The condition that a row passes when this person may see it.

    `path`, `label` and `chain` name the columns that hold the owning unit's path, the record's
    label and its chain. `reaches` gives the same answer for one record.
    """
    sights = _sights(actor)
    free = [kind for kind, sight in sights.items() if sight.everything]
    if len(free) == len(Label):
        return Q()
    parts = [Q(**{f"{label}__in": sorted(free)})] if free else []
    for condition, kinds in _alike(sights, path, chain):
        parts.append(Q(**{f"{label}__in": sorted(kinds)}) & condition)
    return _any(parts) or NOTHING


def reaches(actor: Actor, scope: Scope) -> bool:
    """Whether this person may see a record that stands there."""
    return _sights(actor)[scope.label].covers(scope)


def _sights(actor: Actor) -> dict[Label, _Sight]:
    sights = {label: _Sight() for label in Label}
    for post in actor.posts:
        for label, sight in sights.items():
            sight.widen(post, post.sees.get(label, Reach.NONE))
    return sights


def _alike(sights: Mapping[Label, _Sight], path: str, chain: str) -> list[tuple[Q, list[Label]]]:
    """Labels that are seen equally far share one condition: fewer ORs for the database."""
    groups: list[tuple[Q, list[Label]]] = []
    for kind, sight in sights.items():
        condition = None if sight.everything else sight.condition(path, chain)
        if condition is None:
            continue
        same = next((kinds for known, kinds in groups if known == condition), None)
        if same is None:
            groups.append((condition, [kind]))
        else:
            same.append(kind)
    return groups


def _highest(paths: Iterable[str]) -> list[str]:
    """The paths that no other one covers, in order."""
    tops: list[str] = []
    for path in sorted(paths, key=lambda each: (len(each), each)):
        if not _under(path, tops):
            tops.append(path)
    return tops


def _under(path: str, tops: Iterable[str]) -> bool:
    return any(path.startswith(top) for top in tops)


def _any(parts: Iterable[Q]) -> Q | None:
    joined: Q | None = None
    for part in parts:
        joined = part if joined is None else joined | part
    return joined
