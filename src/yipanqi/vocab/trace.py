"""The id of the request at work, for logs and for the number a user can quote."""

from contextvars import ContextVar

_REQUEST: ContextVar[str] = ContextVar("request_id", default="-")


def request_id() -> str:
    """The id of the request this thread of work serves, or "-" outside one."""
    return _REQUEST.get()


def begin(request_id: str) -> None:
    """Name the request that now begins."""
    _REQUEST.set(request_id)
