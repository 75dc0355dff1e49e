"""A strict reader of YAML: text -> a tree of plain values that remembers every line and column.

It refuses what misleads people in YAML (tags, anchors, duplicate keys, bare nulls, words and numbers
that tools read differently) and bounds size, depth and count, so that no file can exhaust the machine.
PyYAML's events are read one by one and nothing recurses: a hostile nesting ends with a problem. The C
parser is named explicitly, so that every machine reads alike.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import yaml

from build_tools.problems.mistakes import fields, files
from build_tools.problems.mistakes import yaml as wrong
from build_tools.problems.problem import Mistake, Problem
from build_tools.reading.characters import CONTROL, Strange, code, strange

MAX_BYTES = 64_000
MAX_DEPTH = 12
MAX_NODES = 6_000

Key = tuple[str | int, ...]
Mark = tuple[int, int]

INTEGER = re.compile(r"^(0|-?[1-9][0-9]{0,14})$")
DECIMAL = re.compile(r"^-?(0|[1-9][0-9]{0,14})\.[0-9]{1,15}$")
NULLS = frozenset({"", "~", "null", "Null", "NULL"})
TRAPS = (
    (re.compile(r"^(yes|no|on|off|y|n)$", re.I), wrong.YES_OR_NO),
    (re.compile(r"^(true|false)$", re.I), wrong.CAPITAL_TRUE),
    (re.compile(r"^[-+]?[0-9]+(:[0-9]+)+(\.[0-9]*)?$"), wrong.BASE_SIXTY),
    (re.compile(r"^[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}([Tt ].*)?$"), wrong.DATE),
    (re.compile(r"^[-+]?0[0-9_]+$"), wrong.OCTAL),
    (re.compile(r"^[-+]?[0-9][0-9_]*_[0-9_]*$"), wrong.LOW_LINE),
    (re.compile(r"^[-+]?(\.[0-9]+|[0-9]+\.?[0-9]*)([eE][-+]?[0-9]+)?$"), wrong.NUMBER_FORM),
    (re.compile(r"^[-+]?0[xXoObB][0-9a-fA-F_]+$"), wrong.HEXADECIMAL),
    (re.compile(r"^[-+]?\.(inf|nan)$", re.I), wrong.NOT_A_NUMBER),
    (re.compile(r"^(=|<<)$"), wrong.OWN_MEANING),
)
SMART_QUOTES = "“”„‟«»‘‚‛´"
SUSPECT = re.compile(rf"[-+.0-9=<{SMART_QUOTES}]|(yes|no|on|off|y|n|true|false)$", re.I)
"""Whatever any of these could be, found at once: most words are none."""
HIDDEN = re.compile(f"\r|{CONTROL.pattern}")
COMMENT = re.compile(r"(?:^|(?<=\s))#")


@dataclass
class Tree:
    """A file's content: `data` holds plain values, `values` and `keys` the marks of each path, `comments`
    what stands behind a `#`, by its mark."""

    data: object = None
    values: dict[Key, Mark] = field(default_factory=dict)
    keys: dict[Key, Mark] = field(default_factory=dict)
    comments: dict[Mark, str] = field(default_factory=dict)

    def mark(self, path: Key) -> Mark:
        """Where the value at `path` stands, or its nearest ancestor that stands in the file.

        A step may stand inside a long form: `surgeries[0]` is found below `surgeries.value`, too.
        """
        return self.values.get(self.key(path), (1, 1))

    def key(self, path: Key) -> Key:
        """The path as the file has it, with the steps of long forms, as far as it stands there."""
        found: Key = ()
        for step in path:
            longer = ((*found, step), (*found, "value", step))
            found = next((key for key in longer if key in self.values), found)
        return found


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
        self.scalars: list[tuple[int, int]] = []

    def note(self, mark: Mark, mistake: Mistake, path: Key = (), hint: str = "", **words: Any) -> None:
        self.problems.append(mistake.at(self.file, mark, dotted(path), hint, **words))

    def refuse(self, mark: Mark, mistake: Mistake, **words: Any) -> _Refused:
        self.note(mark, mistake, **words)
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
            place = self.place(mark) if mark else (self.first_line, 1)
            self.note(place, wrong.NOT_YAML, hint=_syntax_hint(error, self.lines), problem=error.problem)
        except yaml.YAMLError as error:
            self.note((self.first_line, 1), wrong.NOT_YAML, problem=error)
        if not self.done and not self.problems:
            self.note((self.first_line, 1), files.EMPTY)
        self._comments()
        return self.tree

    def _comments(self) -> None:
        """What stands behind a `#` outside of all values and names."""
        scalars = sorted(span for span in self.scalars if span[0] < span[1])
        starts = [start for start, _ in scalars]

        def outside(place: int) -> bool:
            before = bisect_right(starts, place) - 1
            return before < 0 or place >= scalars[before][1]

        begin = 0
        for number, line in enumerate(self.lines):
            for found in COMMENT.finditer(line) if "#" in line else ():
                sign = begin + found.start()
                if outside(sign) and (not found.start() or outside(sign - 1)):
                    self.tree.comments[number + self.first_line, found.end()] = line[found.end() :].strip()
                    break
            begin += len(line) + 1

    def _characters(self) -> None:
        for number, line in enumerate(self.lines, self.first_line):
            if line.startswith(("<<<<<<<", ">>>>>>>", "=======")):
                raise self.refuse((number, 1), wrong.CONFLICT)
            if control := CONTROL.search(line):
                raise self.refuse((number, control.start() + 1), wrong.CONTROL, code=code(control[0]))
            for place, found in strange(line):
                self._strange((number, place + 1), found)

    def _strange(self, mark: Mark, found: Strange) -> None:
        self.note(mark, found.mistake, code=found.code, what=found.what)

    def _event(self, event: yaml.Event) -> None:
        mark = self.place(event.start_mark)
        if isinstance(event, yaml.DocumentStartEvent) and self.done:
            raise self.refuse(mark, wrong.SECOND_DOCUMENT)
        if isinstance(event, yaml.AliasEvent):
            raise self.refuse(mark, wrong.ALIAS)
        if isinstance(event, yaml.NodeEvent):
            self.nodes += 1
            if self.nodes > MAX_NODES:
                raise self.refuse(mark, wrong.TOO_MANY, limit=MAX_NODES)
            if event.anchor is not None:
                raise self.refuse(mark, wrong.ANCHOR)
            tag = getattr(event, "tag", None)
            if tag is not None:
                raise self.refuse(mark, wrong.TAG, tag=repr(tag[:40]))
        if isinstance(event, yaml.ScalarEvent):
            self._scalar(event, mark)
        elif isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self._begin({} if isinstance(event, yaml.MappingStartEvent) else [], mark)
        elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
            self.open.pop()

    def _begin(self, value: dict[str, object] | list[object], mark: Mark) -> None:
        if len(self.open) >= MAX_DEPTH:
            raise self.refuse(mark, wrong.TOO_DEEP, limit=MAX_DEPTH)
        if self.open and isinstance(self.open[-1].value, dict) and self.open[-1].key is None:
            raise self.refuse(mark, wrong.BLOCK_AS_NAME)
        path = self.open[-1].next_path if self.open else ()
        self._add(value, mark)
        self.open.append(_Open(value, path))

    def _scalar(self, event: yaml.ScalarEvent, mark: Mark) -> None:
        if event.start_mark is not None and event.end_mark is not None:
            self.scalars.append((event.start_mark.index, event.end_mark.index))
        parent = self.open[-1] if self.open else None
        self._escapes(event, mark)
        if parent is not None and isinstance(parent.value, dict) and parent.key is None:
            if not event.style:
                self._name(event.value, mark, (*parent.path, event.value))
            self._key(parent, event.value, mark)
            return
        path = parent.next_path if parent else ()
        value: object = event.value
        if not event.style:  # plain; the C parser says "" and the Python one None
            self._comment_trap(event)
            value = self._plain(event.value, mark, path)
        elif event.style in "|>" and not event.value.strip():
            self.note(mark, wrong.NO_TEXT, path, sign=event.style)
        elif event.value.isspace():
            self.note(mark, fields.NOTHING_IN_IT, path)
        self._add(value, mark)

    def _key(self, parent: _Open, key: str, mark: Mark) -> None:
        path = (*parent.path, key)
        assert isinstance(parent.value, dict)
        if key in parent.value:
            first = self.tree.keys[path]
            self.note(mark, wrong.TWICE, path, key=key, line=first[0])
        else:
            self.tree.keys[path] = mark
        parent.key = key

    def _plain(self, text: str, mark: Mark, path: Key) -> object:
        if _is_word(text):
            return text
        if text in NULLS:
            # A key of several words is the rest of a text that a comma inside { } has cut off.
            cut = text == "" and " " in str(path[-1] if path else "")
            hint = "a comma inside { } ends a text; put quotes round the text" if cut else ""
            self.note(mark, wrong.NO_VALUE, path, hint)
            return None
        if text in ("true", "false"):
            return text == "true"
        if INTEGER.match(text):
            return int(text)
        if DECIMAL.match(text):
            return float(text)
        if "\t" in text:
            self.note(mark, wrong.TAB, path)
        self._traps(text, mark, path)
        return text

    def _name(self, text: str, mark: Mark, path: Key) -> None:
        """What stands before a colon, without quotes, should be read as a name by every program."""
        if _is_word(text):
            return
        if text in NULLS or text in ("true", "false") or INTEGER.match(text) or DECIMAL.match(text):
            self.note(mark, wrong.BARE_NAME, path, word=text)
        else:
            self._traps(text, mark, path)

    def _traps(self, text: str, mark: Mark, path: Key) -> None:
        if not SUSPECT.match(text):
            return
        for pattern, mistake in TRAPS:
            if pattern.match(text):
                self.note(mark, mistake, path, word=text)
                break
        if text[0] in SMART_QUOTES:
            self.note(mark, wrong.SMART_QUOTE, path, quote=text[0])

    def _escapes(self, event: yaml.ScalarEvent, mark: Mark) -> None:
        """Double quotes can write by escape what `_characters` did not see."""
        start, end = event.start_mark, event.end_mark
        raw = self.text[start.index : end.index] if start and end else ""
        if event.style != '"' or "\\" not in raw:
            return
        if hidden := HIDDEN.search(event.value):
            self.note(mark, wrong.ESCAPED, code=code(hidden[0]))
        seen = Counter(found for _, found in strange(raw))
        for found in Counter(found for _, found in strange(event.value)) - seen:
            by_escape = found.mistake is wrong.INVISIBLE
            self._strange(mark, found._replace(mistake=wrong.ESCAPED) if by_escape else found)

    def _comment_trap(self, event: yaml.ScalarEvent) -> None:
        """`Report of case #2` would lose its end, for YAML takes ` #` for a comment."""
        end: Any = event.end_mark
        rest = self.lines[end.line][end.column :] if end.line < len(self.lines) else ""
        if re.match(r"[ \t]*#[^\s#!]", rest):
            column = end.column + len(rest) - len(rest.lstrip()) + 1
            self.note((end.line + self.first_line, column), wrong.COMMENT)

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


@lru_cache(maxsize=10_000)
def _is_word(text: str) -> bool:
    """Whether a plain text is a text to every program; the same names and terms come all the time."""
    special = text in NULLS or "\t" in text or INTEGER.match(text) or DECIMAL.match(text)
    return not (special or SUSPECT.match(text))


def read_tree(file: str, text: str, first_line: int = 1) -> tuple[Tree, list[Problem]]:
    """The tree of a YAML text, and what is wrong with it; lines count from `first_line`."""
    reader = _Reader(file, text, first_line)
    tree = reader.read()
    return tree, reader.problems


def decode(file: str, content: bytes) -> tuple[str, list[Problem]]:
    """The text of a file: UTF-8, not too large, with any line ends; or the problem with it."""

    if len(content) > MAX_BYTES:
        return "", [files.TOO_LARGE.at(file, limit=MAX_BYTES // 1000)]
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        mark = (before.count(b"\n") + 1, error.start - before.rfind(b"\n"))
        return "", [files.NOT_UTF8.at(file, mark)]
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    if "\r" in text:
        until = text[: text.index("\r")]
        mark = (until.count("\n") + 1, len(until) - until.rfind("\n"))
        return "", [files.CARRIAGE_RETURN.at(file, mark)]
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
    return ""
