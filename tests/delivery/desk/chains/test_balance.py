"""How the links of a chain stand from upstream to downstream."""

from django.urls import reverse

from yipanqi.delivery.desk.chains import balance
from yipanqi.domain.industries import queries as industries
from yipanqi.domain.studies import queries as studies

CHAIN = "gongcheng-jixie"


def test_each_lane_counts_its_judged_links_and_their_parts_fill_the_bar(study):
    links = industries.links(industries.chain(CHAIN))
    verdicts = studies.verdicts(studies.current(CHAIN))

    found = balance.lanes(links, verdicts)

    # The excavator was not judged, so midstream has no lane.
    assert [(lane.code, lane.links) for lane in found] == [("upstream", 2)]
    assert [(part.status, part.links) for part in found[0].parts] == [
        ("strong", 1), ("weak", 0), ("missing", 1),
    ]  # fmt: skip
    assert sum(part.width for part in found[0].parts) == 300


def test_a_chain_that_was_never_judged_shows_no_balance(as_, chain):
    text = as_("clerk_a").get(reverse("desk:chain", args=[CHAIN])).content.decode()

    assert 'class="balance"' not in text
