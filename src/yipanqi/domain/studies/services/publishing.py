"""Taking a run of the engine into force: its verdicts or targets become the ones screens show."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime

from django.db import transaction

from yipanqi.domain.ledger.services import entries
from yipanqi.domain.studies import events
from yipanqi.domain.studies.models import LinkVerdict, Run, Study, Target
from yipanqi.engine import code
from yipanqi.engine import targets as engine
from yipanqi.engine.affiliates.missing import Listing, Missing
from yipanqi.engine.diagnosis import Diagnosis, LinkDiagnosis
from yipanqi.engine.forecasts import links as link_forecasts
from yipanqi.engine.measures import link_trends
from yipanqi.engine.targets import Ranking
from yipanqi.rulebook.ranking import Score
from yipanqi.vocab import clock, names
from yipanqi.vocab.actors import Actor, Scope
from yipanqi.vocab.labels import Label


@transaction.atomic
def publish_diagnosis(
    found: Diagnosis, *, by: Actor, run: Run | None = None, since: datetime | None = None
) -> Study:
    """Put the diagnosis in force for its chain; the one before stays as it was, no longer current.

    The same data, sheets and code published again give the study already there. `run` found it,
    working on it since the moment given.
    """
    sheets = found.sheets
    if standing := _standing("diagnosis", found.chain, found.snapshot, sheets):
        return standing
    study = _put_in_force(_study("diagnosis", found, sheets, run, since))
    LinkVerdict.objects.bulk_create(verdicts(study, found))
    _record(study, rows=len(found.links), by=by)
    return study


@transaction.atomic
def publish_targets(
    found: Ranking, *, by: Actor, run: Run | None = None, since: datetime | None = None
) -> Study:
    """Put the target lists in force for their chain, as `publish_diagnosis` does verdicts."""
    judged = found.diagnosis
    sheets = {**judged.sheets, found.sheet: found.sheet_digest}
    if standing := _standing("targets", judged.chain, judged.snapshot, sheets):
        return standing
    study = _put_in_force(_study("targets", judged, sheets, run, since))
    Target.objects.bulk_create(targets(study, found), 1000)
    _record(study, rows=len(found.targets), by=by)
    return study


@transaction.atomic
def publish_affiliates(
    found: Listing, *, by: Actor, run: Run | None = None, since: datetime | None = None
) -> Study:
    """Put the missing businesses of groups already here in force, as `publish_targets` does."""
    judged = found.diagnosis
    sheets = {**judged.sheets, found.sheet: found.sheet_digest}
    if standing := _standing("affiliates", judged.chain, judged.snapshot, sheets):
        return standing
    study = _put_in_force(_study("affiliates", judged, sheets, run, since))
    Target.objects.bulk_create(affiliates(study, found), 1000)
    _record(study, rows=len(found.missing), by=by)
    return study


def follows(chain: str, affiliates: Study | None) -> bool:
    """Whether the study of missing businesses rests on the very verdicts in force for the chain."""
    judged = Study.objects.filter(chain=chain, kind="diagnosis", current=True).first()
    if affiliates is None or judged is None:
        return judged is None
    same = affiliates.snapshot == judged.snapshot and affiliates.code_version == judged.code_version
    return same and judged.sheets.items() <= affiliates.sheets.items()


def verdicts(study: Study, found: Diagnosis) -> list[LinkVerdict]:
    """The verdicts as rows of the study, not yet saved."""
    return [_verdict(study, link) for link in found.links]


def targets(study: Study, found: Ranking) -> list[Target]:
    """The targets as rows of the study, not yet saved."""
    return [_target(study, each) for each in found.targets]


def affiliates(study: Study, found: Listing) -> list[Target]:
    """The missing businesses as rows of the study, not yet saved."""
    return [_affiliate(study, each) for each in found.missing]


def _verdict(study: Study, link: LinkDiagnosis) -> LinkVerdict:
    return LinkVerdict(
        study=study,
        link=link.link_code,
        local_enterprises=link.local_enterprises,
        local_capital_wan=link.local_capital_wan,
        nation_enterprises=link.national_enterprises,
        quotient=None if link.quotient is None else float(link.quotient),
        status=link.status,
        action=link.action,
        reason=link.reason,
        rule=link.rule,
        sample=link.sample,
        suppliers=[{**asdict(each), "quotient": str(each.quotient)} for each in link.suppliers],
        trend=link_trends.written(link.trend.years) if link.trend else [],
        grade=link.grade,
        forecast=link_forecasts.written(link.forecast, (link.forecast_note, link.grade_note)),
    )


def _target(study: Study, found: engine.Target) -> Target:
    return _row(study, found, {"role": found.role, "group_is_here": found.group_is_here})


def _affiliate(study: Study, found: Missing) -> Target:
    since = found.since.isoformat() if found.since else None
    facts = {
        "role": found.role, "group": found.group, "local": found.local, "places": found.places,
        "since": since, "confidence": str(found.confidence),
    }  # fmt: skip
    return _row(study, found, facts)


def _row(study: Study, found: engine.Target | Missing, facts: Mapping[str, object]) -> Target:
    return Target(
        study=study,
        link=found.link_code,
        rank=found.rank,
        registry_id=found.registry_id,
        code=found.code or "",
        name=found.name,
        name_key=names.key(found.name),
        province=found.province or "",
        city=found.city or found.province or "",
        score=found.score.total,
        contributions=_contributions(found.score),
        evidence=[asdict(each) for each in found.evidence],
        facts=dict(facts),
        existence=found.existence,
        last_sign_on=found.last_sign_on,
        last_sign_kind=found.last_sign_kind,
    )


def _contributions(working: Score) -> list[dict[str, str | None]]:
    return [
        {
            "feature": line.feature,
            "label": line.label,
            "value": None if line.value is None else str(line.value),
            "contribution": str(line.contribution),
        }
        for line in working.lines
    ]


def _standing(kind: str, chain: str, snapshot: str, sheets: Mapping[str, str]) -> Study | None:
    found = Study.objects.filter(
        kind=kind, chain=chain, snapshot=snapshot, code_version=code.version(), current=True
    ).first()
    return found if found and found.sheets == dict(sheets) else None


def _study(
    kind: str,
    found: Diagnosis,
    sheets: Mapping[str, str],
    run: Run | None,
    since: datetime | None,
) -> Study:
    now = clock.now()
    return Study(
        run=run,
        kind=kind,
        chain=found.chain,
        city=found.city,
        snapshot=found.snapshot,
        synthetic=found.synthetic,
        as_of=date.fromisoformat(found.as_of) if found.as_of else None,
        sheets=dict(sheets),
        model=dict(found.model),
        code_version=code.version(),
        state="done",
        current=True,
        started_at=since or now,
        ended_at=now,
    )


def _put_in_force(study: Study) -> Study:
    Study.objects.filter(kind=study.kind, chain=study.chain, current=True).update(current=False)
    study.save()
    return study


def _record(study: Study, *, rows: int, by: Actor) -> None:
    event = events.StudyPublished(
        subject=f"studies/{study.public_id}",
        study=study.kind,
        chain=study.chain,
        snapshot=study.snapshot,
        rows=rows,
    )
    entries.record(event, by=by, scope=Scope("/", Label.PUBLIC, study.chain))
