"""Search of the registry: public data, the same for every caller."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Query, Router, Schema
from pydantic import Field

from yipanqi.delivery import limits, registry_search
from yipanqi.delivery.api import problems
from yipanqi.delivery.api.keys import ApiRequest
from yipanqi.delivery.api.listing import Rows
from yipanqi.delivery.api.problems import RESPONSES, Problem
from yipanqi.delivery.api.shapes import Line
from yipanqi.delivery.registry_search import State
from yipanqi.engine.search import finding, questions
from yipanqi.engine.search.finding import DEEPEST, Hit
from yipanqi.engine.search.questions import Question
from yipanqi.vocab.pages import SIZE, bounds

router = Router()

Region = Annotated[str, Field(pattern=r"^[0-9]{6}$", description="GB/T 2260 六位代码")]
Year = Annotated[int, Field(ge=1800, le=2200)]
_LAST = DEEPEST // SIZE
_MAY_BE_ABSENT: dict[Any, Any] = {503: Problem, **RESPONSES}


class NotReady(Exception):
    """The registry in force cannot be searched yet; the message says why and until when."""


class Sought(Schema):
    """What is sought, and within which bounds."""

    text: Line
    province: Region | None = None
    city: Region | None = None
    existence: Annotated[str, Field(pattern=r"^(alive|ceased|unknown)$")] | None = None
    since: Annotated[Year, Field(description="成立年份不早于")] | None = None
    until: Annotated[Year, Field(description="成立年份不晚于")] | None = None
    page: Annotated[int, Field(ge=1, le=_LAST)] = 1


class RegistryHit(Schema):
    """An enterprise of the registry; `enterprise` is its public id where 客商库 has it."""

    registry_id: str
    name: str
    code: str | None
    province: str | None
    city: str | None
    city_code: str | None
    address: str | None
    registered_on: date | None
    capital_text: str | None
    scope: str | None
    existence: str
    last_sign_on: date | None
    source: str | None
    field: str | None
    excerpt: str
    enterprise: str | None


class RegistryHits(Rows[RegistryHit]):
    """Hits of one page; `is_loosened` where nothing says it word for word and the nearest stand."""

    is_loosened: bool
    as_of: date | None


@router.get("search", response={200: RegistryHits, **_MAY_BE_ABSENT})
def search(request: ApiRequest, sought: Query[Sought]) -> RegistryHits:
    """搜索登记企业：名称、产品、地址、拼音首字母；空格隔开的词都须出现。"""
    limits.count(request.auth, "search")
    now = registry_search.condition()
    if now.registry is None or now.state is not State.READY:
        raise NotReady(_WHY[now.state])
    question = Question(
        sought.text, sought.province, sought.city, sought.existence, sought.since, sought.until
    )
    first = bounds(sought.page).start
    answer = finding.find(now.registry, question, first=first, most=SIZE)
    known = registry_search.known([hit.row for hit in answer.hits])
    ids = {registry_id: each.public_id for registry_id, each in known.items()}
    return RegistryHits(
        total=answer.total,
        page=sought.page,
        pages=max(1, -(-min(answer.total, DEEPEST) // SIZE)),
        rows=[_shape(hit, ids.get(hit.row.id)) for hit in answer.hits],
        is_loosened=answer.is_loosened,
        as_of=registry_search.as_of(now.registry),
    )


def install(api: NinjaAPI) -> None:
    """Teach the API what a search may be refused."""
    for refusal, status in ((NotReady, 503), (questions.Unanswerable, 422)):
        api.add_exception_handler(refusal, _told(status))


def _told(status: int) -> Callable[[HttpRequest, Any], HttpResponse]:
    def answer(request: HttpRequest, refusal: Exception) -> HttpResponse:
        return problems.told(status, str(refusal))

    return answer


def _shape(hit: Hit, enterprise: str | None) -> RegistryHit:
    row = hit.row
    return RegistryHit(
        registry_id=row.id,
        name=row.name,
        code=row.code,
        province=row.province,
        city=row.city,
        city_code=row.city_code,
        address=row.address,
        registered_on=row.registered,
        capital_text=row.capital_text,
        scope=row.scope,
        existence=row.status,
        last_sign_on=row.last_sign_on,
        source=row.source,
        field=hit.field,
        excerpt=hit.excerpt,
        enterprise=enterprise,
    )


_WHY = {
    State.NO_REGISTRY: "平台还没有登记数据：请管理员运行 yipanqi registry import … --publish",
    State.WAITING: "这批登记数据还没有搜索索引：后台每 5 分钟检查一次并自动建立，请稍后再试",
    State.BUILDING: "搜索索引正在建立，请几分钟后再试",
    State.FAILED: "搜索索引没有建成：请管理员运行 yipanqi registry index 查看原因",
}
