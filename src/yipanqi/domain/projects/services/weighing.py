"""Weighing a file of projects: each row by itself, and against every project there is (查重)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, cast

from yipanqi.domain.intake import likely
from yipanqi.domain.intake.columns import CONFIRMED, ID, Remark
from yipanqi.domain.intake.libraries import Judged, Line
from yipanqi.domain.intake.models import Verdict
from yipanqi.domain.people import row_filter
from yipanqi.domain.projects import judging, workbook
from yipanqi.domain.projects.judging import Entry, Ground
from yipanqi.domain.projects.models import Project
from yipanqi.domain.projects.services import checking
from yipanqi.engine.duplicates import Match
from yipanqi.rulebook.duplicates import Level, Subject
from yipanqi.vocab import names
from yipanqi.vocab.actors import Actor, Scope
from yipanqi.vocab.labels import Label

_NAME = "项目名称"


@dataclass(frozen=True, slots=True)
class Held:
    """A project there is, as duplicates are told by, and where it stands for the row filter."""

    public_id: str
    subject: Subject
    scope: Scope


class _Drafted:
    """A project as far as a row tells it: a record of ninety columns is dear to make and drop."""

    def __init__(self, fields: Mapping[str, object]) -> None:
        self._fields = fields

    def __getattr__(self, name: str) -> object:
        return self._fields.get(name)


def judged(lines: Sequence[Line], *, by: Actor) -> list[Judged]:
    """What each line is, in order."""
    ground = Ground.of(by)
    entries = sound(lines, ground)
    judging.find(entries, by=by)
    verdicts = [judging.first_verdict(entry, ground) for entry in entries]
    new = [at for at, each in enumerate(verdicts) if each.verdict is Verdict.NEW]
    _hold_back([entries[at] for at in new], [verdicts[at] for at in new], by)
    return verdicts


def sound(lines: Sequence[Line], ground: Ground) -> list[Entry]:
    """The lines read, each with whatever is absurd in it by the rules of the record itself."""
    entries = judging.read(lines, ground)
    for entry in entries:
        if not entry.faults:
            _check(entry, ground)
    return entries


def _check(entry: Entry, ground: Ground) -> None:
    """A project is held to the same rules whether it is typed on a page or comes in a file."""
    given = entry.given()
    try:
        for name, value in given.items():
            if name not in {"park", "leader"}:
                checking.check(name, judging.typed(name, value, ground))  # type: ignore[arg-type]  # a park and a leader are left out
        if not entry.text(ID):
            # One code of the city is one project: asked of all rows at once, with the duplicates.
            drafted = _Drafted(drafted_fields(entry, ground) | {"city_code": None})
            checking.check_together(cast("Project", drafted), ())
            _check_amounts(entry)
    except checking.Unclear as fault:
        titles = {column.key: column.title for column in workbook.columns()}
        title = titles.get(fault.field, "")
        entry.faults.append(Remark(title, entry.line.cells.get(title, ""), str(fault)))


def drafted_fields(entry: Entry, ground: Ground) -> dict[str, object]:
    """What the row gives a new project, as the model takes it; unknown fields are left out."""
    given: dict[str, Any] = {
        name: judging.typed(name, value, ground) for name, value in entry.given().items()
    }
    return {**checking.cleaned(given), "chain": entry.text("chain")}


def _check_amounts(entry: Entry) -> None:
    total = entry.values.get("total_investment_fen")
    if not isinstance(total, int | Decimal):
        return
    fixed, paid = entry.values.get("fixed_investment_fen"), entry.values.get("paid_in_fen")
    if isinstance(fixed, int) and fixed > total:
        says = "固定资产投资不能大于计划总投资，请核对单位（万元）"
        raise checking.Unclear("fixed_investment_fen", says)
    if isinstance(paid, int) and paid > total:
        raise checking.Unclear("paid_in_fen", "到位资金不能大于计划总投资，请核对单位（万元）")


def _hold_back(entries: Sequence[Entry], verdicts: Sequence[Judged], by: Actor) -> None:
    """New rows that are likely a project there is, or another row of the file."""
    held = _held()
    new = [_subject(entry) for entry in entries]
    for at, match in likely.surest(new, [each.subject for each in held]).items():
        entry, verdict = entries[at], verdicts[at]
        if entry.text(CONFIRMED) and match.finding.level is not Level.SAME:
            continue
        told = (
            _told_of(held[match.other], match, by)
            if match.is_held
            else _told_within(entries[match.other], match)
        )
        verdict.verdict = Verdict.DUPLICATE
        verdict.remarks.append(Remark(_NAME, entry.text("name"), told))


def _told_of(other: Held, match: Match, by: Actor) -> str:
    """What one may know of a project there is: of one out of sight, only that there is one."""
    level = match.finding.level
    if not row_filter.reaches(by, other.scope):
        return (
            f"另有您无权查看的项目与此{level.meaning}（{level.title}）；请联系招商主管部门核对，"
            f"确属两件事的在“{CONFIRMED}”列写明后重新上传"
        )
    why = "、".join(match.finding.reasons)
    told = f"与已有项目“{other.subject.name}”（编号 {other.public_id}）{level.meaning}：{why}；"
    if level is Level.SAME:
        return told + "要修改那个项目的，请填上编号"
    return told + f"确属两件事的在“{CONFIRMED}”列写明后重新上传"


def _told_within(other: Entry, match: Match) -> str:
    why = "、".join(match.finding.reasons)
    told = f"与本文件{other.line.place}“{other.text('name')}”{match.finding.level.meaning}：{why}；"
    if match.finding.level is Level.SAME:
        return told + "请只保留一行"
    return told + f"确属两件事的在“{CONFIRMED}”列写明后重新上传"


def _subject(entry: Entry) -> Subject:
    amount = entry.values.get("total_investment_fen")
    return Subject(
        entry.text("name"),
        code=entry.text("city_code"),
        investor=entry.text("enterprise"),
        investor_code=entry.text("enterprise_code"),
        group=_group(entry.text("enterprise")),
        amount_fen=amount if isinstance(amount, int) else None,
        industry=entry.text("chain"),
    )


def _held() -> list[Held]:
    rows = Project.objects.order_by("id").values_list(
        "public_id",
        "name",
        "city_code",
        "enterprise__name",
        "enterprise__code",
        "total_investment_fen",
        "chain",
        "label",
        "unit__path",
    )
    return [
        Held(
            public_id,
            Subject(name, code or "", firm, firm_code or "", _group(firm), amount, chain),
            Scope(path, Label(label), chain),
        )
        for public_id, name, code, firm, firm_code, amount, chain, label, path in rows.iterator()
    ]


def _group(firm: str) -> str:
    """What a firm's group goes by: its brand, else its own name."""
    from yipanqi.engine.groups import parsing  # noqa: PLC0415 -- brings Ibis, a second to load

    if firm not in _BRANDS:
        if len(_BRANDS) > _MOST_BRANDS:
            _BRANDS.clear()
        _BRANDS[firm] = parsing.parsed(firm).brand or names.key(firm)
    return _BRANDS[firm]


_BRANDS: dict[str, str] = {}
_MOST_BRANDS = 300_000
