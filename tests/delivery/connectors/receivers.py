"""A system that is told things: a real server on loopback that keeps what it was sent."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer


@dataclass
class Receiver:
    """What came, and the statuses it answers with: the last one for ever."""

    port: int = 0
    statuses: list[int] = field(default_factory=lambda: [200])
    heads: list[dict[str, str]] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def listening() -> Iterator[Receiver]:
    """A receiver that answers 200 until told otherwise."""
    receiver = Receiver()

    def answer(handler: BaseHTTPRequestHandler) -> None:
        receiver.heads.append(dict(handler.headers))
        receiver.bodies.append(handler.rfile.read(int(handler.headers["Content-Length"])))
        several = len(receiver.statuses) > 1
        status = receiver.statuses.pop(0) if several else receiver.statuses[0]
        handler.send_response(status)
        handler.send_header("Location", "/elsewhere")
        handler.end_headers()

    # The standard library asks for these names.
    acts = {"do_POST": answer, "log_message": lambda *_: None}
    server = HTTPServer(("127.0.0.1", 0), type("Answering", (BaseHTTPRequestHandler,), acts))
    receiver.port = server.server_port
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield receiver
    finally:
        server.shutdown()
        server.server_close()
