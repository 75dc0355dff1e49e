"""A strict reader of YAML: text -> a tree of plain values that remembers every line and column.

It refuses what misleads people in YAML (tags, anchors, duplicate keys, bare nulls, words and numbers
that tools read differently) and bounds size, depth and count, so that no file can exhaust the machine.
PyYAML's events are read one by one and nothing recurses: a hostile nesting ends with a problem. The C
parser is named explicitly, so that every machine reads alike.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from build_tools.problems import Problem

MAX_BYTES = 64_000
MAX_DEPTH = 12
MAX_NODES = 6_000

Key = tuple[str | int, ...]
Mark = tuple[int, int]

INTEGER = re.compile(r"^(0|-?[1-9][0-9]{0,14})$")
DECIMAL = re.compile(r"^-?(0|[1-9][0-9]{0,14})\.[0-9]{1,15}$")
NULLS = frozenset({"", "~", "null", "Null", "NULL"})
TRAPS = (
    (
        re.compile(r"^(yes|no|on|off|y|n)$", re.I),
        "many programs read {0} as true or false",
    ),
    (re.compile(r"^(true|false)$", re.I), "true and false are written in small letters; {0} may be text"),
    (re.compile(r"^[-+]?[0-9]+(:[0-9]+)+(\.[0-9]*)?$"), "some programs read {0} as a number in base sixty"),
    (re.compile(r"^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ].*)?$"), "some programs read {0} as a date"),
    (re.compile(r"^[-+]?0[0-9_]+$"), "some programs read {0} as an octal number"),
    (re.compile(r"^[-+]?[0-9][0-9_]*_[0-9_]*$"), "some programs drop the low line in {0}"),
    (
        re.compile(r"^[-+]?(\.[0-9]+|[0-9]+\.?[0-9]*)([eE][-+]?[0-9]+)?$"),
        "programs differ in how they read the number {0}",
    ),
    (re.compile(r"^[-+]?0[xXoObB][0-9a-fA-F_]+$"), "some programs read {0} as a number"),
    (re.compile(r"^[-+]?\.(inf|nan)$", re.I), "{0} is not a number that can be reported"),
    (re.compile(r"^(=|<<)$"), "{0} has a meaning of its own in YAML"),
)
SMART_QUOTES = "“”„‟«»‘‚‛"
INVISIBLE = re.compile(
    "[\u00a0\u00ad\u200b-\u200f\u2028-\u202f\u205f-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
CONTROL = re.compile("[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u2028\u2029\ufffe\uffff]")
HIDDEN = re.compile(f"\r|{CONTROL.pattern}|{INVISIBLE.pattern}")
FULL_WIDTH = re.compile("[\uff01-\uff5e\u2212]")


@dataclass
class Tree:
    """A file's content: `data` holds plain values, `values` and `keys` the marks of each path."""

    data: object = None
    values: dict[Key, Mark] = field(default_factory=dict)
    keys: dict[Key, Mark] = field(default_factory=dict)

    def mark(self, path: Key) -> Mark:
        """Where the value at `path` stands, or its nearest ancestor that stands in the file.

        A step may stand inside a long form: `surgeries[0]` is found below `surgeries.value`, too.
        """
        found: Key = ()
        for step in path:
            longer = ((*found, step), (*found, "value", step))
            found = next((key for key in longer if key in self.values), found)
        return self.values.get(found, (1, 1))


@dataclass
class _Open:
    """A mapping or a list that has begun and not yet ended."""

    value: dict[str, object] | list[object]
    path: Key
    key: str | None = None

    @property
    def next_path(self) -> Key:
        return (*self.path, len(self.value) if self.key is None else self.key)


class _Refused(Exception):
    """Ends the reading of a file at once; the problem is already noted."""


