"""Every city's pack in the repository is sound, and Changsha's says what the document says."""

from datetime import date
from pathlib import Path

import pytest

from yipanqi.rulebook import packs
from yipanqi.rulebook.focus import Standing, fit
from yipanqi.vocab.actors import Reach
from yipanqi.vocab.labels import Label
from yipanqi.vocab.stages import Official

PACKS = Path(__file__).parents[2] / "packs"
DAY = date(2018, 8, 1)
CHAINS = {
    "gongcheng-jixie", "chuneng-cailiao", "xinnengyuan-qiche", "xianshi-bandaoti", "shengwu-yiyao",
}  # fmt: skip


@pytest.fixture(scope="module")
def changsha():
    return packs.load(PACKS / "changsha")


@pytest.mark.parametrize("city", sorted(path.name for path in PACKS.iterdir() if path.is_dir()))
def test_the_pack_has_no_fault(city):
    assert [str(fault) for fault in packs.faults(PACKS / city)] == []


def test_the_nine_districts_and_all_parks_stand_in_one_tree(changsha):
    kinds = [unit.kind for unit in changsha.units]

    assert kinds.count("district") == 9
    assert kinds.count("park") == len(changsha.parks)
    assert [unit.code for unit in changsha.units if not unit.parent] == ["leading-group"]


def test_the_four_official_stages_are_reached_in_order(changsha):
    stages = changsha.library.stages(on=DAY)
    must = [stage.code for stage in stages.stages if not stage.optional]

    assert must == list(Official)


def test_every_official_stage_after_the_first_has_a_gate(changsha):
    gates = changsha.library.gates(on=DAY)

    assert all(gates.of(to) for to in ("signed", "started", "built"))


def test_the_first_five_chains_are_modelled_in_full(changsha):
    tables = changsha.chains(on=DAY)
    status = {chain.chain: chain.status for chain in tables.chains}

    assert {status[chain] for chain in CHAINS} == {"full"}


def test_a_full_chain_has_thirty_links_and_a_draft_ten(changsha):
    tables = changsha.chains(on=DAY)
    fewest = {"full": 30, "draft": 10}
    links = {chain.chain: len(tables.only(chain.chain).links) for chain in tables.chains}

    assert [
        chain.name for chain in tables.chains if links[chain.chain] < fewest[chain.status]
    ] == []


def test_every_chain_office_answers_for_one_chain(changsha):
    offices = {unit.code for unit in changsha.units if unit.kind == "chain_office"}
    answered = [chain.office_unit for chain in changsha.chains(on=DAY).chains]

    assert len(offices) == 22
    assert len(answered) == len(set(answered))
    assert offices.issuperset(answered)


def test_only_functional_zones_go_without_leading_industries(changsha):
    focus = changsha.library.focus(on=DAY)
    exempt = {row.park for row in focus.parks if row.exempt}

    assert exempt == {"huanghua-zongbao", "xiangjiang-xinqu", "zimao-changsha"}
    assert fit(focus, "shengwu-yiyao", "liuyang-jingkai").standing is Standing.LEADING
    assert not fit(focus, "shengwu-yiyao", "tianxin-jingkai").at_home


def test_a_park_sees_no_other_parks_matters_and_an_arbiter_sees_all(changsha):
    roles = changsha.library.roles(on=DAY)
    clerk, arbiter, auditor = map(roles.find, ("park_clerk", "arbiter", "auditor"))

    assert {clerk.reach(label) for label in Label if label is not Label.PUBLIC} == {Reach.UNIT}
    assert {arbiter.reach(label) for label in Label} == {Reach.ALL}
    assert "leads.rule" in arbiter.may
    assert auditor.read_only
    assert auditor.time_boxed


def test_whoever_manages_people_sees_no_business(changsha):
    administrator = changsha.library.roles(on=DAY).find("administrator")

    assert administrator.may == {"people.manage"}
    assert administrator.reach(Label.INTERNAL) is Reach.NONE


def test_invented_figures_are_marked_as_samples(changsha):
    claims = changsha.library.claims(on=DAY)

    assert claims.terms["protection_days"].sample
    assert not claims.terms["similar_name_share"].sample


def test_an_example_park_tightens_city_and_district_alike(changsha):
    library = changsha.library
    ids = {row.id for row in library.gates(on=DAY, unit="liuyang-jingkai").requirements}

    assert {"signed-investor", "liuyang-signed-park", "liuyang-jingkai-signed-fit"} <= ids
    assert library.claims(on=DAY, unit="liuyang-jingkai").protection_days == 60
