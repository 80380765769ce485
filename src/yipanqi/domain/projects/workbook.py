"""The columns of a file of projects: those of `fields.FIELDS`, read off the model, and a few more.

A field that is added to FIELDS is a column of the template and is read from files without more ado.
"""

from collections.abc import Callable
from functools import partial

from django.db import models

from yipanqi.domain.industries import queries as industries
from yipanqi.domain.intake.columns import Choices, Column, Kind
from yipanqi.domain.people.models import Unit
from yipanqi.domain.places import queries as places
from yipanqi.domain.projects.fields import FIELDS, LISTS, PAST
from yipanqi.domain.projects.models import Project
from yipanqi.domain.rules import queries as rules
from yipanqi.vocab import clock
from yipanqi.vocab.labels import TITLES as LABELS

PREFIX = "projects/"
# Units of amounts and areas, by how the field's name ends.
_UNITS = {"_fen": "（万元）", "_mu": "（亩）", "_sqm": "（平方米）", "_jobs": "（人）"}
_EXAMPLES = {
    "content": "年产 2 万台液压油缸，建设厂房 3 万平方米",
    "total_investment_fen": "50000",
    "fixed_investment_fen": "32000",
    "needs_land": "是",
    "agreement_signed_on": "2017-06-30",
}
_NOTES = {
    "city_code": "市级项目编码；与库中已有编码相同的视为同一项目",
    "leader": "本系统中的姓名，须已建账号且不重名",
}


def columns() -> tuple[Column, ...]:
    """Every column of the file, in the order officers read."""
    fields = [_of_field(name) for name in FIELDS if name not in _APART]
    return (*_HEAD, *fields, _PAID_IN)


def stage_choices() -> Choices:
    """The city's stages by code."""
    return {each.code: each.title for each in rules.stages(on=clock.today()).stages}


def _units() -> Choices:
    return dict(Unit.objects.order_by("path").values_list("code", "name"))


def _parks() -> Choices:
    return {park.unit.code: park.name for park in places.parks()}


def _chains() -> Choices:
    return {chain.code: chain.name for chain in industries.chains()}


def _links() -> Choices:
    """Links by code, as “产业链·环节”: two chains may have a link of one name."""
    return {
        link.code: f"{chain.name}·{link.name}"
        for chain in industries.chains()
        for link in industries.links(chain)
    }


def _labels() -> Choices:
    return {label.value: title for label, title in LABELS.items()}


def _listed(name: str) -> Choices:
    return LISTS[name]


def _of_field(name: str) -> Column:
    """The column of a field: how it is read follows from the model's own column."""
    held = Project._meta.get_field(name)  # noqa: SLF001 -- the documented API
    unit = next((unit for end, unit in _UNITS.items() if name.endswith(end)), "")
    most = held.max_length if isinstance(held, models.CharField) else None
    return Column(
        name,
        f"{FIELDS[name]}{unit}",
        _kind(name, held),
        most=most or 0,
        places=held.decimal_places if isinstance(held, models.DecimalField) else 0,
        is_past=name in PAST,
        note=_NOTES.get(name, ""),
        example=_EXAMPLES.get(name, ""),
        choices=_choices(name),
    )


def _choices(name: str) -> Callable[[], Choices] | None:
    if name in LISTS:
        return partial(_listed, name)
    return _chains if name == "second_chain" else None


def _kind(name: str, held: object) -> Kind:
    if _choices(name):
        return Kind.CHOICE
    if name.endswith("_fen"):
        return Kind.WAN
    for kind, of in _KINDS.items():
        if isinstance(held, of):
            return kind
    return Kind.TEXT


_KINDS: "dict[Kind, type[models.Field[object, object]]]" = {
    Kind.DAY: models.DateField,
    Kind.YES_NO: models.BooleanField,
    Kind.NUMBER: models.DecimalField,
    Kind.WHOLE: models.IntegerField,
}
# Fields that have a column of their own making.
_APART = {"name", "label", "park", "link"}
_HEAD = (
    Column(
        "name",
        "项目名称",
        is_required=True,
        most=80,
        example="示例液压油缸生产基地项目",
        note="一般写作“企业简称＋内容＋项目”",
    ),
    Column(
        "enterprise",
        "投资主体",
        is_required=True,
        most=200,
        example="长沙示例智能装备有限公司",
        note="企业全称；客商库中没有的随项目一并登记",
    ),
    Column(
        "enterprise_code",
        "投资主体信用代码",
        most=18,
        note="18 位统一社会信用代码；填了可避免重名误判",
    ),
    Column(
        "stage",
        "阶段",
        Kind.CHOICE,
        is_required=True,
        choices=stage_choices,
        example="签约",
        note="台账上现在所处的阶段；导入后由另一人核实",
    ),
    Column(
        "stage_since",
        "进入本阶段日期",
        Kind.DAY,
        is_past=True,
        example="2017-06-30",
        note="不填则取协议签订日、实际开工日等对应日期",
    ),
    Column("unit", "责任单位", Kind.CHOICE, choices=_units, note="不填为本单位"),
    Column("park", "园区", Kind.CHOICE, choices=_parks),
    Column("chain", "产业链", Kind.CHOICE, choices=_chains),
    Column("link", "产业链环节", Kind.CHOICE, choices=_links),
    Column("label", "密级标签", Kind.CHOICE, choices=_labels, example="内部", note="不填为内部"),
)
_PAID_IN = Column(
    "paid_in_fen",
    "到位资金（万元）",
    Kind.WAN,
    note="原台账的累计数；作为无凭证的期初余额记入，单独列示，补凭证核验后才算已核验",
)
