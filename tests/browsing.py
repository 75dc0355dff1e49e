"""A reader with a real browser: a site served, and a window on it that keeps all that goes wrong."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Dialog, Page

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}

SHIFTS = """
window.moved = [];
new PerformanceObserver(list => {
  for (const shift of list.getEntries())
    for (const source of shift.sources)
      // The theme's own header moves when its palette button wakes.
      if (source.node && !source.node.parentElement?.closest(".md-header")) moved.push(source.node.nodeName);
}).observe({type: "layout-shift", buffered: true});
"""
"""Keeps in `moved` what moves after it was painted."""


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Says nothing."""


@contextmanager
def served(site: Path) -> Iterator[str]:
    """The address of a site while it is served."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(site))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@dataclass
class Visit:
    """A reader's window, with all that went wrong in it and all that it asked for."""

    page: Page
    base: str
    faults: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.set_default_timeout(15_000)
        self.page.on("request", lambda request: self.requests.append(request.url))
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("console", lambda said: self.faults.append(said.text) if said.type == "error" else None)
        self.page.on("dialog", self._dialog)

    def _dialog(self, dialog: Dialog) -> None:
        self.dialogs.append(dialog.message)
        dialog.dismiss()

    def go(self, path: str) -> Page:
        self.page.goto(self.base + path, wait_until="load")
        return self.page

    @property
    def elsewhere(self) -> list[str]:
        """What was asked of another host."""
        return [url for url in self.requests if not url.startswith((self.base, "data:", "blob:"))]


@contextmanager
def visit(browser: Browser, base: str, **context: Any) -> Iterator[Visit]:
    window = browser.new_context(**{"viewport": DESK, **context})
    try:
        yield Visit(window.new_page(), base)
    finally:
        window.close()
