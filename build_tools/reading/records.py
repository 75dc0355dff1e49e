"""Files -> records: reads every file of a casebook and collects every problem of all of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from hashlib import sha256
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from build_tools.problems.mistakes import fields as wrong
from build_tools.problems.mistakes import files, yaml
from build_tools.problems.problem import Level, Mistake, Problem
from build_tools.reading.yaml_tree import Key, Tree, decode, dotted, read_tree
from build_tools.records import KINDS, Kind
from build_tools.records.fields import field_at
from build_tools.records.former import FORMER
from build_tools.records.messages import SHAPES
from build_tools.records.shape import model_at
from build_tools.records.states import hint as state_hint
from build_tools.records.terms import RESERVED_WORDS, Vocabulary, adding
from build_tools.records.values import Record
from build_tools.records.words import UNDERSTOOD

FILE_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\.yml")
LONGEST_ID = 80
DEVICES = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
)
"""Names that Windows keeps for devices: a repository with such a file can't be checked out there."""
SCHEMAS = "content/schema"
VOCABULARY_NAME = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*\.yml")


@dataclass(frozen=True)
class RecordFile:
    """A record that was read without problems, with the file and the marks it came from."""

    id: str
    kind: Kind
    file: str
    record: Record
    tree: Tree = field(repr=False, compare=False)
    content: str = field(default="", repr=False, compare=False)
    """A fingerprint of the file's bytes."""

    def problem(
        self, path: Key, message: str, hint: str = "", level: Level = Level.ERROR, rule: str = ""
    ) -> Problem:
        """A problem of this record at `path`, with line and column; the rules over the review use it."""
        line, column = self.tree.mark(path)
        return Problem(self.file, 3, line, column, dotted(path), message, hint, level, rule)


@dataclass(frozen=True)
class Files:
    """All that was read: the records by kind and id, the vocabularies, and the problems."""

    root: Path
    records: Mapping[str, Mapping[str, RecordFile]]
    vocabularies: Mapping[str, Vocabulary]
    ids: Mapping[str, frozenset[str]]
    """The ids of all files by kind, also of those with problems: a link to one of these is not broken."""
    problems: tuple[Problem, ...]
    words: str = ""
    """A fingerprint of all vocabularies: what a file says depends on it and on the file alone."""


def read_all(root: Path, needed: Callable[[Kind, Path], bool] | None = None) -> Files:
    """Reads every record below `root`, vocabularies first; a file with problems gives no record.

    With `needed` only those files are read of which it says yes; `ids` holds all of them nevertheless.
    """
    problems: list[Problem] = []
    records: dict[str, dict[str, RecordFile]] = {}
    vocabularies: dict[str, Vocabulary] = {}
    ids: dict[str, frozenset[str]] = {}
    words = "none"
    for kind in KINDS:
        records[kind.name] = {}
        paths = _paths(root, kind, problems)
        ids[kind.name] = frozenset(path.stem for path in paths)
        for path in paths if needed is None else [path for path in paths if needed(kind, path)]:
            found, wrong = read_record(root, path, kind, vocabularies, words)
            problems += wrong
            if found is not None:
                records[kind.name][found.id] = found
                if isinstance(found.record, Vocabulary):
                    vocabularies[found.id] = found.record
            if kind.name == "vocabulary":
                words = sha256(f"{words} {path.stem} {found.content if found else ''}".encode()).hexdigest()
        if kind.name == "vocabulary":
            problems += _missing_words(records[kind.name], vocabularies)
    problems += _strays(root)
    return Files(root, records, vocabularies, ids, tuple(problems), words)


_read_before: dict[tuple[str, str, bytes, str], tuple[RecordFile | None, tuple[Problem, ...]]] = {}
"""What was read since the program began, by path, kind, content and vocabularies: a save while serving reads
the changed file alone, and two casebooks that are compared share what they have in common."""
_MOST_KEPT = 30_000


