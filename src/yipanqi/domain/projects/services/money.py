"""Money in place: one voucher at a time, with its evidence, verified by another person."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db import transaction

from yipanqi.domain.evidence.models import EvidenceFile
from yipanqi.domain.evidence.services import storing
from yipanqi.domain.ledger.services import entries
from yipanqi.domain.projects import events, holdings, life, queries
from yipanqi.domain.projects.models import Project
from yipanqi.domain.projects.parts import Phase, Voucher
from yipanqi.domain.projects.services import passed
from yipanqi.vocab import clock, currencies
from yipanqi.vocab import project_kinds as kinds
from yipanqi.vocab.actors import Actor, NotAllowed, require
from yipanqi.vocab.labels import refuse_state_secrets
from yipanqi.vocab.money import NotMoney, shown

# Rates are published on working days; the longest holiday is shorter than this.
RATE_DAYS = 10
# The system is asked for no money older than the reform it serves.
EARLIEST = date(1980, 1, 1)


@dataclass(frozen=True, slots=True)
class Paid:
    """What a voucher says. `amount` in the currency's smallest unit; `rate` in yuan for one unit.

    `component`, `origin` and the phase's number are "" where nobody said.
    """

    kind: str
    paid_on: date
    amount: int
    currency: str = currencies.CNY
    rate: Decimal | None = None
    rate_on: date | None = None
    component: str = ""
    origin: str = ""
    phase: str = ""
    note: str = ""


class Unclear(Exception):
    """A value of the voucher is missing or absurd; `field` names it, the message the remedy."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class NotWaiting(Exception):
    """The voucher was judged or taken back meanwhile."""


class DoubleCounted(Exception):
    """The same paper with the same amount already counts for another project."""


def record(project: Project, paid: Paid, upload: storing.Upload, *, by: Actor) -> Voucher:
    """The voucher, waiting to be verified; sent twice it is the one already there.

    Raises NotAllowed, Unclear, DoubleCounted, Ended, StateSecret or a safety.Refused; keeps nothing
    then.
    """
    require(by, "projects.edit", doing="登记到位资金")
    refuse_state_secrets(paid.note)
    amount_fen = _checked(paid)
    return _recorded(project, paid, amount_fen, storing.receive(upload), by)


@transaction.atomic
def verify(voucher: Voucher, *, by: Actor) -> None:
    """The voucher counts as verified from now on. Raises NotAllowed or NotWaiting."""
    require(by, "projects.verify", doing="核验到位资金")
    voucher = _locked(voucher)
    _refuse_own(voucher, by)
    _judge(voucher, "verified", by, because="")
    event = events.VoucherVerified(
        subject=queries.subject(voucher.project), voucher=voucher.public_id, **_told(voucher)
    )
    entries.record(event, by=by, scope=queries.scope(voucher.project))


@transaction.atomic
def send_back(voucher: Voucher, *, because: str, by: Actor) -> None:
    """The voucher counts no more, for a reason.

    Raises NotAllowed, Unclear, NotWaiting, StateSecret or GateEmptied.
    """
    require(by, "projects.verify", doing="退回到位资金凭证")
    voucher = _locked(voucher)
    _refuse_own(voucher, by)
    _take_away(voucher, "returned", because, by)


@transaction.atomic
def withdraw(voucher: Voucher, *, because: str, by: Actor) -> None:
    """Take back a voucher nobody verified yet.

    Raises NotAllowed, Unclear, NotWaiting, StateSecret or GateEmptied.
    """
    require(by, "projects.edit", doing="撤回到位资金凭证")
    _take_away(_locked(voucher), "withdrawn", because, by)


