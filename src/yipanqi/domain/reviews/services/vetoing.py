"""One-vote veto (一票否决): a ground of the sheet, raised with a reason, taken back with one."""

from django.db import transaction

from yipanqi.domain.ledger.services import entries
from yipanqi.domain.people.models import Unit
from yipanqi.domain.reviews import events, queries
from yipanqi.domain.reviews.models import RaisedVeto, Review
from yipanqi.domain.reviews.services import opening
from yipanqi.vocab import clock
from yipanqi.vocab.actors import Actor, NotAllowed, home
from yipanqi.vocab.labels import refuse_state_secrets


class NoSuchVeto(Exception):
    """The ground is not one of the sheet's, or stands no more."""


class ReasonMissing(Exception):
    """A veto, and taking it back, needs a reason."""


@transaction.atomic
def raise_veto(review: Review, code: str, reason: str, *, by: Actor) -> RaisedVeto:
    """Raise a veto for one's unit; the same one twice is harmless.

    Open to who countersigns, or keeps the review. Raises NotAllowed, NoSuchVeto, ReasonMissing,
    StateSecret or opening.AlreadyClosed.
    """
    _check(by, reason, "提出一票否决须写明依据和理由")
    review = opening.locked(review)
    _require_part(review, by)
    sheet = queries.sheet(review)
    ground = sheet.veto(code)
    if ground is None:
        raise NoSuchVeto("规则表里没有这条否决事项；请从列表中选择")
    unit = Unit.objects.get(pk=home(by))
    if standing := review.vetoes.filter(code=code, unit=unit, withdrawn_at=None).first():
        return standing
    veto = RaisedVeto.objects.create(
        review=review,
        code=code,
        title=ground.title,
        reason=reason.strip(),
        unit=unit,
        officer_id=by.id or None,
        raised_at=clock.now(),
    )
    event = events.VetoRaised(
        subject=queries.subject(review),
        veto=veto.public_id,
        unit=unit.short_name,
        title=veto.title,
    )
    entries.record(event, by=by, scope=queries.scope(review), under=sheet)
    return veto


@transaction.atomic
def withdraw(review: Review, public_id: str, *, because: str, by: Actor) -> None:
    """Take one's own unit's veto back. Raises as raise_veto does."""
    _check(by, because, "撤销一票否决须写明理由")
    review = opening.locked(review)
    veto = review.vetoes.filter(public_id=public_id, withdrawn_at=None).first()
    if veto is None:
        raise NoSuchVeto("这条否决已经撤销；请刷新查看")
    if veto.unit_id != by.unit_id:
        raise NotAllowed("只能由提出单位撤销一票否决")
    veto.withdrawn_at, veto.withdrawal = clock.now(), because.strip()
    veto.save(update_fields=["withdrawn_at", "withdrawal"])
    event = events.VetoWithdrawn(
        subject=queries.subject(review), veto=veto.public_id, title=veto.title
    )
    entries.record(event, by=by, scope=queries.scope(review))


def _check(by: Actor, reason: str, missing: str) -> None:
    if not (by.may("reviews.countersign") or by.may("reviews.decide")):
        raise NotAllowed("您的岗位不能办理一票否决；请由会签单位或评审秘书办理")
    if not reason.strip():
        raise ReasonMissing(missing)
    refuse_state_secrets(reason)


def _require_part(review: Review, by: Actor) -> None:
    if by.may("reviews.decide"):
        return
    if not review.countersigns.filter(unit_id=home(by)).exists():
        raise NotAllowed("本项评审没有请本单位会签，不能提出一票否决")
