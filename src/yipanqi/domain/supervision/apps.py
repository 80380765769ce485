"""The room as a Django app."""

from django.apps import AppConfig


class Room(AppConfig):
    """Names the room for Django."""

    name = "yipanqi.domain.supervision"
    label = "supervision"
    verbose_name = "跟踪督办"
    default_auto_field = "django.db.models.BigAutoField"
