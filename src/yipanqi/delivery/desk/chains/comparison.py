"""Screen: two cities side by side in a chain, and the same as a table to take away."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from yipanqi.delivery import limits
from yipanqi.delivery.city_grounds import Grounds, grounds
from yipanqi.delivery.desk.chains import comparison_files
from yipanqi.delivery.desk.screens import DeskRequest, asked, found, page
from yipanqi.domain.industries import queries as industries
from yipanqi.domain.people.services import exporting
from yipanqi.engine import cities, comparisons
from yipanqi.engine.comparisons import Comparison, Lead, Pair
from yipanqi.rulebook.chains import Chain
from yipanqi.vocab import regions
from yipanqi.vocab.actors import NotAllowed
from yipanqi.vocab.regions import Region

VERB = "exports.make"


@dataclass(frozen=True, slots=True)
class Question:
    """The cities and the chain of the address; `refusal` says what cannot be understood."""

    first: Region | None
    second: Region | None
    chain: Chain | None
    refusal: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What stands out: links only one is strong in and the other misses, or both are strong in."""

    title: str
    pairs: Sequence[Pair]


@require_GET
def show(request: DeskRequest) -> HttpResponse:
    """Show the form, and what was asked once it can be answered."""
    now = grounds()
    question = _question(request, now)
    answer, refusal = _answer(now, question)
    return page(
        request,
        "chains/comparison",
        question=question,
        known=regions.cities(),
        chains=now.ground.tables.chains if now else (),
        compared=answer,
        findings=_findings(answer) if answer else (),
        refusal=question.refusal or refusal,
        may_take=request.actor.may(VERB),
        shown=industries.chain(question.chain.chain) if question.chain else None,
    )


@require_POST
def take(request: DeskRequest, kind: str) -> HttpResponse:
    """The comparison as CSV or Excel; the taking is in the ledger."""
    if not request.actor.may(VERB):
        raise NotAllowed(_("您的岗位不能导出清单；请联系本单位管理员调整任职"))
    if kind not in comparison_files.KINDS:
        raise Http404
    now = grounds()
    answer, _refusal = _answer(now, _question(request, now))
    compared = found(answer)
    limits.count(request.actor, "export")
    written = comparison_files.written(compared, kind)
    exporting.record(
        "comparison",
        title=_("两城对比 %(title)s") % {"title": comparison_files.title(compared)},
        rows=len(compared.pairs),
        sha256=written.sha256,
        by=request.actor,
    )
    return written.answer()


def _question(request: DeskRequest, now: Grounds | None) -> Question:
    """What the address asks; the first city is the pack's own where none is named."""
    texts = asked(request, "a", 20), asked(request, "b", 20)
    first, second = (_city(text) for text in texts)
    chains = now.ground.tables.chains if now else ()
    code = asked(request, "chain")
    chain = next((one for one in chains if one.chain == code), None)
    if not texts[0] and now:
        first = now.city
    for text, city in zip(texts, (first, second), strict=True):
        if text and city is None:
            said = _("没有“%(text)s”这个城市：请写地级市名称或六位代码，如 长沙、430100")
            return Question(first, second, chain, said % {"text": text})
    if first and second and first.code == second.code:
        return Question(first, second, chain, _("两个城市相同，请另选一个来比"))
    return Question(first, second, chain)


def _city(text: str) -> Region | None:
    region = regions.by_code().get(text) or regions.city(text)
    return region if region in regions.cities() else None


def _answer(now: Grounds | None, question: Question) -> tuple[Comparison | None, str]:
    """The comparison, or why there is none; neither before all is asked."""
    if now is None:
        return None, _("还没有登记数据或规则包：请管理员先导入登记数据、装入规则包")
    if question.refusal or not (question.first and question.second and question.chain):
        return None, ""
    try:
        return comparisons.compare(
            now.ground,
            chain=question.chain.chain,
            first=question.first,
            second=question.second,
        ), ""  # fmt: skip
    except cities.NotKept:
        return None, _("各市各环节的对照数据尚未算出：请先更新研判，完成后再看")


def _findings(compared: Comparison) -> list[Finding]:
    """Who could serve whom, and where the two meet as rivals."""
    first, second = compared.first.short_name, compared.second.short_name
    apart = [pair for pair in compared.pairs if pair.complements]
    return [
        Finding(
            _("%(a)s强、%(b)s缺") % {"a": first, "b": second},
            [pair for pair in apart if pair.lead is Lead.FIRST],
        ),
        Finding(
            _("%(b)s强、%(a)s缺") % {"a": first, "b": second},
            [pair for pair in apart if pair.lead is Lead.SECOND],
        ),
        Finding(_("两市都强"), [pair for pair in compared.pairs if pair.lead is Lead.BOTH]),
    ]
