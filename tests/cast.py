"""The people and firms the tests share: two rival parks, a bureau, and what each is there for."""

from datetime import timedelta
from functools import partial

from tests import samples

from yipanqi.domain.investors.services import registering
from yipanqi.domain.leads.services import claims, signals
from yipanqi.domain.people import queries as people
from yipanqi.domain.people.models import Officer, Post, Unit
from yipanqi.domain.projects.services import registering as projects
from yipanqi.vocab import clock
from yipanqi.vocab.labels import Label

PASSWORD = "长沙-tests-一盘棋-2018"
PARK_A, PARK_B = "changsha-jingkai", "liuyang-jingkai"
# name of the role here: (unit, role of the sheet, the person's name)
PEOPLE = {
    "clerk_a": (PARK_A, "park_clerk", "甲园区经办"),
    "clerk_b": (PARK_B, "park_clerk", "乙园区经办"),
    "dispatcher": ("bureau", "dispatcher", "市局调度员"),
    "arbiter": ("bureau", "arbiter", "市局裁定员"),
    "member": ("leading-group", "leading_member", "领导小组成员"),
    "district": ("liuyang", "district_officer", "浏阳市经办"),
    "chain_officer": ("office-gongcheng-jixie", "chain_officer", "工程机械链办专员"),
    "department": ("dept-fagai", "department_officer", "发改委经办"),
    "auditor": ("dept-shenji", "auditor", "审计员"),
    "administrator": ("leading-office", "administrator", "系统管理员"),
    "stranger": ("dept-tongji", "", "没有任职的人"),
}


def officer(name):
    """The officer of that part, made with the post when first asked for."""
    found = Officer.objects.select_related("unit").filter(username=name).first()
    return found or _hired(name, *PEOPLE[name])


def actor(name):
    return people.actor_for(officer(name), on=clock.today())


clerk_a = partial(actor, "clerk_a")
clerk_b = partial(actor, "clerk_b")
dispatcher = partial(actor, "dispatcher")
arbiter = partial(actor, "arbiter")
member = partial(actor, "member")
district = partial(actor, "district")
chain_officer = partial(actor, "chain_officer")
department = partial(actor, "department")
auditor = partial(actor, "auditor")
administrator = partial(actor, "administrator")
stranger = partial(actor, "stranger")


def second_a():
    """Park A's second pair of eyes; no part of the matrix of roles."""
    found = Officer.objects.select_related("unit").filter(username="second_a").first()
    found = found or _hired("second_a", PARK_A, "park_clerk", "甲园区复核")
    return people.actor_for(found, on=clock.today())


def clerk_a_unit():
    return Unit.objects.get(code=PARK_A)


def clerk_b_unit():
    return Unit.objects.get(code=PARK_B)


def racing_units(count):
    """As many more parks, each with a clerk: `racer(n)`."""
    root = Unit.objects.get(parent=None)
    for number in range(count):
        code = f"race-{number}"
        unit = Unit.objects.create(
            code=code,
            name=f"赛跑园区{number}",
            short_name=f"园区{number}",
            kind="park",
            parent=root,
        )
        unit.path = f"{root.path}{unit.pk}/"
        unit.save()
        _hired(code, code, "park_clerk", f"园区{number}经办")


def racer(number):
    found = Officer.objects.select_related("unit").get(username=f"race-{number}")
    return people.actor_for(found, on=clock.today())


def enterprise(name="江苏示例液压科技有限公司"):
    """The firm of that name, registered once."""
    facts = registering.EnterpriseFacts(name=name, source="测试登记")
    firm, _ = registering.register(facts, by=dispatcher())
    return firm


def lead(by=None, matter="液压件生产基地", label=Label.INTERNAL, firm=None):
    """A lead whose claim the officer's unit (park A) holds."""
    filing = claims.Filing(
        matter=matter,
        proof_kind="visit",
        proof=samples.pdf(salt=matter.encode()),
        chain="gongcheng-jixie",
        link="gcjx-yeya",
        label=label,
    )
    return claims.file(firm or enterprise(), filing, by=by or clerk_a()).lead


def signal(by=None, matter="拟建液压件基地", files=(), **more):
    """A signal of the officer's unit (park A), from a visit unless told otherwise."""
    facts = {"source": "visit", "enterprise_name": "江苏示例液压科技有限公司"} | more
    draft = signals.Draft(matter=matter, **facts)
    return signals.capture(draft, files, by=by or clerk_a())


def project(name="示例液压件项目", amount_fen=50_000_000_00, label=Label.INTERNAL, by=None):
    """A project in talks, of park A unless `by` says otherwise, from a lead of its own."""
    by = by or clerk_a()
    draft = projects.Draft(name=name, label=label, total_investment_fen=amount_fen)
    return projects.create(lead(by, matter=name, label=label), draft, by=by)


def _hired(username, unit, role, name):
    home = Unit.objects.get(code=unit)
    person = Officer(username=username, name=name, unit=home)
    person.set_password(PASSWORD)
    person.save()
    if role:
        today = clock.today()
        until = today + timedelta(days=30) if role == "auditor" else None
        Post.objects.create(
            officer=person, role=role, unit=home, since=today - timedelta(days=30), until=until
        )
    return person
