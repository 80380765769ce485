"""Every operation of the interface × every role: who may, who is refused, who sees nothing."""

from dataclasses import dataclass, field

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from tests import cast, samples
from tests.delivery.api import life_rows, merging_rows, money_rows, review_rows, signal_rows

from yipanqi.delivery.api.surface import api
from yipanqi.domain.evidence import queries as evidence
from yipanqi.domain.investors.services import interactions, planning, traits
from yipanqi.domain.leads.services import contests, transfers
from yipanqi.domain.notices.models import Hook, Sending
from yipanqi.vocab import clock

ALL = frozenset(cast.PEOPLE)
AT_WORK = ALL - {"stranger"}
REGISTERS = frozenset(
    {"clerk_a", "clerk_b", "dispatcher", "district", "chain_officer", "department"}
)
# Who sees an internal project of park A on the chain 工程机械.
SEES = frozenset({"clerk_a", "dispatcher", "arbiter", "member", "chain_officer", "auditor"})
# Who moves it on.
MOVES = frozenset({"clerk_a", "dispatcher"})
# Who sees it and registers leads.
HOLDS = SEES & REGISTERS
CHECKS = frozenset({"dispatcher", "arbiter", "member", "auditor"})
# Park B belongs to 浏阳, whose officer sees below.
SEES_B = frozenset(
    {"clerk_b", "district", "dispatcher", "arbiter", "member", "chain_officer", "auditor"}
)


@dataclass(frozen=True)
class Row:
    """An operation: its address and body, who is let through, and who at least sees the record."""

    let_in: frozenset[str]
    address: str
    sent: dict = field(default_factory=dict)
    sees: frozenset[str] = ALL
    answers: frozenset[int] = frozenset({200, 201})

    def expected(self, role):
        if role in self.let_in:
            return self.answers
        return {403} if role in self.sees else {404}


def json(**body):
    return {"data": body, "content_type": "application/json"}


def rows():
    """The table; records are made for park A, and a filing of park B that waits for a ruling."""
    project = cast.project()
    lead = cast.lead(matter="另一个事项")
    pending = cast.lead(by=cast.clerk_b(), matter="另一个事项").claim
    firm = project.enterprise.public_id
    return (
        common_rows(firm)
        | hook_rows()
        | investor_rows(project.enterprise)
        | lead_rows(firm, lead, pending)
        | claim_rows(firm, pending)
        | transfer_rows()
        | project_rows(project, lead)
        | life_rows.rows(Row, SEES)
        | merging_rows.rows(Row, AT_WORK)
        | money_rows.rows(Row, SEES)
        | review_rows.rows(Row, SEES)
        | signal_rows.rows(Row, SEES, REGISTERS)
    )


def common_rows(firm):
    registered = json(name="新客商有限公司", source="测试")
    return {
        "whoami.me": Row(ALL, "me"),
        "whoami.search": Row(ALL, "search?text=液压"),
        "enterprises.listing": Row(ALL, "enterprises"),
        "enterprises.one": Row(AT_WORK, f"enterprises/{firm}", sees=AT_WORK),
        "enterprises.register": Row(REGISTERS, "enterprises", registered),
        "chains.listing": Row(ALL, "chains"),
        "chains.one": Row(ALL, "chains/gongcheng-jixie"),
        "chains.partners": Row(ALL, "chains/gongcheng-jixie/partners?kind=supply"),
        "chains.targets": Row(ALL, "chains/gongcheng-jixie/targets?link=gcjx-yeya"),
        # No registry is published here: whoever is let in is told so.
        "registry.search": Row(ALL, "registry/search?text=液压", answers=frozenset({503})),
        "ledger.entries": Row(CHECKS, "ledger"),
        "ledger.head": Row(CHECKS, "ledger/head"),
        "ledger.verification": Row(CHECKS, "ledger/verification"),
        "hooks.listing": Row(ALL, "hooks"),
    }


