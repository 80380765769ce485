"""`yipanqi pack check` and `export`, as typed."""

import argparse
import json
import os
import subprocess
import sys

import pytest
from tests.rulebook import town

from yipanqi.delivery.cli.analysis import pack
from yipanqi.domain.rules.services import loading
from yipanqi.vocab.actors import HOUSE


def run(*words):
    parser = argparse.ArgumentParser()
    pack.register(parser.add_subparsers())
    options = parser.parse_args(["pack", *map(str, words)])
    return options.run(options)


@pytest.fixture
def folder(tmp_path):
    def write(files):
        for name, text in files.items():
            path = tmp_path / "town" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
        return tmp_path / "town"

    return write


def test_a_sound_pack_is_summed_up(folder, capsys):
    assert run("check", folder(town.FILES)) == 0

    assert "某市规则包无误：单位 4，园区 1" in capsys.readouterr().out


def test_every_fault_is_a_line_an_editor_can_jump_to(folder, capsys):
    path = folder(town.spoiled("gates/2018-01-01.toml", 'to = "signed"', 'to = "sealed"'))

    assert run("check", path) == 1

    out = capsys.readouterr().out.splitlines()
    assert len(out) == 1
    assert out[0].startswith(f"{path.as_posix()}/gates/2018-01-01.toml:6: 没有阶段“sealed”；")


def test_faults_come_as_json_too(folder, capsys):
    path = folder(town.spoiled("gates/2018-01-01.toml", 'to = "signed"', 'to = "sealed"'))

    assert run("check", path, "--format", "json") == 1

    (found,) = json.loads(capsys.readouterr().out)["faults"]
    assert (found["file"], found["line"]) == ("gates/2018-01-01.toml", 6)


def test_a_missing_folder_is_one_sentence(tmp_path, capsys):
    assert run("check", tmp_path / "nowhere") == 2

    assert "没有目录" in capsys.readouterr().err


@pytest.mark.django_db
def test_what_is_exported_is_what_was_loaded(folder, tmp_path, capsys):
    loading.load_pack(folder(town.FILES), by=HOUSE)

    assert run("export", tmp_path / "out") == 0
    assert run("check", tmp_path / "out") == 0

    assert (tmp_path / "out/gates/2018-01-01.toml").read_text("utf-8") == town.GATES
    assert f"已导出 {len(town.FILES)} 个文件" in capsys.readouterr().out


@pytest.mark.django_db
def test_nothing_is_overwritten_and_nothing_is_exported_from_nothing(folder, tmp_path, capsys):
    assert run("export", tmp_path / "out") == 2
    assert "尚未装入规则包" in capsys.readouterr().err

    assert run("export", folder(town.FILES)) == 2
    assert "不是空目录" in capsys.readouterr().err


def test_without_a_database_export_is_one_sentence(tmp_path):
    environ = {**os.environ, "YIPANQI_HOME": str(tmp_path / "home"), "DATABASE_URL": ""}
    (tmp_path / "home").mkdir()

    told = subprocess.run(
        [sys.executable, "-m", "yipanqi.delivery.cli.main", "pack", "export", tmp_path / "out"],
        env=environ, capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert told.returncode == 2
    assert told.stderr.startswith("数据库还不能用")
    assert "Traceback" not in told.stderr
