"""The room as a Django app."""

from django.apps import AppConfig


class Room(AppConfig):
    """Names the room for Django."""

    name = "yipanqi.domain.places"
    label = "places"
    verbose_name = "园区"
    default_auto_field = "django.db.models.BigAutoField"
