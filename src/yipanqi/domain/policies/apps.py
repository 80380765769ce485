"""The room as a Django app."""

from django.apps import AppConfig


class Room(AppConfig):
    """Names the room for Django."""

    name = "yipanqi.domain.policies"
    label = "policies"
    verbose_name = "政策"
    default_auto_field = "django.db.models.BigAutoField"
