"""The room as a Django app."""

from django.apps import AppConfig


class Room(AppConfig):
    """Names the room for Django."""

    name = "yipanqi.domain.investors"
    label = "investors"
    verbose_name = "客商库"
    default_auto_field = "django.db.models.BigAutoField"
