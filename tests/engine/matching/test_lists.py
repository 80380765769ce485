"""A list is read whole or refused with the line and the remedy."""

from pathlib import Path

import pytest

from yipanqi.engine.matching import lists
from yipanqi.engine.matching.lists import Entry, ListRefused


def _file(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "名单.csv"
    path.write_bytes(text.encode(encoding))
    return path


def test_a_list_keeps_its_lines_and_what_it_does_not_say_is_unknown(tmp_path: Path) -> None:
    path = _file(tmp_path, "\ufefflist,year,rank,name\n央企,2026,3, 云麓集团有限公司 \n,,,海岚\n")

    assert lists.read(path) == (
        Entry(2, "云麓集团有限公司", "央企", "2026", "3", None),
        Entry(3, "海岚", None, None, None, None),
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("rank,title\n1,云麓\n", "没有 name 列"),
        ("rank,name\n1,云麓\n2,\n", "第 3 行的 name 是空的"),
        (f"name\n{'云' * 201}\n", "超过 200 个字"),
        ("", "没有 name 列"),
    ],
)
def test_a_faulty_list_is_refused_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(ListRefused, match=said):
        lists.read(_file(tmp_path, text))


def test_a_list_in_another_encoding_or_place_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ListRefused, match="UTF-8"):
        lists.read(_file(tmp_path, "name\n云麓集团\n", "gb18030"))
    with pytest.raises(ListRefused, match="读不到"):
        lists.read(tmp_path / "没有.csv")
