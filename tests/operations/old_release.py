"""Run in a process of its own: build the tables of a recorded release and live in them a little.

Usage: python tests/operations/old_release.py build RELEASE.json | count | record
`build` prints how many rows of each table it made, `count` how many there are now; `record` writes
the present migrations down as those of this release.
"""

import json
import os
import sys
from datetime import date
from pathlib import Path

import django
from django.apps import apps as present
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from yipanqi import __version__
from yipanqi.vocab import clock

RELEASES = Path(__file__).parent / "releases"

TABLES = ("people.Unit", "people.Officer", "investors.Enterprise", "leads.Lead", "leads.Claim",
          "projects.Project")  # fmt: skip


def build(release):
    """Migrate as far as the release went, and fill its tables through its own models."""
    targets = [tuple(each.split(".", 1)) for each in release["migrations"]]
    executor = MigrationExecutor(connection)
    executor.migrate(targets)
    # The models as the release had them, whatever they have become since.
    live(MigrationExecutor(connection).loader.project_state(targets).apps)
    return dict.fromkeys(TABLES, 1)


def live(then):
    now, today = clock.now(), clock.today()

    def made(table, **values):
        return then.get_model(table).objects.create(**values)

    unit = made("people.Unit", code="park", name="园区", short_name="园区", kind="park", path="/1/")
    officer = made("people.Officer", username="clerk", name="经办", unit=unit)
    firm = made(
        "investors.Enterprise", name="示例公司", name_key="示例公司", source="测试",
        registered_by_unit=unit, created_at=now,
    )  # fmt: skip
    same = {"unit": unit, "enterprise": firm}
    lead = made("leads.Lead", matter="事项", matter_key="事项", created_at=now, **same)
    made(
        "leads.Claim", lead=lead, matter_key="事项", officer=officer, state="held", filed_at=now,
        protected_until=date.max.replace(year=2099), proof_kind="visit", **same,
    )  # fmt: skip
    made(
        "projects.Project", name="项目", name_key="项目", lead=lead, stage="talking",
        official="talking", stage_since=today, total_investment_fen=123, created_at=now,
        updated_at=now, **same,
    )  # fmt: skip


def count():
    """The rows there are, asked through the models of today."""
    return {name: present.get_model(name)._base_manager.count() for name in TABLES}


def migrations():
    """Every migration of the house, "<room>.<name>"."""
    ours = {each.label for each in present.get_app_configs() if each.name.startswith("yipanqi.")}
    known = MigrationLoader(None).disk_migrations
    return sorted(f"{app}.{name}" for app, name in known if app in ours)


def record():
    """Write the present migrations down as a release."""
    told = {"release": __version__, "migrations": migrations()}
    path = RELEASES / f"{__version__}.json"
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")
    return str(path)


def main(arguments):
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "yipanqi.roof.settings")
    django.setup()
    match arguments:
        case ["build", path]:
            return build(json.loads(Path(path).read_text("utf-8")))
        case ["count"]:
            return count()
        case ["record"]:
            return record()
    raise SystemExit(__doc__)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(sys.argv[1:])))
