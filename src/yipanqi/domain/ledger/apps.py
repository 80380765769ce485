"""The room as a Django app."""

from django.apps import AppConfig


class Room(AppConfig):
    name = "yipanqi.domain.ledger"
    label = "ledger"
    verbose_name = "台账"
    default_auto_field = "django.db.models.BigAutoField"
