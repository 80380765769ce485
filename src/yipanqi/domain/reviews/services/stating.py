"""Stating what is scored: exact figures, a missing one is missing and never zero."""

from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from django.db import transaction

from yipanqi.domain.ledger.services import entries
from yipanqi.domain.reviews import events, queries
from yipanqi.domain.reviews.models import Review, ReviewState
from yipanqi.vocab.actors import Actor, require
from yipanqi.vocab.admission import ADMISSION_FACTS, ENTERED

_LARGEST = Decimal(10) ** 12
_MOST_DIGITS = 6


class Absurd(Exception):
    """A figure is negative or no number; `field` names it, the message says the remedy."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class Settled(Exception):
    """The review has ended: its figures stand."""


def checked(stated: Mapping[str, str]) -> dict[str, str]:
    """The facts fit to be kept, as text; an empty one is left out. Raises Absurd."""
    return {key: _checked(key, text.strip()) for key, text in stated.items() if text.strip()}


@transaction.atomic
def state(review: Review, stated: Mapping[str, str], *, by: Actor) -> None:
    """Put these facts in place of those stated before; an empty text makes one unknown again.

    Raises NotAllowed, Absurd or Settled, and changes nothing then.
    """
    require(by, "reviews.open", doing="填报评审数据")
    given = dict.fromkeys(stated, "") | checked(stated)
    rows = Review.objects.select_for_update(of=("self",)).select_related("unit")
    review = rows.get(pk=review.pk)
    if review.state != ReviewState.OPEN:
        raise Settled("评审已结束，评审数据不能再改；请刷新查看结果")
    before = {key: review.facts.get(key, "") for key in given}
    differing = {key: value for key, value in given.items() if before[key] != value}
    if not differing:
        return
    kept = review.facts | differing
    review.facts = {key: value for key, value in kept.items() if value}
    review.save(update_fields=["facts"])
    event = events.FactsStated(
        subject=queries.subject(review),
        fields="、".join(ADMISSION_FACTS[key].label for key in differing),
        before={key: before[key] for key in differing},
        after=differing,
    )
    entries.record(event, by=by, scope=queries.scope(review))


def _checked(key: str, text: str) -> str:
    if key not in ENTERED:
        raise Absurd(key, f"“{key}”不是可以填报的评审数据；可填：{'、'.join(ENTERED)}")
    fact = ADMISSION_FACTS[key]
    if fact.values:
        if text not in fact.values:
            raise Absurd(key, f"{fact.label}没有“{text}”；可选：{'、'.join(fact.values.values())}")
        return text
    try:
        figure = Decimal(text.replace(",", ""))
    except InvalidOperation as error:
        raise Absurd(key, f"{fact.label}“{text}”不是数；请填数字，单位{fact.unit}") from error
    if not figure.is_finite() or not 0 <= figure <= _LARGEST:
        raise Absurd(key, f"{fact.label}应不小于 0 且不过大；请核对单位（{fact.unit}）")
    if figure != round(figure, _MOST_DIGITS):
        raise Absurd(key, f"{fact.label}小数过多；最多 {_MOST_DIGITS} 位")
    if key == "land_mu" and not figure:
        raise Absurd(key, "用地面积为 0 时请留空：没有用地就没有亩均强度")
    return f"{figure.normalize():f}"
