"""Reading vouchers of money in place, and the sums that rest on them."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet, Sum

from yipanqi.domain.people import queries as people
from yipanqi.domain.projects.models import Project
from yipanqi.domain.projects.parts import Component, Phase, Voucher, YearPlan
from yipanqi.vocab import project_kinds as kinds
from yipanqi.vocab.actors import Actor

# What still counts as money in place; a returned or withdrawn voucher does not.
STANDING = ("recorded", "verified")
_BY_PROJECT = {
    "path": "project__unit__path",
    "label": "project__label",
    "chain": "project__chain",
}


@dataclass(frozen=True, slots=True)
class PaidIn:
    """Sums of a project's standing vouchers in fen; None where there is none of the sort.

    `opening_fen` is the part without any evidence: counted in the total, and told apart.
    """

    total_fen: int | None
    verified_fen: int | None
    opening_fen: int | None


def paid_in(project: Project, *, since: date | None = None, until: date | None = None) -> PaidIn:
    """What is in place, as a whole or by vouchers of a period; the opening sum has no day."""
    rows = Voucher.objects.filter(project=project, state__in=STANDING)
    if since:
        rows = rows.filter(paid_on__gte=since)
    if until:
        rows = rows.filter(paid_on__lte=until)
    found = rows.aggregate(
        total=Sum("amount_fen"),
        verified=Sum("amount_fen", filter=Q(state="verified")),
        opening=Sum("amount_fen", filter=Q(kind=kinds.OPENING, evidence=None)),
    )
    return PaidIn(found["total"], found["verified"], found["opening"])


def vouchers(project: Project) -> list[Voucher]:
    """Every voucher of a project one may see, the latest money first, whatever came of it."""
    rows = Voucher.objects.filter(project=project)
    return list(rows.select_related("evidence", "phase", "recorded_by", "judged_by"))


def sums(project: Project) -> dict[str, int]:
    """What the project's rows each add up to in fen, by what they are called; unknown counts as 0.

    None of them may be more than the planned total.
    """
    return {
        "投资构成": _sum(Component, project, "domestic_fen")
        + _sum(Component, project, "foreign_fen"),
        "年度计划投资": _sum(YearPlan, project, "amount_fen"),
        "分期投资": _sum(Phase, project, "amount_fen", parent=None),
        "到位资金": paid_in(project).total_fen or 0,
    }


def phases(project: Project) -> list[Phase]:
    """The phases of a project one may see, by number: 1, 2, 2.1, 10."""
    rows = Phase.objects.filter(project=project)
    return sorted(rows, key=lambda phase: [int(part) for part in phase.number.split(".")])


def voucher(public_id: str, *, seen_by: Actor) -> Voucher | None:
    """One voucher, or None when there is none for this person."""
    rows = Voucher.objects.filter(people.visible(seen_by, **_BY_PROJECT))
    return rows.select_related("project__unit").filter(public_id=public_id).first()


def to_verify(*, seen_by: Actor, most: int = 20) -> list[Voucher]:
    """Vouchers with evidence that this person may verify, those that wait longest first."""
    if not seen_by.may("projects.verify"):
        return []
    rows = Voucher.objects.filter(
        people.visible(seen_by, **_BY_PROJECT),
        state="recorded",
        evidence__isnull=False,
    )
    waiting = rows.exclude(recorded_by_id=seen_by.id).select_related("project", "project__unit")
    return list(waiting.order_by("recorded_at", "id")[:most])


def _sum(
    model: type[Component] | type[YearPlan] | type[Phase],
    project: Project,
    column: str,
    **narrowed: None,
) -> int:
    rows = model.objects.filter(project=project, **narrowed)
    found: int | None = rows.aggregate(found=Sum(column))["found"]
    return found or 0


def same_papers(sha256: str, amount_minor: int, currency: str) -> QuerySet[Voucher]:
    """Standing vouchers of any project that rest on the same file with the same amount.

    For the house's own check against counting one paper twice; no reader is shown them.
    """
    return Voucher.objects.filter(
        evidence__sha256=sha256,
        amount_minor=amount_minor,
        currency=currency,
        state__in=STANDING,
    )
