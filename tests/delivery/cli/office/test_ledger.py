"""`yipanqi ledger` and `yipanqi keys` say what they found in Chinese, with the right exit code."""

import hashlib
import json

import pytest
from tests.domain.ledger import stories

from yipanqi.delivery.cli import main as cli
from yipanqi.domain.ledger import guards, keys
from yipanqi.domain.ledger.models import Seal

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def vault(tmp_path, settings):
    settings.HOME = tmp_path
    settings.LEDGER_KEY_DIR = tmp_path / "keys"
    settings.LEDGER_HEADS_FILE = ""
    guards.install()
    return tmp_path


def run(*arguments):
    return cli.main(list(arguments))


def test_an_untouched_ledger_verifies(capsys):
    stories.tell("projects/a", 3)

    assert run("ledger", "verify") == 0
    said = capsys.readouterr()
    assert "台账核验通过：共 3 行、1 条链" in said.out
    assert "末尾 3 行尚未封存" in said.out
    assert said.err == ""


def test_a_changed_line_is_named_and_ends_with_one(capsys):
    stories.tell("projects/a", 3)
    stories.forge("UPDATE ledger_entry SET body = '{}' WHERE seq = 2")

    assert run("ledger", "verify") == 1
    said = capsys.readouterr()
    assert "台账 projects/a 第 2 行被改动" in said.out
    assert "防护触发器缺失" in said.err


def test_the_report_is_json_when_asked(capsys):
    stories.tell("projects/a", 3)
    stories.forge("DELETE FROM ledger_entry WHERE seq = 2")

    assert run("ledger", "verify", "--format", "json") == 1
    report = json.loads(capsys.readouterr().out)
    assert report["holds"] is False
    assert (report["lines"], report["unsealed"]["count"]) == (2, 0)
    fault = report["faults"][0]
    assert (fault["kind"], fault["stream"], fault["seq"]) == ("removed", "projects/a", 2)


def test_sealing_says_up_to_where(capsys):
    assert run("ledger", "seal") == 0
    assert "没有待封存的行" in capsys.readouterr().out
    stories.tell("projects/a", 1)

    assert run("ledger", "seal") == 0
    assert "已封存至第 1 号" in capsys.readouterr().out
    assert Seal.objects.count() == 1


def test_sealing_with_a_lost_key_says_what_to_do(vault, capsys):
    stories.tell("projects/a", 1)
    run("ledger", "seal")
    for path in (vault / "keys").iterdir():
        path.unlink()
    stories.tell("projects/a", 1)

    assert run("ledger", "seal") == 1
    assert "从保管处取回" in capsys.readouterr().err


def test_the_export_holds_every_line_as_stored_and_states_its_digest(vault, capsys):
    lines = stories.tell("projects/a", 3)
    path = vault / "ledger.jsonl"

    assert run("ledger", "export", "--to", str(path)) == 0
    said = capsys.readouterr().out
    rows = [json.loads(row) for row in path.read_text("utf-8").splitlines()]
    assert [row["digest"] for row in rows] == [line.digest for line in lines]
    assert "已导出 3 行" in said
    assert hashlib.sha256(path.read_bytes()).hexdigest() in said


def test_an_export_never_overwrites_a_file(vault, capsys):
    path = vault / "ledger.jsonl"
    path.write_text("mine")

    assert run("ledger", "export", "--to", str(path)) == 2
    assert "已存在" in capsys.readouterr().err
    assert path.read_text() == "mine"


def test_lost_guards_are_put_back(capsys):
    guards.lift()

    assert run("ledger", "guard") == 0
    assert "ledger_entry_no_update" in capsys.readouterr().out
    assert guards.missing() == []


def test_the_roles_statements_are_printed(capsys):
    assert run("ledger", "roles", "--print", "--role", "board_app") == 0
    assert "REVOKE UPDATE, DELETE, TRUNCATE ON ledger_entry" in capsys.readouterr().out
    assert run("ledger", "roles", "--role", "a;b") == 2


def test_keys_are_made_rotated_and_shown(capsys):
    assert run("keys", "show") == 1
    assert run("keys", "create") == 0
    first = keys.current()
    assert run("keys", "create") == 1
    assert run("keys", "rotate") == 0
    second = keys.current()
    capsys.readouterr()

    assert run("keys", "show") == 0
    said = capsys.readouterr().out
    assert f"{first.id}  {first.content.hex()}  已停用" in said
    assert f"{second.id}  {second.content.hex()}  在用" in said
