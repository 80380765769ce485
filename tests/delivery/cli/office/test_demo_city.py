"""The demo's invented projects pass the gates in force, as far as each case says."""

import pytest

from yipanqi.delivery.cli.office import demo_city, demo_people
from yipanqi.domain.projects import queries
from yipanqi.domain.projects.models import Project
from yipanqi.vocab.actors import HOUSE

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city", "evidence_home")]


def test_every_case_reaches_its_stage_and_a_second_time_makes_nothing(settings, tmp_path):
    settings.HOME = tmp_path
    demo_people.make_demo_people(HOUSE)

    assert demo_city.make() == demo_city.make() == len(demo_city.CASES)

    reached = {case.firm: case.reached for case in demo_city.CASES}
    made = Project.objects.select_related("enterprise")
    assert {each.enterprise.name: each.official for each in made} == reached
    assert queries.population(seen_by=HOUSE).count() == len(reached)
