"""Old lines are read as the newest version would have written them, and stay as they are."""

import json
from pathlib import Path

import pytest

from yipanqi.domain.ledger import events
from yipanqi.domain.ledger.upcasting import UPCASTERS, StepTakenError, Upcasters

GOLDEN = [
    json.loads(line)
    for line in (Path(__file__).parent / "golden_bodies.jsonl").read_text("utf-8").splitlines()
]


@pytest.fixture
def steps():
    """Two steps: a stone's move was first a text, then a number, then a number with a colour."""
    made = Upcasters()
    made.register("tests.stone_moved", 1)(lambda body: {"step": int(str(body["move"]))})
    made.register("tests.stone_moved", 2)(lambda body: {**body, "colour": None})
    return made


@pytest.mark.parametrize("golden", GOLDEN, ids=lambda line: f"{line['kind']}-{line['version']}")
def test_a_golden_line_reads_as_the_newest_version(steps, golden):
    given = json.loads(golden["body"])
    read = steps.latest(golden["kind"], golden["version"], given)

    assert read == golden["latest"]
    assert given == json.loads(golden["body"])


def test_two_steps_for_one_version_are_refused(steps):
    with pytest.raises(StepTakenError, match="第 1 版"):
        steps.register("tests.stone_moved", 1)(dict)


def test_every_event_past_its_first_version_has_all_its_steps():
    missing = [
        (event.kind, version)
        for event in events.known().values()
        for version in range(1, event.version)
        if (event.kind, version) not in UPCASTERS.steps
    ]
    assert missing == []
