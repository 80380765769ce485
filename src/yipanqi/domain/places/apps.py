"""The room as a Django app."""

from django.apps import AppConfig


class Room(AppConfig):
    name = "yipanqi.domain.places"
    label = "places"
    verbose_name = "园区"
    default_auto_field = "django.db.models.BigAutoField"
