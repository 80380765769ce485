"""Which enterprises speak of which links of which chains in their registered scopes."""

from functools import reduce

import ibis
import ibis.expr.types as ir

from yipanqi.engine import clauses
from yipanqi.engine.sentences import SPOKEN, spoken

_END = ";"
__all__ = ["MENTIONS", "SPOKEN", "mentions", "sentences", "spoken"]

# A mention of a link by an enterprise. `confidence` is from 0 to 1, two digits; `clauses` counts
# the clauses of the whole scope outside brackets, so that a specialist can be told from an
# enterprise that lists everything.
MENTIONS = ibis.schema(
    {
        "id": "string",
        "chain": "string",
        "link": "string",
        "term": "string",
        "clause": "string",
        "role": "string",
        "confidence": "float64",
        "clauses": "int64",
    }
)


def sentences(registry: ir.Table) -> ir.Table:
    """Each sentence of each enterprise's scope: (id, sentence).

    `registry` has `id` and `scope`.
    """
    told = registry.filter(registry.scope.notnull())
    # Plain replacing is twice as quick as splitting by a pattern.
    evenly = reduce(lambda text, mark: text.replace(mark, _END), clauses.ENDS, told.scope)
    return told.select("id", sentence=evenly.split(_END).unnest())


def mentions(registry: ir.Table, spoken: ir.Table) -> ir.Table:
    """Which enterprise speaks of which link, as rows of `MENTIONS`, each once.

    `registry` has `id` and `scope`; `spoken` has the columns of `SPOKEN`.
    """
    said = sentences(registry).join(spoken, "sentence").drop("sentence").distinct()
    speakers = registry.semi_join(said, "id")
    counted = speakers.select("id", clauses=_clause_count(speakers.scope))
    joined = said.join(counted, "id").select(*MENTIONS.names)
    assert joined.schema() == MENTIONS, joined.schema()
    return joined


def _clause_count(scope: ir.StringValue) -> ir.IntegerValue:
    parted = scope.re_replace(clauses.BRACKET_PATTERN, "").re_replace(clauses.CLAUSE_PATTERN, "、")
    trimmed = parted.re_replace("^、|、$", "")
    return (trimmed.length() - trimmed.replace("、", "").length() + 1).cast("int64")
