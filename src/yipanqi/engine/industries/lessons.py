"""Listed companies whose Shenwan industry is known, read from an operator's files."""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from yipanqi.engine.groups import parsing
from yipanqi.engine.industries import wording
from yipanqi.engine.industries.wording import Wording

_TICKER = 6  # the digits of a listed company's code: 600000.SH, 600000SH
_FIRST_LEVEL = 2  # digits of a Shenwan code that name the first level


class LessonsRefused(Exception):
    """The files hold nothing to learn from; the message names the file and the remedy."""


@dataclass(frozen=True, slots=True)
class Lesson:
    """A listed company: its class, its brand, its wording, its products as published."""

    company: str
    brand: str
    code: str
    wording: Wording
    products: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lessons:
    """The companies in order of their codes, and the names of the classes."""

    companies: tuple[Lesson, ...]
    names: Mapping[str, str]


def read(listed: Path, graph: Path) -> Lessons:
    """The lessons of a list (ts_code, fullname, sw_industry_code, business_scope) and a graph.

    `graph` holds ckg_industry.csv, ckg_company_industry.csv and ckg_company_product.csv. A class
    the list leaves open is taken from the graph. Raises LessonsRefused.
    """
    classes = {
        row["company_id"][:_TICKER]: row["industry_code"]
        for row in _rows(graph / "ckg_company_industry.csv", "company_id", "industry_code")
    }
    products: dict[str, list[str]] = defaultdict(list)
    for row in _rows(graph / "ckg_company_product.csv", "company_id", "product"):
        products[row["company_id"][:_TICKER]].append(row["product"])
    found = {}
    for row in _rows(listed, "ts_code", "fullname", "sw_industry_code", "business_scope"):
        ticker = row["ts_code"][:_TICKER]
        code = row["sw_industry_code"] or classes.get(ticker, "")
        if code and (row["fullname"] or row.get("name")):
            found[ticker] = _lesson(ticker, code[:_FIRST_LEVEL], row, products[ticker])
    if not found:
        raise LessonsRefused(f"{listed} 里没有带申万行业代码的企业，请核对 sw_industry_code 一列")
    return Lessons(tuple(found[one] for one in sorted(found)), _names(graph))


def _lesson(ticker: str, code: str, row: Mapping[str, str], products: list[str]) -> Lesson:
    name = row["fullname"] or row["name"]
    brand = parsing.parsed(name).brand or name
    read = wording.read(name, row["business_scope"])
    return Lesson(ticker, brand, code, read, tuple(sorted(products)))


def _names(graph: Path) -> dict[str, str]:
    first = {
        row["code"][:_FIRST_LEVEL]: row["name"]
        for row in _rows(graph / "ckg_industry.csv", "code", "name")
        if row["code"].endswith("0000")
    }
    if not first:
        raise LessonsRefused(f"{graph / 'ckg_industry.csv'} 里没有一级行业（代码末四位为 0000）")
    return first


def _rows(file: Path, *columns: str) -> Iterator[dict[str, str]]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as source:
            rows = csv.DictReader(source)
            missing = [one for one in columns if one not in (rows.fieldnames or ())]
            if missing:
                raise LessonsRefused(f"{file} 第 1 行缺少列 {'、'.join(missing)}，请补上表头")
            for row in rows:
                yield {key: (value or "").strip() for key, value in row.items() if key}
    except OSError as fault:
        raise LessonsRefused(f"读不到 {file}，请核对路径") from fault
    except UnicodeDecodeError as fault:
        raise LessonsRefused(f"{file} 不是 UTF-8 编码，请另存为 UTF-8 的 CSV") from fault
