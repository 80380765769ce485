"""`yipanqi restore`: a backup into an empty place, checked, ending in `ledger verify`."""

import argparse
import os
import subprocess
import sys
import tarfile
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import IO

from django.core import serializers
from django.core.management.color import no_style
from django.db import connection, transaction

from yipanqi.delivery.cli.office import archive, city
from yipanqi.delivery.cli.office.archive import FORMAT, MANIFEST, SECRET, Manifest, Member
from yipanqi.domain.ledger import queries as ledger

_BATCH = 1000


class NotRestorable(Exception):
    """The backup cannot be restored here; the message says why and what to do."""


def register(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add `restore` to the command line."""
    parser = commands.add_parser("restore", help="把备份恢复到空的数据目录与数据库，并核验台账")
    parser.add_argument("file", type=Path, help="备份文件")
    parser.add_argument("--into", type=Path, help="新的数据目录，默认取设置 YIPANQI_HOME")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Restore and verify: 0 when the ledger holds, 1 when not, 2 when nothing could be restored."""
    if args.into is not None:
        return _elsewhere(args.file, args.into)
    try:
        with tarfile.open(args.file) as tar:
            manifest = _checked(tar)
            _refuse_occupied()
            city.migrate()
            _refuse_other_release(manifest)
            _load(tar, manifest)
    except (OSError, tarfile.TarError) as error:
        print(f"备份读不了：{error}；请核对文件是否完整", file=sys.stderr)
        return 2
    except NotRestorable as refused:
        print(refused, file=sys.stderr)
        return 2
    report = ledger.verification()
    held = sum(member.rows or 0 for member in manifest.members)
    print(f"已恢复 {manifest.made_at} 的备份，{held} 行。{report.sentence}")
    return 0 if report.holds else 1


def _elsewhere(file: Path, home: Path) -> int:
    """The same, in a process of its own: settings are read once, with the home of the start."""
    command = [sys.executable, "-m", "yipanqi.delivery.cli.main", "restore", str(file.resolve())]
    environ = {**os.environ, "YIPANQI_HOME": str(home.resolve())}
    return subprocess.run(command, env=environ, check=False).returncode  # noqa: S603 -- our own


def _checked(tar: tarfile.TarFile) -> Manifest:
    """The manifest, after every member's hash has been compared; nothing is written before."""
    try:
        manifest = archive.read_manifest(_opened(tar, MANIFEST).read().decode("utf-8"))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise NotRestorable("这不是一盘棋的备份文件：缺少清单或清单读不懂") from error
    if manifest.format != FORMAT:
        raise NotRestorable(f"备份格式为 {manifest.format}，本版本只认 {FORMAT}；请用对应版本恢复")
    for member in manifest.members:
        _refuse_stray(member)
        if archive.digest_of(_opened(tar, member.name)) != member.sha256:
            raise NotRestorable(f"备份中的 {member.name} 与清单的摘要不符，文件已损坏或被改动")
    return manifest


def _opened(tar: tarfile.TarFile, name: str) -> IO[bytes]:
    try:
        file = tar.extractfile(name)
    except KeyError:
        file = None
    if file is None:
        raise NotRestorable(f"备份中缺少 {name}，文件不完整；请换一份备份")
    return file


def _refuse_stray(member: Member) -> None:
    if member.name == SECRET:
        return
    place, *rest = PurePosixPath(member.name).parts or ("",)
    if place not in {"tables", *archive.places()} or not rest or ".." in rest:
        raise NotRestorable(f"备份中的路径 {member.name} 不合规，可能被改动，未恢复任何内容")


def _refuse_occupied() -> None:
    if connection.introspection.table_names():
        raise NotRestorable("数据库不是空的；恢复只写入空数据库，请另建数据库或换一个数据目录")
    for folder in archive.places().values():
        if folder.exists() and any(path.is_file() for path in folder.rglob("*")):
            raise NotRestorable(f"{folder} 不是空的；恢复只写入空目录，请换一个数据目录")


def _refuse_other_release(manifest: Manifest) -> None:
    if manifest.migrations != archive.migrations():
        raise NotRestorable(
            f"备份由版本 {manifest.release} 写成，表结构与本版本不同；请先用该版本恢复，再升级"
        )


def _load(tar: tarfile.TarFile, manifest: Manifest) -> None:
    with transaction.atomic():
        # Order follows the archive; checks are put off so that a row may refer to itself.
        with connection.constraint_checks_disabled():
            for member in manifest.members:
                if member.name.startswith("tables/"):
                    _load_table(_opened(tar, member.name))
        connection.check_constraints()
        _continue_numbers()
    for member in manifest.members:
        place, _, rest = member.name.partition("/")
        if member.name == SECRET:
            # The start of this very command made a new secret for an empty home: the old one stays.
            archive.secret().unlink(missing_ok=True)
            _place_file(archive.secret(), _opened(tar, member.name), mode=0o600)
        elif place != "tables":
            # Evidence never changes again; heads grow with every seal.
            mode = 0o440 if place == "evidence" else 0o600
            _place_file(archive.places()[place] / rest, _opened(tar, member.name), mode=mode)


def _load_table(lines: IO[bytes]) -> None:
    found = iter(serializers.deserialize("jsonl", lines))
    while batch := [each.object for each in islice(found, _BATCH)]:
        archive.add(batch)


def _continue_numbers() -> None:
    """Let the next row's number follow the restored ones (PostgreSQL keeps them apart)."""
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), archive.tables()):
            cursor.execute(statement)


def _place_file(path: Path, content: IO[bytes], *, mode: int) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.parent.chmod(0o700)
    with path.open("xb") as file:
        while chunk := content.read(1 << 20):
            file.write(chunk)
    path.chmod(mode)
