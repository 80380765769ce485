"""One format for every error: problem details (RFC 9457), titles in Chinese."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError

from yipanqi.delivery.limits import TooOften
from yipanqi.domain.evidence.services import safety
from yipanqi.domain.investors.services import contacts, registering
from yipanqi.domain.leads.services import claims, rulings
from yipanqi.domain.projects.services import editing, materials, stages
from yipanqi.domain.projects.services import registering as projects
from yipanqi.vocab import trace
from yipanqi.vocab.actors import NotAllowed
from yipanqi.vocab.labels import StateSecret
from yipanqi.vocab.money import NotMoney

TITLES = {
    400: "请求不完整",
    401: "未登录或令牌无效",
    403: "没有权限",
    404: "没有找到",
    409: "内容已被他人修改",
    413: "文件过大",
    422: "不能这样做",
    429: "操作过于频繁",
    500: "系统出错",
}
# Which refusal of the domain is which status. What is not listed here is a fault, and a 500.
_STATUS: Sequence[tuple[type[Exception], int]] = (
    (NotAllowed, 403),
    (editing.StaleEdit, 409),
    (stages.NotNext, 409),
    (rulings.NothingToRule, 409),
    (projects.NotHeld, 409),
    (safety.TooLarge, 413),
    (safety.Refused, 422),
    (StateSecret, 422),
    (NotMoney, 422),
    (registering.Nameless, 422),
    (contacts.Incomplete, 422),
    (claims.ProofMissing, 422),
    (claims.TooManyClaims, 422),
    (claims.Unclear, 422),
    (rulings.ReasonMissing, 422),
    (projects.Unclear, 422),
    (editing.Unclear, 422),
    (materials.UnknownMaterial, 422),
    (editing.GateEmptied, 422),
    (stages.GateClosed, 422),
)


class Problem(Schema):
    """What went wrong: `detail` says it and the remedy; `request` is the number to quote."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    request: str
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
        "request": trace.request_id(),
        **more,
    }
    return JsonResponse(
        body,
        status=status,
        content_type="application/problem+json",
        json_dumps_params={"ensure_ascii": False},
    )


def install(api: NinjaAPI) -> None:
    """Teach the API to answer every refusal and fault in the one format."""
    answers: list[tuple[type[Exception], Any]] = [
        *((kind, _refusal(status)) for kind, status in _STATUS),
        (AuthenticationError, _unknown),
        (Http404, _absent),
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
        if isinstance(refusal, editing.Unclear):
            more["errors"] = [{"field": refusal.field, "message": str(refusal)}]
        return told(status, str(refusal), **more)

    return answer


def _unknown(request: HttpRequest, refusal: Exception) -> HttpResponse:
    return told(401, "请先登录，或在 Authorization 头里给出有效的 Bearer 令牌")


def _absent(request: HttpRequest, refusal: Exception) -> HttpResponse:
    return told(404, "没有这条记录，或您无权查看")


def _invalid(request: HttpRequest, refusal: ValidationError) -> HttpResponse:
    errors = [
        {
            "field": ".".join(str(part) for part in each.get("loc", ())[1:]),
            "message": str(each.get("msg", "")),
        }
        for each in refusal.errors
    ]
    named = "、".join(sorted({each["field"] for each in errors if each["field"]}))
    return told(422, f"字段不合规：{named or '请求体'}；请对照接口文档修改", errors=errors)


def _http(request: HttpRequest, refusal: HttpError) -> HttpResponse:
    status = refusal.status_code
    return told(status, "请求体不是有效的 JSON" if status == 400 else str(refusal))  # noqa: PLR2004


def _too_often(request: HttpRequest, refusal: TooOften) -> HttpResponse:
    response = told(429, str(refusal))
    response["Retry-After"] = str(refusal.retry_after_seconds)
    return response
