"""Suggestions for a chain on screen: read, accepted with changes, turned down."""

import csv

import pytest
from django.urls import reverse
from tests.city import PACK

from yipanqi.delivery.cli.office import city_proposals
from yipanqi.domain.industries.models import Link, Proposal
from yipanqi.domain.industries.services import loading
from yipanqi.domain.rules import queries as rules
from yipanqi.domain.rules.services import loading as sheets
from yipanqi.vocab import clock
from yipanqi.vocab.actors import HOUSE

CHAIN = "gongcheng-jixie"
EDGES = [
    ("RV减速机", "蜗轮蜗杆副", "上游材料"),
    ("WP减速机", "蜗轮蜗杆副", "上游材料"),
]


@pytest.fixture
def graph(city, tmp_path):
    sheets.load_pack(PACK, by=HOUSE)
    loading.load(rules.pack().chains(on=clock.today()), valid_from=clock.today())
    return written(tmp_path / "g.csv", EDGES)


def written(file, edges):
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([city_proposals.COLUMNS, *edges])
    return file


@pytest.fixture
def proposal(graph):
    assert list(city_proposals.propose(graph, chain="工程机械", most=10)) == [
        "工程机械：新提议 1 条，已有 0 条"
    ]
    return Proposal.objects.get()


def told(proposal, **changed):
    form = {
        "name": "蜗轮蜗杆副", "position": "upstream", "gbt": "3453", "description": "减速用",
        "customer": proposal.customer, "what": "蜗轮", "term": "蜗轮蜗杆", **changed,
    }  # fmt: skip
    return {f"a-{proposal.public_id}-{name}": value for name, value in form.items()}


def test_a_chain_officer_accepts_a_link_with_changes(as_, proposal):
    client = as_("chain_officer")
    listed = client.get(reverse("desk:proposals", args=[CHAIN])).content.decode()

    answer = client.post(
        reverse("desk:proposal-accept", args=[proposal.public_id]), told(proposal, name="蜗轮副")
    )

    assert "RV减速机的上游材料" in listed
    assert answer.status_code == 303, answer.content.decode()
    assert Link.objects.filter(name="蜗轮副", chain__code=CHAIN).exists()
    done = client.get(reverse("desk:proposals", args=[CHAIN]), {"state": "accepted"})
    assert f"chains/{clock.today()}" in done.content.decode()


def test_what_is_missing_or_unsound_is_said_beside_the_form(as_, proposal):
    address = reverse("desk:proposal-accept", args=[proposal.public_id])

    for changed in ({"gbt": "机械"}, {"description": ""}, {"name": "液压件"}):
        answer = as_("chain_officer").post(address, told(proposal, **changed))
        assert answer.status_code == 422, changed
    assert Proposal.objects.get().state == "pending"


def test_one_is_turned_down_once_with_a_reason(as_, proposal):
    address = reverse("desk:proposal-reject", args=[proposal.public_id])
    reason = {f"r-{proposal.public_id}-because": "已有"}

    assert as_("chain_officer").post(address, {}).status_code == 422
    assert as_("chain_officer").post(address, reason).status_code == 303
    assert as_("chain_officer").post(address, reason).status_code == 409


def test_who_may_not_decide_reads_without_forms_and_is_refused(as_, proposal):
    text = as_("clerk_a").get(reverse("desk:proposals", args=[CHAIN])).content.decode()
    address = reverse("desk:proposal-reject", args=[proposal.public_id])

    assert "蜗轮蜗杆副" in text
    assert "退回理由" not in text
    refused = as_("clerk_a").post(address, {f"r-{proposal.public_id}-because": "越权"})
    assert refused.status_code == 403


def test_a_file_that_is_no_graph_is_refused_with_row_and_remedy(graph, tmp_path):
    bad = written(tmp_path / "bad.csv", [("甲", "乙", "亲戚")])

    with pytest.raises(city_proposals.NotAGraph, match="第 2 行"):
        list(city_proposals.propose(bad, chain="", most=5))
    with pytest.raises(city_proposals.NotAGraph, match="已有：工程机械"):
        list(city_proposals.propose(graph, chain="没有的链", most=5))


def test_a_chain_without_proposals_says_how_to_get_some(as_, graph):
    text = as_("clerk_a").get(reverse("desk:proposals", args=[CHAIN])).content.decode()

    assert "yipanqi city propose" in text
