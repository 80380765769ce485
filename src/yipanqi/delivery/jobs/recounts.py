"""Computing a study again from what it says it rests on, and keeping what came out."""

import logging
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from yipanqi.delivery.jobs import heartbeat, remedies, target_knowledge
from yipanqi.delivery.jobs import studies as jobs
from yipanqi.domain.rules import queries as rules
from yipanqi.domain.studies.comparisons import Comparison
from yipanqi.domain.studies.services import recounting
from yipanqi.domain.studies.services.recounting import Answer, NoInput
from yipanqi.engine import diagnosis, indices, stores, targets
from yipanqi.engine.affiliates import missing
from yipanqi.rulebook.faults import SheetFaults
from yipanqi.rulebook.library import NotInForce
from yipanqi.rulebook.packs import Pack
from yipanqi.vocab.actors import Actor

if TYPE_CHECKING:
    from yipanqi.domain.studies.models import Recount, Study

LOG = logging.getLogger(__name__)


def work_off() -> int:
    """Carry out the recounts that wait; their number."""
    count = 0
    while row := recounting.take():
        count += 1
        carry_out(row)
    return count


def recount(study: "Study", *, by: Actor) -> Comparison:
    """The study computed again, kept beside it and given.

    Raises recounting.AlreadyAsked, and whatever kept it from being computed (NoInput and others).
    """
    row = recounting.ask_and_take(study, by=by)
    fault = carry_out(row)
    if fault is not None:
        raise fault
    return recounting.comparison(row)


def carry_out(row: "Recount") -> Exception | None:
    """Compute and compare; what went wrong is kept with the recount and given."""
    with heartbeat.beating(partial(recounting.beat, row)):
        try:
            found = recounting.hold_against(row.study, _answer(row.study))
        except Exception as fault:
            # Whatever it is, whoever asked must read it.
            LOG.warning("a recount failed", exc_info=fault)
            recounting.fail(row, remedies.told(fault))
            return fault
        recounting.finish(row, found)
    return None


def _answer(study: "Study") -> Answer:
    registry, pack = _registry(study.snapshot), _pack(study)
    city = jobs.city_of(pack)
    if study.kind == "diagnosis":
        return diagnosis.diagnose(registry, pack, city=city, chain=study.chain)
    if study.kind == "targets":
        return targets.rank_every_link(registry, pack, city=city, chain=study.chain, top=jobs.TOP)
    if study.kind == "affiliates":
        (listing,) = missing.rank(
            registry, pack, city=city, chains=(study.chain,), top=target_knowledge.TOP
        )
        return listing
    raise NoInput(f"“{study.kind}”类研判还不能重算")


def _registry(snapshot: str) -> Path:
    """The registry of that snapshot, still on the shelf. Raises NoInput."""
    for place in sorted(stores.shelf(stores.Kind.REGISTRY).glob("*")):
        is_one = place.is_dir() and place.name != "current" and not place.name.startswith(".")
        if is_one and indices.snapshot(place) == snapshot:
            return place
    raise NoInput(
        f"登记数据批次 {snapshot} 已不在数据目录的 registry 下，不能重算；请由备份放回后再试"
    )


def _pack(study: "Study") -> Pack:
    """The pack by which the study was made, known by the digests it names. Raises NoInput."""
    for moment in _moments(study):
        try:
            pack = rules.pack_at(moment)
            wanted = _rests_on(pack, study)
        except (NotInForce, SheetFaults):
            continue
        if wanted == study.sheets:
            return pack
    raise NoInput("当时所依的规则或产业链表在规则库里已拼不出来，不能重算；请核对规则的修订记录")


def _rests_on(pack: Pack, study: "Study") -> Mapping[str, str] | None:
    """The digests a study of this kind and chain would rest on by this pack."""
    known = jobs.rests_on(pack, study.chain)
    if study.kind != "affiliates":
        return known.get(study.kind)
    ranked = pack.library.affiliates(on=pack.newest)
    return {**known["diagnosis"], ranked.id: ranked.digest}


def _moments(study: "Study") -> Iterator[datetime]:
    """When the pack may have been read: as the run began, or while the chain was worked on."""
    if study.run and study.run.started_at:
        yield study.run.started_at
    yield study.started_at
    if study.ended_at:
        yield study.ended_at
