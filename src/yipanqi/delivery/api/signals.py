"""Signals (信息库): capturing, judging in time, and what becomes of them."""

from typing import TYPE_CHECKING

from ninja import File, Path, Query, Router
from ninja.files import UploadedFile

from yipanqi.delivery import limits
from yipanqi.delivery.api.found import found
from yipanqi.delivery.api.keys import ApiRequest
from yipanqi.delivery.api.lead_shapes import WordsIn
from yipanqi.delivery.api.listing import Rows, rows
from yipanqi.delivery.api.problems import RESPONSES
from yipanqi.delivery.api.shapes import PublicId
from yipanqi.delivery.api.signal_shapes import (
    AlikeOut,
    AmendIn,
    AssignIn,
    FactsIn,
    IntoIn,
    LeadIn,
    LikelyIn,
    NearOut,
    NoteOut,
    ReportIn,
    SignalFilter,
    SignalIn,
    SignalOut,
    TakenOut,
    TermOut,
    VerdictIn,
)
from yipanqi.domain.evidence.services.storing import Upload
from yipanqi.domain.leads import inbox, resemblance
from yipanqi.domain.leads import queries as leads
from yipanqi.domain.leads.services import becoming, signals, triage
from yipanqi.domain.people import queries as people
from yipanqi.vocab.actors import require
from yipanqi.vocab.labels import Label

if TYPE_CHECKING:
    from yipanqi.domain.leads.signals import Signal

router = Router()


@router.get("", response={200: Rows[SignalOut], **RESPONSES})
def listing(request: ApiRequest, narrow: Query[SignalFilter]) -> Rows[SignalOut]:
    """信息列表：未办结的按期限在前。"""
    filters = inbox.Filters(
        narrow.text, narrow.state, narrow.source, narrow.unit, narrow.chain, narrow.whose
    )
    return rows(inbox.listing(filters, seen_by=request.auth, page=narrow.page), _signal)


@router.get("likely", response={200: AlikeOut, **RESPONSES})
def likely(request: ApiRequest, asked: Query[LikelyIn]) -> AlikeOut:
    """查重：登记前看有无相近的信息、客商和首报；无权查看的只给个数。"""
    require(request.auth, "signals.capture", doing="登记信息")
    alike = resemblance.of(resemblance.Heard(**asked.dict()), seen_by=request.auth)
    near = [
        NearOut(
            signal=each.signal.public_id,
            unit=each.signal.unit.code,
            matter=each.signal.matter,
            level=int(each.finding.level),
            likeness=each.finding.likeness,
            reasons=list(each.finding.reasons),
        )
        for each in alike.signals
    ]
    return AlikeOut(
        enterprise=alike.enterprise.public_id if alike.enterprise else None,
        signals=near,
        unseen=alike.unseen,
        claims=[each.claim.lead.public_id for each in alike.claims.seen],
        unseen_claims=alike.claims.unseen,
    )


@router.get("{public_id}", response={200: SignalOut, **RESPONSES})
def one(request: ApiRequest, public_id: Path[PublicId]) -> SignalOut:
    """一条信息。"""
    return _shown(request, public_id)


@router.post("", response={200: SignalOut, **RESPONSES})
def capture(request: ApiRequest, body: SignalIn) -> SignalOut:
    """登记信息；有相近信息时先答 409，核对后以 is_checked 再登记。"""
    signal = signals.capture(signals.Draft(**body.dict()), by=request.auth)
    return _signal(signal)


@router.patch("{public_id}", response={200: SignalOut, **RESPONSES})
def amend(request: ApiRequest, public_id: Path[PublicId], body: AmendIn) -> SignalOut:
    """补正信息内容；version 为读到的版本，被他人改过时答 409。"""
    facts = body.dict(include=set(FactsIn.model_fields))
    signals.amend(
        _found(request, public_id),
        signals.Draft(**facts),
        expecting=body.version,
        by=request.auth,
    )
    return _shown(request, public_id)


@router.post("{public_id}/files", response={200: SignalOut, **RESPONSES})
def attach(request: ApiRequest, public_id: Path[PublicId], file: File[UploadedFile]) -> SignalOut:
    """给信息补一个附件。"""
    limits.count(request.auth, "upload")
    upload = Upload(file.name or "", file.chunks())
    signals.attach(_found(request, public_id), upload, by=request.auth)
    return _shown(request, public_id)


@router.get("{public_id}/notes", response={200: list[NoteOut], **RESPONSES})
def notes(request: ApiRequest, public_id: Path[PublicId]) -> list[NoteOut]:
    """跟进记录，新的在前。"""
    return [
        NoteOut(
            kind=each.kind,
            words=each.words,
            happened_on=each.happened_on,
            unit=each.unit.code,
        )
        for each in inbox.notes(_found(request, public_id))
    ]