@transaction.atomic
def prove(opening: Voucher, paid_on: date, upload: storing.Upload, *, by: Actor) -> None:
    """Give an opening sum its evidence and its day, so that it can be verified.

    Raises NotAllowed, Unclear, NotWaiting or a safety.Refused.
    """
    require(by, "projects.edit", doing="补交期初到位资金凭证")
    _check_day(paid_on)
    voucher = _locked(opening)
    if voucher.state != "recorded" or voucher.evidence_id is not None:
        raise NotWaiting("这笔期初余额已补过凭证或已处理，请刷新页面")
    voucher.evidence = _kept(voucher.project, storing.receive(upload), paid_on, by)
    voucher.paid_on = paid_on
    voucher.recorded_by_id, voucher.recorded_at = by.id or None, clock.now()
    voucher.save(update_fields=["evidence", "paid_on", "recorded_by", "recorded_at"])
    _resum(voucher.project)
    event = events.OpeningProved(
        subject=queries.subject(voucher.project), voucher=voucher.public_id, **_told(voucher)
    )
    entries.record(event, by=by, scope=queries.scope(voucher.project))


@transaction.atomic
def _recorded(
    project: Project, paid: Paid, amount_fen: int, received: storing.Received, by: Actor
) -> Voucher:
    project.refresh_from_db(from_queryset=Project.objects.select_for_update())
    life.refuse_ended(project)
    same = holdings.same_papers(received.sha256, paid.amount, paid.currency)
    if again := same.filter(project=project, paid_on=paid.paid_on).first():
        return again
    if same.exclude(project=project).exists():
        raise DoubleCounted("这份凭证的同一笔金额已登记在别的项目；共用的凭证请附到位资金分割证明")
    phase = _phase(project, paid.phase)
    _check_total(project, amount_fen)
    voucher = Voucher.objects.create(
        project=project,
        kind=paid.kind,
        paid_on=paid.paid_on,
        component=paid.component,
        origin=paid.origin,
        phase=phase,
        currency=paid.currency,
        amount_minor=paid.amount,
        rate=paid.rate,
        rate_on=paid.rate_on,
        amount_fen=amount_fen,
        evidence=_kept(project, received, paid.paid_on, by),
        note=paid.note.strip(),
        recorded_by_id=by.id or None,
        recorded_at=clock.now(),
    )
    _resum(project)
    event = events.VoucherRecorded(
        subject=queries.subject(project), voucher=voucher.public_id, **_told(voucher)
    )
    entries.record(event, by=by, scope=queries.scope(project))
    return voucher


def _kept(project: Project, received: storing.Received, on: date, by: Actor) -> EvidenceFile:
    to = storing.Attachment(
        queries.subject(project), "payment_proof", queries.scope(project), dated=on
    )
    return storing.record(received, to=to, by=by)


def _locked(voucher: Voucher) -> Voucher:
    """The voucher as it stands now, its project locked before it."""
    life.refuse_ended(Project.objects.select_for_update().get(pk=voucher.project_id))
    rows = Voucher.objects.select_for_update(of=("self",)).select_related("project__unit")
    return rows.get(pk=voucher.pk)


def _refuse_own(voucher: Voucher, by: Actor) -> None:
    if voucher.recorded_by_id is not None and voucher.recorded_by_id == by.id:
        raise NotAllowed("到位资金须由登记人以外的人核验；请本单位另一位同事或上级办理")


def _take_away(voucher: Voucher, state: str, because: str, by: Actor) -> None:
    if not because.strip():
        raise Unclear("because", "请写明原因，如“发票抬头不是项目公司”")
    refuse_state_secrets(because)
    held = passed.unmet_behind(voucher.project)
    _judge(voucher, state, by, because=because.strip()[:200])
    passed.refuse_emptied(voucher.project, held)
    event_of = events.VoucherReturned if state == "returned" else events.VoucherWithdrawn
    event = event_of(
        subject=queries.subject(voucher.project), voucher=voucher.public_id, **_told(voucher)
    )
    entries.record(event, by=by, scope=queries.scope(voucher.project))


