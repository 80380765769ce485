"""The room as a Django app."""

from django.apps import AppConfig


class Room(AppConfig):
    """Names the room for Django."""

    name = "yipanqi.domain.notices"
    label = "notices"
    verbose_name = "消息"
    default_auto_field = "django.db.models.BigAutoField"
