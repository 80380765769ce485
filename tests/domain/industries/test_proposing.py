"""A suggestion enters a chain by a new dated sheet, or is turned down; nothing in between."""

from datetime import date

import pytest
from tests import cast
from tests.city import PACK

from yipanqi.domain.industries import queries
from yipanqi.domain.industries.models import Chain, Link, Proposal
from yipanqi.domain.industries.services import loading, naming, proposing
from yipanqi.domain.ledger.models import Entry
from yipanqi.domain.rules import queries as rules
from yipanqi.domain.rules.models import Sheet
from yipanqi.domain.rules.services import loading as sheets
from yipanqi.rulebook import proposing as suggesting
from yipanqi.rulebook.faults import SheetFaults
from yipanqi.rulebook.proposing import Suggested
from yipanqi.vocab import clock
from yipanqi.vocab.actors import HOUSE, NotAllowed

pytestmark = pytest.mark.django_db

WORM = suggesting.Proposal(
    Suggested.LINK, "蜗轮蜗杆副", "gcjx-chilun", "gcjx-chilun", 4, ("RV减速机的上游材料",)
)


@pytest.fixture
def chain(city):
    sheets.load_pack(PACK, by=HOUSE)
    loading.load(rules.pack().chains(on=clock.today()), valid_from=date(2018, 1, 1))
    return Chain.objects.get(code="gongcheng-jixie")


@pytest.fixture
def proposal(chain):
    proposing.take_in(chain, [WORM], source="产品图谱 g.csv", by=HOUSE)
    return Proposal.objects.get()


def rows(chain, **changed):
    code = naming.link_code(chain, "蜗轮蜗杆副")
    link = {"name": "蜗轮蜗杆副", "position": "upstream", "gbt": "3453", "description": "减速用"}
    return {
        "links": [{"chain": chain.code, "link": code, **link, **changed}],
        "supplies": [
            {"chain": chain.code, "supplier": code, "customer": "gcjx-chilun", "what": "蜗轮"}
        ],
        "terms": [{"chain": chain.code, "link": code, "term": "蜗轮蜗杆副", "kind": "include"}],
    }


def test_an_accepted_link_stands_in_a_sheet_of_today_and_the_old_sheet_stays(chain, proposal):
    before = Sheet.objects.get(name="chains/2018-01-01/links.csv").text
    day = clock.today().isoformat()

    proposing.accept(proposal, rows(chain), by=cast.chain_officer())

    link = Link.objects.get(name="蜗轮蜗杆副")
    assert link.code == "gcjx-wolunwoganfu"
    assert "工程机械链办专员" in link.source
    assert Sheet.objects.get(name="chains/2018-01-01/links.csv").text == before
    assert Sheet.objects.get(name=f"chains/{day}/links.csv").text.startswith(before.rstrip())
    kept = Entry.objects.get(kind="industries.proposal_accepted")
    assert kept.stream == f"industries/{proposal.public_id}"


def test_two_on_one_day_are_two_revisions_of_that_days_sheet(chain, proposal):
    proposing.accept(proposal, rows(chain), by=cast.chain_officer())
    term = suggesting.Proposal(Suggested.TERM, "精密蜗轮", "gcjx-chilun", "", 1, ("小类",))
    proposing.take_in(chain, [WORM, term], source="产品图谱 g.csv", by=HOUSE)
    second = Proposal.objects.get(kind="term")
    row = {"chain": chain.code, "link": "gcjx-chilun", "term": "精密蜗轮", "kind": "include"}

    proposing.accept(second, {"terms": [row]}, by=cast.chain_officer())

    day = clock.today().isoformat()
    revisions = Sheet.objects.filter(name=f"chains/{day}/terms.csv").values_list("revision")
    assert sorted(revisions) == [(1,), (2,)]
    assert Link.objects.filter(name="蜗轮蜗杆副").exists()


def test_rows_that_would_make_the_chain_unsound_change_nothing(chain, proposal):
    with pytest.raises(SheetFaults, match="重复"):
        proposing.accept(proposal, rows(chain, name="液压件"), by=cast.chain_officer())

    proposal.refresh_from_db()
    assert proposal.state == "pending"
    assert not Sheet.objects.filter(name__startswith=f"chains/{clock.today()}").exists()


def test_a_decided_proposal_is_not_decided_again_nor_proposed_again(chain, proposal):
    proposing.reject(proposal, "减速机环节已含蜗轮", by=cast.chain_officer())

    with pytest.raises(proposing.NothingToDecide):
        proposing.accept(proposal, rows(chain), by=cast.chain_officer())
    done = proposing.take_in(chain, [WORM], source="产品图谱 g.csv", by=HOUSE)
    assert (done.added, done.known) == (0, 1)


def test_a_reason_is_needed_to_turn_one_down(proposal):
    with pytest.raises(proposing.ReasonMissing):
        proposing.reject(proposal, " ", by=cast.chain_officer())


def test_only_the_chains_own_office_and_the_bureau_decide(chain, proposal):
    other = Chain.objects.get(code="shengwu-yiyao")

    assert queries.may_edit(chain, cast.dispatcher())
    assert not queries.may_edit(other, cast.chain_officer())
    for person in (cast.clerk_a(), cast.auditor()):
        with pytest.raises(NotAllowed):
            proposing.reject(proposal, "越权", by=person)


def test_codes_of_new_links_are_readable_and_free(chain):
    assert naming.link_code(chain, "蜗轮") == "gcjx-wolun"
    Link.objects.create(
        chain=chain, code="gcjx-wolun", name="蜗轮", position="upstream", source="s", basis="source"
    )
    assert naming.link_code(chain, "蜗轮") == "gcjx-wolun-2"
