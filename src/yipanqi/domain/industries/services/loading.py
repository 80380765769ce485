"""The chains of the pack in force become the city's chains."""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from yipanqi.domain.industries.models import Chain, Link, LinkLeader, Supply
from yipanqi.rulebook.chains import Chain as ChainRow
from yipanqi.rulebook.chains import ChainTables
from yipanqi.rulebook.chains import Leader as LeaderRow
from yipanqi.rulebook.chains import Link as LinkRow
from yipanqi.rulebook.chains import Supply as SupplyRow


@transaction.atomic
def load(tables: ChainTables, *, valid_from: date) -> int:
    """Make the chains equal to the tables; running twice changes nothing. Gives the links' count.

    Other rooms keep codes and not rows of these tables, so the rows may be renewed whole. All
    chains go at once: row by row, thousands of them would keep a request waiting.
    """
    Supply.objects.all().delete()
    LinkLeader.objects.all().delete()
    Link.objects.exclude(code__in=[row.link for row in tables.links]).delete()
    Chain.objects.exclude(code__in=[row.chain for row in tables.chains]).delete()
    for row in tables.chains:
        _keep_chain(row, valid_from)
    chains = dict(Chain.objects.values_list("code", "pk"))
    Link.objects.bulk_create(
        [_link(row, chains) for row in tables.links],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["chain", "name", "position", "gbt", "description", "source", "basis"],
    )
    links = dict(Link.objects.values_list("code", "pk"))
    Supply.objects.bulk_create(_supply(row, chains, links) for row in tables.supplies)
    LinkLeader.objects.bulk_create(_leader(row, links) for row in tables.leaders)
    return len(tables.links)


def _keep_chain(row: ChainRow, valid_from: date) -> None:
    Chain.objects.update_or_create(
        code=row.chain,
        defaults={
            "name": row.name,
            "alias": row.alias,
            "office_unit": row.office_unit,
            "status": row.status,
            "valid_from": valid_from,
            "source": row.source,
            "basis": row.basis,
        },
    )


def _link(row: LinkRow, chains: Mapping[str, int]) -> Link:
    return Link(
        code=row.link,
        chain_id=chains[row.chain],
        name=row.name,
        position=row.position,
        gbt=row.gbt,
        description=row.description,
        source=row.source,
        basis=row.basis,
    )


def _supply(row: SupplyRow, chains: Mapping[str, int], links: Mapping[str, int]) -> Supply:
    return Supply(
        chain_id=chains[row.chain],
        supplier_id=links[row.supplier],
        customer_id=links[row.customer],
        what=row.what,
        source=row.source,
        basis=row.basis,
    )


def _leader(row: LeaderRow, links: Mapping[str, int]) -> LinkLeader:
    return LinkLeader(
        link_id=links[row.link],
        enterprise=row.enterprise,
        place=row.place,
        reach=row.reach,
        source=row.source,
        basis=row.basis,
    )
