"""Small registration files, written as sources write them."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from yipanqi.vocab import credit_codes

HEADER = (
    "企业名称,统一社会信用代码,注册日期,企业类型,法人代表,注册资金,经营范围,所在省份,地区,注册地址"
)


def code(number: int) -> str:
    """A valid credit code of Changsha."""
    first = f"91430102{number:09d}"
    return first + credit_codes.check_character(first)


def row(number: int, **given: str) -> str:
    """A line of the public layout; a fact that is given replaces the ordinary one."""
    facts = {
        "name": f"长沙样例{number}机械有限公司", "code": code(number), "registered": "2010-01-04",
        "kind": "N/A", "person": "N/A", "capital": "800(万元人民币)", "scope": "液压件的制造。",
        "province": "湖南", "city": "长沙", "address": "长沙市岳麓区一路1号", **given,
    }  # fmt: skip
    return ",".join(facts.values())


@pytest.fixture
def written(tmp_path: Path) -> Callable[..., Path]:
    def write(lines: Sequence[str], *, name: str = "湖南.csv", encoding: str = "utf-8") -> Path:
        file = tmp_path / name
        file.write_bytes("\r\n".join([HEADER, *lines, ""]).encode(encoding))
        return file

    return write
