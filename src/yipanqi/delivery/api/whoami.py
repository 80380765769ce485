"""Who is asking, and one search over everything they may see."""

from typing import Annotated

from ninja import Query, Router, Schema

from yipanqi.delivery import limits
from yipanqi.delivery.api.keys import ApiRequest
from yipanqi.delivery.api.problems import RESPONSES
from yipanqi.delivery.api.shapes import Found, Line
from yipanqi.domain.investors import queries as investors
from yipanqi.domain.leads import inbox
from yipanqi.domain.projects import queries as projects

router = Router()


class Me(Schema):
    """The caller as the house sees them."""

    name: str
    unit: str
    verbs: list[str]


@router.get("me", response={200: Me, **RESPONSES})
def me(request: ApiRequest) -> Me:
    """调用者是谁、能做什么。"""
    actor = request.auth
    verbs = sorted({verb for post in actor.posts for verb in post.may})
    return Me(name=actor.name, unit=actor.unit_path, verbs=verbs)


@router.get("search", response={200: list[Found], **RESPONSES})
def search(request: ApiRequest, text: Annotated[Line, Query(min_length=1)]) -> list[Found]:
    """按名称或拼音首字母找客商、项目和信息，只给出有权看到的。"""
    limits.count(request.auth, "search")
    firms = investors.suggestions(text, seen_by=request.auth)
    found = [
        Found(kind="enterprise", public_id=f.public_id, title=f.name, note=f.city) for f in firms
    ]
    heard = inbox.suggestions(text, seen_by=request.auth)
    found += [
        Found(kind="signal", public_id=s.public_id, title=s.matter, note=s.enterprise_name)
        for s in heard
    ]
    own = projects.suggestions(text, seen_by=request.auth)
    return found + [
        Found(kind="project", public_id=p.public_id, title=p.name, note=p.unit.short_name)
        for p in own
    ]
