"""The signature of a message: HMAC-SHA256 over id, moment and body (Standard Webhooks 1.0.0)."""

import base64
import hashlib
import hmac
from collections.abc import Mapping

_PREFIX = "whsec_"


def headers(message_id: str, *, at: int, body: bytes, secret: str) -> Mapping[str, str]:
    """The headers that let a receiver check the message; `at` is in seconds since 1970."""
    return {
        "Content-Type": "application/json; charset=utf-8",
        "webhook-id": message_id,
        "webhook-timestamp": str(at),
        "webhook-signature": "v1," + signature(message_id, at=at, body=body, secret=secret),
    }


def signature(message_id: str, *, at: int, body: bytes, secret: str) -> str:
    """Base64 of the HMAC over "<id>.<at>.<body>"; the secret is "whsec_" and base64."""
    key = base64.b64decode(secret.removeprefix(_PREFIX))
    signed = f"{message_id}.{at}.".encode() + body
    return base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
