"""Rows of a file of projects held against the library: new, changed, twice or wrong."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from yipanqi.domain.industries import queries as industries
from yipanqi.domain.intake.columns import AUTHOR, DATED, ID, Reading, Remark, Value
from yipanqi.domain.intake.libraries import Judged, Line
from yipanqi.domain.intake.models import Verdict
from yipanqi.domain.people import row_filter
from yipanqi.domain.people.models import Officer, Unit
from yipanqi.domain.places.models import Park
from yipanqi.domain.projects import queries, workbook
from yipanqi.domain.projects.fields import FIELDS
from yipanqi.domain.projects.models import Project
from yipanqi.domain.rules import queries as rules
from yipanqi.rulebook.stages import StageSheet
from yipanqi.vocab import clock, credit_codes, names, public_ids
from yipanqi.vocab.actors import Actor, Scope, home
from yipanqi.vocab.labels import Label, StateSecret, refuse_state_secrets

_CHUNK = 500
_DAYS = ("进入本阶段日期", "未填，也没有可推定的日期；请填写，不清楚的按台账登记日期填")
# What the row says that a record already there does not take from a file.
_FIXED = {"stage": "阶段", "enterprise": "投资主体", "unit": "责任单位"}


@dataclass(slots=True)
class Entry:
    """A line with what could be read of it, and the project it changes, where there is one."""

    line: Line
    values: dict[str, Value]
    faults: list[Remark] = field(default_factory=list)
    held: Project | None = None

    def text(self, key: str) -> str:
        """The value as text; empty where there is none."""
        value = self.values.get(key)
        return "" if value is None else str(value)

    def given(self) -> dict[str, Value]:
        """The fields of FIELDS the row speaks of, by name; park and leader still as words."""
        return {
            key: value for key, value in self.values.items() if key in FIELDS and value is not None
        }


@dataclass(frozen=True, slots=True)
class Ground:
    """What rows are read against, asked for once: stages, units, parks, leaders, the reader."""

    stages: StageSheet
    units: Mapping[str, Unit]
    parks: Mapping[str, Park]
    leaders: Mapping[str, Officer | None]
    # The chain of each link, by code.
    chains: Mapping[str, str]
    by: Actor

    @classmethod
    def of(cls, by: Actor) -> "Ground":
        """The ground as it is today, for this actor."""
        leaders: dict[str, Officer | None] = {}
        for officer in Officer.objects.filter(is_active=True):
            # Two of one name are nobody: which of them is meant, a name cannot say.
            leaders[officer.name] = None if officer.name in leaders else officer
        return cls(
            rules.stages(on=clock.today()),
            {unit.code: unit for unit in Unit.objects.all()},
            {park.unit.code: park for park in Park.objects.select_related("unit")},
            leaders,
            {
                link.code: chain.code
                for chain in industries.chains()
                for link in industries.links(chain)
            },
            by,
        )

    def unit(self, entry: Entry) -> Unit:
        """The unit the project is of: the one named, else the actor's own."""
        named = entry.text("unit")
        own = home(self.by)
        return self.units[named] if named else next(u for u in self.units.values() if u.pk == own)

    def scope(self, entry: Entry) -> Scope:
        """Where the project would stand for the row filter."""
        label = Label(entry.text("label") or Label.INTERNAL)
        return Scope(self.unit(entry).path, label, entry.text("chain"))


def read(lines: Sequence[Line], ground: Ground) -> list[Entry]:
    """Each line's values, and what is wrong with its cells."""
    reading = Reading(workbook.columns())
    entries = []
    for line in lines:
        values, faults = reading.read(line.cells)
        entry = Entry(line, values, faults)
        entry.faults += _absurd(entry, ground)
        entries.append(entry)
    return entries


def find(entries: Sequence[Entry], *, by: Actor) -> None:
    """Give each entry the project it names by number."""
    named = [entry for entry in entries if entry.text(ID) and not entry.faults]
    for start in range(0, len(named), _CHUNK):
        chunk = named[start : start + _CHUNK]
        numbers = [entry.text(ID) for entry in chunk]
        rows = queries.seen(by)
        found = {row.public_id: row for row in rows.filter(public_id__in=numbers)}
        found |= {row.code: row for row in rows.filter(code__in=numbers) if row.code}
        for entry in chunk:
            entry.held = found.get(entry.text(ID))
            if entry.held is None:
                says = "本系统没有这个编号，或不在您的查看范围；新增的行请留空"
                entry.faults.append(Remark(ID, entry.text(ID), says))


