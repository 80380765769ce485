"""Pages and tables in Markdown, as every generated page uses them."""

from collections.abc import Iterable


def page(title: str, *parts: str) -> str:
    """A whole page; its first line says where it comes from."""
    made = "<!-- 由 scripts/reference.py 生成，请勿手改；改了代码后执行 make house -->"
    return "\n\n".join([made, f"# {title}", *(part.rstrip() for part in parts)]) + "\n"


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table; bars and line breaks inside cells are made harmless."""
    titles = list(head)
    lines = [titles, ["---"] * len(titles), *(map(_cell, row) for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
