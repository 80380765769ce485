"""A signal is answered, judged and followed in time, and ends as something or with a reason."""

from datetime import UTC, datetime, timedelta

import pytest
from tests import cast, samples

from yipanqi.domain.evidence import queries as evidence
from yipanqi.domain.leads import inbox
from yipanqi.domain.leads.services import becoming, triage
from yipanqi.rulebook.triage import Light
from yipanqi.vocab import clock
from yipanqi.vocab.actors import NotAllowed
from yipanqi.vocab.labels import Label

pytestmark = pytest.mark.django_db
THURSDAY = datetime(2018, 3, 1, 9, 0, tzinfo=UTC)


def at(days):
    return clock.using(lambda: THURSDAY + timedelta(days=days))


@pytest.fixture
def signal(city):
    """Heard on Thursday: to be answered by Friday, judged by Tuesday, replied to in a week."""
    with at(0):
        return cast.signal(referrer="湖南商会")


def lights(signal):
    signal.refresh_from_db()
    return {term.step: term.light for term in inbox.row(signal).terms}


def test_the_light_is_green_amber_and_red_as_the_days_pass(signal):
    with at(0):
        assert lights(signal) == {"respond": Light.NEAR, "reply": Light.GOOD}
    with at(4):
        assert lights(signal) == {"respond": Light.LATE, "reply": Light.GOOD}


def test_answering_begins_the_judging_and_names_who_handles_it(signal):
    with at(1):
        triage.respond(signal, by=cast.clerk_a())
        triage.respond(signal, by=cast.clerk_a())

    signal.refresh_from_db()
    assert (signal.state, signal.due_on.isoformat()) == ("judging", "2018-03-06")
    assert signal.handler == cast.officer("clerk_a")
    assert signal.version == 2


def test_outside_experts_lengthen_the_term_to_a_week(signal):
    with at(1):
        triage.respond(signal, by=cast.clerk_a())
        triage.ask_experts(signal, "中联重科 工程机械专家", by=cast.clerk_a())

    signal.refresh_from_db()
    assert signal.due_on.isoformat() == "2018-03-08"


def test_worth_following_means_a_report_every_two_weeks(signal):
    with at(1):
        triage.follow(signal, because="与主导产业吻合", by=cast.clerk_a())
    signal.refresh_from_db()
    assert (signal.state, signal.due_on.isoformat()) == ("following", "2018-03-16")

    with at(14):
        triage.report(signal, "已电话联系", on=clock.today(), by=cast.clerk_a())

    signal.refresh_from_db()
    assert signal.due_on.isoformat() == "2018-03-29"
    assert [note.words for note in inbox.notes(signal)] == ["已电话联系"]


def test_a_report_of_an_earlier_day_moves_nothing_back(signal):
    with at(1):
        triage.follow(signal, because="吻合", by=cast.clerk_a())
        triage.report(signal, "昨日已通话", on=THURSDAY.date(), by=cast.clerk_a())

    signal.refresh_from_db()
    assert signal.due_on.isoformat() == "2018-03-16"


@pytest.mark.parametrize("days", [-1, 2])
def test_progress_is_told_of_days_that_were(signal, days):
    with at(1):
        triage.follow(signal, because="吻合", by=cast.clerk_a())
        told = THURSDAY.date() + timedelta(days=days)
        with pytest.raises(triage.Unclear, match="进展日期"):
            triage.report(signal, "已通话", on=told, by=cast.clerk_a())


@pytest.mark.parametrize("act", [triage.follow, triage.discard])
def test_judging_without_a_reason_changes_nothing(signal, act):
    with pytest.raises(triage.Unclear):
        act(signal, because=" ", by=cast.clerk_a())

    signal.refresh_from_db()
    assert signal.state == "new"


def test_the_referrer_is_still_owed_an_answer_after_it_was_discarded(signal):
    with at(1):
        triage.discard(signal, because="企业无投资计划", by=cast.clerk_a())
    with at(8):
        assert lights(signal) == {"reply": Light.LATE}
        triage.answer_referrer(signal, "已电话说明", by=cast.clerk_a())
        assert lights(signal) == {}
        with pytest.raises(triage.NotOpen):
            triage.answer_referrer(signal, "再说一次", by=cast.clerk_a())


def test_what_is_closed_stays_closed(signal):
    triage.discard(signal, because="不实", by=cast.clerk_a())

    for act in (
        lambda: triage.respond(signal, by=cast.clerk_a()),
        lambda: triage.follow(signal, because="改主意", by=cast.clerk_a()),
        lambda: triage.assign(signal, cast.clerk_b_unit(), because="转", by=cast.clerk_a()),
        lambda: triage.add(signal, "补", by=cast.clerk_a()),
    ):
        with pytest.raises(triage.NotOpen):
            act()


@pytest.mark.parametrize("who", ["clerk_b", "dispatcher"])
def test_only_its_own_unit_judges(signal, who):
    with pytest.raises(NotAllowed):
        triage.follow(signal, because="好", by=cast.actor(who))
    with pytest.raises(NotAllowed):
        triage.discard(signal, because="差", by=cast.actor("auditor"))


