"""Changing what is known of a project, without losing anyone's change or a passed gate."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from django.db import transaction

from yipanqi.domain.ledger.events import Plain
from yipanqi.domain.ledger.services import entries
from yipanqi.domain.people.models import Officer
from yipanqi.domain.people.spelling import initials
from yipanqi.domain.places.models import Park
from yipanqi.domain.projects import events, queries
from yipanqi.domain.projects.models import Project
from yipanqi.domain.rules import queries as rules
from yipanqi.rulebook.gates import Requirement
from yipanqi.vocab import clock, names
from yipanqi.vocab.actors import Actor, require
from yipanqi.vocab.labels import Label, refuse_state_secrets

Value = str | int | bool | Decimal | date | Label | Park | Officer | None

# Fields an officer may change, and what they are called. Stage is moved by `stages` alone.
FIELDS = {
    "name": "项目名称",
    "content": "建设内容",
    "label": "密级标签",
    "park": "园区",
    "link": "环节",
    "leader": "责任领导",
    "team_note": "专班",
    "project_class": "项目分类",
    "investment_form": "投资形态",
    "site_kind": "用地情况",
    "total_investment_fen": "计划总投资",
    "fixed_investment_fen": "固定资产投资",
    "paid_in_fen": "到位资金",
    "needs_land": "需用地",
    "land_secured_mu": "已落实用地",
    "agreement_signed_on": "协议签订日",
    "registered_on": "注册登记日",
    "filing_code": "备案项目代码",
    "construction_permit_on": "施工许可日",
    "started_on": "实际开工日",
    "completed_on": "竣工验收日",
    "production_on": "投产日",
}
# Days that record something already done cannot lie ahead.
_PAST = {name for name in FIELDS if name.endswith("_on")}


class StaleEdit(Exception):
    """Somebody changed the project meanwhile; `current` holds their values of one's own fields."""

    def __init__(self, project: Project, current: Mapping[str, Value]) -> None:
        super().__init__("您打开之后，项目已被他人修改；请对照后再保存")
        self.project = project
        self.current = current


class Unclear(Exception):
    """A value is absurd; `field` names it, the message says the remedy."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class GateEmptied(Exception):
    """The change would take away what a passed gate rests on; `missing` lists it."""

    def __init__(self, missing: tuple[Requirement, ...]) -> None:
        super().__init__("该修改会使已通过的阶段失去依据：" + "；".join(m.message for m in missing))
        self.missing = missing


@transaction.atomic
def edit(project: Project, changes: Mapping[str, Value], *, expecting: int, by: Actor) -> None:
    """Apply the changes when the project is still at version `expecting`; else change nothing.

    Raises NotAllowed, StaleEdit, Unclear, GateEmptied or StateSecret.
    """
    require(by, "projects.edit", doing="修改项目")
    project.refresh_from_db(from_queryset=Project.objects.select_for_update())
    differing = {name: value for name, value in changes.items() if getattr(project, name) != value}
    if project.version != expecting and differing:
        raise StaleEdit(project, {name: getattr(project, name) for name in differing})
    if not differing:
        return
    for name, value in differing.items():
        _check(name, value)
    held = _unmet_behind(project)
    before = {name: _told(getattr(project, name)) for name in differing}
    for name, value in differing.items():
        setattr(project, name, value)
    _check_together(project)
    if emptied := tuple(row for row in _unmet_behind(project) if row not in held):
        raise GateEmptied(emptied)
    _save(project, differing)
    event = events.ProjectEdited(
        subject=queries.subject(project),
        fields="、".join(FIELDS[name] for name in differing),
        before=before,
        after={name: _told(value) for name, value in differing.items()},
    )
    entries.record(event, by=by, scope=queries.scope(project))


def _check(name: str, value: Value) -> None:
    if name not in FIELDS:
        raise Unclear(name, f"“{name}”不是可以修改的字段")
    if isinstance(value, str):
        refuse_state_secrets(value)
    if name == "name" and not names.key(str(value or "")):
        raise Unclear(name, "项目名称未填；一般写作“企业简称＋内容＋项目”")
    if isinstance(value, int | Decimal) and value < 0:
        raise Unclear(name, f"{FIELDS[name]}不能为负数")
    if name in _PAST and isinstance(value, date) and value > clock.today():
        raise Unclear(name, f"{FIELDS[name]}不能晚于今天；计划日期请写在建设内容里")


def _check_together(project: Project) -> None:
    total, fixed = project.total_investment_fen, project.fixed_investment_fen
    if total is not None and fixed is not None and fixed > total:
        raise Unclear("fixed_investment_fen", "固定资产投资不能大于计划总投资，请核对单位（万元）")
    days = [
        ("agreement_signed_on", project.agreement_signed_on),
        ("started_on", project.started_on),
        ("completed_on", project.completed_on),
    ]
    known = [(name, day) for name, day in days if day]
    for (earlier, first), (later, second) in zip(known, known[1:], strict=False):
        if second < first:
            raise Unclear(later, f"{FIELDS[later]}早于{FIELDS[earlier]}，请核对两个日期")


def _unmet_behind(project: Project) -> tuple[Requirement, ...]:
    """What the gates already passed would now miss."""
    stages = rules.stages(on=clock.today()).stages
    codes = [stage.code for stage in stages]
    passed = codes[1 : codes.index(project.stage) + 1]
    known = queries.facts(project)
    return tuple(row for code in passed for row in queries.missing(project, code, known))


def _save(project: Project, changed: Mapping[str, Value]) -> None:
    columns = [*changed, "version", "updated_at"]
    if "name" in changed:
        project.name_key, project.initials = names.key(project.name), initials(project.name)
        columns += ["name_key", "initials"]
    project.version += 1
    project.updated_at = clock.now()
    project.save(update_fields=columns)


def _told(value: Value) -> Plain:
    """A value as the ledger keeps it: people and parks by reference only."""
    if isinstance(value, Officer):
        return f"officer:{value.pk}"
    if isinstance(value, Park):
        return value.unit.code
    if value is None or isinstance(value, bool | int):
        return value
    return str(value)
