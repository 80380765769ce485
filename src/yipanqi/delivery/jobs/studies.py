"""Asking the engine about every chain of the city, and taking its answers into force."""

from collections.abc import Iterator

from yipanqi.domain.rules import queries as rules
from yipanqi.domain.studies.services import publishing
from yipanqi.engine import indices, stores, targets
from yipanqi.engine.diagnosis import sheets
from yipanqi.rulebook.packs import Pack
from yipanqi.vocab import clock, regions
from yipanqi.vocab.actors import Actor
from yipanqi.vocab.regions import Region

TOP = 50


class CityUnknown(Exception):
    """The pack's region code is not a city of GB/T 2260."""


def refresh(*, by: Actor) -> Iterator[str]:
    """Diagnose and rank every chain of the pack from the registry in force; a sentence for each.

    A chain already answered for the same data, sheets and code is left as it stands. Raises
    stores.NothingPublished, CityUnknown, or NotInForce.
    """
    registry = stores.current(stores.Kind.REGISTRY)
    pack = rules.pack()
    city = _city(pack)
    snapshot = indices.snapshot(registry)
    tables = pack.chains(on=clock.today())
    for chain in tables.chains:
        if _is_current(pack, tables.only(chain.chain).digest, chain.chain, snapshot):
            yield f"{chain.name}：沿用已有研判（数据批次 {snapshot}）"
            continue
        # The first chain pays for reading every scope once: minutes on millions of enterprises.
        yield f"{chain.name}：研判中（首条产业链须先通读全部经营范围）…"
        found = targets.rank_every_link(registry, pack, city=city, chain=chain.chain, top=TOP)
        publishing.publish_diagnosis(found.diagnosis, by=by)
        publishing.publish_targets(found, by=by)
        yield f"{chain.name}：{_tally(found)}"


def _city(pack: Pack) -> Region:
    found = regions.by_code().get(pack.region_code)
    if found is None:
        raise CityUnknown(f"规则包的区划代码“{pack.region_code}”不是地级市，请改 pack.toml")
    return found


def _is_current(pack: Pack, tables_digest: str, chain: str, snapshot: str) -> bool:
    diagnosis = pack.library.diagnosis(on=pack.newest)
    ranking = pack.library.ranking(on=pack.newest)
    judged = sheets(diagnosis.id, diagnosis.digest, chain, tables_digest)
    return publishing.is_current("diagnosis", chain, snapshot, judged) and publishing.is_current(
        "targets", chain, snapshot, {**judged, ranking.id: ranking.digest}
    )


def _tally(found: targets.Ranking) -> str:
    statuses = [link.status for link in found.diagnosis.links]
    strong, weak, missing = (statuses.count(each) for each in ("strong", "weak", "missing"))
    return f"强 {strong}、弱 {weak}、缺 {missing}；招引目标 {len(found.targets)} 家次"
