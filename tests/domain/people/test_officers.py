"""Log-ins and posts are given and taken by an administrator, each with its line in the ledger."""

from datetime import timedelta

import pytest
from tests import cast

from yipanqi.domain.ledger.models import Entry
from yipanqi.domain.people import queries
from yipanqi.domain.people.models import Officer, Post
from yipanqi.domain.people.services import lines, officers, passwords
from yipanqi.domain.people.services.officers import Appointment, Entrant, Unclear
from yipanqi.vocab import clock
from yipanqi.vocab.actors import NotAllowed

pytestmark = pytest.mark.django_db


def kinds(officer):
    stream = Entry.objects.filter(stream=lines.subject(officer)).order_by("seq")
    return list(stream.values_list("kind", flat=True))


def entrant(**changes):
    facts = {"username": "wang.wu", "name": "王五", "unit": cast.clerk_a_unit()} | changes
    return Entrant(**facts)


def test_a_new_officer_signs_in_once_with_the_password_shown(city):
    officer, password = officers.create(entrant(), by=cast.administrator())

    assert officer.check_password(password)
    assert officer.password_is_initial
    assert kinds(officer) == ["people.officer_created"]


def test_the_ledger_holds_no_personal_data_of_a_new_officer(city):
    officer, _ = officers.create(entrant(mobile="13800000000"), by=cast.administrator())

    told = Entry.objects.get(stream=lines.subject(officer))
    assert not any(secret in told.body for secret in ("王五", "wang.wu", "13800000000"))


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"username": "Wang Wu"}, "username"),
        ({"username": "ab"}, "username"),
        ({"name": " "}, "name"),
    ],
)
def test_an_unusable_entry_is_refused_with_its_field(city, changes, field):
    with pytest.raises(Unclear) as refused:
        officers.create(entrant(**changes), by=cast.administrator())

    assert refused.value.field == field


def test_a_taken_log_in_name_is_refused_and_nothing_is_left(city):
    officers.create(entrant(), by=cast.administrator())
    before = Entry.objects.count()

    with pytest.raises(Unclear, match="已有人使用"):
        officers.create(entrant(name="另一人"), by=cast.administrator())

    assert Officer.objects.filter(username="wang.wu").count() == 1
    assert Entry.objects.count() == before


def test_only_whoever_manages_people_may(city):
    with pytest.raises(NotAllowed):
        officers.create(entrant(), by=cast.dispatcher())


def test_an_appointment_cites_the_roles_sheet(city):
    clerk = cast.officer("stranger")
    to = Appointment("park_clerk", cast.clerk_a_unit(), clock.today())

    officers.appoint(clerk, to, by=cast.administrator())

    line = Entry.objects.get(stream=lines.subject(clerk))
    assert line.kind == "people.appointed"
    assert line.sheet == "changsha/roles/2018-01-01"
    assert queries.actor_for(clerk, on=clock.today()).may("projects.create")


def test_appointing_the_same_twice_changes_nothing(city):
    clerk, admin = cast.officer("stranger"), cast.administrator()
    to = Appointment("park_clerk", cast.clerk_a_unit(), clock.today())

    first = officers.appoint(clerk, to, by=admin)
    again = officers.appoint(clerk, to, by=admin)

    assert first == again
    assert kinds(clerk) == ["people.appointed"]


def test_an_auditor_without_an_end_is_refused(city):
    unit = cast.officer("auditor").unit
    to = Appointment("auditor", unit, clock.today())

    with pytest.raises(Unclear, match="必须限期"):
        officers.appoint(cast.officer("stranger"), to, by=cast.administrator())


def test_a_role_is_held_only_in_units_of_its_kind(city):
    to = Appointment("arbiter", cast.clerk_a_unit(), clock.today())

    with pytest.raises(Unclear) as refused:
        officers.appoint(cast.officer("stranger"), to, by=cast.administrator())

    assert refused.value.field == "unit"


def test_nobody_appoints_themselves(city):
    admin = cast.administrator()
    to = Appointment("arbiter", cast.officer("arbiter").unit, clock.today())

    with pytest.raises(NotAllowed, match="不能给自己"):
        officers.appoint(cast.officer("administrator"), to, by=admin)


def test_an_ended_post_counts_to_its_last_day(city):
    clerk = cast.officer("clerk_a")

    officers.end_post(clerk.posts.get(), on=clock.today(), by=cast.administrator())

    assert queries.actor_for(clerk, on=clock.today()).posts
    assert not queries.actor_for(clerk, on=clock.today() + timedelta(days=1)).posts


def test_an_ended_post_is_not_prolonged_by_ending_it_again(city):
    post: Post = cast.officer("auditor").posts.get()

    with pytest.raises(Unclear):
        officers.end_post(post, on=post.until + timedelta(days=1), by=cast.administrator())


def test_shutting_out_and_letting_in_are_each_one_line(city):
    clerk, admin = cast.officer("clerk_a"), cast.administrator()

    officers.deactivate(clerk, by=admin)
    officers.deactivate(clerk, by=admin)
    officers.reactivate(clerk, by=admin)

    assert kinds(clerk) == ["people.officer_deactivated", "people.officer_reactivated"]


def test_a_reset_password_replaces_the_old_one(city):
    clerk = cast.officer("clerk_a")

    password = passwords.reset(clerk, by=cast.administrator())

    assert clerk.check_password(password)
    assert not clerk.check_password(cast.PASSWORD)
    assert clerk.password_is_initial


def test_a_chosen_password_is_no_longer_initial(city):
    clerk = cast.officer("clerk_a")
    passwords.reset(clerk, by=cast.administrator())

    passwords.choose(clerk, "一个足够长的新密码-8462", by=cast.clerk_a())

    clerk.refresh_from_db()
    assert not clerk.password_is_initial
    assert kinds(clerk) == ["people.password_reset", "people.password_chosen"]
