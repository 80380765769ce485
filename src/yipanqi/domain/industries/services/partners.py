"""Taking a leader's list of suppliers or purchasers into force, and taking it back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction

from yipanqi.domain.evidence.services import storing
from yipanqi.domain.evidence.services.storing import Attachment, Received
from yipanqi.domain.industries import events, partner_lists
from yipanqi.domain.industries.models import Chain
from yipanqi.domain.industries.partner_kinds import ListState, MatchedBy, PartnerKind
from yipanqi.domain.industries.stated import PartnerList, PartnerRow
from yipanqi.domain.ledger.services import entries
from yipanqi.domain.people.models import Officer
from yipanqi.vocab import clock, names
from yipanqi.vocab.actors import Actor, NotAllowed, Scope, home, require
from yipanqi.vocab.labels import Label, refuse_state_secrets

_BATCH = 2000


class Incomplete(Exception):
    """A needed field is empty or wrong; the message names it and the remedy."""


class OlderThanStanding(Exception):
    """The unit already keeps a newer list of the same leader."""


class NotInForce(Exception):
    """The list is not in force: replaced or undone."""


class AlreadyUndone(Exception):
    """It was taken back before."""


@dataclass(frozen=True, slots=True)
class Draft:
    """Whose list it is, as of when, from where, who may know, and of which file."""

    leader: str
    as_of: date
    source: str
    file_name: str
    sha256: str
    label: Label = Label.INTERNAL
    leader_registry_id: str = ""
    snapshot: str = ""
    # The file itself, kept as evidence; None where only its digest is kept.
    original: Received | None = None


@dataclass(frozen=True, slots=True)
class Known:
    """The registered enterprise a row is held to be, how that was found and how sure it is.

    `is_here` is None where the registry does not say in which city it stands.
    """

    registry_id: str
    name: str
    province: str
    city: str
    is_here: bool | None
    matched_by: MatchedBy
    # None where an officer chose it by another name than the list's.
    confidence: Decimal | None


@dataclass(frozen=True, slots=True)
class Partner:
    """One row of the file: who, what, which link, which year; None where nobody was found."""

    number: int
    kind: PartnerKind
    name: str
    code: str = ""
    product: str = ""
    link: str = ""
    year: int | None = None
    note: str = ""
    known: Known | None = None


@transaction.atomic
def apply(
    chain: Chain, draft: Draft, partners: Sequence[Partner], *, by: Actor
) -> tuple[PartnerList, ...]:
    """Put the list in force: one for each kind its rows have; the unit's older one stays, replaced.

    Raises Incomplete, OlderThanStanding, NotAllowed or StateSecret, and changes nothing then.
    """
    _insist(chain, by)
    _insist_on_grounds(draft, partners)
    # Whoever applies a list of this chain waits for whoever is at it.
    Chain.objects.select_for_update().get(pk=chain.pk)
    made = []
    for kind in PartnerKind:
        of_kind = [each for each in partners if each.kind == kind]
        if of_kind:
            made.append(_applied(chain, draft, kind, of_kind, by))
    return tuple(made)


@transaction.atomic
def undo(found: PartnerList, because: str, *, by: Actor) -> PartnerList:
    """Take the list back; the one it replaced counts again, unless a newer one has come since.

    Raises Incomplete, AlreadyUndone, NotAllowed or StateSecret.
    """
    chain = Chain.objects.select_for_update().get(code=found.chain)
    _insist(chain, by)
    if not because.strip():
        raise Incomplete("撤销原因未填；请写明为什么撤销，如“发错文件”")
    refuse_state_secrets(because)
    row = (
        PartnerList.objects.select_for_update(of=("self",)).select_related("unit").get(pk=found.pk)
    )
    if row.state == ListState.UNDONE:
        raise AlreadyUndone("这份名单已经撤销，请刷新后查看")
    newer = row.replaced_by
    was_in_force = row.is_in_force
    row.state, row.replaced_by = ListState.UNDONE, None
    row.undone_by = Officer.objects.get(pk=by.id)
    row.undone_at, row.undone_because = clock.now(), because.strip()[:200]
    row.save()
    before = PartnerList.objects.filter(replaced_by=row).first()
    if before is not None:
        before.replaced_by = newer
        before.state = ListState.IN_FORCE if was_in_force else ListState.REPLACED
        before.save(update_fields=["replaced_by", "state"])
    _record_undone(row, before if was_in_force else None, by)
    return row


@transaction.atomic
def recognise(found: PartnerRow, known: Known | None, *, by: Actor) -> PartnerRow:
    """Say which registered enterprise a row means, or with None that none is known.

    Raises NotInForce, NotAllowed.
    """
    chain = Chain.objects.select_for_update().get(code=found.of.chain)
    _insist(chain, by)
    of = PartnerList.objects.select_related("unit").get(pk=found.of_id)
    if not of.is_in_force:
        raise NotInForce("这份名单已不是现行名单，不再改动；请在现行名单上对应")
    row = PartnerRow.objects.get(pk=found.pk)
    for column, value in _meaning(row.name, known).items():
        setattr(row, column, value)
    row.save()
    of.matched_count = of.rows.exclude(registry_id="").count()
    of.save(update_fields=["matched_count"])
    event = events.PartnerMatched(
        subject=f"industries/{of.public_id}",
        chain=of.chain,
        number=row.number,
        registry_id=row.registry_id or "（不对应）",
    )
    entries.record(event, by=by, scope=Scope(of.unit.path, Label(of.label), of.chain))
    return row


def _applied(
    chain: Chain, draft: Draft, kind: PartnerKind, partners: Sequence[Partner], by: Actor
) -> PartnerList:
    leader_key = partner_lists.leader_key(draft.leader)
    before = partner_lists.kept(chain.code, kind, leader_key, home(by))
    if before is not None and before.as_of > draft.as_of:
        raise OlderThanStanding(
            f"本单位已有“{draft.leader}”截至 {before.as_of} 的{kind.label}名单，比这份新；"
            "请核对截至日期，确要改用这份，先撤销那一份"
        )
    if before is not None:
        PartnerList.objects.filter(pk=before.pk).update(state=ListState.REPLACED)
    row = PartnerList.objects.create(
        chain=chain.code,
        kind=kind,
        leader=draft.leader.strip(),
        leader_key=leader_key,
        leader_registry_id=draft.leader_registry_id,
        as_of=draft.as_of,
        source=draft.source.strip(),
        label=draft.label,
        file_name=draft.file_name[:200],
        sha256=draft.sha256,
        snapshot=draft.snapshot,
        row_count=len(partners),
        matched_count=sum(each.known is not None for each in partners),
        unit_id=home(by),
        applied_by_id=by.id,
        applied_at=clock.now(),
    )
    if before is not None:
        PartnerList.objects.filter(pk=before.pk).update(replaced_by=row)
    PartnerRow.objects.bulk_create((_row(row, each) for each in partners), _BATCH)
    _record_listed(row, before, by)
    _attach(row, draft, by)
    return row


def _row(of: PartnerList, told: Partner) -> PartnerRow:
    return PartnerRow(
        of=of,
        number=told.number,
        name=told.name,
        name_key=names.key(told.name)[:200],
        code=told.code,
        product=told.product,
        link=told.link,
        year=told.year,
        note=told.note,
        **_meaning(told.name, told.known),
    )


def _meaning(name: str, known: Known | None) -> dict[str, Any]:
    """The columns that say which registered enterprise a row means."""
    return {
        "registry_id": known.registry_id if known else "",
        "registered_name": known.name if known else "",
        "province": known.province if known else "",
        "city": known.city if known else "",
        "is_here": known.is_here if known else None,
        "matched_by": known.matched_by if known else "",
        "confidence": known.confidence if known else None,
        "firm": partner_lists.firm(name, known.registry_id if known else ""),
    }


def _attach(row: PartnerList, draft: Draft, by: Actor) -> None:
    if draft.original is not None:
        to = Attachment(
            subject=f"industries/{row.public_id}",
            kind="partner_list",
            scope=Scope(by.unit_path, Label(row.label), row.chain),
            source=row.source,
            dated=row.as_of,
        )
        storing.record(draft.original, to=to, by=by)


def _insist(chain: Chain, by: Actor) -> None:
    require(by, "chains.partners", doing="维护链主供应商、采购商名单")
    if not partner_lists.may_keep(chain, by):
        raise NotAllowed("只能维护本办公室所负责产业链的链主名单")


def _insist_on_grounds(draft: Draft, partners: Sequence[Partner]) -> None:
    refuse_state_secrets(draft.leader, draft.source, draft.file_name)
    refuse_state_secrets(*(f"{each.name} {each.product} {each.note}" for each in partners))
    if not names.key(draft.leader):
        raise Incomplete("链主企业未填；请写全称，如“三一重工股份有限公司”")
    if not draft.source.strip():
        raise Incomplete("来源未填；请写明名单由谁提供，如“三一重工供应链部门，2018年6月函”")
    if draft.as_of > clock.today():
        raise Incomplete("名单截至日期不能晚于今天；请填名单本身注明的日期")
    if not partners:
        raise Incomplete("名单里没有可用的行；请按预览的提示改正文件后再上传")


def _record_listed(row: PartnerList, before: PartnerList | None, by: Actor) -> None:
    event = events.PartnersListed(
        subject=f"industries/{row.public_id}",
        chain=row.chain,
        side=PartnerKind(row.kind).label,
        as_of=row.as_of.isoformat(),
        rows=row.row_count,
        matched=row.matched_count,
        sha256=row.sha256,
        replaces=before.public_id if before else "",
    )
    entries.record(event, by=by, scope=Scope(by.unit_path, Label(row.label), row.chain))


def _record_undone(row: PartnerList, restored: PartnerList | None, by: Actor) -> None:
    event = events.PartnersUndone(
        subject=f"industries/{row.public_id}",
        chain=row.chain,
        side=PartnerKind(row.kind).label,
        as_of=row.as_of.isoformat(),
        rows=row.row_count,
        because=row.undone_because,
        restores=restored.public_id if restored else "",
    )
    entries.record(event, by=by, scope=Scope(row.unit.path, Label(row.label), row.chain))
