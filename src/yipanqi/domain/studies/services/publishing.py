"""Taking a run of the engine into force: its verdicts or targets become the ones screens show."""

from dataclasses import asdict
from datetime import date

from django.db import transaction

from yipanqi import __version__
from yipanqi.domain.ledger.services import entries
from yipanqi.domain.studies import events
from yipanqi.domain.studies.models import LinkVerdict, Study
from yipanqi.engine.diagnosis import Diagnosis, LinkDiagnosis
from yipanqi.vocab import clock
from yipanqi.vocab.actors import Actor, Scope
from yipanqi.vocab.labels import Label


@transaction.atomic
def publish_diagnosis(found: Diagnosis, *, by: Actor) -> Study:
    """Put the diagnosis in force for its chain; the one before stays as it was, no longer current.

    The same data, sheets and code published again give the study already there.
    """
    sheets = {found.sheet: found.sheet_digest}
    if same := _same("diagnosis", found.chain, found.snapshot, sheets):
        return same
    study = _study("diagnosis", found.chain, found.city, found.snapshot, sheets)
    study.synthetic = found.synthetic
    study.as_of = date.fromisoformat(found.as_of) if found.as_of else None
    _put_in_force(study)
    LinkVerdict.objects.bulk_create(_verdict(study, link) for link in found.links)
    _record(study, rows=len(found.links), by=by)
    return study


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
    )


def _same(kind: str, chain: str, snapshot: str, sheets: dict[str, str]) -> Study | None:
    standing = Study.objects.filter(
        kind=kind, chain=chain, snapshot=snapshot, code_version=__version__, current=True
    ).first()
    return standing if standing and standing.sheets == sheets else None


def _study(kind: str, chain: str, city: str, snapshot: str, sheets: dict[str, str]) -> Study:
    now = clock.now()
    return Study(
        kind=kind,
        chain=chain,
        city=city,
        snapshot=snapshot,
        sheets=sheets,
        code_version=__version__,
        state="done",
        current=True,
        started_at=now,
        ended_at=now,
    )


def _put_in_force(study: Study) -> None:
    Study.objects.filter(kind=study.kind, chain=study.chain, current=True).update(current=False)
    study.save()


def _record(study: Study, *, rows: int, by: Actor) -> None:
    event = events.StudyPublished(
        subject=f"studies/{study.public_id}",
        study=study.kind,
        chain=study.chain,
        snapshot=study.snapshot,
        rows=rows,
    )
    entries.record(event, by=by, scope=Scope("/", Label.PUBLIC, study.chain))
