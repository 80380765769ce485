"""Every recorded release, with rows in it, comes to the present tables and loses nothing.

After a release, `python tests/operations/old_release.py record` writes its migrations down here.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from tests.operations import old_release

HERE = Path(__file__).parent
RELEASES = sorted((HERE / "releases").glob("*.json"))


def run(home, *arguments):
    environ = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    done = subprocess.run(
        [sys.executable, *arguments],
        env={**environ, "YIPANQI_HOME": str(home)},
        capture_output=True,
        text=True,
        check=False,
        cwd=HERE.parents[1],
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def on_disk():
    return set(old_release.migrations())


def test_a_release_is_recorded():
    assert RELEASES


@pytest.mark.slow
@pytest.mark.parametrize("path", RELEASES, ids=lambda path: path.stem)
def test_a_recorded_release_is_brought_to_the_present_with_its_rows(path, tmp_path):
    built = json.loads(run(tmp_path, str(HERE / "old_release.py"), "build", str(path)))

    run(tmp_path, "-m", "yipanqi.delivery.cli.main", "city", "migrate")

    assert json.loads(run(tmp_path, str(HERE / "old_release.py"), "count")) == built
    assert run(tmp_path, "manage.py", "showmigrations", "--plan").count("[ ]") == 0
    run(tmp_path, "-m", "yipanqi.delivery.cli.main", "ledger", "verify")


@pytest.mark.parametrize("path", RELEASES, ids=lambda path: path.stem)
def test_no_migration_of_a_release_is_ever_taken_away(path):
    recorded = json.loads(path.read_text("utf-8"))["migrations"]

    assert set(recorded) <= set(old_release.migrations())


@pytest.mark.django_db
def test_the_models_ask_for_no_migration_that_is_not_written():
    call_command("makemigrations", "--check", "--dry-run", verbosity=0)
