"""The room as a Django app."""

from django.apps import AppConfig


class Room(AppConfig):
    """Units, officers and posts."""

    name = "yipanqi.domain.people"
    label = "people"
    verbose_name = "单位与人员"
    default_auto_field = "django.db.models.BigAutoField"
