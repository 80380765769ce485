"""The room as a Django app."""

from django.apps import AppConfig


class Room(AppConfig):
    """Names the room for Django."""

    name = "yipanqi.domain.projects"
    label = "projects"
    verbose_name = "项目库"
    default_auto_field = "django.db.models.BigAutoField"
