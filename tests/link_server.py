"""A server for tests of external links: it answers on this machine as a script says, and counts."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Reply:
    """One answer; `after` seconds late, and by HEAD with another status if `head` says so."""

    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    after: float = 0
    head: int = 0


@dataclass
class LinkServer:
    """The script (path -> answers, the last for ever) and what came in."""

    port: int
    script: dict[str, list[Reply]] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    closing: threading.Event = field(default_factory=threading.Event)

    def answers(self, path: str, *replies: Reply) -> str:
        """Sets what a path answers, and returns its address."""
        self.script[path] = list(replies)
        return f"http://pages.invented:{self.port}{path}"

    def take(self, method: str, path: str) -> Reply:
        self.asked.append(f"{method} {path}")
        replies = self.script.get(path, [Reply(404)])
        return replies.pop(0) if len(replies) > 1 else replies[0]


@contextmanager
def serving() -> Iterator[LinkServer]:
    """A server that runs until the block ends."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            reply = server.take(self.command, self.path)
            server.agents.add(self.headers["User-Agent"])
            if reply.after:
                server.closing.wait(reply.after)
            head = self.command == "HEAD"
            self.send_response_only((head and reply.head) or reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.end_headers()
            if not head:
                self.wfile.write(reply.body)

        do_HEAD = do_GET  # noqa: N815

        def log_message(self, format: str, *args: Any) -> None:
            pass

    class Quiet(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, request: Any, client_address: Any) -> None:
            pass  # a client that no longer waits

    with Quiet(("127.0.0.1", 0), Handler) as listener:
        server = LinkServer(listener.server_address[1])
        thread = threading.Thread(target=listener.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            server.closing.set()
            listener.shutdown()
            thread.join()
