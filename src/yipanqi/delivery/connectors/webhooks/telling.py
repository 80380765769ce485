"""A line of the ledger as another system gets it, and the test message."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING

from yipanqi.delivery import ledger_lines
from yipanqi.delivery.connectors.webhooks import posting, signing
from yipanqi.domain.ledger.queries import Line
from yipanqi.domain.notices.services import hooks
from yipanqi.domain.notices.services.sending import Answer
from yipanqi.vocab import clock, public_ids

if TYPE_CHECKING:
    from yipanqi.domain.notices.models import Hook

PING = "notices.ping"


def tell(hook: "Hook", message_id: str, line: Line) -> Answer:
    """Send the line; the receiver knows a repeated one by its id."""
    data = {**ledger_lines.told(line), "when": line.when.isoformat()}
    payload = {"type": line.kind, "timestamp": line.when.isoformat(), "data": data}
    return _send(hook, message_id, payload)


def ping(hook: "Hook") -> Answer:
    """Send a message that says nothing, so that the receiver can be tried."""
    payload = {"type": PING, "timestamp": clock.now().isoformat(), "data": {}}
    return _send(hook, public_ids.new(), payload)


def _send(hook: "Hook", message_id: str, payload: Mapping[str, object]) -> Answer:
    # Asked again each time: the operator may have closed the address since.
    if not hooks.is_open(hook.url):
        return Answer(None, f"运维未开放发往 {hooks.origin(hook.url)}")
    body = json.dumps(payload, ensure_ascii=False, separators=(",", ":")).encode()
    at = int(clock.now().timestamp())
    signed = signing.headers(message_id, at=at, body=body, secret=hooks.secret(hook))
    return posting.post(hook.url, body, signed)
