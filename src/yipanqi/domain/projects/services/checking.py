"""What a project's fields may say: each by itself, and together."""

from collections.abc import Collection, Mapping
from datetime import date
from decimal import Decimal

from yipanqi.domain.people.models import Officer
from yipanqi.domain.places.models import Park
from yipanqi.domain.projects import holdings
from yipanqi.domain.projects.fields import FIELDS, LISTS, MOST, PAST, UNIQUE
from yipanqi.domain.projects.models import Project
from yipanqi.vocab import clock, divisions, names
from yipanqi.vocab.labels import Label, refuse_state_secrets
from yipanqi.vocab.money import LARGEST_FEN, shown

Value = str | int | bool | Decimal | date | Label | Park | Officer | None

FIRST_YEAR = 1949
AMOUNTS = frozenset({"total_investment_fen", "fixed_investment_fen"})
_INDUSTRY_CODES = ("industry_code", "second_industry_code")
# Mainland China lies within these degrees; a point outside is a slip.
_LONGITUDES, _LATITUDES = (73, 136), (3, 54)


class Unclear(Exception):
    """A value is absurd; `field` names it, the message says the remedy."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


def cleaned(changes: Mapping[str, Value]) -> dict[str, Value]:
    """The changes with what was left empty as the column holds it."""
    return {name: None if name in UNIQUE and value == "" else value
            for name, value in changes.items()}  # fmt: skip


def check(name: str, value: Value) -> None:
    """Raise Unclear where the value makes no sense in the field, or StateSecret."""
    if name not in FIELDS:
        raise Unclear(name, f"“{name}”不是可以修改的字段")
    if isinstance(value, str):
        refuse_state_secrets(value)
    if name == "name" and not names.key(str(value or "")):
        raise Unclear(name, "项目名称未填；一般写作“企业简称＋内容＋项目”")
    if name in LISTS and value and value not in LISTS[name]:
        known = "、".join(LISTS[name].values())
        raise Unclear(name, f"{FIELDS[name]}“{value}”不在可选范围；可选：{known}")
    if name in _INDUSTRY_CODES and value:
        _check_industry(name, str(value))
    if name in PAST and isinstance(value, date) and value > clock.today():
        raise Unclear(name, f"{FIELDS[name]}不能晚于今天；计划日期请填计划开工日、计划竣工日")
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        _check_number(name, value)


def check_together(project: Project, changed: Collection[str]) -> None:
    """Raise Unclear where two fields, or a changed amount and the rows, gainsay each other."""
    if AMOUNTS & set(changed):
        _check_amounts(project)
    _check_days(project)
    if project.is_relocated is False and project.relocated_from:
        raise Unclear("relocated_from", "填了外溢来源地，“产业外溢”却选了“否”；请核对")
    if project.headquarters_mode and not project.headquarters:
        raise Unclear("headquarters", "填了总部方式，请一并选择总部类型")
    if (project.longitude is None) != (project.latitude is None):
        raise Unclear("latitude", "经度、纬度须一并填写，或都留空")
    same = Project.objects.filter(city_code=project.city_code) if project.city_code else None
    if same is not None and same.exclude(pk=project.pk).exists():
        raise Unclear("city_code", "该市级项目编码已用于另一个项目；同一编码即同一项目，请核对")


def _check_industry(name: str, code: str) -> None:
    digits = code[1:] if code[:1].isalpha() else code
    if not (digits.isdigit() and 2 <= len(digits) <= 4 and divisions.division(digits)):  # noqa: PLR2004
        raise Unclear(name, f"“{code}”不是 GB/T 4754-2017 的行业代码；请填 2 至 4 位数字，如 3484")


def _check_number(name: str, value: int | Decimal) -> None:
    if name == "longitude" and not _LONGITUDES[0] <= value <= _LONGITUDES[1]:
        raise Unclear(name, "经度应在 73 至 136 度之间；请核对是否与纬度写反")
    if name == "latitude" and not _LATITUDES[0] <= value <= _LATITUDES[1]:
        raise Unclear(name, "纬度应在 3 至 54 度之间；请核对是否与经度写反")
    if name == "first_invested_year" and not FIRST_YEAR <= value <= clock.today().year:
        raise Unclear(name, f"年份应在 {FIRST_YEAR} 至今年之间")
    if value < 0:
        raise Unclear(name, f"{FIELDS[name]}不能为负数")
    if value > MOST.get(name, LARGEST_FEN):
        raise Unclear(name, f"{FIELDS[name]}“{value}”过大，请核对单位")


def _check_amounts(project: Project) -> None:
    total, fixed = project.total_investment_fen, project.fixed_investment_fen
    if total is None:
        return
    if fixed is not None and fixed > total:
        raise Unclear("fixed_investment_fen", "固定资产投资不能大于计划总投资，请核对单位（万元）")
    for what, sum_fen in holdings.sums(project).items():
        if sum_fen > total:
            raise Unclear(
                "total_investment_fen",
                f"{what}合计 {shown(sum_fen)}，超过计划总投资 {shown(total)}；请先核对{what}",
            )


def _check_days(project: Project) -> None:
    for row in (
        ("agreement_signed_on", "started_on", "completed_on"),
        ("planned_start_on", "planned_finish_on"),
        ("first_contact_on", "agreement_signed_on"),
    ):
        known = [(name, getattr(project, name)) for name in row if getattr(project, name)]
        for (earlier, first), (later, second) in zip(known, known[1:], strict=False):
            if second < first:
                raise Unclear(later, f"{FIELDS[later]}早于{FIELDS[earlier]}，请核对两个日期")
