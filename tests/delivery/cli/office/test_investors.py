"""A list of 500 from an operator's file."""

import pytest
from tests import cast

from yipanqi.delivery.cli import main
from yipanqi.domain.investors.models import ListMembership

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("city")]
NAME = "江苏示例液压科技有限公司"


def noted(tmp_path, text, *more):
    file = tmp_path / "list.csv"
    file.write_text(text, "utf-8")
    told = ("--roll", "private500", "--year", "2017", "--source", "全国工商联")
    return main.main(["investors", "ranks", str(file), *told, *more])


def test_registered_ones_are_noted_and_others_named(tmp_path, capsys):
    cast.enterprise(NAME)

    ended = noted(tmp_path, f"名次,企业名称\n12,{NAME}\n13,没有登记的公司\n")

    assert ended == 0
    assert ListMembership.objects.get().rank == 12
    assert "新记 1" in (told := capsys.readouterr().out)
    assert "未登记：没有登记的公司" in told


def test_a_trial_writes_nothing(tmp_path, capsys):
    cast.enterprise(NAME)

    noted(tmp_path, f"名次,企业名称\n12,{NAME}\n", "--try")

    assert "试算" in capsys.readouterr().out
    assert not ListMembership.objects.exists()


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("编号\n1\n", "第 1 行没有企业名称一列"),
        (f"名次,企业名称\n第一,{NAME}\n", "第 2 行的名次“第一”"),
        (f"名次,企业名称\n501,{NAME}\n", "1 至 500"),
    ],
)
def test_a_file_that_is_no_list_names_the_row_and_changes_nothing(tmp_path, capsys, text, says):
    cast.enterprise(NAME)

    assert noted(tmp_path, text) == 2
    assert says in capsys.readouterr().err
    assert not ListMembership.objects.exists()
