"""Screen: one chain as a graph and a table, with the panel of a link beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from yipanqi.delivery.desk import glossary
from yipanqi.delivery.desk.chains import balance
from yipanqi.delivery.desk.chains.picture import picture
from yipanqi.delivery.desk.chains.trends import Heading, heading
from yipanqi.delivery.desk.screens import DeskRequest, asked, found, page
from yipanqi.domain.industries import partner_lists
from yipanqi.domain.industries import queries as industries
from yipanqi.domain.rules import queries as rules
from yipanqi.domain.studies import queries as studies
from yipanqi.engine.distances import lorry_hours
from yipanqi.rulebook.library import NotInForce
from yipanqi.rulebook.verdicts import VerdictRule
from yipanqi.vocab import clock
from yipanqi.vocab.actors import Actor
from yipanqi.vocab.pages import Page

if TYPE_CHECKING:
    from yipanqi.domain.industries.models import Chain, Link, LinkLeader, Supply
    from yipanqi.domain.industries.stated import PartnerRow
    from yipanqi.domain.studies.models import Dispute, LinkVerdict

# The longest list of opened groups an address may hold.
_ADDRESS = 3000
# The drawing of a link's years in its panel, in pixels.
_CHART = (372, 132)


@dataclass(frozen=True, slots=True)
class Row:
    """A link with its verdict (None before the first study) and how many targets it has."""

    link: "Link"
    verdict: "LinkVerdict | None"
    targets: int


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A link on the other side of a supply, with its verdict here."""

    link: "Link"
    verdict: "LinkVerdict | None"

    @property
    def is_wanting(self) -> bool:
        """Whether it is weak or missing here."""
        return self.verdict is not None and self.verdict.status != "strong"


@dataclass(frozen=True, slots=True)
class Place:
    """A strong city outside, and about how many hours a lorry drives to it."""

    told: Mapping[str, object]
    hours: Decimal


@dataclass(frozen=True, slots=True)
class Panel:
    """All that is known of one link: what is here, what is near, what is missing, where it goes."""

    link: "Link"
    verdict: "LinkVerdict | None"
    rule: VerdictRule | None
    leaders: Sequence["LinkLeader"]
    near: Sequence[Place]
    suppliers: Sequence[Neighbour]
    customers: Sequence[Neighbour]
    heading: Heading | None
    targets: int
    # Enterprises that leaders' lists place in the link, those elsewhere first.
    stated: Page["PartnerRow"]
    disputes: Sequence["Dispute"]
    record: "studies.Record | None"


@require_GET
def show(request: DeskRequest, code: str, link: str = "") -> HttpResponse:
    """Show the chain; with a link, its panel too. A partial request gets the panel alone."""
    chain = found(industries.chain(code))
    arrows = industries.arrows(chain)
    study = studies.current(chain.code)
    verdicts = studies.verdicts(study)
    counts = studies.targets_by_link(studies.current(chain.code, "targets"))
    chosen = _panel(chain, link, arrows, verdicts, counts, seen_by=request.actor) if link else None
    if request.htmx and chosen:
        return page(request, "chains/panel", panel=chosen, chain=chain, study=study)
    links = industries.links(chain)
    shown = picture(links, arrows, verdicts, asked(request, "open", _ADDRESS), link)
    status = asked(request, "status")
    rows = [Row(each, verdicts.get(each.code), counts.get(each.code, 0)) for each in links]
    return page(
        request,
        "chains/atlas",
        chain=chain,
        also=[name for name in chain.alias.split("|") if name and name != chain.name],
        study=study,
        picture=shown,
        lanes=balance.lanes(links, verdicts),
        links_total=len(links),
        rows=[row for row in rows if not status or (row.verdict and row.verdict.status == status)],
        status=status,
        statuses=glossary.choices("status"),
        panel=chosen,
        is_sample=any(each.sample for each in verdicts.values()),
    )


def _panel(
    chain: "Chain",
    code: str,
    arrows: Sequence["Supply"],
    verdicts: Mapping[str, "LinkVerdict"],
    counts: Mapping[str, int],
    *,
    seen_by: Actor,
) -> Panel:
    link = found(industries.link(code))
    found(link if link.chain_id == chain.pk else None)
    verdict = verdicts.get(code)
    return Panel(
        link=link,
        verdict=verdict,
        rule=_rule(verdict),
        leaders=industries.leaders(link),
        near=[
            Place(each, lorry_hours(each["km"])) for each in (verdict.suppliers if verdict else ())
        ],
        suppliers=[
            Neighbour(each.supplier, verdicts.get(each.supplier.code))
            for each in arrows
            if each.customer_id == link.pk
        ],
        customers=[
            Neighbour(each.customer, verdicts.get(each.customer.code))
            for each in arrows
            if each.supplier_id == link.pk
        ],
        heading=heading(verdict, width=_CHART[0], height=_CHART[1]) if verdict else None,
        targets=counts.get(code, 0),
        stated=partner_lists.of_link(chain.code, code, seen_by=seen_by),
        disputes=studies.disputes(chain.code, code, seen_by=seen_by),
        record=studies.record_of(verdict.rule) if verdict else None,
    )


def _rule(verdict: "LinkVerdict | None") -> VerdictRule | None:
    """The rule a verdict names, while the sheet in force still has it."""
    if verdict is None:
        return None
    try:
        sheet = rules.diagnosis(on=clock.today())
    except NotInForce:
        return None
    return next((rule for rule in sheet.rules if rule.id == verdict.rule), None)