def first_verdict(entry: Entry, ground: Ground) -> Judged:
    """What the entry is by itself; likely duplicates are looked for later."""
    dated = entry.values.get(DATED)
    origin = (entry.text(AUTHOR), dated if isinstance(dated, date) else None)
    if entry.held is None and not entry.faults:
        return Judged(Verdict.NEW, [], f"{workbook.PREFIX}{public_ids.new()}", *origin)
    if entry.held is not None:
        entry.faults += _fixed(entry, entry.held)
    if entry.faults or entry.held is None:
        return Judged(Verdict.WRONG, entry.faults, "", *origin)
    subject = queries.subject(entry.held)
    changes = differences(entry, entry.held, ground)
    if not changes:
        return Judged(Verdict.SAME, [], subject, *origin)
    return Judged(Verdict.CHANGED, told(changes, entry), subject, *origin)


def differences(entry: Entry, held: Project, ground: Ground) -> dict[str, tuple[object, object]]:
    """What the row tells otherwise: field -> ours, theirs. What it does not tell is none."""
    pairs = {
        name: (getattr(held, name), typed(name, value, ground))
        for name, value in entry.given().items()
    }
    return {name: pair for name, pair in pairs.items() if pair[0] != pair[1]}


def typed(name: str, value: Value, ground: Ground) -> object:
    """The value as the model takes it: a park, a leader, a label, or the value itself."""
    if name == "park":
        return ground.parks[str(value)]
    if name == "leader":
        return ground.leaders[str(value)]
    return Label(str(value)) if name == "label" else value


def told(changes: Mapping[str, tuple[object, object]], entry: Entry) -> list[Remark]:
    """The changes as an officer reads them, before and after."""
    titles = {column.key: column.title for column in workbook.columns()}
    return [
        Remark(
            titles[name],
            entry.line.cells.get(titles[name], ""),
            f"原为“{shown(ours) or '未填'}”",
        )
        for name, (ours, _theirs) in changes.items()
    ]


def shown(value: object) -> str:
    """A held value in words; people and parks by name."""
    if isinstance(value, Officer | Park):
        return value.name
    if isinstance(value, bool):
        return "是" if value else "否"
    return "" if value is None else str(value)


def since(entry: Entry, ground: Ground) -> date | None:
    """The day the project entered its stage: as given, by the stage's own day, or as dated."""
    stage = ground.stages.find(entry.text("stage"))
    days = (entry.values.get(key) for key in ("stage_since", stage.day or "", DATED))
    return next((each for each in days if isinstance(each, date)), None)


def _absurd(entry: Entry, ground: Ground) -> Iterator[Remark]:
    yield from _absurd_words(entry)
    yield from _absurd_places(entry, ground)
    if entry.values.get("stage") and not entry.text(ID) and since(entry, ground) is None:
        yield Remark(_DAYS[0], "", _DAYS[1])


def _absurd_words(entry: Entry) -> Iterator[Remark]:
    try:
        refuse_state_secrets(*entry.line.cells.values())
    except StateSecret as fault:
        yield Remark("", "", str(fault))
    if entry.text("name") and not names.key(entry.text("name")):
        yield Remark("项目名称", entry.text("name"), "不是项目名称；一般写作“企业简称＋内容＋项目”")
    if code := entry.text("enterprise_code"):
        entry.values["enterprise_code"] = code.upper()
        try:
            credit_codes.kind(code.upper())
        except credit_codes.NotACode as fault:
            yield Remark("投资主体信用代码", code, str(fault))


def _absurd_places(entry: Entry, ground: Ground) -> Iterator[Remark]:
    """Who and where: a leader nobody knows, a link of another chain, a unit out of sight."""
    if (leader := entry.text("leader")) and ground.leaders.get(leader) is None:
        yield Remark("责任领导", leader, "没有这位人员，或有重名；请留空，导入后在项目页选择")
    if link := entry.text("link"):
        chain = entry.values["chain"] = entry.values.get("chain") or ground.chains[link]
        if chain != ground.chains[link]:
            says = "这个环节不属于所填的产业链；请核对，或只填环节"
            yield Remark("产业链环节", entry.line.cells.get("产业链环节", ""), says)
    if not row_filter.reaches(ground.by, ground.scope(entry)):
        says = "不在您的查看范围；请改为本单位或下级单位的项目，或请该单位导入"
        yield Remark("责任单位", entry.line.cells.get("责任单位", ""), says)


def _fixed(entry: Entry, held: Project) -> Iterator[Remark]:
    """Where the row would change what a file does not change."""
    ours = {"stage": held.stage, "enterprise": held.enterprise.name, "unit": held.unit.code}
    for key, title in _FIXED.items():
        theirs = entry.text(key)
        if theirs and names.key(theirs) != names.key(ours[key]):
            says = f"既有项目的{title}不随文件改动；请改回原值，在项目页办理"
            yield Remark(title, entry.line.cells.get(title, ""), says)
