"""What happens in the investors' library. No names or telephones: references only."""

from dataclasses import dataclass
from typing import ClassVar

from yipanqi.domain.ledger.events import Event, Plain


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterpriseRegistered(Event):
    """An enterprise entered 客商库."""

    kind: ClassVar[str] = "investors.enterprise_registered"
    sentence: ClassVar[str] = "纳入客商库（来源：{source}）"

    code: str | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterpriseImported(Event):
    """An enterprise entered 客商库 by a row of a file."""

    kind: ClassVar[str] = "investors.enterprise_imported"
    sentence: ClassVar[str] = "由批次 {batch} 第 {line} 行导入客商库（来源：{source}）"

    code: str | None
    source: str
    batch: str
    line: int
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipNoted(Event):
    """An enterprise was placed in a link of a chain."""

    kind: ClassVar[str] = "investors.membership_noted"
    sentence: ClassVar[str] = "归入环节 {link}"

    chain: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactAdded(Event):
    """A contact was added; who it is stays out of the ledger."""

    kind: ClassVar[str] = "investors.contact_added"
    sentence: ClassVar[str] = "新增联系人 {contact}"

    contact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ContactRevealed(Event):
    """Somebody looked at a full telephone number."""

    kind: ClassVar[str] = "investors.contact_revealed"
    sentence: ClassVar[str] = "查看了联系人 {contact} 的电话"

    contact: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InteractionLogged(Event):
    """A visit, call, fair or reception was written down."""

    kind: ClassVar[str] = "investors.interaction_logged"
    sentence: ClassVar[str] = "记录往来（{way}，{held_on}）"

    interaction: str
    way: str
    held_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepClosed(Event):
    """What was promised as the next step was done, or was not."""

    kind: ClassVar[str] = "investors.step_closed"
    sentence: ClassVar[str] = "往来 {interaction} 的下一步：{outcome}"

    interaction: str
    outcome: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldsTaken(Event):
    """Fields of an enterprise were brought up to date from a source: before and after."""

    kind: ClassVar[str] = "investors.fields_taken"
    sentence: ClassVar[str] = "更新 {fields}（来源：{source}，截至 {as_of}）"

    fields: str
    source: str
    as_of: str | None
    changes: dict[str, Plain]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ranked(Event):
    """An enterprise was noted on a list of 500."""

    kind: ClassVar[str] = "investors.ranked"
    sentence: ClassVar[str] = "记入 {year} 年{roll}（来源：{source}）"

    roll: str
    year: int
    rank: int | None
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unranked(Event):
    """A wrong place on a list of 500 was taken back."""

    kind: ClassVar[str] = "investors.unranked"
    sentence: ClassVar[str] = "撤回 {year} 年{roll}：{because}"

    roll: str
    year: int
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TraitNoted(Event):
    """A function, a tie with Hunan or an offer of an enterprise was noted."""

    kind: ClassVar[str] = "investors.trait_noted"
    sentence: ClassVar[str] = "记录{about}：{what}"

    trait: str
    about: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TraitWithdrawn(Event):
    """A note on an enterprise was taken back."""

    kind: ClassVar[str] = "investors.trait_withdrawn"
    sentence: ClassVar[str] = "撤回{about}：{what}"

    trait: str
    about: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagerAppointed(Event):
    """A unit named who answers for an enterprise."""

    kind: ClassVar[str] = "investors.manager_appointed"
    sentence: ClassVar[str] = "指定客户经理 {manager}"

    manager: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ManagerHandedOver(Event):
    """The enterprise passed from one account manager of a unit to the next."""

    kind: ClassVar[str] = "investors.manager_handed_over"
    sentence: ClassVar[str] = "客户经理由 {before} 交接给 {manager}"

    before: str
    manager: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitPlanned(Event):
    """A unit means to visit, receive or meet an enterprise."""

    kind: ClassVar[str] = "investors.visit_planned"
    sentence: ClassVar[str] = "计划{way}（{planned_on}）"

    plan: str
    way: str
    planned_on: str
    is_colliding: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitCancelled(Event):
    """A planned visit will not be."""

    kind: ClassVar[str] = "investors.visit_cancelled"
    sentence: ClassVar[str] = "取消 {planned_on} 的接洽计划"

    plan: str
    planned_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitHeld(Event):
    """A planned visit took place and was written down."""

    kind: ClassVar[str] = "investors.visit_held"
    sentence: ClassVar[str] = "{planned_on} 的接洽计划已成行，往来 {interaction}"

    plan: str
    planned_on: str
    interaction: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterprisesMerged(Event):
    """Another record of the same firm became part of this one; the reason is kept with it."""

    kind: ClassVar[str] = "investors.enterprises_merged"
    sentence: ClassVar[str] = "并入重复档案 {absorbed}（采用其字段：{fields}）"

    merging: str
    absorbed: str
    fields: str
    # Rows moved, by relation.
    moved: dict[str, Plain]


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterpriseAbsorbed(Event):
    """The record became part of another record of the same firm."""

    kind: ClassVar[str] = "investors.enterprise_absorbed"
    sentence: ClassVar[str] = "本档案并入档案 {kept}"

    merging: str
    kept: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BelongingsGathered(Event):
    """What was written to an absorbed record while it was being merged came after."""

    kind: ClassVar[str] = "investors.belongings_gathered"
    sentence: ClassVar[str] = "补转合并时写到原档案 {absorbed} 的记录"

    merging: str
    absorbed: str
    moved: dict[str, Plain]


@dataclass(frozen=True, slots=True, kw_only=True)
class MergingUndone(Event):
    """Two records that had been merged are two again; written on both."""

    kind: ClassVar[str] = "investors.merging_undone"
    sentence: ClassVar[str] = "撤销合并：档案 {kept} 与 {absorbed} 恢复为两份"

    merging: str
    kept: str
    absorbed: str
