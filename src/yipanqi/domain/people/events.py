"""What happens to units and officers: by reference, never by name."""

from dataclasses import dataclass
from typing import ClassVar

from yipanqi.domain.ledger.events import Event


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerCreated(Event):
    """A person was given a log-in."""

    kind: ClassVar[str] = "people.officer_created"
    sentence: ClassVar[str] = "开通账户，所属单位 {unit}"

    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerDeactivated(Event):
    """A person may no longer sign in."""

    kind: ClassVar[str] = "people.officer_deactivated"
    sentence: ClassVar[str] = "停用账户"


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficerReactivated(Event):
    """A person may sign in again."""

    kind: ClassVar[str] = "people.officer_reactivated"
    sentence: ClassVar[str] = "恢复账户"


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointed(Event):
    """A person was given a role in a unit."""

    kind: ClassVar[str] = "people.appointed"
    sentence: ClassVar[str] = "任职：{role_title}（{unit}），自 {since} 至 {until}"

    role: str
    role_title: str
    unit: str
    since: str
    until: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PostEnded(Event):
    """An appointment was ended; `last_day` is the last day it counts."""

    kind: ClassVar[str] = "people.post_ended"
    sentence: ClassVar[str] = "任职 {role}（{unit}）止于 {last_day}"

    role: str
    unit: str
    last_day: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordReset(Event):
    """An administrator gave a person a new initial password."""

    kind: ClassVar[str] = "people.password_reset"
    sentence: ClassVar[str] = "重置密码"


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordChosen(Event):
    """A person chose a password of their own."""

    kind: ClassVar[str] = "people.password_chosen"
    sentence: ClassVar[str] = "本人修改密码"


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondFactorReset(Event):
    """An administrator took a person's second factor away, to be set up anew."""

    kind: ClassVar[str] = "people.second_factor_reset"
    sentence: ClassVar[str] = "重置动态口令"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedIn(Event):
    """A person came in by the door."""

    kind: ClassVar[str] = "people.signed_in"
    sentence: ClassVar[str] = "登录"


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenIssued(Event):
    """A person made a key to the API; `token` is its number, not the key."""

    kind: ClassVar[str] = "people.token_issued"
    sentence: ClassVar[str] = "签发接口令牌 {token}，有效期至 {expires_on}"

    token: int
    expires_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenRevoked(Event):
    """A key to the API opens nothing any more."""

    kind: ClassVar[str] = "people.token_revoked"
    sentence: ClassVar[str] = "吊销接口令牌 {token}"

    token: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PopulationExported(Event):
    """A person took out every row they may see of one kind of record."""

    kind: ClassVar[str] = "people.population_exported"
    sentence: ClassVar[str] = "导出{title}全集：{rows} 行，数据文件 SHA-256 {sha256}"

    population: str
    title: str
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperExported(Event):
    """A person took a paper made of studies in force out of the house."""

    kind: ClassVar[str] = "people.paper_exported"
    sentence: ClassVar[str] = "导出《{title}》（{form}，{as_of}），文件 SHA-256 {sha256}"

    title: str
    form: str
    as_of: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ListExported(Event):
    """A person took a list of the desk away as it was shown: which rows, how many."""

    kind: ClassVar[str] = "people.list_exported"
    sentence: ClassVar[str] = (
        "导出{title}清单（{form}，筛选：{filters}）：{rows} 行，文件 SHA-256 {sha256}"
    )

    listed: str
    title: str
    form: str
    filters: str
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitsLoaded(Event):
    """The tree of units was made equal to the pack's table."""

    kind: ClassVar[str] = "people.units_loaded"
    sentence: ClassVar[str] = "装入单位表：新增 {added} 个，变更 {changed} 个"

    added: int
    changed: int
    units: list[str]
