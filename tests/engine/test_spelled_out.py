"""Small tables spelled out in a query."""

import ibis
import pytest

from yipanqi.engine import sessions, spelled_out


def _rows(table: ibis.Table) -> list[dict[str, object]]:
    with sessions.measures() as session:
        found: list[dict[str, object]] = session.to_pyarrow(table).to_pylist()
    return found


def test_rows_come_back_as_they_were_given() -> None:
    table = spelled_out.table(("link", "place"), [("a-1", "430100"), ("b", 7)])

    assert _rows(table) == [{"link": "a-1", "place": "430100"}, {"link": "b", "place": "7"}]


def test_a_table_without_rows_is_empty() -> None:
    assert _rows(spelled_out.table(("link", "place"), [])) == []


@pytest.mark.parametrize("cell", ["a,b", "a;b"])
def test_a_cell_with_a_separator_is_refused(cell: str) -> None:
    with pytest.raises(ValueError, match="separator"):
        spelled_out.table(("link",), [(cell,)])
