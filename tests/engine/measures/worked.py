"""The worked tables of the documents, so that tests assert the very figures a reader sees."""

from pathlib import Path

PAGES = Path(__file__).parents[3] / "docs" / "algorithms"


def rows(page: str, heading: str) -> list[dict[str, str]]:
    """The rows of the first table under a heading of a page, by column."""
    lines = (PAGES / f"{page}.md").read_text("utf-8").splitlines()
    after = lines[lines.index(heading) :]
    start = next(number for number, line in enumerate(after) if line.startswith("|"))
    table = []
    for line in after[start:]:
        if not line.startswith("|"):
            break
        table.append([cell.strip() for cell in line.strip("|").split("|")])
    head, _, *body = table
    return [dict(zip(head, row, strict=True)) for row in body]
