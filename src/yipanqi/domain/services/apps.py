"""The room as a Django app."""

from django.apps import AppConfig


class Room(AppConfig):
    """Names the room for Django."""

    name = "yipanqi.domain.services"
    label = "services"
    verbose_name = "绿色通道"
    default_auto_field = "django.db.models.BigAutoField"
