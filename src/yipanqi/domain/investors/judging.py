"""Rows of a file of enterprises held against the library: new, changed, twice or wrong."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from yipanqi.domain.intake import likely
from yipanqi.domain.intake.columns import AUTHOR, CONFIRMED, DATED, ID, Reading, Remark, Value
from yipanqi.domain.intake.libraries import Judged, Line
from yipanqi.domain.intake.models import Verdict
from yipanqi.domain.investors import queries, workbook
from yipanqi.domain.investors.models import Enterprise
from yipanqi.rulebook.duplicates import Subject
from yipanqi.vocab import credit_codes, names, public_ids
from yipanqi.vocab.labels import StateSecret, refuse_state_secrets

_CHUNK = 500
_NAME, _CODE = "企业名称", "统一社会信用代码"


@dataclass(slots=True)
class Firm:
    """A line with what could be read of it, and the enterprise it is about, where there is one."""

    line: Line
    values: dict[str, Value]
    faults: list[Remark] = field(default_factory=list)
    held: Enterprise | None = None

    @property
    def name(self) -> str:
        """The enterprise's name; empty where there is none."""
        return str(self.values.get("name") or "")

    @property
    def code(self) -> str | None:
        """Its credit code, where it gives one."""
        return str(self.values.get("code") or "") or None

    @property
    def number(self) -> str:
        """The public id by which the row names a record."""
        return str(self.values.get(ID) or "")


def judged(lines: Sequence[Line]) -> list[Judged]:
    """What each line is, in order."""
    firms = read(lines)
    _find(firms)
    repeats = _repeats(firms)
    verdicts = [_first_verdict(firm, repeats.get(firm.line.number)) for firm in firms]
    new = [at for at, each in enumerate(verdicts) if each.verdict is Verdict.NEW]
    _hold_back([firms[at] for at in new], [verdicts[at] for at in new])
    return verdicts


def read(lines: Sequence[Line]) -> list[Firm]:
    """Each line's values, and what is wrong with its cells."""
    reading = Reading(workbook.COLUMNS)
    firms = []
    for line in lines:
        values, faults = reading.read(line.cells)
        firm = Firm(line, values, faults)
        firm.faults += _absurd(firm)
        firms.append(firm)
    return firms


def differences(firm: Firm, held: Enterprise) -> list[tuple[str, Value, Value]]:
    """What the row tells otherwise: field, ours, theirs. What it does not tell is no difference."""
    pairs = [(key, getattr(held, key), firm.values.get(key)) for key in workbook.CHANGEABLE]
    return [(key, ours, theirs) for key, ours, theirs in pairs if theirs and ours != theirs]


def told(changes: Sequence[tuple[str, Value, Value]]) -> list[Remark]:
    """The changes as an officer reads them, before and after."""
    return [
        Remark(workbook.CHANGEABLE[key], _shown(theirs), f"原为“{_shown(ours) or '未填'}”")
        for key, ours, theirs in changes
    ]


def _shown(value: Value) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")


def _absurd(firm: Firm) -> Iterator[Remark]:
    if firm.name and not names.key(firm.name):
        yield Remark(_NAME, firm.name, "不是企业名称；请填写营业执照上的全称")
    if firm.code:
        firm.values["code"] = firm.code.upper()
        try:
            credit_codes.kind(firm.code)
        except credit_codes.NotACode as fault:
            yield Remark(_CODE, firm.code or "", str(fault))
    try:
        refuse_state_secrets(*(str(each) for each in firm.line.cells.values()))
    except StateSecret as fault:
        yield Remark("", "", str(fault))


def _find(firms: Sequence[Firm]) -> None:
    """Give each firm the enterprise it is about: the one it names by number, else the same one."""
    sound = [firm for firm in firms if not firm.faults]
    for start in range(0, len(sound), _CHUNK):
        chunk = sound[start : start + _CHUNK]
        numbers = [firm.number for firm in chunk if firm.number]
        by_number = {row.public_id: row for row in Enterprise.objects.filter(public_id__in=numbers)}
        same = queries.same_of_each((firm.code, firm.name) for firm in chunk)
        for firm, found in zip(chunk, same, strict=True):
            firm.held = by_number.get(firm.number) if firm.number else found
            if firm.number and firm.held is None:
                says = "本系统没有这个编号；新增的行请留空，修改的请用导出文件里的编号"
                firm.faults.append(Remark(ID, firm.number, says))
            elif firm.held and found and found.pk != firm.held.pk:
                says = f"名称或代码属于另一家已登记的企业“{found.name}”；请核对编号"
                firm.faults.append(Remark(ID, firm.number, says))


def _repeats(firms: Sequence[Firm]) -> dict[int, Line]:
    """Lines that tell of a firm an earlier line of the file tells of, each with that one."""
    codes: dict[str, Firm] = {}
    keys: dict[str, Firm] = {}
    found = {}
    for firm in firms:
        if firm.faults:
            continue
        first = codes.get(firm.code or "") or keys.get(names.key(firm.name))
        # Namesakes with codes of their own are two firms.
        if first and not (firm.code and first.code and firm.code != first.code):
            found[firm.line.number] = first.line
            continue
        if firm.code:
            codes[firm.code] = firm
        keys.setdefault(names.key(firm.name), firm)
    return found


def _first_verdict(firm: Firm, twin: Line | None) -> Judged:
    origin = (str(firm.values.get(AUTHOR) or ""), firm.values.get(DATED))
    author, dated = origin[0], origin[1] if isinstance(origin[1], date) else None
    if firm.faults:
        return Judged(Verdict.WRONG, firm.faults, author=author, dated=dated)
    if twin:
        says = f"与本文件{twin.place}是同一家企业；请只保留一行"
        return Judged(Verdict.DUPLICATE, [Remark(_NAME, firm.name, says)])
    if firm.held is None:
        subject = f"{workbook.PREFIX}{public_ids.new()}"
        return Judged(Verdict.NEW, subject=subject, author=author, dated=dated)
    subject = f"{workbook.PREFIX}{firm.held.public_id}"
    changes = differences(firm, firm.held)
    if not changes:
        return Judged(Verdict.SAME, subject=subject)
    return Judged(Verdict.CHANGED, told(changes), subject, author, dated)


def _hold_back(firms: Sequence[Firm], verdicts: Sequence[Judged]) -> None:
    """New firms whose name is all but that of another, where a code does not tell them apart."""
    held = list(Enterprise.objects.order_by("id").values_list("name", "code"))
    pairs = list(zip(firms, verdicts, strict=True))
    coded = [pair for pair in pairs if pair[0].code]
    bare = [pair for pair in pairs if not pair[0].code]
    _hold_back_like(bare, [name for name, _ in held])
    _hold_back_like(coded, [name for name, code in held if not code])


def _hold_back_like(pairs: Sequence[tuple[Firm, Judged]], held: Sequence[str]) -> None:
    new = [Subject(firm.name) for firm, _ in pairs]
    for at, match in likely.surest(new, [Subject(name) for name in held]).items():
        firm, verdict = pairs[at]
        other = pairs[match.other][0] if not match.is_held else None
        if firm.values.get(CONFIRMED) or (other and firm.code and other.code):
            continue
        known = (
            f"本文件{other.line.place}“{other.name}”" if other else f"已登记的“{held[match.other]}”"
        )
        says = (
            f"与{known}名称相似度 {match.finding.likeness}；确属两家的，"
            f"请补填统一社会信用代码，或在“{CONFIRMED}”列写明后重新上传"
        )
        verdict.verdict = Verdict.DUPLICATE
        verdict.remarks.append(Remark(_NAME, firm.name, says))
