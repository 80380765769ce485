"""What every test shares: a home and a database of its own, closed sockets, no skips in CI."""

import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "scripts"))

import chromium

if TYPE_CHECKING:
    from playwright.sync_api import Browser

# Only this machine may be reached: the test database and the browser's live server.
_OPEN_HOSTS = ["127.0.0.1", "::1", "localhost"]
_IN_CI = os.environ.get("CI", "").lower() == "true"
_CHROMIUM_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run",
    "--disable-component-update", "--disable-sync", "--disable-dev-shm-usage",
]  # fmt: skip
_HOME = Path(tempfile.mkdtemp(prefix="yipanqi-tests-"))


def pytest_configure(config: pytest.Config) -> None:
    _hypothesis_profile()
    if config.pluginmanager.hasplugin("django"):
        _settle_django()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--only-database", action="store_true", help="only tests that ask the database, no browser"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--only-database"):
        items[:] = [item for item in items if _asks_database(item)]


def _asks_database(item: pytest.Item) -> bool:
    names = set(getattr(item, "fixturenames", ()))
    asks = item.get_closest_marker("django_db") or names & {"db", "transactional_db", "live_server"}
    return bool(asks) and "browser" not in names


def pytest_unconfigure() -> None:
    shutil.rmtree(_HOME, ignore_errors=True)


def pytest_runtest_setup() -> None:
    try:
        import pytest_socket  # noqa: PLC0415 -- absent where only [engine] is installed
    except ImportError:
        return
    pytest_socket.socket_allow_hosts(_OPEN_HOSTS, allow_unix_socket=True)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Iterator[None]:
    report = yield
    if _IN_CI and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"under CI=true nothing may be skipped: {report.longrepr}"
    return report


@pytest.fixture(scope="session")
def django_db_modify_db_settings() -> None:
    """Give this process a database of its own, so that runs side by side never meet."""
    from django.db import connections  # noqa: PLC0415

    test = connections["default"].settings_dict["TEST"]
    if connections["default"].vendor == "sqlite":
        # A file, not memory: threads and processes of one test must meet in one database.
        test["NAME"] = str(_HOME / "test.sqlite3")
    else:
        test["NAME"] = f"test_yipanqi_{os.getpid()}"


@pytest.fixture(scope="session")
def browser() -> Iterator["Browser"]:
    """A headless Chromium for the whole run; skipped with the reason where none is to be had."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 -- not installed everywhere

    path = chromium.installed() or chromium.carried()
    if path is None:
        pytest.skip("no Chromium: install one, or run `make browser`")
    # Playwright keeps an event loop in this thread; Django would take every query for a mistake.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=_CHROMIUM_FLAGS)
        yield running
        running.close()


@pytest.fixture(autouse=True)
def _the_ledger_may_be_emptied(request: pytest.FixtureRequest) -> Iterator[None]:
    """Lift the ledger's guards before a test empties the tables; migrate sets them again."""
    names = ("transactional_db", "live_server")
    marker = request.node.get_closest_marker("django_db")
    asked = [name for name in names if name in request.fixturenames]
    for name in asked:
        request.getfixturevalue(name)
    yield
    if asked or (marker and marker.kwargs.get("transaction")):
        from yipanqi.domain.ledger import guards  # noqa: PLC0415

        guards.lift()
        # What was published of an emptied ledger would read as seals taken away.
        shutil.rmtree(_HOME / "heads", ignore_errors=True)


def _settle_django() -> None:
    from django.conf import settings  # noqa: PLC0415

    settings.HOME = settings.REGISTRY_HOME = _HOME
    settings.EVIDENCE_DIR = _HOME / "evidence"
    settings.LEDGER_KEY_DIR = _HOME / "keys"
    settings.EMAIL_FILE_PATH = _HOME / "mail"
    settings.STATIC_ROOT = _HOME / "static"
    # The real hasher takes a third of a second each time; strength is not what tests test.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # No collectstatic before a test: names stay unhashed.
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


def _hypothesis_profile() -> None:
    try:
        from hypothesis import HealthCheck, settings  # noqa: PLC0415
    except ImportError:
        return
    settings.register_profile(
        "house",
        deadline=None,
        derandomize=_IN_CI,
        suppress_health_check=[HealthCheck.too_slow],
    )
    settings.load_profile("house")
