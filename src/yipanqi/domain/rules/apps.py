"""The room as a Django app."""

from django.apps import AppConfig


class Room(AppConfig):
    """Which sheet is in force."""

    name = "yipanqi.domain.rules"
    label = "rules"
    verbose_name = "规则"
    default_auto_field = "django.db.models.BigAutoField"
