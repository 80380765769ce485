"""The room as a Django app."""

from django.apps import AppConfig


class Room(AppConfig):
    """Names the room for Django."""

    name = "yipanqi.domain.reviews"
    label = "reviews"
    verbose_name = "评审"
    default_auto_field = "django.db.models.BigAutoField"