def read_record(
    root: Path, path: Path, kind: Kind, vocabularies: Mapping[str, Vocabulary], words: str = ""
) -> tuple[RecordFile | None, list[Problem]]:
    """The record in one file, or what is wrong with it.

    With the fingerprint of the vocabularies as `words`, a file that was read before is not read again.
    """
    file = path.relative_to(root).as_posix()
    try:
        content = path.read_bytes()
    except OSError as error:
        return None, [files.UNREADABLE.at(file, why=error.strerror)]
    if not words:
        return _read(file, path.stem, content, kind, vocabularies)
    key = (file, kind.name, sha256(content).digest(), words)
    if key not in _read_before:
        if len(_read_before) >= _MOST_KEPT:
            _read_before.clear()
        found, problems = _read(file, path.stem, content, kind, vocabularies)
        _read_before[key] = found, tuple(problems)
    kept, told = _read_before[key]
    return kept, list(told)


def _read(
    file: str, id: str, content: bytes, kind: Kind, vocabularies: Mapping[str, Vocabulary]
) -> tuple[RecordFile | None, list[Problem]]:
    text, problems = decode(file, content)
    if problems:
        return None, problems
    tree, problems = read_tree(file, text)
    if any(problem.rank == 0 for problem in problems):
        return None, problems
    record, wrong = validate(file, tree, kind.model, vocabularies)
    # What the reader has named already (a bare null), the model's complaint at the same place says worse.
    named = {problem.field for problem in problems if problem.field}
    problems = [_as_state(problem, tree, kind.model) for problem in problems]
    problems += [problem for problem in wrong if problem.field not in named]
    if problems or record is None:
        return None, problems
    return RecordFile(id, kind, file, record, tree, sha256(content).hexdigest()), []


def validate(
    file: str, tree: Tree, model: type[Record], vocabularies: Mapping[str, Vocabulary]
) -> tuple[Record | None, list[Problem]]:
    """The tree as a record of `model`, or every problem that the model finds in it."""
    if not isinstance(tree.data, dict):
        return None, [files.NO_MAPPING.at(file, tree.mark(()))]
    try:
        return model.model_validate(tree.data, context={"vocabularies": vocabularies}), []
    except ValidationError as error:
        found = error.errors(include_url=False)
        # A list whose only item is wrong is called empty, too; the item's own problem says it all.
        places = [details["loc"] for details in found]
        hollow = {p for p in places if any(len(q) > len(p) and q[: len(p)] == p for q in places)}
        problems = [
            _problem(file, tree, model, details)
            for details in found
            if details["type"] != "too_short" or details["loc"] not in hollow
        ]
        return None, list(dict.fromkeys(problems))


def _paths(root: Path, kind: Kind, problems: list[Problem]) -> list[Path]:
    """The files of a kind in order; anything else in its folder is a problem."""
    folder = root / kind.folder
    if any((root / part).is_symlink() for part in (kind.folder, kind.folder.partition("/")[0])):
        problems.append(files.LINKED_FOLDER.at(kind.folder))
        return []
    if not folder.is_dir():
        return []
    pattern = VOCABULARY_NAME if kind.name == "vocabulary" else FILE_NAME
    paths = []
    for path in sorted(folder.iterdir()):
        file = path.relative_to(root).as_posix()
        if path.is_symlink() or not path.is_file():
            problems.append(files.NOT_PLAIN.at(file))
        elif kind.folder.startswith("content/") and path.suffix == ".md":
            continue
        elif not pattern.fullmatch(path.name):
            joint = "low lines" if kind.name == "vocabulary" else "hyphens"
            problems.append(files.NAME.at(file, joint=joint))
        elif len(path.stem) > LONGEST_ID:
            problems.append(files.LONG_NAME.at(file, limit=LONGEST_ID))
        elif path.stem in DEVICES:
            problems.append(files.DEVICE.at(file))
        else:
            paths.append(path)
    return paths


def _strays(root: Path) -> Iterator[Problem]:
    """Whatever stands below content/ and is neither a page nor in a folder of records or schemas."""
    folders = {kind.folder for kind in KINDS}
    content = root / "content"
    for path in sorted(content.rglob("*")) if not content.is_symlink() else ():
        file = path.relative_to(root).as_posix()
        folder = path.parent.relative_to(root).as_posix()
        known = path.suffix == ".md" or folder in folders  # pages.prose and _paths look at these themselves
        schema = folder == SCHEMAS and path.name.endswith(".schema.json")
        if path.is_symlink() and not known and file not in folders:
            yield files.NOT_PLAIN.at(file)
        elif path.is_file() and not known and not schema:
            yield files.STRAY.at(file, places=", ".join(sorted(folders)))
        elif not known and not (
            path.is_file() or path.is_dir()
        ):  # a pipe or a device, on which an engine waits
            yield files.NOT_PLAIN.at(file)
    yield from _of_the_look(root)


