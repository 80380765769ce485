"""Who stands one step from a link, as its reason tells."""

from decimal import Decimal

import pytest

from yipanqi.engine import adjoining
from yipanqi.engine.diagnosis import LinkDiagnosis
from yipanqi.rulebook.chains import ChainTables, Supply
from yipanqi.rulebook.sources import Basis

# Steel goes into pumps; pumps and motors go into four kinds of machines.
FLOWS = (
    ("steel", "pump"), ("pump", "crane"), ("pump", "mixer"), ("pump", "digger"),
    ("pump", "loader"), ("motor", "crane"), ("axle", "crane"),
)  # fmt: skip
TABLES = ChainTables(
    supplies=tuple(Supply("c", one, other, "件", "测试", Basis.SAMPLE) for one, other in FLOWS)
)


def _link(code: str, local: int, status: str = "weak", action: str = "育链") -> LinkDiagnosis:
    return LinkDiagnosis(
        link_code=code, link=code.upper(), position="midstream", local_enterprises=local,
        local_traders=0, local_capital_wan=Decimal(0), capital_not_counted=0,
        national_enterprises=500, all_local=1000, all_national=90000, quotient=Decimal(1),
        local_customers=0, local_suppliers=0, strong_cities=0, suppliers=(), status=status,
        action=action, reason="理由", rule="test", source="测试", sample=True,
    )  # fmt: skip


MACHINES = (_link("crane", 30), _link("mixer", 5), _link("digger", 8), _link("loader", 0))


@pytest.mark.parametrize(
    ("machines", "words"),
    [
        (MACHINES, "本市要用它的环节：CRANE 30 家、DIGGER 8 家、MIXER 5 家"),
        (
            (*MACHINES[:3], _link("loader", 2)),
            "本市要用它的环节：CRANE 30 家、DIGGER 8 家、MIXER 5 家 等 4 个",
        ),
        ((), ""),
    ],
)
def test_a_gap_to_fill_names_who_needs_it_here_the_most_first(
    machines: tuple[LinkDiagnosis, ...], words: str
) -> None:
    pump = _link("pump", 1, "missing", "补链")

    assert adjoining.told(pump, [pump, _link("steel", 90), *machines], TABLES) == words


def test_a_link_to_extend_to_names_the_strong_ones_it_lies_beyond() -> None:
    crane = _link("crane", 1, "missing", "延链")
    before = [_link("pump", 40), _link("motor", 25, "strong"), _link("axle", 3, "strong")]

    told = adjoining.told(crane, [crane, *before], TABLES)

    assert told == "往上一步本市的强项：MOTOR 25 家、AXLE 3 家"


def test_without_a_strong_one_those_are_named_that_can_supply_it() -> None:
    crane = _link("crane", 1, "missing", "延链")

    assert adjoining.told(crane, [crane, _link("pump", 40)], TABLES) == (
        "本市能供它的环节：PUMP 40 家"
    )


def test_other_actions_name_nobody() -> None:
    pump = _link("pump", 9, "strong", "强链")

    assert adjoining.told(pump, [pump, *MACHINES], TABLES) == ""
