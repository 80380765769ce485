"""A chain officer's day in a browser: dispute, accept a link, study anew, take a target in."""

from datetime import date
from decimal import Decimal

import pytest
from tests.city import PACK
from tests.engine.small_registry import Firm, write

from yipanqi.delivery.jobs import studies
from yipanqi.domain.industries import queries as industries
from yipanqi.domain.industries.services import loading, proposing
from yipanqi.domain.investors.models import Enterprise
from yipanqi.domain.ledger.models import Entry
from yipanqi.domain.rules import queries as rules
from yipanqi.domain.rules.services import loading as sheets
from yipanqi.domain.studies.models import Dispute, LinkVerdict, Study
from yipanqi.engine import code
from yipanqi.rulebook import proposing as suggesting
from yipanqi.vocab import clock
from yipanqi.vocab.actors import HOUSE

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

CHAIN = "gongcheng-jixie"
FIRM = "杭州示例蜗轮有限公司"
FIRMS = (
    Firm("长沙示例液压件有限公司", "长沙", "液压件的生产"),
    Firm(FIRM, "杭州", "蜗轮蜗杆副的制造", Decimal(12_000), registered=date(2005, 3, 1)),
    Firm("常州示例液压件有限公司", "常州", "液压件制造", Decimal(3000)),
)
WORM = suggesting.Proposal(
    suggesting.Suggested.LINK, "蜗轮蜗杆副", "gcjx-chilun", "gcjx-chilun", 4, ("上游材料",)
)


@pytest.fixture
def desk(at_desk, tmp_path, settings, monkeypatch):
    """The chain officer's browser; the pack's sheets, a registry of three firms, one proposal."""
    monkeypatch.setenv("YIPANQI_HOME", str(tmp_path))
    settings.REGISTRY_HOME = tmp_path
    place = write(tmp_path / "registry" / "r1", FIRMS)
    (tmp_path / "registry" / "current").symlink_to(place.name)
    sheets.load_pack(PACK, by=HOUSE)
    loading.load(rules.pack().chains(on=clock.today()), valid_from=clock.today())
    proposing.take_in(industries.chain(CHAIN), [WORM], source="产品图谱 g.csv", by=HOUSE)
    return at_desk("chain_officer")


def test_a_chain_officer_disputes_accepts_ranks_and_takes_in(desk):
    _dispute(desk)
    _accept(desk)
    _study_anew()
    _take_in(desk)

    assert FIRM in desk.inner_text("h1")
    assert "蜗轮蜗杆副" in desk.inner_text("main")
    firm = Enterprise.objects.get(name=FIRM)
    kinds = set(Entry.objects.values_list("kind", flat=True))
    assert {
        "studies.verdict_disputed",
        "industries.proposal_accepted",
        "studies.published",
        "studies.enterprise_checked",
        "investors.enterprise_registered",
    } <= kinds
    assert (firm.existence, firm.last_sign_on) == ("alive", date(2018, 6, 1))


def _dispute(page):
    page.click("nav >> text=产业")
    page.click("main >> text=工程机械 >> nth=0")
    page.click("svg a[data-link=gcjx-yeya]")
    page.wait_for_selector("#panel h2")
    page.click("#panel >> text=提出异议")
    said = LinkVerdict.objects.get(link="gcjx-yeya").status
    held = "weak" if said == "strong" else "strong"
    page.select_option("[name=status]", held)
    page.fill("[name=reason]", "园区现有 12 家油缸厂，名单见走访记录")
    page.click("button:text-is('提出异议')")
    page.wait_for_selector("#panel h2")
    assert "园区现有 12 家油缸厂" in page.inner_text("#panel")
    assert Dispute.objects.get().status_held == held


def _accept(page):
    page.goto(f"/chains/{CHAIN}/")
    page.click("text=产业链提议")
    page.click("summary:text-is('处理')")
    page.fill("[name$=-gbt]", "3453")
    page.fill("[name$=-description]", "减速和传动用")
    page.click("button:text-is('采纳')")
    page.wait_for_selector("text=已采纳并写入新的产业链表")
    assert "没有这样的提议" in page.inner_text("main")


def _study_anew():
    """What the timetable or the run page does; the other chains are answered already."""
    asked = studies.question(studies.stores.current(studies.stores.Kind.REGISTRY))
    now = clock.now()
    Study.objects.exclude(chain=CHAIN).delete()
    Study.objects.bulk_create(
        Study(
            kind=kind,
            chain=chain,
            city="长沙",
            snapshot=asked.snapshot,
            sheets=dict(digests),
            code_version=code.version(),
            state="done",
            current=True,
            started_at=now,
        )
        for (kind, chain), digests in asked.wanted.items()
        if chain != CHAIN
    )
    told = list(studies.refresh(by=HOUSE))
    assert any("工程机械：强" in each for each in told), told


def _take_in(page):
    page.goto(f"/chains/{CHAIN}/")
    page.click("svg a[data-link=gcjx-wolunwoganfu]")
    page.wait_for_selector("#panel h2")
    page.click("#panel >> text=看招引目标")
    assert FIRM in page.inner_text("table")
    assert "未回测" in page.inner_text("main")
    page.click(f"text={FIRM}")
    page.click("summary:text-is('登记一次核实')")
    page.select_option("[name=look-way]", label="电话核实")
    page.select_option("[name=look-result]", label="存续")
    page.fill("[name=look-checked_on]", "2018-06-01")
    page.click("button:text-is('登记核实')")
    assert "2018-06-01 存续" in page.inner_text("main")
    page.click("button:text-is('纳入客商库')")