def _judge(voucher: Voucher, state: str, by: Actor, *, because: str) -> None:
    if voucher.state != "recorded":
        raise NotWaiting("这笔到位资金已核验、退回或撤回，请刷新页面")
    if state == "verified" and voucher.evidence_id is None:
        raise NotWaiting("期初余额没有凭证，不能核验；请先补交凭证")
    voucher.state, voucher.because = state, because
    voucher.judged_by_id, voucher.judged_at = by.id or None, clock.now()
    voucher.save(update_fields=["state", "because", "judged_by", "judged_at"])
    _resum(voucher.project)


def _resum(project: Project) -> None:
    """The project's sums again, from its vouchers and from nothing else."""
    sums = holdings.paid_in(project)
    project.paid_in_fen = sums.total_fen
    project.verified_in_fen = sums.verified_fen
    project.opening_in_fen = sums.opening_fen
    project.version += 1
    project.updated_at = clock.now()
    project.save(
        update_fields=["paid_in_fen", "verified_in_fen", "opening_in_fen", "version", "updated_at"]
    )


def _checked(paid: Paid) -> int:
    """The amount in fen, when the voucher makes sense."""
    for field, code, words in (
        ("kind", paid.kind, kinds.VOUCHERS),
        ("component", paid.component or "other", kinds.COMPONENTS),
        ("origin", paid.origin or "city", kinds.ORIGINS),
        ("currency", paid.currency, currencies.CURRENCIES),
    ):
        if code not in words:
            raise Unclear(field, f"“{code}”不在可选范围；请从列表中选择")
    if paid.amount <= 0:
        raise Unclear("amount", "到位金额应大于零；退款请撤回原凭证后按实际金额重新登记")
    _check_day(paid.paid_on)
    if paid.currency == currencies.CNY:
        if paid.rate is not None or paid.rate_on is not None:
            raise Unclear("rate", "人民币没有汇率；请清空汇率和汇率日期")
        return paid.amount
    return _converted(paid)


def _converted(paid: Paid) -> int:
    if paid.rate is None or paid.rate_on is None:
        raise Unclear("rate", "外币须填到位当日的汇率（1 单位外币合多少元）和汇率日期")
    if not 0 < paid.rate <= currencies.LARGEST_RATE:
        raise Unclear("rate", f"汇率“{paid.rate}”不合常理；请填 1 单位外币合多少元人民币")
    if not paid.paid_on - timedelta(days=RATE_DAYS) <= paid.rate_on <= paid.paid_on:
        raise Unclear("rate_on", "汇率日期应为到位当日，遇节假日取之前最近一个公布日")
    try:
        fen = currencies.in_fen(paid.amount, currency=paid.currency, rate=paid.rate)
    except NotMoney as refusal:
        raise Unclear("amount", str(refusal)) from refusal
    if fen <= 0:
        raise Unclear("amount", "折合人民币不足一分；请核对金额和汇率")
    return fen


def _check_day(day: date) -> None:
    if not EARLIEST <= day <= clock.today():
        raise Unclear("paid_on", f"到位日期应在 {EARLIEST} 至今天之间；只登记已经到位的资金")


def _check_total(project: Project, more_fen: int) -> None:
    total, held = project.total_investment_fen, holdings.paid_in(project).total_fen or 0
    if total is not None and held + more_fen > total:
        raise Unclear(
            "amount",
            f"到位资金累计将达 {shown(held + more_fen)}，超过计划总投资 {shown(total)}；"
            "确已增资的，请先修改计划总投资",
        )


def _phase(project: Project, number: str) -> Phase | None:
    if not number:
        return None
    phase = Phase.objects.filter(project=project, number=number).first()
    if phase is None:
        raise Unclear("phase", f"没有第 {number} 期；请先在“分期”中登记")
    return phase


def _told(voucher: Voucher) -> dict[str, str]:
    return {"what": kinds.ALL_VOUCHERS[voucher.kind], "amount": shown(voucher.amount_fen)}
