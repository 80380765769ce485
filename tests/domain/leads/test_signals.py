"""A signal is written down once, shown what it resembles, and put right with care."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.db.models import Q
from tests import cast, samples

from yipanqi.domain.evidence import queries as evidence
from yipanqi.domain.leads import inbox, resemblance
from yipanqi.domain.leads.resemblance import Heard
from yipanqi.domain.leads.services import signals
from yipanqi.domain.leads.signals import Signal
from yipanqi.domain.ledger import queries as ledger
from yipanqi.rulebook.duplicates import Level
from yipanqi.vocab import clock
from yipanqi.vocab.actors import NotAllowed
from yipanqi.vocab.labels import Label, StateSecret

pytestmark = pytest.mark.django_db
# A Thursday, and the Friday before 春节 2018: the term of a working day ends after the feast.
THURSDAY = datetime(2018, 3, 1, 9, 0, tzinfo=UTC)
BEFORE_THE_FEAST = datetime(2018, 2, 14, 9, 0, tzinfo=UTC)
DRAFT = signals.Draft(matter="拟建液压件基地", source="news", enterprise_name="某某重工")


def total():
    return Signal.objects.count()


def test_four_facts_make_a_signal_and_its_clock_runs(city):
    with clock.using(lambda: THURSDAY):
        signal = signals.capture(DRAFT, by=cast.clerk_a())

    assert (signal.state, signal.unit.code) == ("new", cast.PARK_A)
    assert signal.due_on.isoformat() == "2018-03-02"
    assert signal.reply_due is None


def test_a_term_jumps_over_the_spring_festival(city):
    with clock.using(lambda: BEFORE_THE_FEAST):
        signal = signals.capture(DRAFT, by=cast.clerk_a())

    assert signal.due_on.isoformat() == "2018-02-22"


@pytest.mark.parametrize("more", [{"referrer": "省商会"}, {"source": "hotline"}])
def test_who_waits_for_an_answer_has_a_term_of_a_week(city, more):
    with clock.using(lambda: THURSDAY):
        signal = signals.capture(replace(DRAFT, **more), by=cast.clerk_a())

    assert signal.reply_due.isoformat() == "2018-03-08"


def test_the_same_slip_sent_twice_is_one_signal(city):
    draft = replace(DRAFT, slip="0b9f3c1e")

    first = signals.capture(draft, by=cast.clerk_a())
    again = signals.capture(draft, by=cast.clerk_a())

    assert first.pk == again.pk
    assert total() == 1


def test_files_are_kept_with_it(city, evidence_home):
    signal = cast.signal(files=[samples.pdf("名片.pdf", salt=b"1")])

    (file,) = evidence.files(inbox.subject(signal), seen_by=cast.clerk_a())
    assert file.kind == signals.FILE_KIND


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"matter": "  "}, "事项未填"),
        ({"source": "rumour"}, "来源未选"),
        ({"estimate_fen": -1}, "不能为负"),
    ],
)
def test_what_is_empty_or_absurd_changes_nothing(city, wrong, says):
    with pytest.raises(signals.Unclear, match=says):
        signals.capture(replace(DRAFT, **wrong), by=cast.clerk_a())

    assert total() == 0


def test_a_state_secret_never_enters(city):
    with pytest.raises(StateSecret):
        signals.capture(replace(DRAFT, details="机密★一年"), by=cast.clerk_a())

    assert total() == 0


@pytest.mark.parametrize("who", ["auditor", "administrator", "stranger"])
def test_who_only_reads_captures_nothing(city, who):
    with pytest.raises(NotAllowed):
        signals.capture(DRAFT, by=cast.actor(who))


def test_another_like_it_is_shown_before_anything_is_saved(city):
    first = cast.signal(source="referral")

    with pytest.raises(signals.LooksKnown) as refusal:
        cast.signal(matter="拟建液压件基地项目")

    (near,) = refusal.value.alike.signals
    assert (near.signal, near.finding.level) == (first, Level.ALIKE)
    assert total() == 1


def test_the_officer_decides_that_it_is_another(city):
    cast.signal()

    second = cast.signal(is_checked=True)

    assert total() == 2
    (line,) = ledger.timeline(inbox.subject(second), only=Q())
    assert line.fields["alike"] == 1


def test_another_matter_of_the_same_enterprise_is_shown_and_bars_nothing(city):
    first = cast.signal(matter="拟建液压件基地")

    second = cast.signal(matter="在汉考察区域总部选址")

    heard = Heard(second.enterprise_name, second.matter)
    alike = resemblance.of(heard, seen_by=cast.clerk_a(), apart_from=second)
    assert [(each.signal, each.finding.level) for each in alike.signals] == [(first, Level.FAINT)]
    assert not alike.bars


def test_what_another_park_heard_is_counted_and_not_shown(city):
    cast.signal(by=cast.clerk_b())

    heard = Heard("江苏示例液压科技有限公司", "拟建液压件基地")
    alike = resemblance.of(heard, seen_by=cast.clerk_a())

    assert (list(alike.signals), alike.unseen, alike.bars) == ([], 1, False)


def test_the_library_and_the_claims_on_the_enterprise_are_told(city, evidence_home):
    lead = cast.lead()

    heard = Heard(lead.enterprise.name, "液压件生产基地")
    alike = resemblance.of(heard, seen_by=cast.clerk_a())

    assert alike.enterprise == lead.enterprise
    assert [each.claim.lead for each in alike.claims.seen] == [lead]


def test_an_enterprise_already_in_the_library_is_linked_at_once(city):
    firm = cast.enterprise()

    assert cast.signal().enterprise == firm


def test_putting_right_tells_which_fields_and_completes_the_terms(city):
    signal = cast.signal()
    draft = signals.Draft(matter=signal.matter, source="referral", referrer="湖南商会")

    amended = signals.amend(signal, draft, expecting=signal.version, by=cast.clerk_a())

    assert amended.reply_due is not None
    assert amended.version == signal.version + 1
    lines = ledger.timeline(inbox.subject(signal), only=Q())
    assert lines[-1].fields["fields"] == "企业、来源、推荐人"


def test_a_stale_correction_is_refused(city):
    signal = cast.signal()
    draft = replace(DRAFT, matter="改一")
    signals.amend(signal, draft, expecting=signal.version, by=cast.clerk_a())

    with pytest.raises(signals.Stale):
        signals.amend(signal, replace(DRAFT, matter="改二"), expecting=1, by=cast.clerk_a())


def test_a_confidential_signal_is_no_other_parks_to_see(city):
    signal = cast.signal(by=cast.clerk_b(), label=Label.BUSINESS_SECRET)

    assert inbox.find(signal.public_id, seen_by=cast.clerk_a()) is None
    assert inbox.find(signal.public_id, seen_by=cast.clerk_b()) == signal
    assert inbox.listing(inbox.Filters(), seen_by=cast.clerk_a()).total == 0


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({"text": "示例液压"}, 1),
        ({"text": "jsslyy"}, 1),
        ({"text": "液压件"}, 1),
        ({"text": "风电"}, 0),
        ({"state": "open"}, 1),
        ({"state": "late"}, 0),
        ({"source": "visit"}, 1),
        ({"source": "news"}, 0),
        ({"whose": "captured"}, 1),
        ({"whose": "mine"}, 0),
        ({"unit": cast.PARK_B}, 0),
    ],
)
def test_the_list_is_narrowed(city, filters, found):
    cast.signal()

    assert inbox.listing(inbox.Filters(**filters), seen_by=cast.clerk_a()).total == found
