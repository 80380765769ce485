"""The steps of a project's life."""

import pytest
from tests.rulebook.town import STAGES, complaints, spoiled

from yipanqi.rulebook.faults import SheetFaults
from yipanqi.rulebook.sheets import parse_sheet
from yipanqi.rulebook.stages import NoSuchEnding, NoSuchStage
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


GROUNDS = 'source = "办法"\nbasis = "sample"\n'
VERIFIED = STAGES.replace(
    'official = "signed"\noptional = false',
    'official = "signed"\noptional = false\nverified = true',
)
TIERS = f"""
[[tier]]
code = "small"
title = "小项目"
below_fen = 100
depth = "unit"
{GROUNDS}
[[tier]]
code = "large"
title = "大项目"
depth = "city"
{GROUNDS}"""
ENDINGS = f"""
[[ending]]
code = "withdrawn"
title = "退库"
parting = "withdrawn"
stages = ["talking", "ready"]
reopens = true
{GROUNDS}"""


def parsed(more):
    return parse_sheet("stages", VERIFIED + more, FILE)


def told(more):
    with pytest.raises(SheetFaults) as found:
        parsed(more)
    return str(found.value)


def test_a_move_passes_the_gates_that_must_be_and_its_own():
    assert [each.code for each in SHEET.on_the_way("talking", "started")] == ["signed", "started"]
    assert [each.code for each in SHEET.on_the_way("talking", "ready")] == ["ready"]
    assert [each.code for each in SHEET.behind("signed")] == ["talking", "ready"]
    assert [each.code for each in SHEET.beyond("talking")] == ["started", "built"]


@pytest.mark.parametrize(
    ("total_fen", "depth"), [(99, "unit"), (100, "city"), (None, "city"), (0, "unit")]
)
def test_the_amount_says_whose_eyes_verify_and_an_unknown_one_asks_for_the_deepest(
    total_fen, depth
):
    assert parsed(TIERS).tier(total_fen).depth == depth


def test_a_city_that_verifies_nothing_has_no_tier():
    assert SHEET.tier(1) is None


def test_a_verified_step_without_tiers_is_a_fault():
    assert "没有写核验层级" in told("")


def test_tiers_rise_and_the_last_has_no_bound():
    assert "最大的项目没有核验层级" in told(
        TIERS.replace('depth = "city"', 'below_fen = 200\ndepth = "city"')
    )
    assert "没有从小到大排" in told(
        TIERS.replace('depth = "city"', 'below_fen = 50\ndepth = "city"')
    )


def test_endings_begin_at_steps_there_are():
    sheet = parsed(TIERS + ENDINGS)

    assert [each.code for each in sheet.endings_from("ready")] == ["withdrawn"]
    assert sheet.endings_from("signed") == ()
    assert "没有阶段“nowhere”" in told(TIERS + ENDINGS.replace('"ready"]', '"nowhere"]'))
    assert "与阶段重名" in told(TIERS + ENDINGS.replace('code = "withdrawn"', 'code = "built"'))


def test_an_unknown_ending_is_refused_by_name():
    with pytest.raises(NoSuchEnding, match="nowhere"):
        SHEET.ending("nowhere")


def test_the_day_a_step_is_reached_is_a_day_somebody_knows():
    spoilt = VERIFIED.replace("verified = true", 'verified = true\nday = "leader"')

    with pytest.raises(SheetFaults, match="没有“leader”这个日期"):
        parse_sheet("stages", spoilt + TIERS, FILE)
