"""What of a name and a scope counts as the business."""

from yipanqi.engine.industries import wording


def test_exceptions_and_legal_notices_are_left_out() -> None:
    read = wording.read(
        "长沙金甲机械制造有限公司",
        "轴承制造（不含汽车轴承）；房屋租赁（依法须经批准的项目，经相关部门批准后方可开展经营活动）",
    )

    assert read.trade == "机械制造"
    assert read.clauses == ("轴承制造", "房屋租赁")


def test_nothing_known_says_nothing() -> None:
    assert wording.read(None, None).is_silent
