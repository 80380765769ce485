"""A list tells who is known to live, who was dealt with, and shows each only what is theirs."""

from datetime import date, timedelta

import pytest
from tests import cast, studies

from yipanqi.domain.investors.services import interactions, registering
from yipanqi.domain.ledger.models import Entry
from yipanqi.domain.studies import target_lists
from yipanqi.domain.studies.models import Target
from yipanqi.domain.studies.services import feedback, records
from yipanqi.domain.studies.services.feedback import Answer
from yipanqi.domain.studies.services.records import Look
from yipanqi.domain.studies.target_lists import Wanted
from yipanqi.vocab import clock, names
from yipanqi.vocab.actors import NotAllowed
from yipanqi.vocab.labels import Label

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]

CHAIN = "gongcheng-jixie"


@pytest.fixture
def study():
    """Five targets: with a sign, said to live, ceased, and two of whom nothing is known."""
    run = studies.run("targets", CHAIN)
    signs = (
        ("unknown", date(2019, 5, 3)),
        ("alive", None),
        ("ceased", date(2018, 1, 1)),
        ("unknown", None),
        ("unknown", None),
    )
    Target.objects.bulk_create(
        _target(run, rank, existence, sign) for rank, (existence, sign) in enumerate(signs, 1)
    )
    return run


def _target(run, rank, existence, sign):
    name = f"江苏目标液压{rank}号有限公司"
    return Target(
        study=run,
        link="gcjx-yeya",
        rank=rank,
        registry_id=f"r{rank}",
        code=f"{rank:018d}" if rank % 2 else "",
        name=name,
        name_key=names.key(name),
        province="江苏" if rank < 4 else "浙江",
        kind="plant" if rank == 1 else "unknown",
        size="large",
        score=70 - rank,
        existence=existence,
        last_sign_on=sign,
    )


def ranks(study, by=None, **wanted):
    found = target_lists.listing(study, Wanted(**wanted), seen_by=by or cast.clerk_a())
    return [row.rank for row in found.page.rows]


def target(rank):
    return Target.objects.select_related("study").get(rank=rank)


def looked(rank, result="alive", on=date(2018, 6, 1)):
    return records.check(target(rank), Look("visit", result, on), by=cast.clerk_a())


def told(rank, outcome="contacted", by=None, **more):
    said = Answer(outcome, date(2018, 6, 1), **more)
    return feedback.answer(target(rank), said, by=by or cast.clerk_a())


def test_the_list_of_a_live_city_shows_those_known_to_live_and_counts_the_others(study):
    study.synthetic = False

    standard = target_lists.standard(study, is_demo=False)
    found = target_lists.listing(study, Wanted(existence=standard), seen_by=cast.clerk_a())

    assert [row.rank for row in found.page.rows] == [1, 2]
    assert found.page.total == 2
    assert found.lives == {"alive": 2, "ceased": 1, "unknown": 2}


@pytest.mark.parametrize(("synthetic", "is_demo"), [(True, False), (False, True)])
def test_made_up_data_and_demos_show_everybody(study, synthetic, is_demo):
    study.synthetic = synthetic

    assert target_lists.standard(study, is_demo=is_demo) == "all"
    assert ranks(study, existence="all") == [1, 2, 3, 4, 5]


def test_an_officers_look_is_a_sign_of_life_and_is_in_the_ledger(study):
    look = looked(4)

    life = target_lists.lives([target(4)])["r4"]
    assert (life.state, life.on, life.check) == ("alive", date(2018, 6, 1), look)
    assert ranks(study, existence="alive") == [1, 2, 4]
    line = Entry.objects.get(kind="studies.enterprise_checked")
    assert line.stream == "studies/r4"


def test_the_newer_of_look_and_registry_counts(study):
    looked(1, "ceased", on=date(2019, 1, 1))
    looked(2, "ceased")

    assert ranks(study, existence="alive") == [1]
    assert target_lists.lives([target(1)])["r1"].state == "alive"
    assert target_lists.lives([target(2)])["r2"].state == "ceased"


def test_a_page_and_a_row_never_disagree_about_life(study):
    looked(4, "ceased")
    looked(5)

    for state in ("alive", "unknown", "ceased"):
        shown = [target(rank) for rank in ranks(study, existence=state)]
        assert {life.state for life in target_lists.lives(shown).values()} <= {state}


