"""What a paper rests on: marks of caution, data, sheets with digests, definitions."""

from collections.abc import Sequence

from yipanqi.delivery.papers.content import Column, Paragraph, Section, Table
from yipanqi.delivery.papers.findings import ChainFindings

SYNTHETIC = "合成数据"
_DIGITS = 16


def marks(found: Sequence[ChainFindings]) -> tuple[str, ...]:
    """The words of caution that stand under the title."""
    told = []
    if any(one.grounds.synthetic for one in found):
        told.append(f"{SYNTHETIC}：登记数据由程序生成，只供演示，不反映任何真实企业")
    drafts = [one.name for one in found if one.is_draft]
    if drafts:
        named = "本链" if len(found) == 1 else "、".join(dict.fromkeys(drafts))
        told.append(f"草稿：{named}尚未经产业链推进办公室核定，也未写全")
    if any(one.is_sample for one in found):
        told.append("示例：判定强弱缺的界线含示例值，须由市里确定后才能作为依据")
    return tuple(told)


def watermark(found: Sequence[ChainFindings]) -> str:
    """The words over every page; empty for real data."""
    return SYNTHETIC if any(one.grounds.synthetic for one in found) else ""


def section(found: Sequence[ChainFindings]) -> Section:
    """Sources, sheets and definitions; figures without these say nothing."""
    data = sorted({(one.grounds.snapshot, one.grounds.as_of or "未注明") for one in found})
    code = "、".join(sorted({one.grounds.code_version for one in found}))
    lines = [
        "企业登记数据批次：" + "；".join(f"{name}（截至 {day}）" for name, day in data) + "。",
        f"程序版本：{code}。同一批数据、同样的规则和程序版本，得到同一份报告。",
    ]
    return Section(
        "依据与口径",
        (
            *(Paragraph(line) for line in lines),
            _sheets(found),
            _origins(found),
            *(Paragraph(line, is_note=True) for line in _DEFINITIONS),
        ),
    )


def _sheets(found: Sequence[ChainFindings]) -> Table:
    sheets = {name: digest for one in found for name, digest in one.grounds.sheets.items()}
    rows = [(name, digest[:_DIGITS]) for name, digest in sorted(sheets.items())]
    note = f"摘要为规则内容 SHA-256 的前 {_DIGITS} 位；规则改动一字，摘要就不同。"
    columns = (Column("规则表", 60), Column("内容摘要", 40))
    return Table("所依规则", columns, tuple(rows), note)


def _origins(found: Sequence[ChainFindings]) -> Table:
    chains = {one.code: one.tables.chains[0] for one in found}
    rows = [(row.title, row.source) for row in chains.values()]
    return Table("产业链来源", (Column("产业链", 30), Column("来源", 70)), tuple(rows))


_DEFINITIONS = (
    "家数：按登记的经营范围和名称识别，说到某环节的识别词且不只做销售的企业；只使用该产品的企业是下游，不计入。",
    "区位商：1 为全国平均，2 为全国平均的两倍。全国没有该环节的企业时区位商未知。",
    "登记数据各省各年完整程度不一，缺的不当作零；家数反映登记，不等于规模和产量。",
)
