"""Files -> records: reads every file of a casebook and collects every problem of all of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from build_tools.problems import Level, Problem
from build_tools.reading.yaml_tree import Key, Tree, decode, dotted, read_tree
from build_tools.records import KINDS, Kind
from build_tools.records.shape import model_at
from build_tools.records.terms import RESERVED_WORDS, Vocabulary
from build_tools.records.values import Record
from build_tools.records.words import UNDERSTOOD

FILE_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*\.yml")
VOCABULARY_NAME = re.compile(r"[a-z0-9]+(_[a-z0-9]+)*\.yml")


@dataclass(frozen=True)
class RecordFile:
    """A record that was read without problems, with the file and the marks it came from."""

    id: str
    kind: Kind
    file: str
    record: Record
    tree: Tree = field(repr=False, compare=False)

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


def read_all(root: Path) -> Files:
    """Reads every record below `root`, vocabularies first; a file with problems gives no record."""
    problems: list[Problem] = []
    records: dict[str, dict[str, RecordFile]] = {}
    vocabularies: dict[str, Vocabulary] = {}
    ids: dict[str, frozenset[str]] = {}
    for kind in KINDS:
        records[kind.name] = {}
        paths = _paths(root, kind, problems)
        ids[kind.name] = frozenset(path.stem for path in paths)
        for path in paths:
            found, wrong = read_record(root, path, kind, vocabularies)
            problems += wrong
            if found is not None:
                records[kind.name][found.id] = found
                if isinstance(found.record, Vocabulary):
                    vocabularies[found.id] = found.record
        if kind.name == "vocabulary":
            problems += _missing_words(records[kind.name], vocabularies)
    return Files(root, records, vocabularies, ids, tuple(problems))


def read_record(
    root: Path, path: Path, kind: Kind, vocabularies: Mapping[str, Vocabulary]
) -> tuple[RecordFile | None, list[Problem]]:
    """The record in one file, or what is wrong with it."""
    file = path.relative_to(root).as_posix()
    try:
        content = path.read_bytes()
    except OSError as error:
        return None, [Problem(file, 0, 1, 1, "", f"the file can't be read: {error.strerror}")]
    text, problems = decode(file, content)
    if problems:
        return None, problems
    tree, problems = read_tree(file, text)
    if any(problem.rank == 0 for problem in problems):
        return None, problems
    record, wrong = validate(file, tree, kind.model, vocabularies)
    # What the reader has named already (a bare null), the model's complaint at the same place says worse.
    named = {problem.field for problem in problems if problem.field}
    problems += [problem for problem in wrong if problem.field not in named]
    if problems or record is None:
        return None, problems
    return RecordFile(path.stem, kind, file, record, tree), []


def validate(
    file: str, tree: Tree, model: type[Record], vocabularies: Mapping[str, Vocabulary]
) -> tuple[Record | None, list[Problem]]:
    """The tree as a record of `model`, or every problem that the model finds in it."""
    if not isinstance(tree.data, dict):
        return None, [
            Problem(file, 0, *tree.mark(()), "", "a record is a mapping", "begin with 'field: value' lines")
        ]
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
        problems.append(
            Problem(kind.folder, 0, 1, 1, "", "this folder may not be a link", "make it a folder")
        )
        return []
    if not folder.is_dir():
        return []
    pattern = VOCABULARY_NAME if kind.name == "vocabulary" else FILE_NAME
    paths = []
    for path in sorted(folder.iterdir()):
        file = path.relative_to(root).as_posix()
        if path.is_symlink() or not path.is_file():
            problems.append(
                Problem(file, 0, 1, 1, "", "only plain files may stand here", "no folders, no links")
            )
        elif kind.folder.startswith("content/") and path.suffix == ".md":
            continue
        elif not pattern.fullmatch(path.name):
            problems.append(
                Problem(
                    file,
                    0,
                    1,
                    1,
                    "",
                    "the file's name can't be an id",
                    "use small letters, digits and "
                    + ("low lines" if kind.name == "vocabulary" else "hyphens")
                    + ", and end in .yml",
                )
            )
        else:
            paths.append(path)
    return paths


def _missing_words(
    files: Mapping[str, RecordFile], vocabularies: Mapping[str, Vocabulary]
) -> Iterable[Problem]:
    for name, words in UNDERSTOOD.items():
        if name not in vocabularies:
            yield _no_vocabulary(name)
            continue
        for word in words:
            if word not in vocabularies[name].terms:
                yield files[name].problem(
                    ("terms",), f"the term '{word}' is missing", "the generator asks for it by name"
                )
    for name, vocabulary in vocabularies.items():
        for word in RESERVED_WORDS & vocabulary.terms.keys():
            yield files[name].problem(
                ("terms", word), f"'{word}' is a word of the form itself and can't be a term", "rename it"
            )


def _no_vocabulary(name: str) -> Problem:
    """Said once of the vocabulary, not at every field that asks for it."""
    file = f"content/vocabulary/{name}.yml"
    return Problem(file, 0, 1, 1, "", "this vocabulary is missing or has problems", "fields ask for it")


def _problem(file: str, tree: Tree, model: type[BaseModel], details: ErrorDetails) -> Problem:
    kind, context = details["type"], details.get("ctx", {})
    if kind == "no_vocabulary":
        return _no_vocabulary(context["name"])
    path = _written_path(tree, details["loc"])
    if kind == "extra_forbidden" or (details["loc"] and details["loc"][-1] == "[key]"):
        line, column = tree.keys.get(path, tree.mark(path))
    else:
        line, column = tree.mark(path)
    message, hint = _words(kind, context, details, model)
    return Problem(file, 2, line, column, dotted(path), message, hint)


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


def _words(
    kind: str,
    context: Mapping[str, Any],
    details: ErrorDetails,
    model: type[BaseModel],
) -> tuple[str, str]:
    """What is wrong and what to write instead, in words for people who know no Python."""
    shown = _shown(details["input"])
    match kind:
        case "extra_forbidden":
            known = _siblings(model, details["loc"])
            close = get_close_matches(str(details["loc"][-1]), known, n=1, cutoff=0.6)
            hint = f"did you mean '{close[0]}'?" if close else f"known fields: {', '.join(sorted(known))}"
            return "there is no such field", hint
        case "not_a_term":
            nearest, terms = context["nearest"], context["terms"]
            hint = f"did you mean '{nearest}'?" if nearest else f"terms: {_some(terms)}"
            return str(details["msg"]), hint
        case "missing":
            return f"the field '{details['loc'][-1]}' is missing", ""
        case "literal_error":
            words = re.findall(r"'([^']+)'", str(context["expected"]))
            close = get_close_matches(str(details["input"]), words, n=1, cutoff=0.5)
            return (
                f"{shown} is not allowed",
                f"did you mean '{close[0]}'?" if close else f"one of: {', '.join(words)}",
            )
        case "string_type":
            return f"{shown} is not text", 'put quotes round it if it is text: "..."'
        case "int_type" | "int_from_float":
            return f"{shown} is not a whole number", "write digits alone, without quotes and without a unit"
        case "float_type":
            return f"{shown} is not a number", "write digits alone, without quotes and without a unit"
        case "bool_type":
            return f"{shown} is not true or false", "write true or false"
        case "dict_type" | "model_type" | "model_attributes_type":
            return f"{shown} stands where fields are wanted", "write 'field: value' lines, indented below"
        case "tuple_type" | "list_type":
            return f"{shown} stands where a list is wanted", "begin each line below with '- '"
        case "string_pattern_mismatch":
            return f"{shown} does not have the right form ({context['pattern']})", ""
        case "string_too_long":
            return f"the text is longer than {context['max_length']} characters", "shorten it"
        case "string_too_short" | "too_short":
            return "this is empty", "write something, or leave the field out"
        case "greater_than_equal" | "less_than_equal" | "greater_than" | "less_than":
            return f"{shown} is out of range", str(details["msg"]).removeprefix("Input ")
    message = str(details["msg"])
    what, _, hint = message.partition("; ")
    return what, hint


def _shown(value: object) -> str:
    if isinstance(value, dict):
        return "a block of fields"
    if isinstance(value, list | tuple):
        return "a list"
    return repr(value if not isinstance(value, str) or len(value) <= 60 else value[:59] + "…")


def _some(terms: Sequence[str], limit: int = 12) -> str:
    return ", ".join(terms[:limit]) + (f" and {len(terms) - limit} more" if len(terms) > limit else "")


def _siblings(model: type[BaseModel], location: Sequence[int | str]) -> set[str]:
    """The fields that may stand where an unknown one was written."""
    found = model_at(model, location[:-1])
    return {name for name in found.model_fields if name != "state"} if found else set()
