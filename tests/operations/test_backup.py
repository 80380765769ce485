"""The drill: a backup restored into an empty place is the same house, and its ledger verifies."""

import hashlib
import io
import json
import os
import subprocess
import sys
import tarfile
import threading
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.db import connection
from tests import cast, samples
from tests.domain.ledger import stories

from yipanqi.delivery.cli import main as cli
from yipanqi.delivery.jobs import sealer
from yipanqi.domain.investors.models import Enterprise
from yipanqi.domain.ledger import guards
from yipanqi.domain.ledger.models import Entry
from yipanqi.domain.projects.services import materials

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def house(tmp_path, settings, transactional_db, city):
    """A house with a project, its evidence, a signed seal and a line after it."""
    home = tmp_path / "home"
    settings.HOME = home
    settings.EVIDENCE_DIR = home / "evidence"
    settings.LEDGER_KEY_DIR = home / "keys"
    settings.LEDGER_HEADS_FILE = ""
    home.mkdir()
    (home / "secret_key").write_text("一句只有这里才有的密钥")
    guards.install()
    assert cli.main(["keys", "create"]) == 0
    materials.attach(cast.project(), samples.pdf("协议.pdf"), kind="agreement", by=cast.clerk_a())
    assert cli.main(["ledger", "seal"]) == 0
    cast.project(name="封存之后的项目")
    return home


@pytest.fixture
def copy(house, tmp_path):
    """The backup of that house, keys included."""
    path = tmp_path / "backup.tar"
    assert cli.main(["backup", "--to", str(path), "--with-keys"]) == 0
    return path


def yipanqi(home, *arguments, database=""):
    """The command as an operator runs it, in a process and a home of its own."""
    environ = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    environ |= {"YIPANQI_HOME": str(home)} | ({"DATABASE_URL": database} if database else {})
    return subprocess.run(
        [sys.executable, "-m", "yipanqi.delivery.cli.main", *arguments],
        env=environ,
        capture_output=True,
        text=True,
        check=False,
    )


def members(path):
    with tarfile.open(path) as tar:
        told = json.load(tar.extractfile("manifest.json"))
    return {each["name"]: (each["sha256"], each["rows"]) for each in told["members"]}


def rewritten(path, change):
    """The archive with `change(name, bytes)` applied to each member; None leaves one out."""
    spoiled = path.with_name("spoiled.tar")
    with tarfile.open(path) as old, tarfile.open(spoiled, "w") as new:
        for each in old:
            content = change(each.name, old.extractfile(each).read())
            if content is not None:
                held = tarfile.TarInfo(each.name)
                held.size = len(content)
                new.addfile(held, io.BytesIO(content))
    return spoiled


def test_a_restored_house_is_the_same_to_the_last_byte_and_its_ledger_holds(copy, tmp_path):
    there, again = tmp_path / "elsewhere", tmp_path / "again.tar"

    done = yipanqi(tmp_path / "unused", "restore", str(copy), "--into", str(there))

    assert done.returncode == 0, done.stderr
    assert "台账核验通过" in done.stdout
    assert yipanqi(there, "ledger", "verify").returncode == 0
    assert yipanqi(there, "backup", "--to", str(again), "--with-keys").returncode == 0
    assert members(again) == members(copy)
    assert (there / "secret_key").read_text() == "一句只有这里才有的密钥"
    assert (there / "heads" / "heads.jsonl").stat().st_mode & 0o777 == 0o600


def test_times_are_kept_to_the_microsecond(house, tmp_path):
    Enterprise.objects.update(created_at=datetime(2026, 1, 2, 3, 4, 5, 678, tzinfo=UTC))

    assert cli.main(["backup", "--to", str(tmp_path / "b.tar")]) == 0

    with tarfile.open(tmp_path / "b.tar") as tar:
        (name,) = [each for each in tar.getnames() if each.endswith("investors.enterprise.jsonl")]
        assert b"03:04:05.000678" in tar.extractfile(name).read()


def test_the_restored_house_goes_on_sealing_with_the_same_key(copy, tmp_path):
    there = tmp_path / "elsewhere"
    yipanqi(there, "restore", str(copy))

    sealed = yipanqi(there, "ledger", "seal")

    assert sealed.returncode == 0, sealed.stderr
    assert "已封存至第 2 号" in sealed.stdout
    assert yipanqi(there, "ledger", "verify").returncode == 0


def test_a_server_is_restored_onto_an_empty_server(copy, spare_database, tmp_path):
    """On SQLite this is the first drill over again; on PostgreSQL the target is PostgreSQL."""
    there, again = tmp_path / "server", tmp_path / "again.tar"

    done = yipanqi(there, "restore", str(copy), database=spare_database)

    assert done.returncode == 0, done.stderr
    made = yipanqi(there, "backup", "--to", str(again), "--with-keys", database=spare_database)
    assert made.returncode == 0, made.stderr
    assert members(again) == members(copy)


def test_new_rows_follow_the_restored_ones(copy, spare_database, tmp_path):
    there = tmp_path / "server"
    yipanqi(there, "restore", str(copy), database=spare_database)

    loaded = yipanqi(there, "city", "load", "--pack", "packs/changsha", database=spare_database)

    assert loaded.returncode == 0, loaded.stderr
    assert yipanqi(there, "ledger", "verify", database=spare_database).returncode == 0


