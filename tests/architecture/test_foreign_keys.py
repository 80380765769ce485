"""Foreign keys obey the same order of rooms as imports; strings cannot sneak upstairs."""

from collections.abc import Iterable, Iterator

from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.db import models
from tests.architecture.house import rooms_top_down


def faults(known: Iterable[type[models.Model]], depth: dict[str, int]) -> Iterator[str]:
    """Every relation that points up or sideways, and every one that could point anywhere."""
    for model in known:
        home = model._meta.app_label
        if home not in depth:
            continue
        if any(isinstance(field, GenericForeignKey) for field in model._meta.private_fields):
            yield f"{model.__name__} has a GenericForeignKey: it may point to any room"
        for field in model._meta.get_fields():
            if field.is_relation and not field.auto_created and field.related_model:
                there = field.related_model._meta.app_label
                if there != home and there in depth and depth[there] <= depth[home]:
                    yield f"{home}.{model.__name__}.{field.name} points up to {there}"


def test_every_foreign_key_points_down_or_stays_home():
    assert list(faults(apps.get_models(), rooms_top_down())) == []


def test_settings_list_every_room_of_the_contract():
    from yipanqi.roof.settings import ROOMS  # noqa: PLC0415 -- read after Django is set up

    assert set(ROOMS) == set(rooms_top_down())


def test_the_guard_sees_a_key_that_points_up():
    upside_down = {label: -depth for label, depth in rooms_top_down().items()}
    found = list(faults(apps.get_models(), upside_down))
    assert any("points up" in fault for fault in found)