class _Reader:
    """Turns the events of one file into a tree, and notes problems on the way."""

    def __init__(self, file: str, text: str, first_line: int) -> None:
        self.file, self.text, self.first_line = file, text, first_line
        self.lines = text.split("\n")
        self.tree = Tree()
        self.problems: list[Problem] = []
        self.open: list[_Open] = []
        self.nodes = 0
        self.done = False

    def note(self, mark: Mark, message: str, hint: str = "", path: Key = (), rank: int = 1) -> None:
        self.problems.append(Problem(self.file, rank, mark[0], mark[1], dotted(path), message, hint))

    def refuse(self, mark: Mark, message: str, hint: str = "") -> _Refused:
        self.note(mark, message, hint, rank=0)
        return _Refused()

    def place(self, mark: Any) -> Mark:
        """A mark of PyYAML, which the C and the Python parser make of different types."""
        return (mark.line + self.first_line, mark.column + 1)

    def read(self) -> Tree:
        try:
            self._characters()
            for event in yaml.parse(self.text, Loader=yaml.CSafeLoader):
                self._event(event)
        except _Refused:
            pass
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            self.note(
                self.place(mark) if mark else (self.first_line, 1),
                f"this is not YAML: {error.problem}",
                _syntax_hint(error, self.lines),
                rank=0,
            )
        except yaml.YAMLError as error:
            self.note((self.first_line, 1), f"this is not YAML: {error}", rank=0)
        if not self.done and not self.problems:
            self.note((self.first_line, 1), "the file is empty", "write the record's fields", rank=0)
        return self.tree

    def _characters(self) -> None:
        for number, line in enumerate(self.lines, self.first_line):
            if line.startswith(("<<<<<<<", ">>>>>>>", "=======")):
                raise self.refuse(
                    (number, 1), "a merge conflict was left in the file", "keep one of the two versions"
                )
            if control := CONTROL.search(line):
                raise self.refuse(
                    (number, control.start() + 1),
                    f"the control character U+{ord(control[0]):04X} can't stand in a file",
                    "delete it",
                )
            for match in INVISIBLE.finditer(line):
                name = unicodedata.name(match[0], "unnamed")
                self.note(
                    (number, match.start() + 1),
                    f"the invisible character U+{ord(match[0]):04X} ({name})",
                    "delete it, or write a plain space",
                )
            for match in FULL_WIDTH.finditer(line):
                plain = "-" if match[0] == "\u2212" else unicodedata.normalize("NFKC", match[0])
                self.note(
                    (number, match.start() + 1),
                    f"the character U+{ord(match[0]):04X} looks like '{plain}' and is another",
                    f"write '{plain}'",
                )
            if line != (composed := unicodedata.normalize("NFC", line)):
                column = next(i for i, (a, b) in enumerate(zip(line, composed, strict=False), 1) if a != b)
                self.note(
                    (number, column),
                    "an accented letter is written as two characters",
                    "type it again as one character (Unicode NFC)",
                )

    def _event(self, event: yaml.Event) -> None:
        mark = self.place(event.start_mark)
        if isinstance(event, yaml.DocumentStartEvent) and self.done:
            raise self.refuse(mark, "a second document begins here", "keep one record a file; delete '---'")
        if isinstance(event, yaml.AliasEvent):
            raise self.refuse(
                mark, "an alias ('*') is not allowed", "write the value out, or put quotes round it"
            )
        if isinstance(event, yaml.NodeEvent):
            self.nodes += 1
            if self.nodes > MAX_NODES:
                raise self.refuse(mark, f"the file holds more than {MAX_NODES} values", "split it")
            if event.anchor is not None:
                raise self.refuse(
                    mark, "an anchor ('&') is not allowed", "put quotes round text that begins so"
                )
            tag = getattr(event, "tag", None)
            if tag is not None:
                raise self.refuse(
                    mark, f"a tag ({tag[:40]!r}) is not allowed", "put quotes round text that begins with '!'"
                )
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event, mark)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self._begin({} if isinstance(event, yaml.MappingStartEvent) else [], mark)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self.open.pop()

    def _begin(self, value: dict[str, object] | list[object], mark: Mark) -> None:
        if len(self.open) >= MAX_DEPTH:
            raise self.refuse(mark, f"the file nests deeper than {MAX_DEPTH} levels", "flatten it")
        if self.open and isinstance(self.open[-1].value, dict) and self.open[-1].key is None:
            raise self.refuse(mark, "a list or mapping stands where a field name is wanted")
        path = self.open[-1].next_path if self.open else ()
        self._add(value, mark)
        self.open.append(_Open(value, path))

    def _scalar(self, event: yaml.ScalarEvent, mark: Mark) -> None:
        parent = self.open[-1] if self.open else None
        self._escapes(event, mark)
        if parent is not None and isinstance(parent.value, dict) and parent.key is None:
            self._key(parent, event.value, mark)
            return
        path = parent.next_path if parent else ()
        value: object = event.value
        if not event.style:  # plain; the C parser says "" and the Python one None
            self._comment_trap(event)
            value = self._plain(event.value, mark, path)
        elif event.style in "|>" and not event.value.strip():
            hint = f"put quotes round text that begins with {event.style}"
            self.note(mark, "there is no text here", hint, path)
        self._add(value, mark)

    def _key(self, parent: _Open, key: str, mark: Mark) -> None:
        path = (*parent.path, key)
        assert isinstance(parent.value, dict)
        if key in parent.value:
            first = self.tree.keys[path]
            self.note(mark, f"'{key}' stands twice; the first is on line {first[0]}", "keep one", path)
        else:
            self.tree.keys[path] = mark
        parent.key = key

    def _plain(self, text: str, mark: Mark, path: Key) -> object:
        if text in NULLS:
            # A key of several words is the rest of a text that a comma inside { } has cut off.
            cut = text == "" and " " in str(path[-1] if path else "")
            self.note(
                mark,
                "there is no value here",
                "a comma inside { } ends a text; put quotes round the text"
                if cut
                else "write a value or a state such as 'unknown', or delete the line",
                path,
            )
            return None
        if text in ("true", "false"):
            return text == "true"
        if INTEGER.match(text):
            return int(text)
        if DECIMAL.match(text):
            return float(text)
        for pattern, why in TRAPS:
            if pattern.match(text):
                quoted = f'"{text}"'
                self.note(mark, why.format(f"'{text}'"), f"write {quoted} if it is text", path)
                break
        if text[0] in SMART_QUOTES:
            self.note(
                mark,
                f"the text begins with {text[0]}, which is no YAML quote",
                'use straight quotes (")',
                path,
            )
        return text

    def _escapes(self, event: yaml.ScalarEvent, mark: Mark) -> None:
        """Double quotes can write by escape what `_characters` did not see."""
        hidden = HIDDEN.search(event.value) if event.style == '"' else None
        if hidden and hidden[0] not in self.text:
            self.note(mark, f"an escape writes the hidden character U+{ord(hidden[0]):04X}", "delete it")

    def _comment_trap(self, event: yaml.ScalarEvent) -> None:
        """`Report of case #2` would lose its end, for YAML takes ` #` for a comment."""
        end: Any = event.end_mark
        rest = self.lines[end.line][end.column :] if end.line < len(self.lines) else ""
        if re.match(r"[ \t]*#[^\s#!]", rest):
            column = end.column + len(rest) - len(rest.lstrip()) + 1
            self.note(
                (end.line + self.first_line, column),
                "YAML takes everything from ' #' on for a comment",
                "put quotes round the text, or write a space after '#' if it is a comment",
            )

    def _add(self, value: object, mark: Mark) -> None:
        if not self.open:
            self.tree.data, self.done = value, True
            self.tree.values[()] = mark
            return
        parent = self.open[-1]
        self.tree.values.setdefault(parent.next_path, mark)
        if isinstance(parent.value, list):
            parent.value.append(value)
        else:
            assert parent.key is not None
            parent.value.setdefault(parent.key, value)
            parent.key = None


