"""Runs of the engine as tests of screens need them: in force, of invented data."""

from datetime import date

from yipanqi.domain.studies.models import LinkVerdict, Study
from yipanqi.vocab import clock


def run(kind, chain):
    """A study of that kind in force for the chain."""
    now = clock.now()
    return Study.objects.create(
        kind=kind,
        city="长沙",
        chain=chain,
        snapshot="synthetic-7",
        synthetic=True,
        as_of=date(2019, 12, 31),
        code_version="0",
        state="done",
        current=True,
        started_at=now,
        ended_at=now,
    )


def graded(study, links, **more):
    """A verdict for each link, missing, weak and strong in turn."""
    LinkVerdict.objects.bulk_create(
        LinkVerdict(
            study=study,
            link=link,
            local_enterprises=place * 7,
            local_capital_wan=place * 700,
            nation_enterprises=9000,
            quotient=place / 10,
            status=("missing", "weak", "strong")[place % 3],
            action=("补链", "延链", "强链")[place % 3],
            reason="测试用的理由",
            rule="test",
            sample=True,
            **more,
        )
        for place, link in enumerate(links)
    )
