"""Webhooks: what of the ledger goes to another system in the caller's name."""

from datetime import datetime
from typing import TYPE_CHECKING

from ninja import Path, Query, Router, Schema, Status

from yipanqi.delivery.api.found import found
from yipanqi.delivery.api.keys import ApiRequest
from yipanqi.delivery.api.listing import Rows, rows
from yipanqi.delivery.api.problems import RESPONSES
from yipanqi.delivery.api.shapes import Line, PageNumber, PublicId, Strict
from yipanqi.domain.notices import queries
from yipanqi.domain.notices.services import hooks, sending

if TYPE_CHECKING:
    from yipanqi.domain.notices.models import Sending

router = Router()


class HookIn(Strict):
    """Where to, and which kinds of events or whole rooms ("projects")."""

    name: Line
    url: Line
    kinds: list[Line]


class HookOut(Schema):
    """A hook without its secret."""

    public_id: str
    name: str
    url: str
    kinds: list[str]
    created_at: datetime
    ended_at: datetime | None


class NewHookOut(HookOut):
    """A hook that was just set up, with the secret to check signatures with."""

    secret: str


class SendingOut(Schema):
    """A line on its way: `entry` is its number in the ledger."""

    public_id: str
    entry: int
    kind: str
    state: str
    attempts: int
    due_at: datetime
    status: int | None
    failure: str
    sent_at: datetime | None


class Narrow(Schema):
    """Which page."""

    page: PageNumber = 1


@router.get("", response={200: list[HookOut], **RESPONSES})
def listing(request: ApiRequest) -> list[HookOut]:
    """本人设置的推送。"""
    return [HookOut.from_orm(hook) for hook in queries.hooks(seen_by=request.auth)]


@router.post("", response={200: NewHookOut, **RESPONSES})
def create(request: ApiRequest, body: HookIn) -> NewHookOut:
    """设置推送；签名密钥随答复给出，也可在账户页查看。"""
    hook = hooks.create(body.name, body.url, body.kinds, by=request.auth)
    known = HookOut.from_orm(hook)
    return NewHookOut(secret=hooks.secret(hook), **known.dict())


@router.delete("{public_id}", response={204: None, **RESPONSES})
def end(request: ApiRequest, public_id: Path[PublicId]) -> Status[None]:
    """停止推送；未发的不再发。"""
    hooks.end(found(queries.hook(public_id, seen_by=request.auth)), by=request.auth)
    return Status(204, None)


@router.get("{public_id}/sendings", response={200: Rows[SendingOut], **RESPONSES})
def sendings(
    request: ApiRequest, public_id: Path[PublicId], narrow: Query[Narrow]
) -> Rows[SendingOut]:
    """推送记录，最新在前。"""
    hook = found(queries.hook(public_id, seen_by=request.auth))
    return rows(queries.sendings(hook, page=narrow.page), _sending)


@router.post("{public_id}/sendings/{sending_id}/again", response={204: None, **RESPONSES})
def again(
    request: ApiRequest, public_id: Path[PublicId], sending_id: Path[PublicId]
) -> Status[None]:
    """重发一条。"""
    hook = found(queries.hook(public_id, seen_by=request.auth))
    sending.again(found(queries.sending(sending_id, hook=hook)))
    return Status(204, None)


def _sending(row: "Sending") -> SendingOut:
    return SendingOut.from_orm(row)
