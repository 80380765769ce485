"""The drawing of a chain: lanes, columns and arrows."""

from itertools import combinations

from yipanqi.delivery.desk.chains.drawing import MOST_NODES, Point, drawing

POINTS = [
    Point("steel", "高强钢", "upstream"),
    Point("part", "液压件", "upstream"),
    Point("digger", "挖掘机", "midstream"),
    Point("rent", "租赁", "downstream"),
]
ARROWS = [("steel", "part"), ("part", "digger"), ("digger", "rent")]


def at(drawn, code):
    return next(node for node in drawn.nodes if node.code == code)


def test_every_supplier_stands_left_of_its_customer():
    drawn = drawing(POINTS, ARROWS)

    assert all(at(drawn, a).x < at(drawn, b).x for a, b in ARROWS)


def test_no_two_boxes_lie_on_each_other():
    points = [Point(f"p{n}", f"环节{n}", "upstream") for n in range(30)]

    nodes = drawing(points, []).nodes

    assert len(nodes) == len(points)
    assert all(
        abs(a.x - b.x) >= a.width or abs(a.y - b.y) >= a.height for a, b in combinations(nodes, 2)
    )


def test_every_box_lies_within_its_lane_and_the_picture():
    drawn = drawing(POINTS, ARROWS)
    lanes = {lane.code: lane for lane in drawn.lanes}

    for point in POINTS:
        node, lane = at(drawn, point.code), lanes[point.lane]
        assert lane.x <= node.x
        assert node.x + node.width <= lane.x + lane.width <= drawn.width
        assert node.y + node.height <= drawn.height


def test_links_that_supply_each_other_are_drawn_all_the_same():
    drawn = drawing(POINTS, [("steel", "part"), ("part", "steel")])

    assert len(drawn.arrows) == 2


def test_links_beyond_the_limit_are_counted_and_not_drawn():
    points = [Point(f"p{n}", "环节", "upstream") for n in range(MOST_NODES + 3)]

    drawn = drawing(points, [("p0", f"p{MOST_NODES + 1}")])

    assert (len(drawn.nodes), drawn.left_off, list(drawn.arrows)) == (MOST_NODES, 3, [])


def test_arrows_cross_less_than_in_the_order_given():
    ups = [Point(f"u{n}", "上", "upstream") for n in range(4)]
    downs = [Point(f"d{n}", "下", "midstream") for n in range(4)]
    pairs = [(f"u{n}", f"d{3 - n}") for n in range(4)]

    drawn = drawing([*ups, *downs], pairs)

    order = sorted(pairs, key=lambda pair: at(drawn, pair[0]).y)
    assert [at(drawn, b).y for _a, b in order] == sorted(at(drawn, b).y for _a, b in pairs)
