"""The room as a Django app."""

from django.apps import AppConfig


class Room(AppConfig):
    """Names the room for Django."""

    name = "yipanqi.domain.industries"
    label = "industries"
    verbose_name = "产业链"
    default_auto_field = "django.db.models.BigAutoField"
