"""The demo's log-ins: one per role, kept on a second run, readable by their owner only."""

import stat

import pytest

from yipanqi.delivery.cli.office import demo_people
from yipanqi.domain.people import queries
from yipanqi.domain.people.models import Officer, Post
from yipanqi.vocab import clock
from yipanqi.vocab.actors import HOUSE

pytestmark = pytest.mark.django_db


def rows(path):
    lines = path.read_text("utf-8").splitlines()[1:]
    return dict(line.split("\t")[:2] for line in lines)


@pytest.fixture
def home(city, settings, tmp_path):
    settings.HOME = tmp_path
    return tmp_path


def test_there_is_a_log_in_for_every_role_of_the_sheet(home):
    demo_people.make_demo_people(HOUSE)

    held = set(Post.objects.values_list("role", flat=True))
    assert held == {role.code for role in queries.rules.roles(on=clock.today()).roles}


def test_every_password_in_the_file_opens_the_door_at_once(home):
    logins = rows(demo_people.make_demo_people(HOUSE))

    for officer in Officer.objects.all():
        assert officer.check_password(logins[officer.username])
        assert not officer.password_is_initial


def test_the_file_is_for_its_owner_only(home):
    path = demo_people.make_demo_people(HOUSE)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_second_run_changes_nothing(home):
    first = rows(demo_people.make_demo_people(HOUSE))
    count = Post.objects.count()

    again = rows(demo_people.make_demo_people(HOUSE))

    assert again == first
    assert Post.objects.count() == count


def test_a_lost_file_is_written_anew_with_passwords_that_work(home):
    demo_people.make_demo_people(HOUSE).unlink()

    logins = rows(demo_people.make_demo_people(HOUSE))

    assert all(
        officer.check_password(logins[officer.username]) for officer in Officer.objects.all()
    )
