"""Every operation of the interface × every role: who may, who is refused, who sees nothing."""

from dataclasses import dataclass, field

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from tests import cast, samples

from yipanqi.delivery.api.surface import api
from yipanqi.domain.evidence import queries as evidence

ALL = frozenset(cast.PEOPLE)
AT_WORK = ALL - {"stranger"}
REGISTERS = frozenset(
    {"clerk_a", "clerk_b", "dispatcher", "district", "chain_officer", "department"}
)
# Who sees an internal project of park A on the chain 工程机械.
SEES = frozenset({"clerk_a", "dispatcher", "arbiter", "member", "chain_officer", "auditor"})
# Who moves it on.
MOVES = frozenset({"clerk_a", "dispatcher"})
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
    return common_rows(firm) | lead_rows(firm, lead, pending) | project_rows(project, lead)


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
        "chains.targets": Row(ALL, "chains/gongcheng-jixie/targets?link=gcjx-yeya"),
        # No registry is published here: whoever is let in is told so.
        "registry.search": Row(ALL, "registry/search?text=液压", answers=frozenset({503})),
        "ledger.entries": Row(CHECKS, "ledger"),
        "ledger.head": Row(CHECKS, "ledger/head"),
        "ledger.verification": Row(CHECKS, "ledger/verification"),
    }


def lead_rows(firm, lead, pending):
    file = evidence.files(f"leads/{lead.public_id}", seen_by=cast.clerk_a())[0]
    ruling = json(uphold=False, because="先报者已实地洽谈")
    address = f"leads/claims/{pending.public_id}/ruling"
    return {
        "leads.listing": Row(ALL, "leads"),
        "leads.one": Row(SEES, f"leads/{lead.public_id}", sees=SEES),
        "leads.file": Row(REGISTERS, "leads", filing(firm), sees=AT_WORK),
        "leads.rule": Row(frozenset({"arbiter"}), address, ruling, sees=SEES_B),
        "files.download": Row(SEES, f"files/{file.public_id}", sees=SEES),
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
    answers = {name: ask(client, method, rows()[name]) for name, method in operations().items()}

    assert {name: each.status_code for name, each in answers.items()} == dict.fromkeys(answers, 401)
