"""The room as a Django app."""

from django.apps import AppConfig


class Room(AppConfig):
    """Names the room for Django."""

    name = "yipanqi.domain.agreements"
    label = "agreements"
    verbose_name = "协议承诺"
    default_auto_field = "django.db.models.BigAutoField"
