"""`yipanqi backup`: one file with the database, evidence, sheets and ledger heads of one moment."""

import argparse
import fcntl
import os
import shutil
import sys
import tarfile
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from django.core import serializers
from django.db import connection, models

from yipanqi import __version__
from yipanqi.delivery.cli.office import archive
from yipanqi.delivery.cli.office.archive import FORMAT, MANIFEST, SECRET, Manifest, Member
from yipanqi.vocab import clock


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `backup` to the command line."""
    parser = commands.add_parser("backup", help="备份数据库、佐证材料、规则与台账头到一个文件")
    parser.add_argument("--to", type=Path, required=True, help="备份文件，如 2026-11-24.tar")
    parser.add_argument(
        "--with-keys", action="store_true", help="连签名私钥与系统密钥一起备份（文件须严加保管）"
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the backup beside its place and move it there whole; 0, or 2 with a sentence."""
    if args.to.exists():
        print(f"{args.to} 已存在；请换一个文件名，备份从不覆盖", file=sys.stderr)
        return 2
    try:
        args.to.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=args.to.parent, prefix=".backup-") as desk:
            manifest = _write(Path(desk), with_keys=args.with_keys)
            (Path(desk) / "backup.tar").replace(args.to)
    except OSError as error:
        print(f"备份没有完成：{error.strerror}；未留下半个文件", file=sys.stderr)
        return 2
    held = sum(member.rows or 0 for member in manifest.members)
    files = sum(member.name.startswith("evidence/") for member in manifest.members)
    print(f"已备份到 {args.to}：{held} 行、{files} 份材料。文件含人员资料，请加密保管")
    if not args.with_keys:
        print(
            "未含签名私钥与系统密钥（secret_key）；请按《备份与恢复》另行保管，缺了动态口令须重绑"
        )
    return 0


def _write(desk: Path, *, with_keys: bool) -> Manifest:
    # 0600 from the first byte: the archive holds password hashes and telephone numbers.
    handle = os.open(desk / "backup.tar", os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    manifest = Manifest(
        FORMAT, __version__, clock.now().isoformat(), connection.vendor, archive.migrations()
    )
    members: list[Member] = []
    with os.fdopen(handle, "wb") as file, tarfile.open(fileobj=file, mode="w") as tar:
        # Before the tables: a head without its seal would read as a seal taken away.
        members += [_growing(tar, desk, name, path) for name, path in _files("heads")]
        with archive.snapshot():
            for number, model in enumerate(archive.tables()):
                members.append(_table(tar, desk, number, model))
        # After the tables: a file they name is never deleted, one they do not name does no harm.
        kept = [
            *_files("evidence"),
            *_files("keys", with_private=with_keys),
            *_secret(wanted=with_keys),
        ]
        members += [_file(tar, name, path) for name, path in kept]
        manifest = replace(manifest, members=members)
        (desk / MANIFEST).write_text(manifest.text(), "utf-8")
        tar.add(desk / MANIFEST, MANIFEST)
    return manifest


def _table(tar: tarfile.TarFile, desk: Path, number: int, model: type[models.Model]) -> Member:
    name = f"tables/{number:02d}-{archive.label(model)}.jsonl"
    path = desk / "table.jsonl"
    with path.open("w", encoding="utf-8") as stream:
        rows = archive.rows(model).iterator(2000)
        serializers.serialize("jsonl", rows, stream=stream, cls=archive.WholeTimes)
    with path.open("rb") as stream:
        count = sum(1 for _ in stream)
    member = replace(_file(tar, name, path), rows=count)
    path.unlink()
    return member


def _file(tar: tarfile.TarFile, name: str, path: Path) -> Member:
    tar.add(path, name, recursive=False)
    return Member(name, archive.digest(path), path.stat().st_size)


def _growing(tar: tarfile.TarFile, desk: Path, name: str, path: Path) -> Member:
    """A file that others append to, as it stands at one moment."""
    still = desk / "still"
    with path.open("rb") as file, still.open("wb") as copy:
        fcntl.flock(file, fcntl.LOCK_SH)
        shutil.copyfileobj(file, copy)
    member = _file(tar, name, still)
    still.unlink()
    return member


def _files(place: str, *, with_private: bool = True) -> Iterator[tuple[str, Path]]:
    folder = archive.places()[place]
    for path in sorted(folder.rglob("*")):
        is_shown = with_private or path.suffix == ".pub"
        if path.is_file() and not path.name.startswith(".") and is_shown:
            yield f"{place}/{path.relative_to(folder).as_posix()}", path


def _secret(*, wanted: bool) -> list[tuple[str, Path]]:
    return [(SECRET, archive.secret())] if wanted and archive.secret().exists() else []
