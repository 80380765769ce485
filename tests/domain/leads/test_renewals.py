"""A claim is renewed for real progress, and only so often."""

from datetime import timedelta

import pytest
from tests import cast, samples

from yipanqi.domain.leads.services import renewals
from yipanqi.vocab import clock
from yipanqi.vocab.actors import NotAllowed

pytestmark = pytest.mark.django_db


def progress(words="已到园区选址，双方议定用地", *, on=None, salt=b"r", evidence=True):
    file = samples.pdf("选址纪要.pdf", salt=salt) if evidence else None
    return renewals.Progress(words, on or clock.today(), file)


def test_a_renewal_adds_the_days_of_the_sheet_and_keeps_its_evidence(city, pack, evidence_home):
    claim = cast.lead().claim

    renewal = renewals.renew(claim, progress(), by=cast.clerk_a())

    until = claim.protected_until + timedelta(days=pack.claims().renewal_days)
    claim.refresh_from_db()
    assert claim.protected_until == renewal.until == until
    assert (renewal.evidence.kind, renewal.number) == ("progress_proof", 1)


def test_it_is_renewed_no_more_often_than_the_sheet_says(city, pack, evidence_home):
    claim = cast.lead().claim
    for number in range(pack.claims().renewals):
        renewals.renew(claim, progress(salt=b"%d" % number), by=cast.clerk_a())

    with pytest.raises(renewals.NotRenewable, match="达到上限"):
        renewals.renew(claim, progress(salt=b"more"), by=cast.clerk_a())


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"words": " "}, "实质进展未填"),
        ({"evidence": False}, "佐证材料"),
        ({"on": timedelta(days=1)}, "不能晚于今天"),
        ({"on": timedelta(days=-1)}, "不早于上次"),
    ],
)
def test_progress_without_substance_changes_nothing(city, evidence_home, wrong, says):
    claim = cast.lead().claim
    if "on" in wrong:
        wrong = {"on": clock.today() + wrong["on"]}

    with pytest.raises(renewals.NoProgress, match=says):
        renewals.renew(claim, progress(**wrong), by=cast.clerk_a())

    before = claim.protected_until
    claim.refresh_from_db()
    assert claim.protected_until == before
    assert not claim.renewals.exists()


def test_what_has_ended_is_not_renewed(city, pack, evidence_home):
    claim = cast.lead().claim
    later = clock.now() + timedelta(days=pack.claims().idle_days + 1)

    with clock.using(lambda: later), pytest.raises(renewals.NotRenewable, match="期满"):
        renewals.renew(claim, progress(), by=cast.clerk_a())


def test_nobody_else_renews_it(city, evidence_home):
    claim = cast.lead().claim

    with pytest.raises(renewals.NotRenewable):
        renewals.renew(claim, progress(), by=cast.clerk_b())
    with pytest.raises(NotAllowed):
        renewals.renew(claim, progress(), by=cast.auditor())
