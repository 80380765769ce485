"""What exists is documented, and what is documented exists."""

import importlib
import pkgutil
import re
from dataclasses import fields

import pytest
from tests.architecture.house import ROOT

from yipanqi import domain
from yipanqi.domain.ledger import events
from yipanqi.roof import env

_DOCS = ROOT / "docs"


def declared_events() -> set[str]:
    """Every kind of event, with every room's events.py read."""
    for found in pkgutil.walk_packages(domain.__path__, "yipanqi.domain."):
        if found.name.endswith(".events"):
            importlib.import_module(found.name)
    # Tests declare specimens of their own; only the house's events are documented.
    return {kind for kind, event in events.known().items() if _is_ours(event)}


def _is_ours(event: type[events.Event]) -> bool:
    return event.__module__.startswith("yipanqi.")


def unmentioned(words: set[str], text: str) -> set[str]:
    """The words that the text never sets as code."""
    return words - set(re.findall(r"`([^`\s]+)`", text))


def test_every_setting_is_documented():
    page = (_DOCS / "reference/settings.md").read_text("utf-8")
    names = {env._env_name(field.name) for field in fields(env.Env)}
    assert unmentioned(names, page) == set()


def test_every_event_is_documented():
    page = (_DOCS / "reference/events.md").read_text("utf-8")
    assert unmentioned(declared_events(), page) == set()


def test_every_event_has_a_sentence_that_names_only_its_own_fields():
    faults = []
    for kind in sorted(declared_events()):
        event = events.known()[kind]
        own = {field.name for field in fields(event)}
        asked = set(re.findall(r"{(\w+)", event.sentence))
        if not event.sentence or not asked <= own:
            faults.append(f"{kind}: “{event.sentence}” asks for {sorted(asked - own)}")
    assert faults == []


def test_every_decision_is_listed():
    index = (_DOCS / "decisions/index.md").read_text("utf-8")
    pages = {path.name for path in (_DOCS / "decisions").glob("0*.md")}
    assert {name for name in pages if f"({name})" not in index} == set()


@pytest.mark.parametrize("page", ["README.md", "README.en.md", "ARCHITECTURE.md"])
def test_every_local_link_of_the_front_pages_leads_somewhere(page):
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", (ROOT / page).read_text("utf-8"))
    assert {link for link in links if not (ROOT / link).exists()} == set()


def test_every_verb_of_make_that_a_page_names_exists():
    makefile = (ROOT / "Makefile").read_text("utf-8")
    verbs = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    pages = [*_DOCS.rglob("*.md"), *ROOT.glob("*.md")]
    named = {
        (path.name, verb)
        for path in pages
        for verb in re.findall(r"(?:^|`)make ([a-z][a-z-]*)", path.read_text("utf-8"), re.MULTILINE)
    }
    assert {(page, verb) for page, verb in named if verb not in verbs} == set()


def test_the_guard_sees_what_is_not_mentioned():
    assert unmentioned({"YIPANQI_HOME", "absent"}, "| `YIPANQI_HOME` | absent |") == {"absent"}
