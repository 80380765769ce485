"""The files of a pack: which belong where, and reading them all as text."""

import re
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path, PurePosixPath

from yipanqi.rulebook.chains import LAYOUTS
from yipanqi.rulebook.faults import SheetError
from yipanqi.rulebook.sheets import INHERITED, OPTIONAL, READERS

_REQUIRED_CASES = ("cases/gates.toml", "cases/diagnosis.toml")
CASES = (*_REQUIRED_CASES, "cases/admission.toml")
_DAY = r"\d{4}-\d\d-\d\d"
_REQUIRED = ("pack.toml", "units.csv", "parks.csv", *_REQUIRED_CASES)
_UNDATED = ("pack.toml", "units.csv", "parks.csv", *CASES)
_SHEET = re.compile(rf"(?:units/(?P<unit>[^/]+)/)?(?P<kind>[a-z]+)/(?P<day>{_DAY})\.toml")
_TABLE = re.compile(rf"chains/(?P<day>{_DAY})/(?P<table>[a-z]+)\.csv")


def read(folder: Path) -> tuple[dict[str, str], tuple[SheetError, ...]]:
    """The text of every file by its path in the pack, and the files that cannot be read."""
    texts: dict[str, str] = {}
    faults: list[SheetError] = []
    for path in sorted(_files(folder)):
        name = path.relative_to(folder).as_posix()
        try:
            texts[name] = path.read_bytes().decode("utf-8")
        except UnicodeDecodeError as error:
            line = path.read_bytes()[: error.start].count(b"\n") + 1
            faults.append(SheetError(name, line, "不是 UTF-8 编码", "另存为 UTF-8"))
        except OSError as error:
            faults.append(SheetError(name, 0, f"读不到：{error.strerror}", "检查文件权限"))
    return texts, tuple(faults)


def sheet_place(name: str) -> tuple[str, str] | None:
    """The unit ("" for the city) and kind of a dated TOML sheet; None for any other file."""
    found = _SHEET.fullmatch(name)
    if found is None or found["kind"] not in (INHERITED if found["unit"] else READERS):
        return None
    return found["unit"] or "", found["kind"]


def table_place(name: str) -> tuple[str, str] | None:
    """The day and table of one of the chain tables; None for any other file."""
    found = _TABLE.fullmatch(name)
    if found is None or found["table"] not in LAYOUTS or not _is_day(found["day"]):
        return None
    return found["day"], found["table"]


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def placement_faults(texts: Mapping[str, str]) -> Iterator[SheetError]:
    """Files where none belong, and files a pack may not lack."""
    for name in texts:
        if name not in _UNDATED and not sheet_place(name) and not table_place(name):
            yield SheetError(name, 1, "规则包里没有这种文件的位置", _placing(name))
    for name in _REQUIRED:
        if name not in texts:
            yield SheetError(name, 0, "缺少这个文件", "补上")
    kinds = {place[1] for name in texts if (place := sheet_place(name)) and not place[0]}
    for kind in READERS:
        if kind not in kinds and kind not in OPTIONAL:
            yield SheetError(f"{kind}/", 0, "一份规则表也没有", f"补上 {kind}/<生效日>.toml")
    yield from _chain_table_faults(texts)


def _chain_table_faults(texts: Mapping[str, str]) -> Iterator[SheetError]:
    days = {place[0] for name in texts if (place := table_place(name))}
    if not days:
        yield SheetError("chains/", 0, "一条产业链也没有", "补上 chains/<生效日>/")
    for day in sorted(days):
        for table in LAYOUTS:
            if f"chains/{day}/{table}.csv" not in texts:
                yield SheetError(f"chains/{day}/{table}.csv", 0, "缺少这个文件", "补上")


def _placing(name: str) -> str:
    parts = PurePosixPath(name).parts
    if parts[0] == "units":
        return f"区县、园区细则只能有 {'、'.join(f'{kind}/<生效日>.toml' for kind in INHERITED)}"
    return f"规则表放在 <种类>/<生效日>.toml，种类只有：{'、'.join(READERS)}"


def _files(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        parts = path.relative_to(folder).parts
        hidden = any(part.startswith((".", "__")) for part in parts)
        if path.is_file() and not hidden and path.suffix != ".md":
            yield path
