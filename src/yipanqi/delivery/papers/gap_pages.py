"""What is missing: who here would use it, and where the nearest strong cities are."""

from collections import defaultdict
from collections.abc import Mapping

from yipanqi.delivery.papers import wording
from yipanqi.delivery.papers.content import Block, Column, Paragraph, Section, Table
from yipanqi.delivery.papers.findings import ChainFindings, LinkFinding
from yipanqi.rulebook.verdicts import Status

_MOST_USERS = 6
_MOST_NAMED = 8
USERS_NOTE = (
    "下游：本市各用方环节的企业，一家只计一次；记作家次的为各用方环节家数之和，一家可能计几次。"
    "优势城市按同一套规则判为强；"
    "公里为两市政府驻地间的直线距离，括号内为该市家数和区位商。"
)


def most_needed(found: ChainFindings) -> list[str]:
    """The names of missing and weak links whose customers here are the most, most first."""
    users = _users(found)
    wanting = [link for link in found.links if link.status != Status.STRONG.value]
    weighed = [(_weight(link, users), link.name) for link in wanting]
    chosen = sorted((pair for pair in weighed if pair[0]), key=lambda pair: -pair[0])
    return [name for _, name in chosen[:_MOST_NAMED]]


def users_here(found: ChainFindings, link: LinkFinding) -> int:
    """Enterprises here that would use a link: each once where counted, else by customer link."""
    return _weight(link, _users(found))


def users_words(found: ChainFindings, link: LinkFinding) -> str:
    """The same as printed; a sum over links is 家次, not 家."""
    users = users_here(found, link)
    return f"{users:,}" if link.local_customers is not None else f"{users:,} 家次"


def near_words(link: LinkFinding) -> str:
    """The nearest strong cities with distance, enterprises and quotient."""
    told = [
        f"{one.city} {one.km:,} 公里（{one.enterprises:,} 家，{one.quotient:.2f}）"
        for one in link.near
    ]
    return "；".join(told) or wording.NONE


def gaps(found: ChainFindings) -> Section:
    """The missing links, then the weak ones: users here and the nearest strong cities."""
    title = "缺口：谁在用，近处谁有"
    users = _users(found)
    tables: list[Block] = []
    for status in (Status.MISSING, Status.WEAK):
        links = sorted(found.of(status.value), key=lambda link: -_weight(link, users))
        if links:
            tables.append(_gap_table(found, status, links, users))
    return Section(title, tuple(tables) or (Paragraph("没有判为缺或弱的环节。"),))


def reasons(found: ChainFindings) -> tuple[Block, ...]:
    """Why each link that is not strong was judged so, and by which rule."""
    rows = [
        (link.name, f"{Status(link.status).label} · {link.action}", link.reason, link.rule)
        for link in found.links
        if link.status != Status.STRONG.value
    ]
    if not rows:
        return ()
    columns = (Column("环节", 18), Column("判定", 11), Column("理由", 51), Column("规则", 20))
    known = "含示例值，须由市里确定" if found.is_sample else "由市里确定"
    return (Table("判定理由", columns, tuple(rows), f"规则出自研判规则表，界线{known}。"),)


def _users(found: ChainFindings) -> Mapping[str, list[LinkFinding]]:
    """For each link its customer links that have enterprises here, the most first."""
    by_code = {link.code: link for link in found.links}
    users = defaultdict(list)
    for row in found.tables.supplies:
        customer = by_code.get(row.customer)
        if customer and customer.local_enterprises:
            users[row.supplier].append(customer)
    return {
        link: sorted(near, key=lambda one: (-one.local_enterprises, one.code))
        for link, near in users.items()
    }


def _weight(link: LinkFinding, users: Mapping[str, list[LinkFinding]]) -> int:
    if link.local_customers is not None:
        return link.local_customers
    return sum(one.local_enterprises for one in users.get(link.code, ()))


def _gap_table(
    found: ChainFindings,
    status: Status,
    links: list[LinkFinding],
    users: Mapping[str, list[LinkFinding]],
) -> Table:
    rows = [
        (
            link.name,
            link.action,
            wording.count(link.local_enterprises),
            users_words(found, link),
            wording.listed(
                [f"{one.name} {one.local_enterprises:,} 家" for one in users.get(link.code, ())],
                _MOST_USERS,
            ),
            near_words(link),
        )
        for link in links
    ]
    columns = (
        Column("环节", 17), Column("做法", 7), Column("本市家数", 8, is_number=True),
        Column("下游企业", 8, is_number=True), Column("本市用它的环节", 32),
        Column("最近的优势城市", 28),
    )  # fmt: skip
    title = f"{found.city}判为“{status.label}”的环节（{len(links)} 个，用得多的在前）"
    return Table(title, columns, tuple(rows), USERS_NOTE)
