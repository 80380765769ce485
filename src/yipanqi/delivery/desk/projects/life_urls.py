"""The addresses of a project's life, within those of projects."""

from django.urls import path

from yipanqi.delivery.desk.projects import openings, parting, progress, verifications, waiving

urlpatterns = [
    path("verifications/", verifications.show, name="verifications"),
    path("openings/", openings.show, name="openings"),
    path("openings/<public:public_id>/verify/", openings.verify, name="opening-verify"),
    path("moves/<public:public_id>/verify/", verifications.verify, name="move-verify"),
    path("moves/<public:public_id>/return/", verifications.send_back, name="move-return"),
    path("moves/<public:public_id>/take-back/", verifications.take_back, name="move-take-back"),
    path("waivers/<public:public_id>/revoke/", waiving.revoke, name="waiver-revoke"),
    path("<public:public_id>/skip/", progress.skip, name="project-skip"),
    path("<public:public_id>/back/", progress.back, name="project-back"),
    path("<public:public_id>/waive/<slug:requirement>/", waiving.grant, name="waive"),
    path("<public:public_id>/end/<slug:how>/", parting.end, name="project-end"),
    path("<public:public_id>/reopen/", parting.reopen, name="project-reopen"),
    path("<public:public_id>/archive/", parting.archive, name="project-archive"),
]
