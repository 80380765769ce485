"""Addresses of the screens by which files come in."""

from django.urls import path

from yipanqi.delivery.desk import addresses  # noqa: F401 -- public ids are made known there
from yipanqi.delivery.desk.intake import batch, batches

urlpatterns = [
    path("", batches.show, name="imports"),
    path("upload/", batches.upload, name="batch-new"),
    path("templates/<slug:code>/", batches.template, name="import-template"),
    path("<public:public_id>/", batch.show, name="batch"),
    path("<public:public_id>/apply/", batch.apply, name="batch-apply"),
    path("<public:public_id>/drop/", batch.drop, name="batch-drop"),
    path("<public:public_id>/undo/", batch.undo, name="batch-undo"),
    path("<public:public_id>/kept-out/", batch.kept_out, name="batch-kept-out"),
]
