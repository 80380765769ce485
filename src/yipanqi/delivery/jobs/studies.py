"""Asking the engine about every chain of the city, and taking its answers into force."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from yipanqi.delivery.jobs import heartbeat, remedies, target_knowledge
from yipanqi.delivery.jobs.remedies import CityUnknown
from yipanqi.domain.rules import queries as rules
from yipanqi.domain.studies import runs
from yipanqi.domain.studies.services import running
from yipanqi.domain.studies.services.running import Step, Work
from yipanqi.engine import cities, indices, stores, targets
from yipanqi.engine.cities import Ground
from yipanqi.engine.diagnosis import sheets
from yipanqi.engine.targets import Ranking
from yipanqi.rulebook.chains import Chain
from yipanqi.rulebook.packs import Pack
from yipanqi.vocab import clock, regions
from yipanqi.vocab.actors import HOUSE, Actor
from yipanqi.vocab.regions import Region

LOG = logging.getLogger(__name__)
TOP = 50


@dataclass(frozen=True, slots=True)
class Question:
    """What a run asks: every chain of a city, over one snapshot, by the pack of today.

    `wanted` holds the sheets a study rests on, by kind and chain.
    """

    city: Region
    pack: Pack
    registry: Path
    snapshot: str
    chains: Sequence[Chain]
    wanted: Mapping[tuple[str, str], Mapping[str, str]]


def question(registry: Path) -> Question:
    """What would be asked of the registry now. Raises CityUnknown, NotInForce."""
    pack = rules.pack_at(clock.now())
    tables = pack.chains(on=pack.newest)
    return Question(
        city=city_of(pack),
        pack=pack,
        registry=registry,
        snapshot=indices.snapshot(registry),
        chains=tables.chains,
        wanted={
            (kind, chain.chain): judged
            for chain in tables.chains
            for kind, judged in rests_on(pack, chain.chain).items()
        },
    )


def rests_on(pack: Pack, chain: str) -> Mapping[str, Mapping[str, str]]:
    """The digests a study of the chain by this pack rests on, by kind. Raises NotInForce."""
    day = pack.newest
    ruled, ranked = pack.library.diagnosis(on=day), pack.library.ranking(on=day)
    tables = pack.chains(on=day).only(chain)
    judged = sheets(ruled.id, ruled.digest, chain, tables.digest)
    return {"diagnosis": judged, "targets": {**judged, ranked.id: ranked.digest}}


def refresh(*, by: Actor) -> Iterator[str]:
    """Diagnose and rank every chain of the pack from the registry in force; a sentence for each.

    A chain already answered for the same data, sheets and code is left as it stands. Raises
    running.AlreadyRunning, and whatever stops the run (see `remedies.told`).
    """
    city = city_of(rules.pack_at(clock.now()))
    yield from carry_out(running.ask_and_take(city.short_name, by=by))


def carry_out(work: Work) -> Iterator[str]:
    """Take the run to its end, a sentence for each chain; what stops it is kept and raised."""
    with heartbeat.beating(partial(running.beat, work)):
        try:
            yield from _every_chain(work)
        except running.Superseded as lost:
            yield str(lost)
        except running.CancelAsked:
            running.stop(work)
            yield "已按要求停止；已完成的产业链照常有效"
        except (KeyboardInterrupt, GeneratorExit):
            running.stop(work)
            raise
        except Exception as fault:
            running.fail(work, remedies.told(fault))
            raise
        else:
            running.finish(work)


def work_off() -> int:
    """Carry out the runs that wait; their number, those that failed counted too."""
    count = 0
    while taken := running.take():
        count += 1
        try:
            for told in carry_out(taken):
                LOG.info(told)
        except Exception:
            # The run has its sentence; the log has the rest, and the next run must not suffer.
            LOG.exception("a run of the studies failed")
    return count


def city_of(pack: Pack) -> Region:
    """The city the pack is for. Raises CityUnknown."""
    found = regions.by_code().get(pack.region_code)
    if found is None:
        raise CityUnknown(f"规则包的区划代码“{pack.region_code}”不是地级市，请改 pack.toml")
    return found


def _every_chain(work: Work) -> Iterator[str]:
    asked = question(stores.current(stores.Kind.REGISTRY))
    running.begin(work, snapshot=asked.snapshot, total=len(asked.chains))
    due = []
    for chain in asked.chains:
        if step := _standing(asked, chain, work):
            running.keep(work, step)
            yield step.told
        else:
            due.append(chain)
    answers = _rankings(asked, due)
    for chain in due:
        # The first chain pays for reading every scope once: minutes on millions of enterprises.
        told = f"{chain.name}：研判中（首条产业链须先通读全部经营范围）…"
        running.note(work, told)
        yield told
        since = clock.now()
        found = next(answers)
        step = Step(chain.chain, chain.name, "made", f"{chain.name}：{_tally(found)}")
        running.publish(work, found, step, since=since, by=HOUSE)
        yield step.told
    yield from _follow(asked, work)


def _follow(asked: Question, work: Work) -> Iterator[str]:
    """What rests on this run's verdicts, those of an attempt that broke off included."""
    held = {chain.chain: runs.in_force_of(chain.chain) for chain in asked.chains}
    ours = [
        chain
        for chain, by_kind in held.items()
        if "diagnosis" in by_kind and by_kind["diagnosis"].run_id == work.run_id
    ]
    running.note(work, "各市各环节对照数据…")
    keep_cities(asked)
    running.note(work, "招引目标补充投资形式、规模、集团与以商招商名单…")
    yield from target_knowledge.follow(
        work, asked.registry, asked.pack, city=asked.city, chains=ours
    )


def keep_cities(asked: Question) -> None:
    """Have the facts of every link in every city kept, for screens that compare cities."""
    day = asked.pack.newest
    sheet = asked.pack.library.diagnosis(on=day)
    cities.kept(Ground.of(asked.registry, asked.pack.chains(on=day), sheet))


def _rankings(asked: Question, due: Sequence[Chain]) -> Iterator[Ranking]:
    """The answer for each chain, in order; one pass over the registry, made at the first."""
    codes = tuple(chain.chain for chain in due)
    yield from targets.rank_every_chain(
        asked.registry, asked.pack, city=asked.city, chains=codes, top=TOP
    )


def _standing(asked: Question, chain: Chain, work: Work) -> Step | None:
    """The chain as through, where its studies in force answer the very question."""
    held = runs.in_force_of(chain.chain)
    kinds = [kind for kind, code in asked.wanted if code == chain.chain]
    fresh = [
        kind in held and runs.answers(held[kind], asked.wanted[kind, chain.chain], asked.snapshot)
        for kind in kinds
    ]
    if not all(fresh):
        return None
    ours = all(held[kind].run_id == work.run_id for kind in kinds)
    how = "本次运行已完成" if ours else f"沿用已有研判（数据批次 {asked.snapshot}）"
    told = f"{chain.name}：{how}"
    return Step(chain.chain, chain.name, "made" if ours else "kept", told)


def _tally(found: Ranking) -> str:
    statuses = [link.status for link in found.diagnosis.links]
    strong, weak, missing = (statuses.count(each) for each in ("strong", "weak", "missing"))
    return f"强 {strong}、弱 {weak}、缺 {missing}；招引目标 {len(found.targets)} 家次"
