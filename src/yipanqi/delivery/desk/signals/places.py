"""Chains and links to choose from, written as chain/link."""

from yipanqi.domain.industries import queries as industries


def offered() -> list[tuple[str, str]]:
    """Every chain as a whole, then every link under its chain's name."""
    whole = [(f"{chain.code}/", chain.name) for chain in industries.chains()]
    links = [
        (f"{link.chain.code}/{link.code}", f"{link.chain.name} · {link.name}")
        for link in industries.placed()
    ]
    return whole + links
