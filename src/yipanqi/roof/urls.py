"""Every address of the house, by audience."""

from django.urls import include, path

from yipanqi.delivery import health
from yipanqi.delivery.api.surface import api
from yipanqi.delivery.desk import faults

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("api/v1/", api.urls),
    path("account/", include("yipanqi.delivery.desk.people.account_urls")),
    path("", include("yipanqi.delivery.desk.urls")),
]

handler400 = faults.bad_request
handler403 = faults.forbidden
handler404 = faults.absent
handler500 = faults.broken
