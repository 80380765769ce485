"""Giving back the pack in force as files, as it would be reviewed."""

import os
import sys
import tempfile
from pathlib import Path

import django


def export(folder: Path) -> int:
    """Write every file of the pack in force; 0 when done, 2 when it cannot be, changing nothing."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yipanqi.roof.settings")
    django.setup()
    # Models exist only after the set-up above.
    from django.db import DatabaseError  # noqa: PLC0415

    from yipanqi.domain.rules import queries  # noqa: PLC0415
    from yipanqi.rulebook.library import NotInForce  # noqa: PLC0415

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        print(f"{folder} 已存在且不是空目录；请换一个目录，以免覆盖已有文件", file=sys.stderr)
        return 2
    try:
        texts = dict(queries.pack().texts)
        _write(folder, texts)
    except NotInForce as nothing:
        print(nothing, file=sys.stderr)
        return 2
    except DatabaseError as error:
        remedy = "请先运行 yipanqi city migrate 与 yipanqi city load"
        print(f"数据库还不能用：{error}；{remedy}", file=sys.stderr)
        return 2
    except OSError as error:
        print(f"写不了 {folder}：{error.strerror}；请检查权限与磁盘空间", file=sys.stderr)
        return 2
    print(f"已导出 {len(texts)} 个文件到 {folder}")
    return 0


def _write(folder: Path, texts: dict[str, str]) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    # Written beside and renamed, so that a full disk leaves no half pack behind.
    with tempfile.TemporaryDirectory(dir=folder.parent, prefix=".pack-") as beside:
        made = Path(beside) / "pack"
        for name, text in texts.items():
            path = made / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(text.encode())
        made.replace(folder)
