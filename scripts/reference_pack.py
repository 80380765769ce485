"""The generated page on the city's pack: what it holds, and its rules in full."""

import csv
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from markdown_tables import page, table

from yipanqi.vocab import labels

ROOT = Path(__file__).resolve().parents[1]
PACK = ROOT / "packs/changsha"
_REACHES = {
    "none": "看不见",
    "unit": "本单位",
    "subtree": "本单位及下级",
    "chain": "所管产业链",
    "all": "全部",
}


def sheets() -> str:
    """Every sheet and table of the pack, and the gates in full."""
    listed = [
        (f"`{path.relative_to(ROOT).as_posix()}`", str(count), _bases(rows))
        for path, rows in _pack_rows()
        if (count := len(rows))
    ]
    head = ("文件", "条目", "其中 有出处 / 待核 / 示例")
    return page(
        "长沙规则包",
        "规则包里的每一条都写明出处（source）与性质（basis）。",
        table(head, listed),
        "## 阶段条件\n\n" + _gates(),
        "## 研判规则\n\n自上而下，第一条成立的算数。\n\n" + _verdicts(),
        "## 排序特征\n\n" + _features("ranking"),
        "## 以商招商特征\n\n" + _features("affiliates"),
        "## 角色\n\n" + _roles(),
    )


def _pack_rows() -> Iterator[tuple[Path, list[dict[str, Any]]]]:
    for path in sorted(PACK.rglob("*")):
        if path.suffix == ".csv":
            with path.open(encoding="utf-8", newline="") as file:
                yield path, list(csv.DictReader(file))
        elif path.suffix == ".toml" and "cases" not in path.parts:
            sheet = tomllib.loads(path.read_text("utf-8"))
            rows = [
                row
                for part in sheet.values()
                for row in (part if isinstance(part, list) else [part])
            ]
            yield path, [row for row in rows if isinstance(row, dict) and "basis" in row]


def _bases(rows: list[dict[str, Any]]) -> str:
    counts = [
        sum(row["basis"] == basis for row in rows) for basis in ("source", "recalled", "sample")
    ]
    return " / ".join(map(str, counts))


def _gates() -> str:
    named = {row["code"]: row["title"] for row in _sheet("stages")["stage"]}
    rows = [
        (
            named.get(row["to"], row["to"]),
            row["message"],
            row["remedy"],
            row["source"],
            row["basis"],
        )
        for row in _sheet("gates")["requirement"]
    ]
    return table(("进入", "条件", "怎么办", "出处", "性质"), rows)


def _verdicts() -> str:
    words = {"strong": "强", "weak": "弱", "missing": "缺"}
    rows = [
        (
            f"`{row['id']}`",
            words[row["status"]],
            row["action"],
            row["reason"],
            row["source"],
            row["basis"],
        )
        for row in _sheet("diagnosis")["verdict"]
    ]
    return table(("规则", "判为", "行动", "理由", "出处", "性质"), rows)


def _features(kind: str) -> str:
    rows = [
        (f"`{row['code']}`", row["label"], str(row["weight"]), row["source"], row["basis"])
        for row in _sheet(kind)["feature"]
    ]
    return table(("特征", "名称", "权重", "出处", "性质"), rows)


def _roles() -> str:
    rows = [
        (
            row["label"],
            "、".join(f"`{verb}`" for verb in row["may"]),
            "、".join(
                f"{labels.Label(label).title}（{_REACHES[reach]}）"
                for label, reach in row["sees"].items()
            ),
            row["source"],
        )
        for row in _sheet("roles")["role"]
    ]
    return table(("角色", "能做", "能看", "出处"), rows)


def _sheet(kind: str) -> dict[str, Any]:
    latest = max((PACK / kind).glob("*.toml"))
    return tomllib.loads(latest.read_text("utf-8"))
