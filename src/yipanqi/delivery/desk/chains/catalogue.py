"""Screen: the city's chains, each with how many links are strong, weak and missing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from yipanqi.delivery.desk.screens import DeskRequest, page
from yipanqi.domain.industries import queries as industries
from yipanqi.domain.studies import queries as studies

if TYPE_CHECKING:
    from yipanqi.domain.industries.models import Chain

_RECALLED = "recalled"


@dataclass(frozen=True, slots=True)
class Row:
    """A chain, how many links it has, and the count of each status (None before a study)."""

    chain: "Chain"
    links: int
    tally: Mapping[str, int] | None


@dataclass(frozen=True, slots=True)
class Group:
    """The chains of one status, under its name."""

    title: str
    rows: Sequence[Row]


@require_GET
def show(request: DeskRequest) -> HttpResponse:
    """List the chains, the ones written in full first."""
    tallies, sizes = studies.tallies(), industries.sizes()
    rows = [
        Row(chain, sizes.get(chain.code, 0), tallies.get(chain.code))
        for chain in industries.chains()
    ]
    return page(
        request,
        "chains/catalogue",
        groups=_groups(rows),
        total=len(rows),
        studied=sum(row.tally is not None for row in rows),
        since=min((row.chain.valid_from for row in rows), default=None),
        is_recalled=any(row.chain.basis == _RECALLED for row in rows),
    )


def _groups(rows: Sequence[Row]) -> list[Group]:
    drafts = [row for row in rows if row.chain.status == "draft"]
    full = [row for row in rows if row.chain.status != "draft"]
    named = ((_("已写全"), full), (_("草稿"), drafts))
    return [Group(title, found) for title, found in named if found]