def read_tree(file: str, text: str, first_line: int = 1) -> tuple[Tree, list[Problem]]:
    """The tree of a YAML text, and what is wrong with it; lines count from `first_line`."""
    reader = _Reader(file, text, first_line)
    tree = reader.read()
    return tree, reader.problems


def decode(file: str, content: bytes) -> tuple[str, list[Problem]]:
    """The text of a file: UTF-8, not too large, with any line ends; or the problem with it."""

    def refused(message: str, hint: str, line: int = 1, column: int = 1) -> tuple[str, list[Problem]]:
        return "", [Problem(file, 0, line, column, "", message, hint)]

    if len(content) > MAX_BYTES:
        return refused(f"the file is larger than {MAX_BYTES // 1000} kB", "split it, or shorten its notes")
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        return refused(
            "the file is not UTF-8 text",
            "save it again with the encoding UTF-8",
            before.count(b"\n") + 1,
            error.start - before.rfind(b"\n"),
        )
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    if "\r" in text:
        until = text[: text.index("\r")]
        return refused(
            "a line ends with a bare carriage return",
            "save the file with usual line ends",
            until.count("\n") + 1,
            len(until) - until.rfind("\n"),
        )
    return text, []


def dotted(path: Key) -> str:
    """A path as people write it: `surgeries[0].blood_loss`."""
    return "".join(_steps(path)).removeprefix(".")


def _steps(path: Key) -> Iterator[str]:
    for step in path:
        yield f"[{step}]" if isinstance(step, int) else f".{step}"


def _syntax_hint(error: yaml.MarkedYAMLError, lines: list[str]) -> str:
    what = str(error.problem)
    mark = error.problem_mark or error.context_mark
    line = lines[mark.line] if mark is not None and mark.line < len(lines) else ""
    if "mapping values are not allowed" in what:
        return "put quotes round a text that holds ': '"
    if "\t" in line[: len(line) - len(line.lstrip())] or "'\\t'" in what:
        return "indent with spaces, never with tabs"
    if "escape" in what:
        return "write \\\\ for a backslash, or use single quotes"
    if "expected comment or line break" in what:
        return "put quotes round text that begins with > or |"
    if "expected key" in what and "'" in line:
        return "inside single quotes write a quote twice"
    if "quoted scalar" in what or "quoted scalar" in str(error.context):
        return "close the quotes; inside single quotes write a quote twice"
    if "expected <block end>" in what or "expected key" in what:
        return "check that fields of one block are indented alike, and quote text that begins with a sign"
    if "cannot start any token" in what:
        return "put quotes round text that begins with @, `, % or a tab"
    return "compare the indentation and the quotes with a file that works"
