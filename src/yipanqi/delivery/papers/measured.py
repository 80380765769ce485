"""Findings fresh from the engine."""

from dataclasses import replace

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
from yipanqi.engine import code, targets
from yipanqi.engine.diagnosis import Diagnosis, LinkDiagnosis
from yipanqi.engine.forecasts.links import LinkForecast
from yipanqi.engine.spreads import Spread
from yipanqi.engine.targets import Ranking, Target
from yipanqi.rulebook.chains import ChainTables


def of_diagnosis(judged: Diagnosis, tables: ChainTables) -> ChainFindings:
    """The findings of a diagnosis, without targets; `tables` are those of all chains."""
    one = judged.links[0] if judged.links else None
    return ChainFindings(
        city=judged.city,
        code=judged.chain,
        tables=tables.only(judged.chain),
        links=tuple(_link(link) for link in judged.links),
        targets=(),
        grounds=_grounds(judged, {}),
        all_here=one.all_local if one else None,
        all_everywhere=one.all_national if one else None,
    )


def of_ranking(ranked: Ranking, tables: ChainTables, spread: Spread | None = None) -> ChainFindings:
    """The findings of a ranking and of the diagnosis it rests on, each enterprise once."""
    return replace(
        of_diagnosis(ranked.diagnosis, tables),
        targets=tuple(_target(target) for target in ranked.targets),
        grounds=_grounds(ranked.diagnosis, {ranked.sheet: ranked.sheet_digest}),
        spread=spread,
    )


def _grounds(judged: Diagnosis, also: dict[str, str]) -> Grounds:
    return Grounds(
        snapshot=judged.snapshot,
        as_of=judged.as_of,
        synthetic=judged.synthetic,
        sheets={**judged.sheets, **also},
        code_version=code.version(),
    )


def _link(link: LinkDiagnosis) -> LinkFinding:
    return LinkFinding(
        code=link.link_code,
        name=link.link,
        position=link.position,
        local_enterprises=link.local_enterprises,
        local_traders=link.local_traders,
        local_capital_wan=link.local_capital_wan,
        national_enterprises=link.national_enterprises,
        quotient=link.quotient,
        local_customers=link.local_customers,
        strong_cities=link.strong_cities,
        near=tuple(Near(one.city, one.enterprises, one.quotient, one.km) for one in link.suppliers),
        status=link.status,
        action=link.action,
        reason=link.reason,
        rule=link.rule,
        is_sample=link.sample,
        grade=link.grade,
        trend=trend_pages.charted(link.trend) if link.trend else (),
        trend_said=trend_pages.judged(link.trend) if link.trend else "",
        outlook=_outlook(link.forecast) if link.forecast else None,
    )


def _outlook(told: LinkForecast) -> Outlook:
    return Outlook(told.score, told.rank, told.among, told.base_rate, told.as_of_year, told.model)


def _target(target: Target) -> TargetFinding:
    told: dict[str, list[str]] = {}
    for one in target.evidence:
        told.setdefault(one.kind, []).append(one.text)
    return TargetFinding(
        registry_id=target.registry_id,
        name=target.name,
        code=target.code or "",
        place=target.city or target.province or "所在地未知",
        link=target.link,
        score=target.score.total,
        working=tuple(
            Working(line.label, line.value, line.contribution) for line in target.score.lines
        ),
        clauses=tuple(told.get("经营范围", ())),
        registered=told.get("成立日期", ["未登记"])[0],
        capital=told.get("注册资本", ["未登记"])[0],
        existence=targets.EXISTENCE[target.existence],
        last_sign_on=target.last_sign_on,
        last_sign_kind=target.last_sign_kind,
        is_here_already=target.group_is_here,
    )