def test_passed_on_it_starts_anew_with_its_files_and_stays_in_the_capturers_sight(
    city, evidence_home
):
    with at(0):
        signal = cast.signal(files=[samples.pdf(salt=b"s")])
        triage.respond(signal, by=cast.clerk_a())
    with at(4):
        triage.assign(signal, cast.clerk_b_unit(), because="浏阳有现成厂房", by=cast.clerk_a())

    seen = inbox.find(signal.public_id, seen_by=cast.clerk_b())
    assert (seen.state, seen.unit.code, seen.handler) == ("new", cast.PARK_B, None)
    assert seen.due_on.isoformat() == "2018-03-06"
    assert len(evidence.files(inbox.subject(seen), seen_by=cast.clerk_b())) == 1
    assert inbox.find(signal.public_id, seen_by=cast.clerk_a()) == signal
    with pytest.raises(NotAllowed):
        triage.follow(signal, because="还是我来", by=cast.clerk_a())


def test_the_bureau_may_assign_what_it_sees_and_others_may_not(signal):
    with pytest.raises(NotAllowed):
        triage.assign(signal, cast.clerk_b_unit(), because="要", by=cast.clerk_b())

    triage.assign(signal, cast.clerk_b_unit(), because="统筹", by=cast.dispatcher())

    signal.refresh_from_db()
    assert signal.unit == cast.clerk_b_unit()


def test_a_colleague_handles_it_and_nobody_elses(signal):
    triage.hand_to(signal, cast.officer("clerk_a"), by=cast.clerk_a())

    with pytest.raises(triage.Unclear, match="本单位"):
        triage.hand_to(signal, cast.officer("clerk_b"), by=cast.clerk_a())
    signal.refresh_from_db()
    assert signal.handler == cast.officer("clerk_a")


def test_merged_it_leaves_its_words_and_files_with_the_other(city, evidence_home):
    kept = cast.signal(matter="拟建液压件基地")
    gone = cast.signal(
        matter="液压件基地选址", details="下周来访", files=[samples.pdf(salt=b"g")], is_checked=True
    )

    becoming.merge(gone, kept, by=cast.clerk_a())

    gone.refresh_from_db()
    assert (gone.state, gone.merged_into, gone.due_on) == ("merged", kept, None)
    assert "下周来访" in inbox.notes(kept)[0].words
    assert len(evidence.files(inbox.subject(kept), seen_by=cast.clerk_a())) == 1
    assert inbox.merged(kept, seen_by=cast.clerk_a()) == [gone]


def test_signals_of_two_labels_are_not_merged(city):
    kept = cast.signal()
    gone = cast.signal(label=Label.BUSINESS_SECRET, is_checked=True)

    with pytest.raises(triage.Unclear, match="密级"):
        becoming.merge(gone, kept, by=cast.clerk_a())
    with pytest.raises(triage.Unclear, match="自己"):
        becoming.merge(kept, kept, by=cast.clerk_a())


def test_its_enterprise_goes_into_the_library_once(signal):
    firm, is_new = becoming.take_in(signal, by=cast.clerk_a())
    again, is_new_again = becoming.take_in(signal, by=cast.clerk_a())

    assert firm.name == "江苏示例液压科技有限公司"
    assert (firm, is_new, is_new_again) == (again, True, False)
    assert firm.source.startswith("信息库")


def test_an_enterprise_not_yet_named_is_asked_for(city):
    signal = cast.signal(enterprise_name="")

    with pytest.raises(triage.Unclear, match="企业未明"):
        becoming.take_in(signal, by=cast.clerk_a())


def test_a_lead_filed_from_it_closes_it(signal, evidence_home):
    firm, _ = becoming.take_in(signal, by=cast.clerk_a())
    lead = cast.lead(matter=signal.matter, firm=firm)

    becoming.promote(signal, lead, by=cast.clerk_a())

    signal.refresh_from_db()
    assert (signal.state, signal.lead, signal.due_on) == ("promoted", lead, None)


def test_a_lead_with_another_enterprise_is_none_of_its(signal, evidence_home):
    lead = cast.lead(firm=cast.enterprise("另一家有限公司"))

    with pytest.raises(triage.Unclear, match="不一致"):
        becoming.promote(signal, lead, by=cast.clerk_a())


def test_what_is_late_or_nearly_so_waits_on_the_units_day(signal):
    with at(0):
        assert [each.signal for each in inbox.waiting(seen_by=cast.clerk_a())] == [signal]
        assert inbox.waiting(seen_by=cast.clerk_b()) == []
        triage.follow(signal, because="吻合", by=cast.clerk_a())
        assert inbox.waiting(seen_by=cast.clerk_a()) == []
    with at(8):
        (row,) = inbox.waiting(seen_by=cast.clerk_a())
        assert row.terms[0].step == "reply"
        assert inbox.late_count(seen_by=cast.clerk_a()) == 1
        assert inbox.late_count(seen_by=cast.clerk_b()) == 0
