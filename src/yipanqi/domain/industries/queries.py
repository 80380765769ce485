"""What the chains are. Chains are published by the city, so everyone signed in may read them."""

from collections.abc import Mapping, Sequence

from django.db.models import Count

from yipanqi.domain.industries.models import (
    Chain,
    Link,
    LinkLeader,
    Proposal,
    ProposalState,
    Supply,
)
from yipanqi.domain.people import queries as people
from yipanqi.vocab.actors import Actor, Scope
from yipanqi.vocab.labels import Label
from yipanqi.vocab.pages import Page, bounds

# Code and word of each state of a proposal.
PROPOSAL_STATES: Sequence[tuple[str, str]] = ProposalState.choices


def chains() -> list[Chain]:
    """Every chain, in the pack's order."""
    return list(Chain.objects.all())


def sizes() -> Mapping[str, int]:
    """How many links each chain has, by the chain's code."""
    rows = Link.objects.order_by().values_list("chain__code")
    return dict(rows.annotate(Count("id")))


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


def placed() -> list[Link]:
    """Every link with its chain, chain by chain in the pack's order."""
    return list(Link.objects.select_related("chain").order_by("chain__id", "id"))


def link(code: str) -> Link | None:
    """The link of this code with its chain, or None."""
    return Link.objects.select_related("chain").filter(code=code).first()


def misplaced(chain: str, link: str) -> str:
    """What is wrong with a place in the catalogue, in words that name the field and the remedy.

    Empty where the codes are right, or are not given, or no catalogue is loaded to check against.
    """
    if not (chain or link) or not Chain.objects.exists():
        return ""
    if chain and not Chain.objects.filter(code=chain).exists():
        return f"产业链代码“{chain}”不在现行目录；请从产业链目录中选择，或留空"
    if link and not Link.objects.filter(code=link, **({"chain__code": chain} if chain else {})):
        where = f"产业链“{chain}”" if chain else "现行目录"
        return f"环节代码“{link}”不在{where}之内；请从该链的环节中选择，或留空"
    return ""


def arrows(chain: Chain) -> list[Supply]:
    """Who supplies whom inside a chain."""
    return list(chain.supplies.select_related("supplier", "customer").order_by("id"))


def leaders(link: Link) -> list[LinkLeader]:
    """Enterprises known worldwide or nationwide in a link."""
    return list(link.leaders.order_by("id"))


def leaders_in(chain: Chain) -> list[LinkLeader]:
    """Enterprises known worldwide or nationwide in any link of a chain."""
    return list(LinkLeader.objects.select_related("link").filter(link__chain=chain).order_by("id"))


def scope(chain: Chain) -> Scope:
    """Where the work on a chain stands for the row filter: with its office."""
    office = people.unit(chain.office_unit)
    return Scope(office.path if office else "/", Label.INTERNAL, chain.code)


def may_edit(chain: Chain, actor: Actor) -> bool:
    """Whether this person decides on proposals for this very chain."""
    return actor.may("chains.edit") and people.reaches(actor, scope(chain))


def proposal(public_id: str) -> Proposal | None:
    """One proposal, or None."""
    return Proposal.objects.select_related("decided_by").filter(public_id=public_id).first()


def proposals(chain: Chain, state: str, kind: str = "", page: int = 1) -> Page[Proposal]:
    """A page of a chain's proposals of one state, the best supported first."""
    rows = Proposal.objects.select_related("decided_by").filter(chain=chain.code, state=state)
    rows = rows.filter(kind=kind) if kind else rows
    return Page(list(rows[bounds(page)]), rows.count(), page)


def waiting(chain: Chain) -> Mapping[str, int]:
    """How many proposals of each kind wait for a decision."""
    rows = Proposal.objects.filter(chain=chain.code, state=ProposalState.PENDING).order_by()
    return dict(rows.values_list("kind").annotate(Count("id")))