def _of_the_look(root: Path) -> Iterator[Problem]:
    """What below overrides/ leads outside the casebook, or is a pipe or a device."""
    look = root / "overrides"
    for path in (look, *sorted(look.rglob("*"))):
        outside = path.is_symlink() and not path.resolve().is_relative_to(root.resolve())
        special = path.exists() and not (path.is_file() or path.is_dir())
        if outside or special:
            yield files.NOT_PLAIN.at(path.relative_to(root).as_posix())


def _missing_words(
    records: Mapping[str, RecordFile], vocabularies: Mapping[str, Vocabulary]
) -> Iterable[Problem]:
    for name, words in UNDERSTOOD.items():
        if name not in vocabularies:
            yield _no_vocabulary(name)
            continue
        for word in words:
            if word not in vocabularies[name].terms:
                yield _at(records[name], ("terms",), wrong.MISSING_TERM, term=word)
    for name, vocabulary in vocabularies.items():
        for word in RESERVED_WORDS & vocabulary.terms.keys():
            yield _at(records[name], ("terms", word), wrong.RESERVED_TERM, term=word)


def _at(file: RecordFile, path: Key, mistake: Mistake, **words: Any) -> Problem:
    return mistake.at(file.file, file.tree.mark(path), dotted(path), **words)


def _no_vocabulary(name: str) -> Problem:
    """Said once of the vocabulary, not at every field that asks for it."""
    return wrong.NO_VOCABULARY.at(f"content/vocabulary/{name}.yml")


def _problem(file: str, tree: Tree, model: type[BaseModel], details: ErrorDetails) -> Problem:
    kind, context = details["type"], details.get("ctx", {})
    if kind == "no_vocabulary":
        return _no_vocabulary(context["name"])
    path = _written_path(tree, details["loc"])
    if kind == "extra_forbidden" or (details["loc"] and details["loc"][-1] == "[key]"):
        mark = tree.keys.get(path, tree.mark(path))
    else:
        mark = tree.mark(path)
    field = field_at(model, [str(step) for step in path])
    given = details["input"]
    given = given.get("value") if isinstance(given, dict) else given
    state = state_hint(given, field) if field is not None and kind != "extra_forbidden" else None
    mistake, words = _said(kind, context, details, model)
    return mistake.at(file, mark, dotted(path), **(words | {"hint": state} if state else words))


def _as_state(problem: Problem, tree: Tree, model: type[BaseModel]) -> Problem:
    """A bare yes or no with the state that it is, where its field may hold one."""
    if problem.rule != yaml.YES_OR_NO.number:
        return problem
    marks = (path for path, mark in tree.values.items() if mark == (problem.line, problem.column))
    path = next(marks, ())
    field = field_at(model, [str(step) for step in path])
    word: Any = tree.data
    for step in path:
        word = word[step]
    state = state_hint(word, field) if field is not None else None
    return replace(problem, hint=state) if state else problem


def _written_path(tree: Tree, location: Sequence[int | str]) -> Key:
    """The model's location without the steps that are not in the file."""
    path: Key = ()
    for step in location:
        if step == "[key]":
            break
        longer = (*path, step)
        if longer in tree.values or longer in tree.keys:
            path = longer
    return path


SIMPLE = {
    "string_type": wrong.NOT_TEXT,
    "int_type": wrong.NOT_WHOLE,
    "int_from_float": wrong.NOT_WHOLE,
    "float_type": wrong.NOT_A_NUMBER,
    "bool_type": wrong.NOT_TRUE_OR_FALSE,
    "dict_type": wrong.WANTS_FIELDS,
    "model_type": wrong.WANTS_FIELDS,
    "model_attributes_type": wrong.WANTS_FIELDS,
    "tuple_type": wrong.WANTS_LIST,
    "list_type": wrong.WANTS_LIST,
    "string_too_short": wrong.NOTHING_IN_IT,
    "too_short": wrong.NOTHING_IN_IT,
}
"""What pydantic calls a mistake -> the mistake, where all that it says is what stands there."""


