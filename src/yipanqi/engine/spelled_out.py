"""Small tables spelled out in a query itself, as one text: long ones stay quick to compile."""

from collections.abc import Iterable, Sequence

import ibis
import ibis.expr.types as ir

_ROW, _CELL = ";", ","


def table(names: Sequence[str], rows: Iterable[Sequence[str | int]]) -> ir.Table:
    """The rows as a table of texts with those column names, for the caller to cast.

    Only for codes and whole numbers. Raises ValueError for a cell that holds a separator.
    """
    spelled = [[str(cell) for cell in row] for row in rows]
    if any(_ROW in cell or _CELL in cell for row in spelled for cell in row):
        raise ValueError("a cell holds a separator")
    text = ibis.literal(_ROW.join(_CELL.join(row) for row in spelled))
    line = text.split(_ROW).unnest().name("line").as_table()
    cells = line.filter(line.line != "").select(cell=line.line.split(_CELL))
    return cells.select(**{name: cells.cell[place] for place, name in enumerate(names)})
