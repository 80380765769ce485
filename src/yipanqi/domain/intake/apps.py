"""The room as a Django app."""

from django.apps import AppConfig


class Room(AppConfig):
    """Names the room for Django."""

    name = "yipanqi.domain.intake"
    label = "intake"
    verbose_name = "导入"
    default_auto_field = "django.db.models.BigAutoField"
