"""The import as a whole: nothing is lost, nothing is invented, nothing half done."""

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pytest
from tests.engine.registry.conftest import HEADER, code, row

from yipanqi.engine import stores
from yipanqi.engine.registry import importing
from yipanqi.engine.registry.importing import Imported, Request
from yipanqi.engine.registry.refusals import ImportRefused

Write = Callable[..., Path]


def imported(out: Path, *files: Path, **known: Any) -> Imported:
    return importing.into_folder(Request(tuple(files), **known), out)


def enterprises(out: Path, columns: str = "*") -> list[tuple[Any, ...]]:
    rows = duckdb.connect().read_parquet(f"{out}/enterprises/*/*.parquet")
    return rows.project(columns).fetchall()


def rejected(out: Path) -> list[list[str]]:
    with (out / "rejected.csv").open(encoding="utf-8-sig", newline="") as stream:
        return list(csv.reader(stream))[1:]


def contents(out: Path) -> list[tuple[Path, bytes]]:
    files = sorted(path for path in out.rglob("*") if path.is_file())
    return [(path.relative_to(out), path.read_bytes()) for path in files]


def test_a_row_becomes_an_enterprise_with_codes_and_amounts(written: Write, tmp_path: Path) -> None:
    imported(tmp_path / "out", written([row(1, capital='"5,088.5(万美元)"')]))
    columns = "code_kind, capital_wan::VARCHAR, capital_currency, capital_text, province_code"
    columns += ", city_code, city, status, registered::VARCHAR, source"
    assert enterprises(tmp_path / "out", columns) == [
        ("uscc", "5088.500000", "USD", "5,088.5(万美元)", "430000", "430100", "长沙", "unknown",
         "2010-01-04", "湖南.csv"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "wan", "currency"),
    [
        ("500,000(人民币元)", "50.000000", "CNY"),
        ("3亿元", "30000.000000", "CNY"),
        ("60()", "60.000000", "CNY"),
        ("5千元", "0.500000", "CNY"),
        ("2,610(万元(美元))", "2610.000000", "USD"),
        ("160（万德国马克）", "160.000000", "DEM"),
        ("7(万元澳门元)", "7.000000", "MOP"),
        ("0(万元)", None, None),
        ("N/A", None, None),
        ("见章程", None, None),
        ("12(万贝壳)", None, None),
        ("99999999999(万元)", None, None),
    ],
)
def test_capital_is_read_or_left_unknown_but_never_zero(
    written: Write, tmp_path: Path, text: str, wan: str | None, currency: str | None
) -> None:
    imported(tmp_path / "out", written([row(1, capital=f'"{text}"')]))
    found = enterprises(tmp_path / "out", "capital_wan::VARCHAR, capital_currency")
    assert found == [(wan, currency)]


@pytest.mark.parametrize(
    ("given", "told", "reason"),
    [
        ({"code": code(1)[:-1] + "I"}, ["统一社会信用代码", code(1)[:-1] + "I"], "18位"),
        ({"code": code(1)[:-2] + "00"}, ["统一社会信用代码", code(1)[:-2] + "00"], "校验位"),
        ({"registered": "2010-02-30"}, ["注册日期", "2010-02-30"], "有效日期"),
        ({"registered": "1066-10-14"}, ["注册日期", "1066-10-14"], "1850年"),
        ({"name": "N/A"}, ["企业名称", ""], "名称缺失"),
        ({"name": "1"}, ["企业名称", "1"], "名称缺失"),
        ({"province": "普通合伙"}, ["所在省份", "普通合伙"], "错列"),
    ],
)
def test_a_refused_row_is_named_with_column_value_and_reason(
    written: Write, tmp_path: Path, given: dict[str, str], told: list[str], reason: str
) -> None:
    done = imported(tmp_path / "out", written([row(2), row(1, **given)]))
    (line,) = rejected(tmp_path / "out")
    assert line[:4] == ["湖南.csv", "3", *told]
    assert reason in line[4]
    assert done.account.as_mapping()["rejected"] == 1


def test_older_numbers_are_kept_and_marked(written: Write, tmp_path: Path) -> None:
    imported(tmp_path / "out", written([row(1, code="510132000055145"), row(2, code="N/A")]))
    kinds = enterprises(tmp_path / "out", "code, code_kind")
    assert sorted(kinds, key=str) == [("510132000055145", "legacy"), (None, "none")]


def test_the_later_duplicate_wins_and_both_are_counted(written: Write, tmp_path: Path) -> None:
    first = written([row(1, scope="先前"), row(2), row(1, scope="同一文件")], name="先.csv")
    second = written([row(1, scope="后来")], name="后.csv")
    done = imported(tmp_path / "out", first, second)
    scopes = {scope for (scope,) in enterprises(tmp_path / "out", "scope")}
    assert scopes == {"后来", "液压件的制造。"}
    counts = [(file.read, file.accepted, file.duplicates) for file in done.account.files]
    assert counts == [(3, 1, 2), (1, 1, 0)]


def test_every_line_is_accounted_for_whatever_its_quotation_marks(
    written: Write, tmp_path: Path
) -> None:
    lines = [
        row(1),
        "",
        row(2, scope='"甲,乙""丙"""'),
        "只有,三,列",
        row(3, address='"跨行\n地址"'),
        row(4, scope='"未闭合'),
        row(5),
        row(6, name='长沙"引号"有限公司'),
    ]
    done = imported(tmp_path / "out", written(lines))
    told = done.account.as_mapping()
    assert (told["read"], told["accepted"], told["rejected"]) == (7, 5, 2)
    refused = [(line, value) for _, line, _, value, _ in rejected(tmp_path / "out")]
    assert refused == [("5", "只有,三,列"), ("8", lines[5])]
    assert ('甲,乙"丙"',) in enterprises(tmp_path / "out", "scope")


