"""The verbs of the roles sheets and the verbs the code asks about are the same words."""

import re
from datetime import date
from pathlib import Path

import pytest

from yipanqi.rulebook import packs
from yipanqi.rulebook.roles import READING, VERBS

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "yipanqi"
ASKED = re.compile(r"""(?:require\(\w+, |\.may\()["']([a-z_.]+)["']""")


def test_every_verb_the_code_asks_about_can_be_given_by_a_sheet():
    texts = [path.read_text("utf-8") for path in SOURCE.rglob("*.py")]
    asked = {verb for text in texts for verb in ASKED.findall(text)}

    assert len(asked) > 5, "the pattern no longer finds the questions"
    assert asked <= set(VERBS)


def test_whatever_reading_allows_is_a_verb():
    assert set(VERBS) >= READING


@pytest.mark.parametrize(
    "city", sorted(path.parent.name for path in ROOT.glob("packs/*/pack.toml"))
)
def test_every_verb_can_be_held_by_somebody(city):
    roles = packs.load(ROOT / "packs" / city).library.roles(on=date.max).roles

    assert set().union(*(role.may for role in roles)) == set(VERBS)
