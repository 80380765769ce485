"""Roles as data: what each may do, and how far it sees among records of each label."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from yipanqi.rulebook import documents
from yipanqi.rulebook.documents import Document, Row
from yipanqi.rulebook.organisations import KINDS
from yipanqi.rulebook.sources import Basis, Edition
from yipanqi.vocab.actors import Reach
from yipanqi.vocab.labels import Label

# The closed list of verbs the code asks about, with the words an officer reads.
VERBS: Mapping[str, str] = {
    "investors.register": "登记客商",
    "investors.contact.reveal": "查看客商联系方式",
    "investors.merge": "合并客商档案",
    "signals.capture": "登记信息",
    "signals.triage": "研判信息",
    "signals.assign": "分派信息",
    "leads.register": "登记线索",
    "leads.rule": "裁定线索",
    "projects.create": "新建项目",
    "projects.edit": "修改项目",
    "projects.advance": "推进项目阶段",
    "projects.verify": "核验本单位项目阶段",
    "projects.verify.city": "市级核验项目阶段",
    "projects.skip": "越级推进项目",
    "projects.move_back": "退回项目阶段",
    "projects.waive": "豁免阶段条件",
    "projects.withdraw": "项目退库",
    "projects.terminate": "终止履约、清退项目",
    "projects.reopen": "重启项目",
    "projects.archive": "归档项目",
    "reviews.open": "提请和组织准入评审",
    "reviews.countersign": "准入评审会签",
    "reviews.score": "准入评审评分",
    "reviews.decide": "登记准入评审结论",
    "evidence.attach": "上传佐证材料",
    "evidence.download": "下载佐证材料",
    "studies.run": "运行研判",
    "studies.dispute": "对研判提出异议",
    "studies.answer": "答复研判异议",
    "chains.edit": "采纳或退回产业链提议",
    "chains.partners": "维护链主供应商、采购商名单",
    "audit.export": "全量导出（审计）",
    "people.manage": "管理人员与授权",
    "ledger.verify": "核验台账",
    "ledger.seal": "封存台账",
    "exports.make": "导出清单",
    "imports.make": "批量导入",
}
# What a read-only post may still do: look, take away, check.
READING = frozenset({"evidence.download", "audit.export", "ledger.verify", "exports.make"})


class NoSuchRole(LookupError):
    """The sheet in force has no role of that code."""


@dataclass(frozen=True, slots=True)
class Role:
    """What holding this role in a unit of one of these `kinds` allows.

    A `time_boxed` appointment must carry an end day.
    """

    code: str
    label: str
    kinds: frozenset[str]
    may: frozenset[str]
    sees: Mapping[Label, Reach]
    source: str
    basis: Basis = Basis.SAMPLE
    read_only: bool = False
    time_boxed: bool = False

    def reach(self, label: Label) -> Reach:
        """How far the role sees among records of the label; what is not said is nothing."""
        return self.sees.get(label, Reach.NONE)


@dataclass(frozen=True, slots=True)
class RoleSheet(Edition):
    """The roles of a city."""

    id: str
    valid_from: date
    roles: tuple[Role, ...]

    def find(self, code: str) -> Role:
        """The role of that code. Raises NoSuchRole."""
        for role in self.roles:
            if role.code == code:
                return role
        raise NoSuchRole(f"角色表 {self.id} 里没有“{code}”，请从现行角色中选择")

    def open_to(self, kind: str) -> tuple[Role, ...]:
        """The roles that can be held in a unit of the kind."""
        return tuple(role for role in self.roles if kind in role.kinds)


def read(document: Document) -> RoleSheet:
    """The sheet as typed rows; faults gather in the document."""
    document.allow("id", "valid_from", "notes", "role")
    rows = document.rows("role")
    documents.unique(rows, "code")
    roles = tuple(_role(row) for row in rows)
    return RoleSheet(document.id, document.top.day("valid_from"), roles)


def _role(row: Row) -> Role:
    row.allow(*_KEYS)
    source, basis = row.grounds()
    role = Role(
        code=row.text("code"),
        label=row.text("label"),
        kinds=frozenset(row.texts("kinds")),
        may=frozenset(row.texts("may", some=False)),
        sees=_sees(row),
        source=source,
        basis=basis,
        read_only=row.flag("read_only"),
        time_boxed=row.flag("time_boxed"),
    )
    _check_verbs(row, role)
    return role


def _sees(row: Row) -> Mapping[Label, Reach]:
    written = row.written.get("sees")
    if not isinstance(written, Mapping):
        row.add("sees", "缺少 [role.sees]", '逐一写明各密级看多远，如 public = "all"')
        return {}
    sees = Row(row.document, f"{row.path}.sees", written)
    sees.allow(*Label)
    return {label: sees.one_of(label, Reach) for label in Label}


def _check_verbs(row: Row, role: Role) -> None:
    for kind in sorted(role.kinds - set(KINDS)):
        row.add("kinds", f"不认识的单位类型“{kind}”", f"只能用：{'、'.join(KINDS)}")
    for verb in sorted(role.may - set(VERBS)):
        row.add("may", f"不认识的动作“{verb}”", f"只能用：{'、'.join(VERBS)}")
    if role.read_only and (acting := sorted(role.may & set(VERBS) - READING)):
        row.add("may", f"只读角色不能有动作：{'、'.join(acting)}", "去掉它们，或去掉 read_only")


_KEYS = (
    "code", "label", "kinds", "may", "read_only", "time_boxed", "sees", "source", "basis", "notes",
)  # fmt: skip
