"""Findings of the studies in force, as the desk shows them; the engine is not asked again."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from yipanqi.delivery import city_grounds
from yipanqi.delivery.papers import trend_pages
from yipanqi.delivery.papers.findings import (
    ChainFindings,
    Grounds,
    LinkFinding,
    Near,
    Outlook,
    TargetFinding,
    Working,
)
from yipanqi.domain.industries import queries as industries
from yipanqi.domain.studies import queries as studies
from yipanqi.engine import cities, diagnosis, indices, spreads
from yipanqi.engine.measures import link_trends
from yipanqi.engine.spreads import Spread
from yipanqi.engine.targets import EXISTENCE
from yipanqi.rulebook import chains as rows
from yipanqi.rulebook.sources import Basis

if TYPE_CHECKING:
    from yipanqi.domain.industries.models import Chain, Link
    from yipanqi.domain.studies.models import LinkVerdict, Study, Target

TOP = 20


def of_chain(chain: "Chain", *, top: int = TOP) -> ChainFindings | None:
    """The findings in force for a chain; None before its first study.

    A link the study did not judge (the chain has changed since) is left out.
    """
    study = studies.current(chain.code)
    if study is None:
        return None
    ranked = studies.current(chain.code, "targets")
    verdicts = studies.verdicts(study)
    disputed = studies.disputed_links(chain.code)
    links = industries.links(chain)
    names = {link.code: link.name for link in links}
    judged = (_link(link, verdicts[link.code]) for link in links if link.code in verdicts)
    return ChainFindings(
        city=study.city,
        code=chain.code,
        tables=_tables(chain, links),
        links=tuple(replace(one, is_disputed=one.code in disputed) for one in judged),
        targets=tuple(_target(one, names) for one in _best(ranked, top)) if ranked else (),
        grounds=_grounds(study, ranked),
        spread=_spread(study),
    )


def of_city(*, top: int = TOP) -> list[ChainFindings]:
    """The findings in force for every chain that has a study, in the pack's order."""
    found = (of_chain(chain, top=top) for chain in industries.chains())
    return [one for one in found if one is not None]


def _spread(study: "Study") -> Spread | None:
    """The spread over cities where it is kept for the very data and sheets of the study."""
    now = city_grounds.grounds()
    if now is None or indices.snapshot(now.ground.registry) != study.snapshot:
        return None
    sheet, only = now.ground.sheet, now.ground.tables.only(study.chain)
    if diagnosis.sheets(sheet.id, sheet.digest, study.chain, only.digest) != study.sheets:
        return None
    try:
        return spreads.spread(now.ground, chain=study.chain, city=now.city)
    except cities.NotKept:
        return None


def _best(study: "Study", top: int) -> "list[Target]":
    """The best targets, each enterprise once, at the link it scores highest in."""
    best: dict[str, Target] = {}
    number, more = 1, True
    while more and len(best) < top:
        page = studies.targets(study, page=number)
        for target in page.rows:
            best.setdefault(target.registry_id, target)
        number, more = number + 1, bool(page.rows)
    return list(best.values())[:top]


def _grounds(study: "Study", ranked: "Study | None") -> Grounds:
    return Grounds(
        snapshot=study.snapshot,
        as_of=study.as_of.isoformat() if study.as_of else None,
        synthetic=study.synthetic,
        sheets={**study.sheets, **(ranked.sheets if ranked else {})},
        code_version=study.code_version,
    )


def _link(link: "Link", said: "LinkVerdict") -> LinkFinding:
    years = link_trends.read(said.trend)
    trend = link_trends.judged(link.code, years) if years else None
    return LinkFinding(
        code=link.code,
        name=link.name,
        position=link.position,
        local_enterprises=said.local_enterprises,
        local_traders=None,
        local_capital_wan=said.local_capital_wan,
        national_enterprises=said.nation_enterprises,
        quotient=None if said.quotient is None else Decimal(str(said.quotient)),
        local_customers=None,
        strong_cities=None,
        near=tuple(_near(one) for one in said.suppliers),
        status=said.status,
        action=said.action,
        reason=said.reason,
        rule=said.rule,
        is_sample=said.sample,
        grade=said.grade,
        trend=trend_pages.charted(trend) if trend else (),
        trend_said=trend_pages.judged(trend) if trend else "",
        outlook=_outlook(said.forecast or {}),
    )


def _outlook(told: Mapping[str, Any]) -> Outlook | None:
    """The forecast as kept; without a score there is only the note that says why."""
    if "score" not in told:
        return None
    return Outlook(
        score=Decimal(told["score"]),
        rank=told["rank"],
        among=told["among"],
        base_rate=Decimal(told["base_rate"]),
        as_of_year=told["as_of_year"],
        model=told["model"],
    )


def _near(told: Mapping[str, Any]) -> Near:
    quotient = Decimal(str(told["quotient"]))
    return Near(told["city"], told["enterprises"], quotient, round(float(told["km"])))


def _target(target: "Target", names: Mapping[str, str]) -> TargetFinding:
    told: dict[str, list[str]] = {}
    for row in target.evidence:
        told.setdefault(str(row["kind"]), []).append(str(row["text"]))
    return TargetFinding(
        registry_id=target.registry_id,
        name=target.name,
        code=target.code,
        place=target.city or "所在地未知",
        link=names.get(target.link, target.link),
        score=target.score,
        working=tuple(_working(part) for part in target.contributions),
        clauses=tuple(told.get("经营范围", ())),
        registered=told.get("成立日期", ["未登记"])[0],
        capital=told.get("注册资本", ["未登记"])[0],
        existence=EXISTENCE[target.existence],
        last_sign_on=target.last_sign_on,
        last_sign_kind=target.last_sign_kind,
        is_here_already=bool(target.facts.get("group_is_here")),
    )


def _working(part: Mapping[str, Any]) -> Working:
    value = part.get("value")
    return Working(
        label=part.get("label") or part["feature"],
        value=None if value is None else Decimal(str(value)),
        contribution=Decimal(str(part["contribution"])),
    )


def _tables(chain: "Chain", links: "Iterable[Link]") -> rows.ChainTables:
    """The chain's rows as the pack has them, without the terms, which papers do not show."""
    return rows.ChainTables(
        chains=(
            rows.Chain(
                chain.code, chain.name, chain.alias, chain.office_unit, chain.status,
                chain.source, Basis(chain.basis),
            ),
        ),
        links=tuple(
            rows.Link(
                chain.code, one.code, one.name, one.position, one.gbt, one.description,
                one.source, Basis(one.basis),
            )
            for one in links
        ),
        supplies=tuple(
            rows.Supply(
                chain.code, one.supplier.code, one.customer.code, one.what, one.source,
                Basis(one.basis),
            )
            for one in industries.arrows(chain)
        ),
        leaders=tuple(
            rows.Leader(
                chain.code, one.link.code, one.enterprise, one.place, one.reach, one.source,
                Basis(one.basis),
            )
            for one in industries.leaders_in(chain)
        ),
    )  # fmt: skip
