"""The room as a Django app."""

from django.apps import AppConfig


class Room(AppConfig):
    """Names the room for Django."""

    name = "yipanqi.domain.studies"
    label = "studies"
    verbose_name = "数据研判"
    default_auto_field = "django.db.models.BigAutoField"
