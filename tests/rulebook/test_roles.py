"""Roles as data."""

import pytest
from tests.rulebook.town import ROLES, complaints, line_of, spoiled

from yipanqi.rulebook.roles import NoSuchRole
from yipanqi.rulebook.sheets import parse_sheet
from yipanqi.vocab.actors import Reach
from yipanqi.vocab.labels import Label

FILE = "roles/2018-01-01.toml"
SHEET = parse_sheet("roles", ROLES, FILE)


def test_a_role_says_how_far_it_sees_for_each_label():
    clerk = SHEET.find("clerk")

    assert clerk.reach(Label.INTERNAL) is Reach.UNIT
    assert clerk.reach(Label.WORK_SECRET) is Reach.NONE
    assert SHEET.open_to("park") == (clerk,)
    assert SHEET.open_to("bureau") == ()


def test_an_unknown_role_is_refused_by_name():
    with pytest.raises(NoSuchRole, match="king"):
        SHEET.find("king")


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('["projects.create"]', '["projects.destroy"]', "不认识的动作“projects.destroy”"),
        ('["projects.create"]', '["projects.create"]\nread_only = true', "只读角色不能有动作"),
        ('kinds = ["park"]', 'kinds = ["village"]', "不认识的单位类型“village”"),
        ('internal = "unit"', 'internal = "street"', "internal 的值“street”不对"),
        ('work_secret = "none"\n', "", "缺少 work_secret"),
        ('work_secret = "none"', 'state_secret = "none"', "不认识的键 state_secret"),
    ],
)
def test_what_the_code_does_not_know_is_a_fault_at_its_line(old, new, said):
    found = complaints(spoiled(FILE, old, new))

    assert any(said in one for one in found)
    assert all(one.startswith(FILE) for one in found)


def test_a_fault_inside_a_sub_table_is_placed_at_its_own_line():
    (said,) = complaints(spoiled(FILE, 'internal = "unit"', 'internal = "street"'))

    assert said.startswith(f"{FILE}:{line_of(FILE, 'internal =')}:")
