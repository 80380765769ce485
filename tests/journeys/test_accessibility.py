"""The main screens for people who see, hear or move otherwise: axe-core finds nothing."""

from pathlib import Path

import pytest
from tests import big_chain, cast, partners

from yipanqi.domain.investors.services import (
    account_managers,
    interactions,
    planning,
    ranking,
    traits,
)
from yipanqi.domain.leads.services import transfers
from yipanqi.vocab import clock

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]
AXE = Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]


@pytest.fixture
def seen(site):
    """Addresses of the main screens, with something on each."""
    project = cast.project()
    big_chain.make()
    cast.lead(by=cast.clerk_b(), matter="示例液压件项目")
    enterprise, lead = project.enterprise.public_id, project.lead.public_id
    own, handed = _held_and_handed()
    heard = cast.signal(referrer="湖南商会").public_id
    plan, named = _known(project.enterprise), partners.listed().public_id
    return (
        "/", "/chains/", "/chains/gongcheng-jixie/", "/chains/gongcheng-jixie/links/gcjx-yeya/",
        "/chains/gongcheng-jixie/trends/", "/chains/comparison/",
        "/chains/gongcheng-jixie/links/gcjx-yeya/enterprises/",
        "/chains/gongcheng-jixie/targets/", "/chains/gongcheng-jixie/partners/",
        f"/chains/partners/{named}/", f"/chains/{big_chain.CODE}/?open=upstream-34",
        "/investors/signals/", "/investors/signals/new/", f"/investors/signals/{heard}/",
        f"/investors/signals/{heard}/amend/",
        "/investors/", "/investors/?roll=world500", "/investors/new/",
        f"/investors/plans/{plan}/", f"/investors/{enterprise}/group/",
        f"/investors/{enterprise}/refresh/",
        "/investors/interactions/",
        f"/investors/{enterprise}/", f"/investors/{enterprise}/claim/", "/investors/leads/",
        f"/investors/leads/{lead}/", f"/investors/leads/{own}/",
        f"/investors/leads/{own}/renew/", f"/investors/leads/{own}/transfer/",
        "/investors/transfers/", f"/investors/transfers/{handed}/",
        "/projects/", "/projects/board/", "/projects/verifications/",
        f"/projects/{project.public_id}/end/withdrawn/",
        f"/projects/{project.public_id}/", f"/projects/{project.public_id}/edit/money/",
        f"/ledger/projects/{project.public_id}/", "/search/?q=液压", "/projects/222222222222/",
    )  # fmt: skip


def _known(firm):
    """Something in each section of the enterprise's page, a colliding plan among it."""
    clerk, today = cast.clerk_a(), clock.today()
    ranking.rank(firm, ranking.Rank("world500", 2017, "榜单", 9), by=clerk)
    noted = traits.TraitFacts("offer", "team", "拜访时介绍", "院士团队 12 人", today)
    traits.note(firm, noted, by=clerk)
    account_managers.appoint(firm, cast.officer("clerk_a"), by=clerk)
    occasion = interactions.Occasion("visit", today, "谈了选址", "送规划图", today)
    interactions.log(firm, occasion, by=clerk)
    planning.plan(firm, planning.Plan("visit", today, "考察"), by=cast.clerk_b())
    return planning.plan(firm, planning.Plan("visit", today, "谈供地"), by=clerk).public_id


def _held_and_handed():
    own = cast.lead(matter="高空作业平台")
    parts = {cast.PARK_A: 5, cast.PARK_B: 5}
    proposal = transfers.Proposal(cast.PARK_B, "对方有现成厂房", parts, 5)
    given = transfers.propose(cast.lead(matter="塔式起重机"), proposal, by=cast.clerk_a())
    return own.public_id, given.public_id


@pytest.mark.parametrize("width", [360, 1280])
def test_the_officers_screens(at_desk, seen, width):
    page = at_desk("clerk_a", width)

    assert {path: found for path in seen if (found := _faults(page, path))} == {}


def test_the_screens_of_ruling_and_checking(at_desk, seen):
    arbiter, auditor = at_desk("arbiter"), at_desk("auditor")

    assert _faults(at_desk("dispatcher"), "/chains/gongcheng-jixie/partners/import/") == []
    assert _faults(arbiter, "/rulings/") == []
    assert _faults(auditor, "/ledger/") == []
    assert _faults(auditor, "/audit/export/") == []
    assert _faults(at_desk("administrator"), "/people/") == []


def test_the_screens_of_merging(at_desk):
    kept, other = (
        cast.enterprise(name).public_id
        for name in ("江苏示例液压科技有限公司", "示例液压科技（江苏）有限公司")
    )
    cast.lead()

    page = at_desk("dispatcher", 360)

    assert _faults(page, f"/investors/{kept}/merge/") == []
    assert _faults(page, f"/investors/{kept}/merge/{other}/") == []
    page.fill("#because", "同一份营业执照")
    page.get_by_role("button", name="合并", exact=True).click()
    page.wait_for_url(f"**/investors/{kept}/")
    page.get_by_role("link", name="撤销合并").click()
    page.wait_for_url("**/undo/")
    assert _faults(page, page.url) == []


def _faults(page, path):
    page.goto(path)
    # Evaluated by the browser's own tools, so the page's content policy stays as served.
    page.evaluate(AXE.read_text("utf-8"))
    report = page.evaluate("rules => axe.run({runOnly: {type: 'tag', values: rules}})", RULES)
    return [
        f"{each['id']}: {each['help']} — {node['target']} {node['html'][:160]}"
        for each in report["violations"]
        for node in each["nodes"]
    ]