def test_gb18030_reads_as_utf_8_does(written: Write, tmp_path: Path) -> None:
    lines = [row(number, scope="𬭚锭、铈的销售") for number in range(5)]
    imported(tmp_path / "a", written(lines))
    imported(tmp_path / "b", written(lines, encoding="gb18030"))
    assert enterprises(tmp_path / "a") == enterprises(tmp_path / "b")


def test_a_workbook_is_read_like_a_text(written: Write, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for line in [HEADER, row(1), row(2, name="")]:
        sheet.append([cell or None for cell in line.split(",")])
    book.save(tmp_path / "登记.xlsx")
    done = imported(tmp_path / "out", tmp_path / "登记.xlsx")
    assert done.account.as_mapping()["accepted"] == 1
    assert rejected(tmp_path / "out")[0][:3] == ["登记.xlsx", "3", "企业名称"]


def test_another_layout_is_read_by_a_mapping(written: Write, tmp_path: Path) -> None:
    file = tmp_path / "别的.csv"
    file.write_text(f"公司;号码\n长沙样例有限公司;{code(1)}\n", encoding="utf-8")
    mapping = tmp_path / "map.toml"
    mapping.write_text(
        'delimiter = ";"\n[columns]\nname = "公司"\ncode = "号码"\n'
        '[constants]\nprovince = "湖南"\n',
        encoding="utf-8",
    )
    imported(tmp_path / "out", file, mapping=mapping)
    assert enterprises(tmp_path / "out", "name, city_code") == [("长沙样例有限公司", "430100")]


@pytest.mark.parametrize(
    ("given", "city_code"),
    [
        ({"city": "N/A", "address": "湖南省株洲市天元区"}, "430200"),
        ({"city": "N/A", "address": "一路1号"}, "430100"),  # by the credit code
        ({"province": "N/A", "city": "N/A", "address": "江苏省南京市"}, "320100"),
        ({"province": "上海", "city": "浦东"}, "310000"),
        ({"province": "湖南省", "city": "长沙市"}, "430100"),
    ],
)
def test_a_place_is_found_by_name_address_or_code(
    written: Write, tmp_path: Path, given: dict[str, str], city_code: str
) -> None:
    imported(tmp_path / "out", written([row(1, **given)]))
    assert enterprises(tmp_path / "out", "city_code") == [(city_code,)]


def test_the_same_input_gives_the_same_bytes(written: Write, tmp_path: Path) -> None:
    file = written([row(number) for number in range(3000)] + ["坏行"])
    for name in ("a", "b"):
        imported(tmp_path / name, file)
    assert contents(tmp_path / "a") == contents(tmp_path / "b")


def test_a_failed_import_leaves_the_last_one_untouched(written: Write, tmp_path: Path) -> None:
    imported(tmp_path / "out", written([row(1)]))
    before = enterprises(tmp_path / "out")
    damaged = tmp_path / "坏.parquet"
    damaged.write_bytes(b"PAR1 and then nothing")
    with pytest.raises(ImportRefused, match="完好"):
        imported(tmp_path / "out", damaged)
    assert enterprises(tmp_path / "out") == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "坏.parquet", "湖南.csv"]


def test_a_folder_with_other_things_is_never_replaced(written: Write, tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "论文.txt").write_text("勿删", encoding="utf-8")
    with pytest.raises(ImportRefused, match="换一个空文件夹"):
        imported(tmp_path / "own", written([row(1)]))
    assert (tmp_path / "own" / "论文.txt").exists()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "空文件"),
        (HEADER.encode() + b"\n", "没有数据"),
        ("甲,乙\n1,2\n".encode(), "缺少列"),
        (b"PK\x03\x04 not a workbook", "完好"),
    ],
)
def test_an_unusable_file_is_refused_in_one_sentence(
    tmp_path: Path, content: bytes, sentence: str
) -> None:
    (tmp_path / "x.csv").write_bytes(content)
    with pytest.raises(ImportRefused, match=sentence):
        imported(tmp_path / "out", tmp_path / "x.csv")
    assert not (tmp_path / "out").exists()


def test_a_folder_given_as_a_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match="是文件夹"):
        imported(tmp_path / "out", tmp_path)


def test_the_manifest_counts_and_names_the_gaps(written: Write, tmp_path: Path) -> None:
    years = [2009, 2009, 2010, 2010, 2012]
    lines = [row(n, registered=f"{year}-05-01") for n, year in enumerate(years)]
    imported(tmp_path / "out", written(lines), licence="公开")
    told = json.loads((tmp_path / "out" / "manifest.json").read_text("utf-8"))
    assert told["gaps"] == {"430000": [2011]}
    assert (told["as_of"], told["licence"], told["synthetic"]) == ("2012-05-01", "公开", False)
    assert told["files"][0]["read"] == 5


def test_publishing_twice_keeps_one_snapshot_and_points_at_it(
    written: Write, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("YIPANQI_HOME", str(tmp_path / "home"))
    request = Request((written([row(1)]),))
    first, second = importing.published(request), importing.published(request)
    assert first.place == second.place
    assert stores.current(stores.Kind.REGISTRY) == first.place.resolve()
    assert len(list((tmp_path / "home" / "registry").iterdir())) == 2
