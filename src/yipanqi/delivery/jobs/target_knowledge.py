"""After the chains of a run: what more the registry tells of targets, and 以商招商's own lists."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from yipanqi.domain.studies import queries, target_lists
from yipanqi.domain.studies.services import knowing, publishing, running
from yipanqi.domain.studies.services.knowing import Known
from yipanqi.domain.studies.services.running import Work
from yipanqi.engine.affiliates import missing
from yipanqi.engine.groups import footing
from yipanqi.engine.prospects import kinds
from yipanqi.rulebook.library import NotInForce
from yipanqi.rulebook.packs import Pack
from yipanqi.vocab import clock
from yipanqi.vocab.actors import HOUSE
from yipanqi.vocab.regions import Region

HUNAN = "430000"
TOP = 50


def follow(
    work: Work, registry: Path, pack: Pack, *, city: Region, chains: Collection[str]
) -> Iterator[str]:
    """Publish the missing businesses of groups here, then tell kinds and groups of all targets.

    Chains are those by code; a sentence for each step. What is there already is left. Raises
    running.Superseded.
    """
    yield from _affiliates(work, registry, pack, city=city, chains=chains)
    studies = [
        study
        for chain in chains
        for kind in ("targets", "affiliates")
        if (study := queries.current(chain, kind))
    ]
    untold = {study.pk: target_lists.untold(study) for study in studies}
    ids = frozenset().union(*untold.values())
    if not ids:
        return
    known = _known(registry, pack, ids)
    for study in studies:
        knowing.note(study, {each: known[each] for each in untold[study.pk]})
    yield f"招引目标的投资形式、规模和集团：{len(ids)} 家"


def _affiliates(
    work: Work, registry: Path, pack: Pack, *, city: Region, chains: Collection[str]
) -> Iterator[str]:
    due = [
        each for each in chains if not publishing.follows(each, queries.current(each, "affiliates"))
    ]
    if not due:
        return
    since = clock.now()
    try:
        found = missing.rank(registry, pack, city=city, chains=due, top=TOP)
    except NotInForce as absent:
        yield f"以商招商名单未得出：{absent}"
        return
    for listing in found:
        running.publish_affiliates(work, listing, since=since, by=HOUSE)
    yield f"以商招商名单：{sum(len(each.missing) for each in found)} 条"


def _known(registry: Path, pack: Pack, ids: Collection[str]) -> Mapping[str, Known]:
    told = kinds.kinds(registry, pack, ids)
    groups = footing.footings(registry, ids, province_code=HUNAN)
    known = {}
    for each in ids:
        kind, group = told.get(each, kinds.UNSEEN), groups.get(each)
        known[each] = Known(
            kind=kind.form,
            kind_reason=kind.form_reason,
            size=kind.size,
            size_reason=kind.size_reason,
            group=group.group if group else "",
            group_in_hunan=group.is_there if group else None,
        )
    return known