def hook_rows():
    """A hook of park A's clerk: for everybody else there is none. Nothing is open to be sent to."""
    made = Hook.objects.create(
        officer=cast.officer("clerk_a"),
        name="数据中台",
        url="https://hub.example.gov.cn/in",
        kinds=["projects"],
        created_at=clock.now(),
    )
    sent = Sending.objects.create(hook=made, entry=1, kind="projects.created", due_at=clock.now())
    own, one, gone = frozenset({"clerk_a"}), f"hooks/{made.public_id}", frozenset({204})
    wanted = json(name="报表", url="https://hub.example.gov.cn/", kinds=["projects"])
    takers = ALL - {"department", "administrator", "stranger"}
    return {
        "hooks.create": Row(takers, "hooks", wanted, answers=frozenset({422})),
        "hooks.end": Row(own, one, sees=own, answers=gone),
        "hooks.sendings": Row(own, f"{one}/sendings", sees=own),
        "hooks.again": Row(own, f"{one}/sendings/{sent.public_id}/again", sees=own, answers=gone),
    }


def investor_rows(firm):
    """Records of park A: who sees them is told 403, who does not 404; own unit alone changes."""
    own, today = frozenset({"clerk_a"}), clock.today()
    sees = SEES - {"chain_officer"}  # none of these carries a chain
    noted = traits.TraitFacts("offer", "team", "拜访", "院士团队")
    trait = traits.note(firm, noted, by=cast.clerk_a())
    plan = planning.plan(firm, planning.Plan("visit", today, "考察"), by=cast.clerk_a())
    occasion = interactions.Occasion("visit", today, "谈了选址", "送图", today)
    talk = interactions.log(firm, occasion, by=cast.clerk_a())
    one, because = f"enterprises/{firm.public_id}", json(because="不实")
    day, gone = today.isoformat(), frozenset({204})
    rank = json(roll="world500", year=2017, source="榜单")
    note = json(about="tie", kind="chamber", source="名录")
    visit = json(kind="visit", planned_on=day, purpose="考察")
    said = json(kind="call", held_on=day, summary="来电")
    return {
        "investors.known": Row(AT_WORK, f"{one}/known", sees=AT_WORK),
        "investors.rank": Row(REGISTERS, f"{one}/ranks", rank, sees=AT_WORK),
        "investors.note": Row(REGISTERS, f"{one}/traits", note, sees=AT_WORK),
        "investors.plan": Row(REGISTERS, f"{one}/plans", visit, sees=AT_WORK),
        "investors.talk": Row(REGISTERS, f"{one}/talks", said, sees=AT_WORK),
        "investors.withdraw": Row(
            own, f"traits/{trait.public_id}/withdraw", because, sees=sees, answers=gone
        ),
        "investors.cancel": Row(
            own, f"plans/{plan.public_id}/cancel", because, sees=sees, answers=gone
        ),
        "investors.close_step": Row(
            own, f"talks/{talk.public_id}/step", json(result="done"), sees=sees, answers=gone
        ),
    }


def lead_rows(firm, lead, pending):
    file = evidence.files(f"leads/{lead.public_id}", seen_by=cast.clerk_a())[0]
    ruling = json(uphold=False, because="先报者已实地洽谈")
    address = f"leads/claims/{pending.public_id}/ruling"
    return {
        "leads.listing": Row(ALL, "leads"),
        "leads.one": Row(SEES, f"leads/{lead.public_id}", sees=SEES),
        "leads.file": Row(REGISTERS, "leads", filing(firm), sees=AT_WORK),
        "leads.rule": Row(frozenset({"arbiter", "member"}), address, ruling, sees=SEES_B),
        "files.download": Row(SEES, f"files/{file.public_id}", sees=SEES),
    }


def claim_rows(firm, pending):
    held = cast.lead(matter="高空作业平台")
    one, file = f"claims/{held.public_id}", paper()["file"]
    renewal = {"data": {"words": "已选址", "on": clock.today().isoformat(), "evidence": file}}
    grounds = {"data": {"words": "我单位在先", "proof_kind": "visit", "proof": file}}
    contest = contests.contest(
        held.claim, contests.Grounds("在先", "visit", samples.pdf(salt=b"c")), by=cast.district()
    )
    words = json(words="我单位在先")
    # Whoever sees another unit's claim, or one's own, is told that it is not theirs to do.
    odd = frozenset({200, 409})
    return {
        "claims.likely": Row(REGISTERS, f"claims/likely/{firm}?matter=液压件", sees=AT_WORK),
        "claims.renew": Row(HOLDS, f"{one}/renewals", renewal, sees=SEES, answers=odd),
        "claims.contest": Row(HOLDS, f"{one}/contests", grounds, sees=SEES, answers=odd),
        "claims.plead": Row(
            SEES_B & REGISTERS, f"claims/{pending.lead.public_id}/plea", words, sees=SEES_B,
            answers=odd,
        ),
        "claims.answer": Row(
            HOLDS, f"{one}/contests/{contest.public_id}/answer", words, sees=SEES, answers=odd
        ),
    }  # fmt: skip


