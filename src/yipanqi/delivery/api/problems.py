"""One format for every error: problem details (RFC 9457), titles in Chinese."""

from collections.abc import Callable, Sequence
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

from yipanqi.delivery.api import life_refusals, money_refusals, review_refusals, wordings
from yipanqi.delivery.limits import TooOften
from yipanqi.domain.evidence.services import safety
from yipanqi.domain.investors.services import (
    contacts,
    interactions,
    merging,
    planning,
    refreshing,
    registering,
    traits,
    unmerging,
)
from yipanqi.domain.leads.services import (
    claims,
    contests,
    renewals,
    rulings,
    signals,
    transfers,
)
from yipanqi.domain.notices.services import hooks
from yipanqi.domain.projects.services import editing, materials, stages
from yipanqi.domain.projects.services import registering as projects
from yipanqi.vocab import trace
from yipanqi.vocab.actors import NotAllowed
from yipanqi.vocab.labels import StateSecret
from yipanqi.vocab.money import NotMoney

Respond = Callable[[HttpRequest], HttpResponse]
TITLES = {
    400: "请求不完整",
    401: "未登录或令牌无效",
    403: "没有权限",
    404: "没有找到",
    405: "不支持的方法",
    409: "内容已被他人修改",
    413: "文件过大",
    422: "不能这样做",
    429: "操作过于频繁",
    500: "系统出错",
    503: "暂时不能答复",
}
MEDIA_TYPE = "application/problem+json"
_DETAILS = {
    400: "请求体读不懂：应为有效的 JSON 或表单",
    401: "请先登录，或在 Authorization 头里给出有效的 Bearer 令牌",
    403: "用会话调用接口时，修改须带 X-CSRFToken；或改用 Bearer 令牌",
    404: "没有这条记录或这个地址，或您无权查看",
    405: "该地址不支持这个方法；支持的方法见 Allow 头",
    413: "请求体过大；材料请用文件上传接口",
}
# Which refusal of the domain is which status. What is not listed here is a fault, and a 500.
_STATUS: Sequence[tuple[type[Exception], int]] = (
    (NotAllowed, 403),
    (editing.StaleEdit, 409),
    (stages.NotNext, 409),
    (rulings.NothingToRule, 409),
    (renewals.NotRenewable, 409),
    (contests.NotContestable, 409),
    (contests.NothingToAnswer, 409),
    (transfers.NotTransferable, 409),
    (signals.LooksKnown, 409),
    (signals.NotOpen, 409),
    (signals.Stale, 409),
    (signals.Unclear, 422),
    (transfers.NothingToAgree, 409),
    (projects.NotHeld, 409),
    (safety.TooLarge, 413),
    (safety.Refused, 422),
    (StateSecret, 422),
    (NotMoney, 422),
    (registering.Nameless, 422),
    (registering.Misplaced, 422),
    (contacts.Incomplete, 422),
    (merging.Obstructed, 422),
    (refreshing.Outdated, 409),
    (unmerging.Irreversible, 409),
    (planning.NotPlanned, 409),
    (traits.AlreadyWithdrawn, 409),
    (interactions.StepClosed, 409),
    (claims.ProofMissing, 422),
    (claims.TooManyClaims, 422),
    (claims.Unclear, 422),
    (rulings.ReasonMissing, 422),
    (renewals.NoProgress, 422),
    (contests.GroundsMissing, 422),
    (transfers.Unshared, 422),
    (projects.Unclear, 422),
    (hooks.Unclear, 422),
    (editing.Unclear, 422),
    (materials.UnknownMaterial, 422),
    (editing.GateEmptied, 422),
    (stages.GateClosed, 422),
    *life_refusals.STATUS,
    *money_refusals.STATUS,
    *review_refusals.STATUS,
)


class Problem(Schema):
    """What went wrong: `detail` says it and the remedy; `request_id` is the number to quote."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    request_id: str
    missing: list[dict[str, str]] = []
    errors: list[dict[str, str]] = []


# What any operation may answer besides success, for the published description.
RESPONSES: dict[frozenset[int], Any] = {
    frozenset({400, 401, 403, 404, 409, 413, 422, 429}): Problem
}


def told(status: int, detail: str, **more: Any) -> HttpResponse:
    """The problem as a response."""
    body = {
        "type": "about:blank",
        "title": TITLES.get(status, TITLES[400]),
        "status": status,
        "detail": detail,
        "request_id": trace.request_id(),
        **more,
    }
    # ASCII on the wire: a field's name is quoted back, and half a surrogate has no UTF-8.
    return JsonResponse(body, status=status, content_type=MEDIA_TYPE)


def in_one_format(respond: Respond) -> Respond:
    """Middleware: whatever answers for the API, an error is a problem and nothing is cached."""

    def answered(request: HttpRequest) -> HttpResponse:
        response = respond(request)
        if not request.path.startswith("/api/"):
            return response
        if response.status_code >= 400 and response.headers.get("Content-Type") != MEDIA_TYPE:  # noqa: PLR2004
            response = _translated(response)
        response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return answered


def _translated(response: HttpResponse) -> HttpResponse:
    status = response.status_code
    problem = told(status, _DETAILS.get(status, "请求没有办成；请对照接口文档修改后重试"))
    if allowed := response.headers.get("Allow"):
        problem["Allow"] = allowed
    return problem


def install(api: NinjaAPI) -> None:
    """Teach the API to answer every refusal and fault in the one format."""
    answers: list[tuple[type[Exception], Any]] = [
        *((kind, _refusal(status)) for kind, status in _STATUS),
        (AuthenticationError, _unknown),
        (Http404, _absent),
        (RequestDataTooBig, _too_big),
        (ValidationError, _invalid),
        (HttpError, _http),
        (TooOften, _too_often),
    ]
    for kind, answer in answers:
        api.add_exception_handler(kind, answer)


def _refusal(status: int) -> Any:
    def answer(request: HttpRequest, refusal: Exception) -> HttpResponse:
        more: dict[str, Any] = {}
        if isinstance(refusal, stages.GateClosed | editing.GateEmptied):
            more["missing"] = [
                {"message": row.message, "remedy": row.remedy, "source": row.source}
                for row in refusal.missing
            ]
        if isinstance(refusal, editing.Unclear | money_refusals.Unclear):
            more["errors"] = [{"field": refusal.field, "message": str(refusal)}]
        return told(status, str(refusal), **more)

    return answer


def _unknown(request: HttpRequest, refusal: Exception) -> HttpResponse:
    response = told(401, _DETAILS[401])
    response["WWW-Authenticate"] = "Bearer"
    return response


def _absent(request: HttpRequest, refusal: Exception) -> HttpResponse:
    return told(404, _DETAILS[404])


def _invalid(request: HttpRequest, refusal: ValidationError) -> HttpResponse:
    errors = [
        {"field": wordings.name(each), "message": wordings.message(each)} for each in refusal.errors
    ]
    named = "、".join(sorted({each["field"] for each in errors if each["field"]}))
    return told(422, f"字段不合规：{named or '请求体'}；请对照接口文档修改", errors=errors)


def _http(request: HttpRequest, refusal: HttpError) -> HttpResponse:
    status = refusal.status_code
    return told(status, _DETAILS.get(status, str(refusal)))


def _too_big(request: HttpRequest, refusal: RequestDataTooBig) -> HttpResponse:
    return told(413, _DETAILS[413])


def _too_often(request: HttpRequest, refusal: TooOften) -> HttpResponse:
    response = told(429, str(refusal))
    response["Retry-After"] = str(refusal.retry_after_seconds)
    return response
