"""The addresses of admission reviews."""

from django.urls import path

from yipanqi.delivery.desk.reviews import (
    countersigns,
    decisions,
    handing_in,
    panel,
    register,
    review,
    scoring,
    vetoes,
)

urlpatterns = [
    path("reviews/", register.show, name="reviews"),
    path("reviews/<public:public_id>/", review.show, name="review"),
    path("reviews/<public:public_id>/facts/", handing_in.facts, name="review-facts"),
    path("reviews/<public:public_id>/withdraw/", handing_in.withdraw, name="review-withdraw"),
    path("reviews/<public:public_id>/countersign/", countersigns.sign, name="countersign"),
    path("reviews/<public:public_id>/experts/", panel.appoint, name="expert-new"),
    path("reviews/<public:public_id>/declare/", scoring.declare, name="review-declare"),
    path("reviews/<public:public_id>/score/", scoring.score, name="review-score"),
    path("reviews/<public:public_id>/vetoes/", vetoes.raise_one, name="veto-new"),
    path(
        "reviews/<public:public_id>/vetoes/<public:veto_id>/withdraw/",
        vetoes.withdraw,
        name="veto-withdraw",
    ),
    path("reviews/<public:public_id>/decide/", decisions.decide, name="review-decide"),
    path(
        "reviews/<public:public_id>/conditions/<public:condition_id>/",
        decisions.meet,
        name="condition-meet",
    ),
    path("projects/<public:public_id>/review/", handing_in.open_one, name="review-new"),
]
