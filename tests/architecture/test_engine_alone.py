"""The lower floors and the analysis commands run where Django was never installed."""

import subprocess
import sys

import pytest

_READ_ALL = """
import importlib, pkgutil, sys

for name in sys.argv[2:]:
    sys.modules[name] = None  # importing it now fails as if it were not installed
package = importlib.import_module(sys.argv[1])
for found in pkgutil.walk_packages(package.__path__, sys.argv[1] + "."):
    importlib.import_module(found.name)
"""
_WEB = ("django", "ninja", "allauth", "django_q", "whitenoise")


def reading(package, *absent):
    """What happens when every module of the package is read without these others."""
    command = [sys.executable, "-c", _READ_ALL, package, *absent]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("floor", ["engine", "delivery.cli.analysis"])
def test_a_floor_of_the_engine_is_read_without_the_web(floor):
    done = reading(f"yipanqi.{floor}", *_WEB)
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("floor", ["vocab", "rulebook"])
def test_the_lowest_floors_are_read_with_nothing_but_python(floor):
    done = reading(f"yipanqi.{floor}", *_WEB, "duckdb", "ibis", "pyarrow", "numpy", "pandas")
    assert done.returncode == 0, done.stderr


def test_the_guard_sees_a_floor_that_needs_what_is_absent():
    done = reading("yipanqi.domain.people", "django")
    assert done.returncode != 0
    assert "django" in done.stderr
