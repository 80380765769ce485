"""The chains of the pack in force become the city's chains."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from yipanqi.domain.industries.models import Chain, Link, LinkLeader, Supply
from yipanqi.rulebook.chains import ChainTables
from yipanqi.rulebook.chains import Link as LinkRow


@transaction.atomic
def load(tables: ChainTables, *, valid_from: date) -> int:
    """Make the chains equal to the tables; running twice changes nothing. Gives the links' count.

    Other rooms keep codes and not rows of these tables, so the rows may be renewed whole.
    """
    Chain.objects.exclude(code__in=[row.chain for row in tables.chains]).delete()
    for row in tables.chains:
        chain, _ = Chain.objects.update_or_create(
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
        _load_chain(chain, tables.only(row.chain))
    return len(tables.links)


def _load_chain(chain: Chain, tables: ChainTables) -> None:
    chain.links.exclude(code__in=[row.link for row in tables.links]).delete()
    chain.supplies.all().delete()
    LinkLeader.objects.filter(link__chain=chain).delete()
    links = {row.link: _link(chain, row) for row in tables.links}
    Supply.objects.bulk_create(_supplies(chain, tables, links))
    LinkLeader.objects.bulk_create(
        LinkLeader(
            link=links[row.link],
            enterprise=row.enterprise,
            place=row.place,
            reach=row.reach,
            source=row.source,
            basis=row.basis,
        )
        for row in tables.leaders
    )


def _link(chain: Chain, row: LinkRow) -> Link:
    link, _ = Link.objects.update_or_create(
        code=row.link,
        defaults={
            "chain": chain,
            "name": row.name,
            "position": row.position,
            "gbt": row.gbt,
            "description": row.description,
            "source": row.source,
            "basis": row.basis,
        },
    )
    return link


def _supplies(chain: Chain, tables: ChainTables, links: dict[str, Link]) -> Sequence[Supply]:
    return [
        Supply(
            chain=chain,
            supplier=links[row.supplier],
            customer=links[row.customer],
            what=row.what,
            source=row.source,
            basis=row.basis,
        )
        for row in tables.supplies
    ]
