"""The room as a Django app."""

from django.apps import AppConfig


class Room(AppConfig):
    """Names the room for Django."""

    name = "yipanqi.domain.finance"
    label = "finance"
    verbose_name = "商务活动经费"
    default_auto_field = "django.db.models.BigAutoField"
