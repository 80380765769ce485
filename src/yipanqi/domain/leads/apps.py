"""The room as a Django app."""

from django.apps import AppConfig


class Room(AppConfig):
    """Names the room for Django."""

    name = "yipanqi.domain.leads"
    label = "leads"
    verbose_name = "信息库"
    default_auto_field = "django.db.models.BigAutoField"
