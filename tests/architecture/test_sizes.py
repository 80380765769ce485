"""Files and functions fit into one look, and every module says what it is."""

import ast
from collections.abc import Iterator

from tests.architecture.house import modules, place, tree

LINES_OF_FILE, LINES_OF_FUNCTION, PARAMETERS = 300, 40, 6
_Function = ast.FunctionDef | ast.AsyncFunctionDef


def faults(source: str, module: ast.Module) -> Iterator[str]:
    """Everything in one module that is too large, and a missing first sentence."""
    count = len(source.splitlines())
    if count > LINES_OF_FILE:
        yield f"has {count} lines, at most {LINES_OF_FILE}"
    for node in ast.walk(module):
        if isinstance(node, _Function):
            yield from _function_faults(node)


def _function_faults(node: _Function) -> Iterator[str]:
    lines = (node.end_lineno or node.lineno) - node.lineno + 1
    if lines > LINES_OF_FUNCTION:
        yield f":{node.lineno} {node.name} has {lines} lines, at most {LINES_OF_FUNCTION}"
    names = [a.arg for a in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
    given = [name for name in names if name not in {"self", "cls"}]
    if len(given) > PARAMETERS:
        yield f":{node.lineno} {node.name} takes {len(given)} parameters, at most {PARAMETERS}"


def has_first_sentence(source: str, module: ast.Module) -> bool:
    """Whether the module opens with a sentence; an empty one has nothing to say."""
    said = (ast.get_docstring(module) or "").split("\n")[0]
    return not source.strip() or said.endswith((".", "?", "!", "。"))


def test_every_file_and_function_fits_into_one_look():
    found = [
        f"{place(path)} {fault}"
        for path in modules()
        for fault in faults(path.read_text("utf-8"), tree(path))
    ]
    assert found == []


def test_every_module_opens_with_a_sentence():
    found = [
        place(path)
        for path in modules("src", "scripts", "bench")
        if not has_first_sentence(path.read_text("utf-8"), tree(path))
    ]
    assert found == []


def test_the_guard_sees_each_excess():
    body = "    x = 1\n" * LINES_OF_FUNCTION
    source = f"def far(a, b, c, d, *, e, f, g):\n{body}" + "\n" * LINES_OF_FILE
    found = list(faults(source, ast.parse(source)))
    assert len(found) == 3
    assert not has_first_sentence(source, ast.parse(source))
    assert not has_first_sentence('"""No stop"""', ast.parse('"""No stop"""'))
