"""The room as a Django app."""

from django.apps import AppConfig


class Room(AppConfig):
    """Names the room for Django."""

    name = "yipanqi.domain.appraisal"
    label = "appraisal"
    verbose_name = "考核评价"
    default_auto_field = "django.db.models.BigAutoField"
