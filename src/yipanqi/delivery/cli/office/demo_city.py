"""The demo's own cases: invented firms and projects, made through the services, named as a demo."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from yipanqi.delivery.cli.office import paper
from yipanqi.domain.evidence.services.storing import Upload
from yipanqi.domain.investors.services import registering as investors
from yipanqi.domain.leads.services import claims
from yipanqi.domain.people import queries as people
from yipanqi.domain.projects import queries
from yipanqi.domain.projects.moves import MoveState
from yipanqi.domain.projects.services import (
    editing,
    materials,
    money,
    registering,
    stages,
    verifying,
)
from yipanqi.vocab import clock
from yipanqi.vocab.actors import Actor
from yipanqi.vocab.labels import Label
from yipanqi.vocab.money import from_wan

if TYPE_CHECKING:
    from yipanqi.domain.projects.models import Project
    from yipanqi.domain.projects.moves import StageMove

SOURCE = "演示数据，企业与项目均为虚构"


@dataclass(frozen=True, slots=True)
class Case:
    """One invented project: who brings what, whose it is, and how far it has come."""

    firm: str
    home: str
    matter: str
    clerk: str
    chain: str
    link: str
    total_wan: int | None
    reached: str = "talking"
    label: Label = Label.INTERNAL
    land_mu: int | None = None
    facts: Mapping[str, object] = field(default_factory=dict)


CASES = (
    Case("衡川液压科技（演示）有限公司", "常州", "高压液压件生产基地", "jingkai", "gongcheng-jixie",
         "gcjx-yeya", 52_000, "built", land_mu=120),
    Case("鼎岳回转支承（演示）有限公司", "徐州", "回转支承二期", "jingkai", "gongcheng-jixie",
         "gcjx-yeya", 31_000, "started"),
    Case("澜图智控（演示）股份有限公司", "苏州", "控制器研发中心", "jingkai", "gongcheng-jixie",
         "gcjx-yeya", 18_600, "signed", Label.BUSINESS_SECRET),
    Case("北辰传动（演示）有限公司", "济宁", "减速机生产线", "jingkai", "gongcheng-jixie",
         "gcjx-yeya", 24_000, "signed"),
    Case("宸宇电液（演示）有限公司", "宁波", "电液比例阀项目", "jingkai", "gongcheng-jixie",
         "gcjx-yeya", None),
    Case("华屿显示材料（演示）有限公司", "合肥", "光学膜生产基地", "liuyang", "xianshi-bandaoti",
         "", 86_000, "started", land_mu=210),
    Case("微澜半导体（演示）有限公司", "上海", "功率器件封测项目", "liuyang", "xianshi-bandaoti",
         "", 120_000, "signed"),
    Case("蓝川生物（演示）有限公司", "杭州", "原料药绿色改造项目", "liuyang", "shengwu-yiyao",
         "", 15_800, "talking"),
    Case("安泽医疗器械（演示）有限公司", "深圳", "体外诊断试剂基地", "liuyang", "shengwu-yiyao",
         "", 22_000, "talking", Label.BUSINESS_SECRET),
    Case("云麓储能（演示）有限公司", "宜春", "磷酸铁锂正极材料项目", "yuelu", "chuneng-cailiao",
         "", 64_000, "signed"),
    Case("启岳汽车电子（演示）有限公司", "武汉", "车用域控制器项目", "yuelu", "xinnengyuan-qiche",
         "", 9_800, "talking"),
)  # fmt: skip

_FILES = {
    "signed": ("agreement",),
    "started": ("licence", "filing", "construction_permit", "start_photo"),
    "built": ("acceptance",),
}
_ORDER = ("talking", "signed", "started", "built")


def make() -> int:
    """The number of demo projects there are; those already made are left as they are."""
    for case in CASES:
        _make(case)
    return len(CASES)


def _make(case: Case) -> None:
    officer = people.known_as(case.clerk)
    assert officer is not None
    by = people.actor_for(officer, on=clock.today())
    firm = investors.EnterpriseFacts(name=case.firm, source=SOURCE, city=case.home)
    place = investors.Place(case.chain, case.link, SOURCE) if case.link else None
    enterprise, _ = investors.register(firm, by=by, place=place)
    if queries.of_enterprise(enterprise.pk, seen_by=by):
        return
    amount = None if case.total_wan is None else from_wan(case.total_wan)
    filing = claims.Filing(
        matter=case.matter,
        proof_kind="visit",
        proof=_paper("接洽证明", case),
        chain=case.chain,
        link=case.link,
        estimate_fen=amount,
        label=case.label,
    )
    outcome = claims.file(enterprise, filing, by=by)
    if outcome.kind is not claims.OutcomeKind.HELD or outcome.lead is None:
        return
    draft = registering.Draft(name=_name(case), content=SOURCE)
    _walk(registering.create(outcome.lead, draft, by=by), case, by)


def _walk(project: "Project", case: Case, by: Actor) -> None:
    """Move the project as far as the case says, each gate with what it asks for."""
    for stage in _ORDER[1 : _ORDER.index(case.reached) + 1]:
        project.refresh_from_db()
        editing.edit(project, _facts(case, stage, by), expecting=project.version, by=by)
        for kind in _FILES[stage]:
            paper_of = _paper(queries.MATERIALS[kind], case)
            materials.attach(project, paper_of, kind=kind, by=by)
        _pay(project, case, stage, by)
        _verified(stages.advance(project, to=stage, by=by))


def _verified(move: "StageMove") -> None:
    """Let the city's dispatcher, who is another person, verify what the clerk submitted."""
    if move.state != MoveState.PENDING:
        return
    dispatcher = people.known_as("diaodu")
    assert dispatcher is not None
    by = people.actor_for(dispatcher, on=clock.today())
    move.project.refresh_from_db()
    verifying.verify(move, expecting=move.project.version, by=by)


