"""Posting one message: no redirect is followed, no proxy used, nothing of the answer kept."""

import http.client
from collections.abc import Mapping
from urllib.parse import urlsplit

from yipanqi.domain.notices.services.sending import Answer

SECONDS = 10


def post(url: str, body: bytes, headers: Mapping[str, str]) -> Answer:
    """The receiver's status, or why there was none after ten seconds."""
    parts = urlsplit(url)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    connection = kind(parts.hostname or "", parts.port, timeout=SECONDS)
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    try:
        connection.request("POST", path, body, dict(headers))
        status = connection.getresponse().status
    except (OSError, http.client.HTTPException, UnicodeError) as error:
        return Answer(None, f"连接不成：{type(error).__name__}")
    finally:
        connection.close()
    answer = Answer(status)
    return answer if answer.is_good else Answer(status, f"对方答复 {status}，应为 2xx")
