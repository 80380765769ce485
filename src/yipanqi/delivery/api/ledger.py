"""The ledger, as far as the caller may read it."""

from ninja import Query, Router, Schema

from yipanqi.delivery import ledger_lines
from yipanqi.delivery.api.keys import ApiRequest
from yipanqi.delivery.api.listing import Rows, rows
from yipanqi.delivery.api.problems import RESPONSES
from yipanqi.delivery.api.shapes import HeadOut, Line, LineOut, PageNumber, VerificationOut
from yipanqi.domain.ledger import queries
from yipanqi.domain.people import queries as people
from yipanqi.vocab.actors import Actor, NotAllowed, require

router = Router()
_COLUMNS = {"path": "scope_path", "label": "scope_label", "chain": "scope_chain"}


class Narrow(Schema):
    """Which lines."""

    subject: Line = ""
    kind: Line = ""
    page: PageNumber = 1


@router.get("", response={200: Rows[LineOut], **RESPONSES})
def entries(request: ApiRequest, narrow: Query[Narrow]) -> Rows[LineOut]:
    """台账行，最新在前；不指明事项时，须有查看全部台账的权限。"""
    if not narrow.subject:
        _refuse_outsiders(request.auth)
    filters = queries.Filters(subject=narrow.subject, kind=narrow.kind)
    only = people.visible(request.auth, **_COLUMNS)
    return rows(queries.entries(filters, only=only, page=narrow.page), _line)


@router.get("head", response={200: HeadOut, **RESPONSES})
def head(request: ApiRequest) -> HeadOut:
    """台账头：行数、最近一次封存、未封存行数。"""
    _refuse_outsiders(request.auth)
    found = queries.head()
    return HeadOut(
        lines=found.lines,
        last_seal=found.seal.no if found.seal else None,
        unsealed=found.unsealed,
    )


@router.get("verification", response={200: VerificationOut, **RESPONSES})
def verification(request: ApiRequest) -> VerificationOut:
    """核验整个台账：逐行重算摘要，对照封存。"""
    require(request.auth, "ledger.verify", doing="核验台账")
    report = queries.verification()
    return VerificationOut(sound=report.holds, sentence=report.sentence)


def _refuse_outsiders(actor: Actor) -> None:
    """The desk's own rule: the ledger as a whole is for those who check it."""
    if not (actor.may("ledger.verify") or actor.may("audit.export")):
        raise NotAllowed("您的岗位不能查看全部台账；请以 subject 指明事项，如 projects/项目编号")


def _line(line: queries.Line) -> LineOut:
    return LineOut(**ledger_lines.told(line))
