"""What the chains are. Chains are published by the city, so everyone signed in may read them."""

from yipanqi.domain.industries.models import Chain, Link, LinkLeader, Supply


def chains() -> list[Chain]:
    """Every chain, in the pack's order."""
    return list(Chain.objects.all())


def chain(code: str) -> Chain | None:
    """The chain of this code, or None."""
    return Chain.objects.filter(code=code).first()


def names() -> dict[str, str]:
    """Names of chains and links by code, for showing codes kept elsewhere."""
    return dict(Chain.objects.values_list("code", "name")) | dict(
        Link.objects.values_list("code", "name")
    )


def links(chain: Chain) -> list[Link]:
    """The links of a chain, in the pack's order."""
    return list(chain.links.all())


def link(code: str) -> Link | None:
    """The link of this code with its chain, or None."""
    return Link.objects.select_related("chain").filter(code=code).first()


def arrows(chain: Chain) -> list[Supply]:
    """Who supplies whom inside a chain."""
    return list(chain.supplies.select_related("supplier", "customer").order_by("id"))


def leaders(link: Link) -> list[LinkLeader]:
    """Enterprises known worldwide or nationwide in a link."""
    return list(link.leaders.order_by("id"))
