"""Keys to the API open for their owner alone, until they end."""

from datetime import timedelta

import pytest
from tests import cast

from yipanqi.domain.people.models import Token
from yipanqi.domain.people.services import officers, tokens
from yipanqi.vocab import clock
from yipanqi.vocab.actors import NotAllowed

pytestmark = pytest.mark.django_db


def issue(days=30, by=None):
    ends = clock.today() + timedelta(days=days)
    return tokens.issue("报表系统", expires_on=ends, by=by or cast.clerk_a())


def test_a_key_stands_for_its_owner(city):
    _, plain = issue()

    assert tokens.authenticate(plain) == cast.officer("clerk_a")


def test_the_key_itself_is_not_kept(city):
    token, plain = issue()

    kept = Token.objects.filter(pk=token.pk).values().get()
    assert plain not in str(kept)


@pytest.mark.parametrize("wrong", ["", "ypq_", "ypq_nonsense", "Bearer x", "钥匙"])
def test_a_wrong_key_stands_for_nobody(city, wrong):
    issue()

    assert tokens.authenticate(wrong) is None


def test_a_key_ends_after_its_last_day(city):
    _, plain = issue(days=1)
    later = clock.now() + timedelta(days=2)

    assert tokens.authenticate(plain) is not None
    with clock.using(lambda: later):
        assert tokens.authenticate(plain) is None


def test_a_revoked_key_opens_nothing(city):
    token, plain = issue()

    tokens.revoke(token, by=cast.clerk_a())

    assert tokens.authenticate(plain) is None


def test_nobody_revokes_another_persons_key(city):
    token, _ = issue()

    with pytest.raises(NotAllowed):
        tokens.revoke(token, by=cast.clerk_b())


def test_the_key_of_somebody_shut_out_opens_nothing(city):
    _, plain = issue()

    officers.deactivate(cast.officer("clerk_a"), by=cast.administrator())

    assert tokens.authenticate(plain) is None


@pytest.mark.parametrize("days", [-1, 366])
def test_a_key_lasts_a_year_at_most_and_never_ends_before_today(city, days):
    with pytest.raises(tokens.Unclear) as refused:
        issue(days=days)

    assert refused.value.field == "expires_on"


def test_nobody_holds_more_valid_keys_than_they_can_watch(city):
    for _ in range(tokens.MOST):
        issue()

    with pytest.raises(tokens.Unclear):
        issue()
