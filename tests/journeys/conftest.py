"""What the journeys share: the city, the site as served, and people at their browsers."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest
from tests import cast, city, studies

from yipanqi.domain.industries.services import loading as industries
from yipanqi.domain.studies.models import Target
from yipanqi.rulebook import assembly, chains, pack_files

ROOT = Path(__file__).parents[2]
DIST = ROOT / "src/yipanqi/delivery/desk/static/desk/dist"
CHAIN = "gongcheng-jixie"


@pytest.fixture(autouse=True, scope="session")
def _assets():
    """The bundles are built, as `make assets` would, before any server starts."""
    from django.conf import settings  # noqa: PLC0415 -- settled by the root conftest only now

    # Whitenoise warns of a missing folder, and a warning is an error here.
    Path(settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    if (DIST / "desk.css").exists():
        return
    node = shutil.which("node")
    assert node, "没有 Node，样式与脚本无法打包；先运行 make assets"
    subprocess.run([node, "frontend/build.mjs"], cwd=ROOT, check=True)


@pytest.fixture
def site(live_server, settings):
    """The served site with the city's rules and its first chain studied."""
    settings.REQUIRE_TOTP = False
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    city.load()
    _load_chains()
    _study()
    return live_server.url


@pytest.fixture
def at_desk(site, browser):
    """A person signed in at their own browser: `at_desk("clerk_a")`; faults of the page fail."""
    contexts, faults = [], []

    def sits(name, width=1280):
        cast.officer(name)
        context = browser.new_context(
            base_url=site, viewport={"width": width, "height": 900}, locale="zh-CN"
        )
        context.set_default_timeout(40_000)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda line: _note(line, faults))
        page.goto("/account/login/")
        page.fill("[name=login]", name)
        page.fill("[name=password]", cast.PASSWORD)
        page.press("[name=password]", "Enter")
        page.wait_for_url(f"{site}/")
        return page

    yield sits
    for context in contexts:
        context.close()
    assert not faults


def _note(line, faults):
    # A refused act (409, 422) is an answer; the browser writes it down as an error all the same.
    if line.type == "error" and "Failed to load resource" not in line.text:
        faults.append(line.text)


def _load_chains():
    texts, _ = pack_files.read(city.PACK)
    tables = assembly.assemble(texts).chains
    day = max(tables)
    industries.load(chains.typed(tables[day]).only(CHAIN), valid_from=day)


def _study():
    nearest = [{"city": "常州", "enterprises": 321, "quotient": 3.2, "km": 702.4}]
    links = [row.link for row in _rows()]
    studies.graded(studies.run("diagnosis", CHAIN), links, suppliers=nearest)
    targets = studies.run("targets", CHAIN)
    Target.objects.bulk_create(_target(targets, rank) for rank in range(1, 21))


def _rows():
    texts, _ = pack_files.read(city.PACK)
    tables = assembly.assemble(texts).chains
    return chains.typed(tables[max(tables)]).only(CHAIN).links


def _target(study, rank):
    return Target(
        study=study,
        link="gcjx-yeya",
        rank=rank,
        registry_id=f"r{rank}",
        code=f"{rank:018d}",
        name=f"江苏目标液压{rank}号有限公司",
        city="常州",
        score=70,
        contributions=[
            {"feature": "capital", "label": "注册资本", "value": "1.2", "contribution": 40},
            {"feature": "focus", "label": "专注度", "value": "0.9", "contribution": 30},
        ],
        evidence=[{"kind": "经营范围", "text": "液压件制造", "source": "js.csv", "as_of": "2019"}],
    )
