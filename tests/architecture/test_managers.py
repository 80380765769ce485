"""A screen cannot go round its queries: managers are touched only inside the domain."""

import ast
from collections.abc import Iterator

from tests.architecture.house import modules, place, tree

_DOORS = {"objects", "_default_manager", "_base_manager"}
_ABOVE = ("src/yipanqi/delivery", "src/yipanqi/roof")


def manager_uses(module: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and name of every reach for a manager."""
    for node in ast.walk(module):
        if isinstance(node, ast.Attribute) and node.attr in _DOORS:
            yield node.lineno, node.attr


def test_no_manager_is_touched_above_the_domain():
    found = [
        f"{place(path)}:{line} reaches for .{name}"
        for path in modules(*_ABOVE)
        for line, name in manager_uses(tree(path))
    ]
    assert found == []


def test_the_guard_sees_a_manager_behind_an_object():
    assert list(manager_uses(ast.parse("type(project).objects.all()"))) == [(1, "objects")]
