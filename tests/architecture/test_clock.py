"""One clock: nothing but vocab.clock asks the system what time it is."""

import ast
from collections.abc import Iterator

from tests.architecture.house import PACKAGE, modules, place, tree

_CLOCK = PACKAGE / "vocab" / "clock.py"
_BANNED = {
    ("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"),
    ("timezone", "now"), ("timezone", "localdate"), ("timezone", "localtime"), ("time", "time"),
    ("time", "time_ns"), ("time", "localtime"), ("time", "gmtime"),
}  # fmt: skip
_BANNED_IMPORTS = {
    ("time", "time"), ("time", "time_ns"), ("django.utils.timezone", "now"),
    ("django.utils.timezone", "localdate"), ("django.utils.timezone", "localtime"),
}  # fmt: skip


def readings(module: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and name of every look at another clock."""
    for node in ast.walk(module):
        if isinstance(node, ast.Attribute):
            owner = node.value
            last = owner.attr if isinstance(owner, ast.Attribute) else getattr(owner, "id", "")
            if (last, node.attr) in _BANNED:
                yield node.lineno, f"{last}.{node.attr}"
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                if (node.module, alias.name) in _BANNED_IMPORTS:
                    yield node.lineno, f"{node.module}.{alias.name}"


def test_only_the_clock_looks_at_the_clock():
    found = [
        f"{place(path)}:{line} reads {name}"
        for path in modules("src")
        if path != _CLOCK
        for line, name in readings(tree(path))
    ]
    assert found == []


def test_the_guard_sees_each_other_clock():
    source = (
        "datetime.now(UTC)\ndatetime.date.today()\ntimezone.now()\ntime.time()\n"
        "from time import time\nfrom django.utils.timezone import now\n"
    )
    assert {line for line, _ in readings(ast.parse(source))} == {1, 2, 3, 4, 5, 6}
    assert list(readings(ast.parse("time.monotonic(); clock.now(); clock.today()"))) == []
