"""The addresses of a project's team and pledges, within those of projects."""

from django.urls import path

from yipanqi.delivery.desk.projects import team

urlpatterns = [
    path("team/<public:public_id>/leave/", team.release, name="member-leave"),
    path("joint/<public:public_id>/leave/", team.leave, name="joint-leave"),
    path("pledges/<public:public_id>/close/", team.close, name="pledge-close"),
    path("<public:public_id>/team/", team.show, name="project-team"),
    path("<public:public_id>/team/new/", team.appoint, name="member-new"),
    path("<public:public_id>/team/joint/", team.join, name="joint-new"),
    path("<public:public_id>/team/pledges/", team.pledge, name="pledge-new"),
]
