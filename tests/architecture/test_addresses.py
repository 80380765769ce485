"""Below delivery nothing knows that there is a web: no addresses, no requests, no templates."""

import ast
from collections.abc import Iterator

from tests.architecture.house import modules, place, tree

_WEB = ("django.urls", "django.http", "django.shortcuts", "django.template", "django.views")
_BELOW = tuple(f"src/yipanqi/{floor}" for floor in ("vocab", "rulebook", "engine", "domain"))


def web_imports(module: ast.Module) -> Iterator[tuple[int, str]]:
    """Line and name of every import that only delivery may make."""
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        else:
            continue
        for name in names:
            if any(name == web or name.startswith(f"{web}.") for web in _WEB):
                yield node.lineno, name


def test_nothing_below_delivery_imports_the_web():
    found = [
        f"{place(path)}:{line} imports {name}"
        for path in modules(*_BELOW)
        for line, name in web_imports(tree(path))
    ]
    assert found == []


def test_the_guard_sees_each_way_of_importing():
    source = "import django.urls\nfrom django import http\nfrom django.shortcuts import render\n"
    lines = {line for line, _ in web_imports(ast.parse(source))}
    assert lines == {1, 2, 3}
