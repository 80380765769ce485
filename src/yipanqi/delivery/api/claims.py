"""What becomes of a claim: likely duplicates, renewals, contests."""

from typing import TYPE_CHECKING

from ninja import File, Form, Path, Query, Router
from ninja.files import UploadedFile

from yipanqi.delivery import limits
from yipanqi.delivery.api.found import found
from yipanqi.delivery.api.keys import ApiRequest
from yipanqi.delivery.api.lead_shapes import (
    CandidatesOut,
    ContestIn,
    ContestOut,
    LikelyOut,
    MatterIn,
    RenewalIn,
    RenewalOut,
    WordsIn,
)
from yipanqi.delivery.api.problems import RESPONSES
from yipanqi.delivery.api.shapes import PublicId
from yipanqi.domain.evidence.services.storing import Upload
from yipanqi.domain.investors import queries as investors
from yipanqi.domain.leads import queries
from yipanqi.domain.leads.services import claims, contests, renewals

if TYPE_CHECKING:
    from yipanqi.domain.leads.models import Contest

router = Router()


@router.get("likely/{enterprise}", response={200: CandidatesOut, **RESPONSES})
def likely(
    request: ApiRequest, enterprise: Path[PublicId], asked: Query[MatterIn]
) -> CandidatesOut:
    """查重：登记前看有无同一或相近的事项；无权查看的只给个数。"""
    firm = found(investors.find(enterprise, seen_by=request.auth))
    filing = claims.Filing(
        asked.matter, "", None, asked.chain, asked.link, estimate_fen=asked.estimate_fen
    )
    told = claims.candidates(firm, filing, by=request.auth)
    seen = [
        LikelyOut(
            lead=each.claim.lead.public_id,
            unit=each.claim.unit.code,
            matter=each.claim.lead.matter,
            level=int(each.finding.level),
            likeness=each.finding.likeness,
            reasons=list(each.finding.reasons),
        )
        for each in told.seen
    ]
    return CandidatesOut(seen=seen, unseen=told.unseen)


@router.post("{lead}/renewals", response={200: RenewalOut, **RESPONSES})
def renew(
    request: ApiRequest,
    lead: Path[PublicId],
    body: Form[RenewalIn],
    evidence: File[UploadedFile],
) -> RenewalOut:
    """续期：附新的实质进展与佐证材料。"""
    held = found(queries.find(lead, seen_by=request.auth))
    limits.count(request.auth, "upload")
    shown = renewals.Progress(body.words, body.on, Upload(evidence.name or "", evidence.chunks()))
    return RenewalOut.from_orm(renewals.renew(held.claim, shown, by=request.auth))


@router.post("{lead}/contests", response={200: ContestOut, **RESPONSES})
def contest(
    request: ApiRequest, lead: Path[PublicId], body: Form[ContestIn], proof: File[UploadedFile]
) -> ContestOut:
    """对其他单位持有的首报提出异议：附理由与接洽证明。"""
    held = found(queries.find(lead, seen_by=request.auth))
    limits.count(request.auth, "upload")
    grounds = contests.Grounds(
        body.words, body.proof_kind, Upload(proof.name or "", proof.chunks())
    )
    return _contest(contests.contest(held.claim, grounds, by=request.auth).contest)


@router.post("{lead}/plea", response={200: ContestOut, **RESPONSES})
def plead(request: ApiRequest, lead: Path[PublicId], body: WordsIn) -> ContestOut:
    """为本单位待裁定的登记补充异议理由。"""
    waiting = found(queries.find(lead, seen_by=request.auth))
    return _contest(contests.plead(waiting.claim, body.words, by=request.auth))


@router.post("{lead}/contests/{claim}/answer", response={200: ContestOut, **RESPONSES})
def answer(
    request: ApiRequest, lead: Path[PublicId], claim: Path[PublicId], body: WordsIn
) -> ContestOut:
    """持有单位答复异议；claim 为提出异议的登记。"""
    held = found(queries.find(lead, seen_by=request.auth))
    waiting = {each.claim.public_id: each for each in queries.contests_of(held.claim)}
    asked = found(waiting.get(claim))
    contests.answer(asked.claim, body.words, None, by=request.auth)
    return _contest(found(queries.contest(asked.claim)))


def _contest(contest: "Contest") -> ContestOut:
    return ContestOut(
        claim=contest.claim.public_id,
        grounds=contest.grounds,
        raised_at=contest.raised_at,
        answer_due=contest.answer_due,
        answer=contest.answer,
        answered_at=contest.answered_at,
    )