def _facts(case: Case, stage: str, by: Actor) -> dict[str, editing.Value]:
    today = clock.today()
    total = from_wan(case.total_wan or 0)
    leader = people.known_as("lingdao")
    known: dict[str, dict[str, editing.Value]] = {
        "signed": {
            "leader": leader,
            "team_note": f"{by.name}牵头的项目专班（演示）",
            # 供地类 of this size would have to pass an admission review first.
            "project_class": "investment",
            "investment_form": "new",
            "site_kind": "new_land" if case.land_mu else "leased_plant",
            "needs_land": case.land_mu is not None,
            "fixed_investment_fen": total * 7 // 10,
            "agreement_signed_on": today - timedelta(days=120),
        },
        "started": {
            "land_secured_mu": case.land_mu,
            "registered_on": today - timedelta(days=100),
            "filing_code": "2018-430100-35-03-000000",
            "construction_permit_on": today - timedelta(days=70),
            "started_on": today - timedelta(days=60),
        },
        "built": {
            "completed_on": today - timedelta(days=5),
            "production_on": today - timedelta(days=2),
        },
    }
    return known[stage]


def _pay(project: "Project", case: Case, stage: str, by: Actor) -> None:
    """Put money in place with a voucher: a fifth by the start, nine tenths by the end."""
    tenths = {"started": 2, "built": 7}.get(stage)
    if tenths is None:
        return
    day = clock.today() - timedelta(days=60 if stage == "started" else 10)
    amount = from_wan(case.total_wan or 0) * tenths // 10
    paid = money.Paid("bank_slip", day, amount, component="construction", origin="nation")
    money.record(project, paid, _paper(f"银行进账单{stage}", case), by=by)


def _name(case: Case) -> str:
    return f"{case.firm[:2]}{case.matter}（演示）"


def _paper(title: str, case: Case) -> Upload:
    content = paper.page([title, case.firm, case.matter, SOURCE])
    return Upload(f"{title}（演示）.pdf", (content,))
