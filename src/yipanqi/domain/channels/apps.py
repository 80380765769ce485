"""The room as a Django app."""

from django.apps import AppConfig


class Room(AppConfig):
    """Names the room for Django."""

    name = "yipanqi.domain.channels"
    label = "channels"
    verbose_name = "招商渠道"
    default_auto_field = "django.db.models.BigAutoField"
