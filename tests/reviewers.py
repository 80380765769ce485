"""A review to play with: handed in, and the people of other units who sign and score it."""

from datetime import timedelta

from tests import cast

from yipanqi.domain.people import queries as people
from yipanqi.domain.people.models import Officer, Post, Unit
from yipanqi.domain.projects.services import admission
from yipanqi.domain.reviews import queries
from yipanqi.domain.reviews.services import countersigning, experts
from yipanqi.vocab import clock
from yipanqi.vocab.admission import Grade


def reviewed(name="示例液压件项目", **columns):
    """A policy project of park A handed in for admission, and its review."""
    project = cast.project(name=name)
    for column, value in ({"project_class": "policy"} | columns).items():
        setattr(project, column, value)
    project.save()
    review = admission.open_review(project, summary="请予评审", by=cast.dispatcher())
    return project, fresh(review)


def fresh(review):
    return queries.find(review.public_id, seen_by=cast.dispatcher())


def officer_of(code, role="department_officer"):
    """An officer at work in that unit, hired when first asked for."""
    unit, today = Unit.objects.get(code=code), clock.today()
    person, made = Officer.objects.get_or_create(
        username=f"{code}-{role}", defaults={"name": f"{unit.short_name}经办", "unit": unit}
    )
    if made:
        person.set_password(cast.PASSWORD)
        person.save()
        Post.objects.create(officer=person, role=role, unit=unit, since=today - timedelta(days=9))
    return person


def of_unit(code, role="department_officer"):
    return people.actor_for(officer_of(code, role), on=clock.today())


def all_sign(review, grade=Grade.A):
    for each in review.countersigns.all():
        countersigning.countersign(review, grade, "已核", by=of_unit(each.unit.code))


def expert_of(review):
    """An expert asked to score the review, who has declared nothing yet."""
    experts.appoint(review, officer_of("dept-gongxin", "review_expert"), by=cast.dispatcher())
    return of_unit("dept-gongxin", "review_expert")