def test_what_is_sealed_while_the_tables_are_copied_does_not_spoil_the_backup(house, tmp_path):
    path, sealed = tmp_path / "busy.tar", []

    def work():
        stories.tell("projects/busy", 2)
        sealed.append(sealer.seal_now())
        connection.close()

    def meanwhile(execute, sql, parameters, many, context):
        # The backup's first look at a table has fixed its moment: now somebody else goes on.
        result = execute(sql, parameters, many, context)
        if "ledger_entry" in sql and not sealed:
            worker = threading.Thread(target=work)
            worker.start()
            worker.join()
        return result

    with connection.execute_wrapper(meanwhile):
        made = cli.main(["backup", "--to", str(path), "--with-keys"])

    assert (made, sealed) == (0, [2])
    done = yipanqi(tmp_path / "elsewhere", "restore", str(path))
    assert done.returncode == 0, done.stdout + done.stderr


def test_private_keys_stay_at_home_unless_asked_for(house, tmp_path, capsys):
    path = tmp_path / "plain.tar"

    assert cli.main(["backup", "--to", str(path)]) == 0

    names = set(members(path))
    assert "home/secret_key" not in names
    assert not [name for name in names if name.startswith("keys/") and not name.endswith(".pub")]
    assert [name for name in names if name.endswith(".pub")]
    assert "未含签名私钥" in capsys.readouterr().out


def test_a_backup_without_keys_still_verifies_by_its_public_keys(house, tmp_path):
    path = tmp_path / "plain.tar"
    cli.main(["backup", "--to", str(path)])

    done = yipanqi(tmp_path / "elsewhere", "restore", str(path))

    assert done.returncode == 0, done.stdout + done.stderr


def test_a_backup_is_for_its_owner_alone_and_never_overwrites(copy, capsys):
    assert copy.stat().st_mode & 0o077 == 0
    before = copy.read_bytes()

    assert cli.main(["backup", "--to", str(copy)]) == 2

    assert copy.read_bytes() == before
    assert "已存在" in capsys.readouterr().err


def test_a_changed_line_in_the_backup_is_found_before_anything_is_written(copy, tmp_path):
    spoiled = rewritten(
        copy,
        lambda name, content: content + b"{}\n" if name.endswith("ledger.entry.jsonl") else content,
    )

    done = yipanqi(tmp_path / "elsewhere", "restore", str(spoiled))

    assert done.returncode == 2
    assert "与清单的摘要不符" in done.stderr
    assert not (tmp_path / "elsewhere" / "yipanqi.sqlite3").exists()


def test_a_ledger_changed_together_with_its_hash_fails_the_verification(copy, tmp_path):
    """Who rewrites table and manifest alike is still found by the chain."""
    forged = rewritten(copy, Forger())

    done = yipanqi(tmp_path / "elsewhere", "restore", str(forged))

    assert done.returncode == 1
    assert "被改动" in done.stdout


class Forger:
    """Empties the fourth line of the ledger and puts the new hash into the manifest."""

    def __call__(self, name, content):
        if name.endswith("ledger.entry.jsonl"):
            rows = [json.loads(line) for line in content.splitlines()]
            rows[3]["fields"]["body"] = "{}"
            content = b"".join(json.dumps(row).encode() + b"\n" for row in rows)
            self.name, self.sha256 = name, hashlib.sha256(content).hexdigest()
        if name == "manifest.json":
            told = json.loads(content)
            ledger = next(each for each in told["members"] if each["name"] == self.name)
            ledger["sha256"] = self.sha256
            content = json.dumps(told).encode()
        return content


def swapped(before, after):
    """A change of the manifest alone."""
    return lambda name, body: body.replace(before, after) if name == "manifest.json" else body


def without(prefix):
    return lambda name, body: None if name.startswith(prefix) else body


SPOILED = (
    (without("manifest.json"), "缺少 manifest.json"),
    (lambda name, body: b"[]" if name == "manifest.json" else body, "不是一盘棋的备份"),
    (without("evidence/"), "缺少 evidence/"),
    (swapped(b'"evidence/', b'"evidence/../'), "不合规"),
    (swapped(b'"evidence/', b'"/etc/'), "不合规"),
    (swapped(b'"home/secret_key"', b'""'), "不合规"),
    (swapped(b'"projects.0001_initial"', b'"projects.0999_later"'), "表结构与本版本不同"),
)


def test_what_is_no_whole_backup_of_this_release_is_refused(copy, tmp_path):
    # One house for all: to build it takes longer than to look at its spoiled copies.
    for number, (change, says) in enumerate(SPOILED):
        done = yipanqi(tmp_path / f"place{number}", "restore", str(rewritten(copy, change)))

        assert done.returncode == 2, says
        assert says in done.stderr
        assert "Traceback" not in done.stderr


def test_a_file_that_is_no_archive_is_refused(house, tmp_path):
    path = tmp_path / "letter.tar"
    path.write_text("这不是备份")

    done = yipanqi(tmp_path / "elsewhere", "restore", str(path))

    assert done.returncode == 2
    assert "备份读不了" in done.stderr


def test_a_house_that_lives_is_never_restored_over(copy, capsys):
    before = Entry.objects.count()

    assert cli.main(["restore", str(copy)]) == 2

    assert "不是空的" in capsys.readouterr().err
    assert Entry.objects.count() == before


def test_the_place_of_a_restore_may_be_used_once_only(copy, tmp_path):
    there = tmp_path / "elsewhere"
    assert yipanqi(there, "restore", str(copy)).returncode == 0

    done = yipanqi(there, "restore", str(copy))

    assert done.returncode == 2
    assert "不是空的" in done.stderr
    assert Path(there / "evidence").exists()
