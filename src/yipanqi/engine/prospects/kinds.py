"""The kind of investment an enterprise may make and its size, where the registry can tell.

Judged from what its group did outside its own city: whoever made things elsewhere may build a
plant, whoever only opened branches may open one. Who never left its city shows nothing: unknown.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Any

from yipanqi.engine import sessions
from yipanqi.engine.prospects import steps
from yipanqi.rulebook.packs import Pack

# In 万元. By registered capital: not the official classes, which ask for staff and turnover.
LARGE_WAN, MIDDLE_WAN, SMALL_WAN = Decimal(10_000), Decimal(1_000), Decimal(100)
# Fewer of the steps than this are the exception: a bank's one works makes it no builder of plants.
SHARE = Decimal("0.1")


class Form(StrEnum):
    """What an investment could be."""

    PLANT = "plant"
    HEADQUARTERS = "headquarters"
    SUBSIDIARY = "subsidiary"
    BRANCH = "branch"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """The word officers read."""
        return _FORMS[self]


class Size(StrEnum):
    """How large an enterprise is by its registered capital."""

    LARGE = "large"
    MIDDLE = "middle"
    SMALL = "small"
    MICRO = "micro"
    UNKNOWN = "unknown"

    @property
    def label(self) -> str:
        """The words officers read."""
        return _SIZES[self]


@dataclass(frozen=True, slots=True)
class Kind:
    """What an enterprise may invest in and how large it is, each with the reason in one clause."""

    form: Form
    form_reason: str
    size: Size
    size_reason: str


UNSEEN = Kind(Form.UNKNOWN, "登记数据里没有这家企业", Size.UNKNOWN, "登记数据里没有这家企业")


def kinds(registry: Path, pack: Pack, ids: Collection[str]) -> Mapping[str, Kind]:
    """The kind of each enterprise by registry id; one the registry lacks has none.

    By the newest sheets of the pack. Raises indices.NoRegistry.
    """
    if not ids:
        return {}
    with sessions.measures() as session:
        kept = steps.kept(registry, pack.chains(on=pack.newest), session)
        rows = kept.filter(kept.id.isin(sorted(set(ids)))).order_by("id").to_pyarrow().to_pylist()
    return {row["id"]: kind(row) for row in rows}


def kind(row: Mapping[str, Any]) -> Kind:
    """The kind a row of steps.COLUMNS tells of."""
    form, told = _form(row)
    size, why = _size(row["capital_wan"])
    return Kind(form, told, size, why)


def _form(row: Mapping[str, Any]) -> tuple[Form, str]:
    """A plant or a function where a tenth of the steps were such, else what was set up more."""
    counts = {form: row[column] for form, column in _COLUMNS.items()}
    every = sum(counts.values())
    if not every:
        return Form.UNKNOWN, "没有在外地设过机构，登记数据看不出"
    special = (form for form in (Form.PLANT, Form.HEADQUARTERS) if counts[form] >= SHARE * every)
    common = max((Form.SUBSIDIARY, Form.BRANCH), key=lambda form: counts[form])
    parts = "、".join(f"{_STEPS[form]} {count} 家" for form, count in counts.items() if count)
    return next(special, common), f"已在外地 {row['places']} 个城市设有{parts}"


def _size(wan: Decimal | None) -> tuple[Size, str]:
    if wan is None:
        return Size.UNKNOWN, "没有以人民币计的注册资本"
    bounds = ((LARGE_WAN, Size.LARGE), (MIDDLE_WAN, Size.MIDDLE), (SMALL_WAN, Size.SMALL))
    size = next((size for least, size in bounds if wan >= least), Size.MICRO)
    return size, f"注册资本 {wan.normalize():f} 万元"


_COLUMNS = {
    Form.PLANT: "plants",
    Form.HEADQUARTERS: "functions",
    Form.SUBSIDIARY: "companies",
    Form.BRANCH: "branches",
}
_FORMS = {
    Form.PLANT: "生产基地",
    Form.HEADQUARTERS: "总部职能",
    Form.SUBSIDIARY: "子公司",
    Form.BRANCH: "分支机构",
    Form.UNKNOWN: "看不出",
}
_STEPS = {
    Form.PLANT: "从事生产的机构",
    Form.HEADQUARTERS: "研发、结算等总部职能机构",
    Form.SUBSIDIARY: "子公司",
    Form.BRANCH: "分支机构",
}
_SIZES = {
    Size.LARGE: "大（注册资本 1 亿元以上）",
    Size.MIDDLE: "中（1000 万元至 1 亿元）",
    Size.SMALL: "小（100 万元至 1000 万元）",
    Size.MICRO: "微（不足 100 万元）",
    Size.UNKNOWN: "未知",
}
