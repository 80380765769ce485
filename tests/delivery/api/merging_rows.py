"""The operations of merging, for the table of who may do what."""

from tests import cast

from yipanqi.domain.investors.services import merging
from yipanqi.roof.merging import RELATIONS

MERGES = frozenset({"dispatcher", "arbiter"})


def rows(row, at_work):
    """Two records to be merged, and two that were."""
    kept, other = cast.enterprise("待并档案有限公司"), cast.enterprise("待并档案公司")
    mark = _mark(kept, other)
    pair = cast.enterprise("已并档案有限公司"), cast.enterprise("已并档案公司")
    decision = merging.Decision(frozenset(), "营业执照同为一份", _mark(*pair))
    done = merging.merge(*pair, decision, RELATIONS, by=cast.dispatcher())
    one = f"enterprises/{kept.public_id}/merging"
    body = {"absorbed": other.public_id, "because": "同一份营业执照", "mark": mark, "fields": []}
    return {
        "merging.preview": row(MERGES, f"{one}/{other.public_id}", sees=at_work),
        "merging.merge": row(MERGES, one, _sent(body), sees=at_work),
        "merging.undo": row(
            MERGES, f"mergings/{done.public_id}/undo", _sent({"because": "两家"}), sees=MERGES
        ),
    }


def _mark(kept, absorbed):
    return merging.preview(kept, absorbed, RELATIONS, seen_by=cast.dispatcher()).mark


def _sent(body):
    return {"data": body, "content_type": "application/json"}