def _said(
    kind: str,
    context: Mapping[str, Any],
    details: ErrorDetails,
    model: type[BaseModel],
) -> tuple[Mistake, dict[str, Any]]:
    """The mistake that the model found, and what fills its blanks."""
    shown = _shown(details["input"])
    match kind:
        case "extra_forbidden":
            if new := _new_name(model, details["loc"]):
                return wrong.FORMER_FIELD, {"new": new}
            known = sorted(_siblings(model, details["loc"]))
            return wrong.NO_SUCH_FIELD, {
                "known": ", ".join(known),
                "hint": _meant(str(details["loc"][-1]), known),
            }
        case "not_a_term":
            nearest = context["nearest"]
            add = adding(str(details["input"]), context["name"])
            near = wrong.OTHER_NAME if context["is_name"] else wrong.NEAREST_TERM
            return wrong.NOT_A_TERM, {
                "shown": context["shown"],
                "vocabulary": context["name"],
                "terms": some(context["terms"]),
                "adding": add,
                "hint": near.format(nearest=nearest, adding=add) if nearest else "",
            }
        case "missing":
            return wrong.MISSING, {"name": details["loc"][-1]}
        case "literal_error":
            words = re.findall(r"'([^']+)'", str(context["expected"]))
            return wrong.NOT_ALLOWED, {
                "shown": shown,
                "words": ", ".join(words),
                "hint": _meant(str(details["input"]), words, cutoff=0.5),
            }
        case "string_pattern_mismatch":
            return wrong.FORM, {"shown": shown, "shape": SHAPES[context["pattern"]]}
        case "string_too_long":
            return wrong.TOO_LONG, {"limit": context["max_length"]}
        case "no_space_after_report":
            return wrong.NO_SPACE, {"report": context["report"], "place": context["place"]}
        case "greater_than_equal" | "less_than_equal" | "greater_than" | "less_than":
            return wrong.OUT_OF_RANGE, {
                "shown": shown,
                "bound": str(details["msg"]).removeprefix("Input "),
            }
    if kind in SIMPLE:
        return SIMPLE[kind], {"shown": shown}
    what, _, hint = str(details["msg"]).partition("; ")
    mistake = wrong.NO_MEASURE if kind in MEASURED else wrong.PARTS
    return mistake, {"what": what, "hint": hint}


MEASURED = frozenset(
    {
        "not_a_measure", "not_a_time", "not_a_count", "not_a_result", "measure_otherwise", "too_many_axes",
        "two_bounds", "range_reversed", "not_an_age", "age_otherwise", "not_days", "days_otherwise",
    }
)  # fmt: skip


def _meant(word: str, known: Sequence[str], cutoff: float = 0.6) -> str:
    close = get_close_matches(word, known, n=1, cutoff=cutoff)
    return f"did you mean '{close[0]}'?" if close else ""


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return "a block of fields"
    if isinstance(value, list | tuple):
        return "a list"
    return repr(value if not isinstance(value, str) or len(value) <= 60 else value[:59] + "…")


def some(terms: Iterable[str], limit: int = 12) -> str:
    """The first terms of many, and how many more there are."""
    terms = tuple(terms)
    return ", ".join(terms[:limit]) + (f" and {len(terms) - limit} more" if len(terms) > limit else "")


def _new_name(model: type[BaseModel], location: Sequence[int | str]) -> str | None:
    """What a field is called now that an earlier form of the files called otherwise."""
    found = model_at(model, location[:-1])
    former = next((names for old, names in FORMER.items() if old is found), {})
    return former.get(str(location[-1]))


def _siblings(model: type[BaseModel], location: Sequence[int | str]) -> set[str]:
    """The fields that may stand where an unknown one was written."""
    found = model_at(model, location[:-1])
    return {name for name in found.model_fields if name != "state"} if found else set()