@router.post("{public_id}/notes", response={200: SignalOut, **RESPONSES})
def add(request: ApiRequest, public_id: Path[PublicId], body: WordsIn) -> SignalOut:
    """补充又听到的内容。"""
    triage.add(_found(request, public_id), body.words, by=request.auth)
    return _shown(request, public_id)


@router.post("{public_id}/response", response={200: SignalOut, **RESPONSES})
def respond(request: ApiRequest, public_id: Path[PublicId]) -> SignalOut:
    """响应：开始研判。"""
    triage.respond(_found(request, public_id), by=request.auth)
    return _shown(request, public_id)


@router.post("{public_id}/experts", response={200: SignalOut, **RESPONSES})
def experts(request: ApiRequest, public_id: Path[PublicId], body: WordsIn) -> SignalOut:
    """邀请外部专家：研判期限放宽。"""
    triage.ask_experts(_found(request, public_id), body.words, by=request.auth)
    return _shown(request, public_id)


@router.post("{public_id}/verdict", response={200: SignalOut, **RESPONSES})
def judge(request: ApiRequest, public_id: Path[PublicId], body: VerdictIn) -> SignalOut:
    """研判：值得跟进或不予跟进，须写明理由。"""
    signal = _found(request, public_id)
    act = triage.follow if body.worth else triage.discard
    act(signal, because=body.because, by=request.auth)
    return _shown(request, public_id)


@router.post("{public_id}/progress", response={200: SignalOut, **RESPONSES})
def report(request: ApiRequest, public_id: Path[PublicId], body: ReportIn) -> SignalOut:
    """报告进展。"""
    triage.report(_found(request, public_id), body.words, on=body.on, by=request.auth)
    return _shown(request, public_id)


@router.post("{public_id}/reply", response={200: SignalOut, **RESPONSES})
def reply(request: ApiRequest, public_id: Path[PublicId], body: WordsIn) -> SignalOut:
    """记录已反馈推荐人的内容。"""
    triage.answer_referrer(_found(request, public_id), body.words, by=request.auth)
    return _shown(request, public_id)


@router.post("{public_id}/assignment", response={200: SignalOut, **RESPONSES})
def assign(request: ApiRequest, public_id: Path[PublicId], body: AssignIn) -> SignalOut:
    """转交其他单位：期限重新计算。"""
    signal = _found(request, public_id)
    triage.assign(signal, found(people.unit(body.unit)), because=body.because, by=request.auth)
    # Passed on, it may be out of the caller's sight: what was done is told all the same.
    signal.refresh_from_db()
    return _signal(signal)


@router.post("{public_id}/merging", response={200: SignalOut, **RESPONSES})
def merge(request: ApiRequest, public_id: Path[PublicId], body: IntoIn) -> SignalOut:
    """并入另一条未办结的信息。"""
    signal, into = _found(request, public_id), _found(request, body.into)
    becoming.merge(signal, into, by=request.auth)
    return _shown(request, public_id)


@router.post("{public_id}/enterprise", response={200: TakenOut, **RESPONSES})
def take_in(request: ApiRequest, public_id: Path[PublicId]) -> TakenOut:
    """把信息里的企业纳入客商库。"""
    firm, is_new = becoming.take_in(_found(request, public_id), by=request.auth)
    return TakenOut(enterprise=firm.public_id, is_new=is_new)


@router.post("{public_id}/lead", response={200: SignalOut, **RESPONSES})
def promote(request: ApiRequest, public_id: Path[PublicId], body: LeadIn) -> SignalOut:
    """由这条信息登记了线索：信息办结。"""
    signal = _found(request, public_id)
    lead = found(leads.find(body.lead, seen_by=request.auth))
    becoming.promote(signal, lead, by=request.auth)
    return _shown(request, public_id)


def _found(request: ApiRequest, public_id: str) -> "Signal":
    return found(inbox.find(public_id, seen_by=request.auth))


def _shown(request: ApiRequest, public_id: str) -> SignalOut:
    return _signal(_found(request, public_id))


def _signal(signal: "Signal") -> SignalOut:
    terms = inbox.row(signal).terms
    same = (
        "public_id", "version", "enterprise_name", "matter", "details", "source", "source_note",
        "referrer", "chain", "link", "estimate_fen", "state", "captured_at", "reason", "reply",
    )  # fmt: skip
    return SignalOut(
        **{name: getattr(signal, name) for name in same},
        enterprise=signal.enterprise.public_id if signal.enterprise else None,
        label=Label(signal.label),
        unit=signal.unit.code,
        captured_unit=signal.captured_unit.code,
        terms=[TermOut(step=each.step, due=each.due, light=each.light) for each in terms],
    )
