"""Names say what a thing is: no drawers for everything, no get_ and do_, no star imports."""

import ast
from collections.abc import Iterator

from tests.architecture.house import modules, place, tree

_DRAWERS = {
    "utils", "util", "helpers", "helper", "common", "misc", "base", "core", "manager", "managers",
    "processor", "handler", "handlers", "data", "info", "obj", "tmp", "flag",
}  # fmt: skip
_PREFIXES = ("get_", "do_")
# Names that Django, allauth and ninja call; they are theirs, not ours.
_THEIRS = {
    "get_absolute_url",
    "get_queryset",
    "get_context_data",
    "get_form_kwargs",
    "get_login_redirect_url",
    "get_prep_value",
    "get_db_prep_value",
    "get_internal_type",
    "get_object",
    "get_password_change_redirect_url",
    "get_signup_redirect_url",
    "get_logout_redirect_url",
    "get_client_ip",
    "get_openapi_operation_id",
    "get_openapi_schema",
    "get_response",
    "get_user",
}


def faults(name: str, module: ast.Module) -> Iterator[str]:
    """Every name in one module that says nothing."""
    if name in _DRAWERS:
        yield f"is called {name}: say what is in it"
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            if node.name.startswith(_PREFIXES) and node.name not in _THEIRS:
                yield f":{node.lineno} {node.name}: a function that gives is a noun"
        elif isinstance(node, ast.ImportFrom) and _takes_all(node):
            yield f":{node.lineno} imports everything from {node.module}"


def _takes_all(node: ast.ImportFrom) -> bool:
    # A settings module that differs from ours must carry all its names.
    starred = any(alias.name == "*" for alias in node.names)
    return starred and node.module != "yipanqi.roof.settings"


def test_every_name_says_what_it_is():
    found = [
        f"{place(path)} {fault}" for path in modules() for fault in faults(path.stem, tree(path))
    ]
    assert found == []


def test_the_guard_sees_each_empty_name():
    source = (
        "from os import *\ndef get_rows(): ...\ndef do_it(): ...\ndef get_queryset(self): ...\n"
    )
    assert len(list(faults("utils", ast.parse(source)))) == 4