def transfer_rows():
    lead = cast.lead(matter="待流转的事项")
    proposal = transfers.Proposal(cast.PARK_B, "有厂房", {cast.PARK_A: 5, cast.PARK_B: 5}, 5)
    there = f"transfers/{transfers.propose(lead, proposal, by=cast.clerk_a()).public_id}"
    parties = [{"unit": cast.PARK_A, "part": 5}, {"unit": cast.PARK_B, "part": 5}]
    other = cast.lead(matter="另一待流转的事项")
    sent = json(lead=other.public_id, receiver=cast.PARK_B, reason="有厂房", parties=parties)
    sees = SEES | {"clerk_b"}
    odd = frozenset({200, 409})
    return {
        "transfers.listing": Row(ALL, "transfers"),
        "transfers.one": Row(sees, there, sees=sees),
        "transfers.propose": Row(HOLDS, "transfers", sent, sees=SEES, answers=odd),
        "transfers.accept": Row(sees & REGISTERS, f"{there}/acceptance", sees=sees, answers=odd),
        "transfers.decline": Row(
            sees & REGISTERS, f"{there}/refusal", json(words="不合适"), sees=sees, answers=odd
        ),
    }


def project_rows(project, lead):
    one = f"projects/{project.public_id}"
    opened = json(lead=lead.public_id, name="新项目")
    change = json(version=1, content="改")
    closed = frozenset({422})  # let in, and told what the gate misses
    return {
        "projects.listing": Row(ALL, "projects"),
        "projects.one": Row(SEES, one, sees=SEES),
        "projects.create": Row(frozenset({"clerk_a"}), "projects", opened, sees=SEES),
        "projects.edit": Row(MOVES, one, change, sees=SEES),
        "projects.steps": Row(SEES, f"{one}/steps", sees=SEES),
        "projects.advance": Row(MOVES, f"{one}/advance/signed", sees=SEES, answers=closed),
        "projects.files": Row(SEES, f"{one}/files", sees=SEES),
        "projects.attach": Row(MOVES, f"{one}/files", {"data": paper()}, sees=SEES),
    }


def filing(firm):
    proof = SimpleUploadedFile("拜访.pdf", samples.PDF + b"f")
    return {
        "data": {"enterprise": firm, "matter": "全新事项", "proof_kind": "visit", "proof": proof}
    }


def paper():
    return {"kind": "agreement", "file": SimpleUploadedFile("协议.pdf", samples.PDF + b"p")}


def operations():
    """Every operation the interface publishes: its name and its method."""
    paths = api.get_openapi_schema(path_prefix="/api/v1/")["paths"].values()
    return {each["operationId"]: method for path in paths for method, each in path.items()}


def ask(client, method, row):
    for each in row.sent.get("data", {}).values():
        if isinstance(each, SimpleUploadedFile):
            each.seek(0)
    response = getattr(client, method)(f"/api/v1/{row.address}", **row.sent)
    if response.streaming:
        response.getvalue()  # read to its end, or the file stays open
    return response


@pytest.mark.django_db
def test_every_operation_stands_in_the_table(city, evidence_home):
    assert set(rows()) == set(operations())


@pytest.mark.django_db
@pytest.mark.parametrize("role", sorted(cast.PEOPLE))
def test_each_role_gets_through_where_it_may_and_nowhere_else(call, study, role):
    client, table = call(role), rows()
    # The dispatcher sees the lead and may create projects, but only its own unit holds the claim.
    odd = {("projects.create", "dispatcher"): {409}}
    wrong = {}
    for name, method in operations().items():
        with transaction.atomic():
            status = ask(client, method, table[name]).status_code
            transaction.set_rollback(True)
        if status not in odd.get((name, role), table[name].expected(role)):
            wrong[name] = status

    assert not wrong


@pytest.mark.django_db
def test_without_a_key_nothing_is_answered(city, evidence_home, client):
    table = rows()

    answers = {name: ask(client, method, table[name]) for name, method in operations().items()}

    assert {name: each.status_code for name, each in answers.items()} == dict.fromkeys(answers, 401)