@pytest.mark.parametrize(
    ("look", "sentence"),
    [
        (Look("guess", "alive", date(2018, 1, 1)), "核实方式"),
        (Look("visit", "maybe", date(2018, 1, 1)), "核实结果"),
        (Look("other", "alive", date(2018, 1, 1)), "怎么核实的"),
    ],
)
def test_a_look_without_grounds_is_refused(study, look, sentence):
    with pytest.raises(records.NotChecked, match=sentence):
        records.check(target(4), look, by=cast.clerk_a())


def test_a_look_cannot_be_in_the_future(study):
    with pytest.raises(records.NotChecked, match="不能晚于今天"):
        looked(4, on=clock.today() + timedelta(days=1))


def test_who_may_not_register_may_not_check_or_answer(study):
    with pytest.raises(NotAllowed):
        records.check(target(4), Look("visit", "alive", date(2018, 1, 1)), by=cast.auditor())
    with pytest.raises(NotAllowed):
        told(4, by=cast.auditor())


def test_the_list_narrows_by_place_kind_size_and_link(study):
    assert ranks(study, province="浙江") == [4, 5]
    assert ranks(study, kind="plant", size="large") == [1]
    assert ranks(study, link="gcjx-gang") == []
    present = target_lists.present(study)
    assert present.provinces == ("江苏", "浙江")
    assert "" not in present.kinds
    assert sum(present.kinds.values()) == study.targets.exclude(kind="").count()


def test_dealings_narrow_the_list_for_those_who_may_know_them(study):
    told(1)
    told(2, "refused", reason="已在合肥建厂", label=Label.BUSINESS_SECRET)
    firm, _ = registering.register(
        registering.EnterpriseFacts(name=target(4).name, source="测试"), by=cast.clerk_a()
    )
    visit = interactions.Occasion("visit", date(2018, 5, 1), "见了总经理")
    interactions.log(firm, visit, by=cast.clerk_a())

    assert ranks(study, contact="any") == [1, 2, 4]
    assert ranks(study, contact="refused") == [2]
    assert ranks(study, contact="none") == [3, 5]
    # Park B knows nothing of park A's dealings.
    assert ranks(study, by=cast.clerk_b(), contact="any") == []


def test_a_firm_with_another_code_is_not_the_same_for_its_name(study):
    facts = registering.EnterpriseFacts(name=target(1).name, code="9" * 18, source="测试")
    firm, _ = registering.register(facts, by=cast.clerk_a())
    visit = interactions.Occasion("visit", date(2018, 5, 1), "见了总经理")
    interactions.log(firm, visit, by=cast.clerk_a())

    assert ranks(study, contact="any") == []


def test_an_answer_keeps_where_the_target_stood_and_becomes_a_label(study):
    row = told(1)

    label = target_lists.labels().get()
    assert (label.registry_id, label.rank, label.link) == ("r1", 1, "gcjx-yeya")
    assert str(label.score) == "69.0000"
    line = Entry.objects.get(kind="studies.target_answered")
    assert line.stream == "studies/r1"
    assert row.public_id in line.body


@pytest.mark.parametrize(
    ("outcome", "more", "sentence"),
    [
        ("refused", {}, "婉拒原因未填"),
        ("landed", {}, "已落地须选择对应的项目"),
        ("liked", {}, "请选择反馈"),
    ],
)
def test_an_answer_without_what_it_needs_is_refused(study, outcome, more, sentence):
    with pytest.raises(feedback.Incomplete, match=sentence):
        told(1, outcome, **more)


def test_a_landed_target_names_its_project(study):
    project = cast.project()

    row = told(1, "landed", project=project)

    assert row.project == project
    assert ranks(study, contact="landed") == [1]


def test_the_same_is_told_once_and_taken_back_once_by_its_own_unit(study):
    row = told(1)
    with pytest.raises(feedback.AlreadyTold):
        told(1)
    with pytest.raises(NotAllowed):
        feedback.withdraw(row, by=cast.clerk_b())

    feedback.withdraw(row, by=cast.clerk_a())

    with pytest.raises(feedback.AlreadyWithdrawn):
        feedback.withdraw(row, by=cast.clerk_a())
    assert not target_lists.labels().exists()
    assert ranks(study, contact="any") == []
    assert told(1).pk
