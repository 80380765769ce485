"""Addresses of the people's screens, within the desk's."""

from django.urls import path

from yipanqi.delivery.desk.people import record, roster

urlpatterns = [
    path("", roster.show, name="people"),
    path("new/", roster.add, name="officer-new"),
    path("<public:public_id>/", record.show, name="officer"),
    path("<public:public_id>/appoint/", record.appoint, name="appoint"),
    path("<public:public_id>/posts/<int:number>/end/", record.end_post, name="post-end"),
    path("<public:public_id>/password/", record.reset_password, name="password-reset"),
    path("<public:public_id>/second-factor/", record.reset_second_factor, name="factor-reset"),
    path("<public:public_id>/deactivate/", record.deactivate, name="deactivate"),
    path("<public:public_id>/reactivate/", record.reactivate, name="reactivate"),
]
