"""A few probing pages behind the real door."""

from django.http import Http404, HttpResponse
from django.urls import include, path

from yipanqi.delivery.desk import faults
from yipanqi.delivery.desk.door import for_readers
from yipanqi.delivery.limits import LIMITS, TooOften
from yipanqi.vocab.actors import NotAllowed
from yipanqi.vocab.trace import request_id


def who(request):
    return HttpResponse(f"{request.actor.name if request.actor else '无人'} {request_id()}")


def change(request):
    return HttpResponse("已办理")


def hasty(request):
    raise TooOften(LIMITS["export"], 90)


def barred(request):
    raise NotAllowed("您的岗位不能裁定")


def absent(request):
    raise Http404


desk = (
    [
        path("", who, name="today"),
        path("change/", change, name="change"),
        path("export/", for_readers(change), name="export"),
        path("hasty/", hasty),
        path("barred/", barred),
    ],
    "desk",
)
urlpatterns = [
    path("account/", include("yipanqi.delivery.desk.people.account_urls")),
    path("api/v1/who", who),
    path("healthz", who),
    path("", include(desk)),
]
handler404 = faults.absent
