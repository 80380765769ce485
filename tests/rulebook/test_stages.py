"""The steps of a project's life."""

import pytest
from tests.rulebook.town import STAGES, complaints, spoiled

from yipanqi.rulebook.sheets import parse_sheet
from yipanqi.rulebook.stages import NoSuchStage
from yipanqi.vocab.stages import Official

SHEET = parse_sheet("stages", STAGES, "stages/2018-01-01.toml")
FILE = "stages/2018-01-01.toml"


def test_next_steps_run_up_to_the_first_that_cannot_be_passed_over():
    assert [stage.code for stage in SHEET.next_steps("talking")] == ["ready", "signed"]
    assert [stage.code for stage in SHEET.next_steps("ready")] == ["signed"]
    assert SHEET.next_steps("built") == ()


def test_finer_steps_count_as_their_official_stage():
    assert SHEET.official("ready") is Official.TALKING
    assert [stage.code for stage in SHEET.of(Official.TALKING)] == ["talking", "ready"]


def test_an_unknown_step_is_refused_by_name():
    with pytest.raises(NoSuchStage, match="nowhere"):
        SHEET.find("nowhere")


def test_steps_that_run_backwards_are_a_fault():
    spoilt = spoiled(FILE, 'code = "started"\ntitle = "开工"\nofficial = "started"',
                     'code = "started"\ntitle = "开工"\nofficial = "talking"')  # fmt: skip

    assert any("退回到了在谈" in said for said in complaints(spoilt))
    assert any("没有一个必经阶段对应“开工”" in said for said in complaints(spoilt))
