"""One of each record the desk's addresses name, of park A unless told otherwise."""

from datetime import timedelta
from types import SimpleNamespace

from tests import cast, partners, reviewers, samples
from tests.domain.projects import road

from yipanqi.domain.evidence import queries as evidence
from yipanqi.domain.industries.models import Chain, Proposal
from yipanqi.domain.intake.models import Batch
from yipanqi.domain.investors.services import (
    contacts,
    interactions,
    merging,
    planning,
    ranking,
    traits,
)
from yipanqi.domain.leads.services import contests, transfers
from yipanqi.domain.people.models import Unit
from yipanqi.domain.projects.services import money, pledges, stages, team, waivers
from yipanqi.domain.projects.teams import TeamRole
from yipanqi.domain.reviews.models import Condition
from yipanqi.domain.reviews.services import vetoing
from yipanqi.domain.studies.models import LinkVerdict, Target
from yipanqi.domain.studies.services import disputing, feedback, running
from yipanqi.roof.merging import RELATIONS
from yipanqi.vocab import clock


def made():
    """The records by the name the table gives them; `chain` and `study` must be in force."""
    firm = cast.enterprise()
    Chain.objects.update(office_unit="office-gongcheng-jixie")
    return SimpleNamespace(
        firm=firm,
        other=cast.enterprise("长沙无关机械有限公司"),
        merging=_merged(),
        **_dealings(firm),
        **_leads(),
        **_projects(),
        **_studies(),
        **_reviews(),
        signal=cast.signal(),
        batch=_batch(),
        officer=cast.officer("clerk_b"),
        post=cast.officer("clerk_b").posts.get(),
    )


def _merged():
    pair = cast.enterprise("双份档案有限公司"), cast.enterprise("双份档案公司")
    mark = merging.preview(*pair, RELATIONS, seen_by=cast.dispatcher()).mark
    decision = merging.Decision(frozenset(), "营业执照同为一份", mark)
    return merging.merge(*pair, decision, RELATIONS, by=cast.dispatcher())


def _dealings(firm):
    today, by = clock.today(), cast.clerk_a()
    occasion = interactions.Occasion("visit", today, "谈了选址", "送图", today)
    noted = traits.TraitFacts("offer", "team", "拜访", "院士团队")
    return {
        "talk": interactions.log(firm, occasion, by=by),
        "plan": planning.plan(firm, planning.Plan("visit", today, "考察"), by=by),
        "trait": traits.note(firm, noted, by=by),
        "rank": ranking.rank(firm, ranking.Rank("world500", 2017, "榜单"), by=by),
        "contact": contacts.add(
            firm, contacts.ContactFacts("张三", "总经理", "13800000000"), by=by
        ),
    }


def _leads():
    lead = cast.lead(matter="另一个事项")
    pending = cast.lead(by=cast.clerk_b(), matter="另一个事项").claim
    held = cast.lead(matter="高空作业平台")
    grounds = contests.Grounds("在先", "visit", samples.pdf(salt=b"c"))
    moving = cast.lead(matter="待流转的事项")
    proposal = transfers.Proposal(cast.PARK_B, "有厂房", {cast.PARK_A: 5, cast.PARK_B: 5}, 5)
    return {
        "lead": lead,
        "pending": pending,
        "held": held,
        "contest": contests.contest(held.claim, grounds, by=cast.district()),
        "transfer": transfers.propose(moving, proposal, by=cast.clerk_a()),
    }


def _projects():
    project = cast.project()
    road.make_signable(project)
    project.refresh_from_db()
    move = stages.advance(project, to="signed", by=cast.clerk_a())
    waiting = cast.project(name="矿用自卸车项目")
    today = clock.today()
    seat = team.Seat(TeamRole.MEMBER, today, name="李四", unit=cast.clerk_a_unit())
    until = today + timedelta(days=30)
    file = evidence.files(f"projects/{project.public_id}", seen_by=cast.clerk_a())[0]
    paid = money.Paid("bank_slip", clock.today(), 100)
    voucher = money.record(waiting, paid, samples.pdf(salt=b"v"), by=cast.clerk_a())
    grounds = waivers.Grounds("市政府专题会议纪要〔2018〕5号", until)
    return {
        "project": waiting,
        "move": move,
        "file": file,
        "voucher": voucher,
        "joint": team.join(waiting, Unit.objects.get(code="dept-fagai"), "环评", by=cast.clerk_a()),
        "member": team.appoint(waiting, seat, by=cast.clerk_a()),
        "pledge": pledges.make(waiting, pledges.Promise("代办环评", today), by=cast.clerk_a()),
        "waiver": waivers.grant(waiting, "signed-fixed", grounds, by=cast.arbiter()),
    }


def _studies():
    verdict = LinkVerdict.objects.get(status="missing")
    target = Target.objects.first()
    objection = disputing.Objection("strong", "本市已有三家")
    told = feedback.Answer("contacted", clock.today(), "已去函")
    return {
        "target": target,
        "study": target.study,
        "dispute": disputing.dispute(verdict, objection, by=cast.clerk_a()),
        "answer": feedback.answer(target, told, by=cast.clerk_a()),
        "run": running.ask("长沙", by=cast.clerk_a()),
        "partners": partners.listed(),
        "proposal": Proposal.objects.create(
            chain="gongcheng-jixie",
            kind="link",
            name="回转支承",
            link="",
            support=3,
            source="测试",
            created_at=clock.now(),
        ),
    }


def _reviews():
    _, review = reviewers.reviewed(name="评审中的项目")
    sitting = review.sittings.first()
    condition = Condition.objects.create(
        review=review, sitting=sitting, text="补环评", unit=cast.clerk_a_unit(), due=clock.today()
    )
    veto = vetoing.raise_veto(review, "credit", "失信被执行人", by=reviewers.of_unit("dept-fagai"))
    return {"review": review, "veto": veto, "condition": condition}


def _batch():
    clerk = cast.officer("clerk_a")
    return Batch.objects.create(
        library="investors",
        file_name="客商.xlsx",
        sha256="0" * 64,
        state="ready",
        officer=clerk,
        unit=clerk.unit,
        created_at=clock.now(),
    )
