"""Screen: the enterprises of a city behind the count of a link, or one year of its trend."""

from typing import TYPE_CHECKING

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from yipanqi.delivery import limits, registry_search
from yipanqi.delivery.city_grounds import Grounds, grounds
from yipanqi.delivery.desk.screens import DeskRequest, asked, found, page, page_number
from yipanqi.domain.industries import queries as industries
from yipanqi.domain.studies import queries as studies
from yipanqi.engine import rolls
from yipanqi.engine.rolls import Asked
from yipanqi.vocab import regions
from yipanqi.vocab.pages import LAST
from yipanqi.vocab.regions import Region

if TYPE_CHECKING:
    from yipanqi.domain.industries.models import Chain, Link

_YEAR, _CODE = 4, 6


@require_GET
def show(request: DeskRequest, code: str, link: str) -> HttpResponse:
    """List them, a page at a time; where the tables are not worked out yet, say so."""
    limits.count(request.actor, "search")
    chain = found(industries.chain(code))
    named = found(industries.link(link))
    found(named if named.chain_id == chain.pk else None)
    now = grounds()
    if now is None or not now.rolls.stand:
        return page(request, "chains/roll", chain=chain, link=named, page=None)
    return _listed(request, now, chain, named)


def _listed(request: DeskRequest, now: Grounds, chain: "Chain", link: "Link") -> HttpResponse:
    year = asked(request, "year", _YEAR)
    city = _city(asked(request, "city", _CODE), now)
    question = Asked(
        link.code,
        city,
        int(year) if year.isascii() and year.isdigit() else None,
        sellers=asked(request, "who") == "sellers",
    )
    number = min(page_number(request), LAST)
    verdict = studies.verdicts(studies.current(chain.code)).get(link.code)
    return page(
        request,
        "chains/roll",
        chain=chain,
        link=link,
        city=city.short_name,
        is_ours=city.code == now.city.code,
        page=rolls.roll(now.rolls, question, page=number),
        year=question.year,
        sellers=question.sellers,
        verdict=verdict,
        as_of=registry_search.as_of(now.ground.registry),
        snapshot=now.ground.registry.name,
    )


def _city(code: str, now: Grounds) -> Region:
    """The city of that code; our own where none is named, and 404 for what is no city."""
    if not code:
        return now.city
    region = regions.by_code().get(code)
    return found(region if region in regions.cities() else None)
