"""Files handed in with an issue: found in its text, written, and kept only if the checks accept them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from dataclasses import replace as replace_field
from pathlib import Path
from textwrap import dedent, indent

from build_tools.authoring.files import AlreadyThere, replace, write_new
from build_tools.checks import RULES
from build_tools.checks.checking import check_all
from build_tools.problems.problem import Problem, errors, printable
from build_tools.reading.records import LONGEST_ID, read_all
from build_tools.reading.yaml_tree import read_tree
from build_tools.records import KINDS, Kind
from build_tools.records.schema import FOLDER, schemas

FILES = "The files"
NAME = "Name of the file"
"""The headings that GitHub makes of the labels in .github/ISSUE_TEMPLATE/paste-a-case.yml."""

HANDED_IN = tuple(kind for kind in KINDS if kind.name in ("case", "report", "search"))
BEGINS = re.compile(
    r"^[ \t]*#+[ \t]*file(?:name)?[ \t]*:[ \t]*[`'\"]?([^\s`'\"]+)[`'\"]?[ \t]*(?:#.*)?$", re.M | re.I
)
INNER_FENCE = re.compile(r"^[ \t]*(?:`{3,}|~{3,})[ \t]*(?:ya?ml)?[ \t]*$", re.M | re.I)
VOCABULARY = re.compile(r"content/vocabulary/[a-z0-9]+(?:_[a-z0-9]+)*\.yml")
TERM = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)*")
ID = r"[a-z0-9]+(?:-[a-z0-9]+)*"
HEADING = re.compile(r"^### (.+?)[ \t]*$")
FENCE = re.compile(r"^(`{3,}|~{3,})")


REPORTS_EXIST = next(rule.number for rule in RULES if rule.name == "reports_exist")


class NotHandedIn(Exception):
    """The text holds no file that could be taken; the message says what is missing."""


@dataclass(frozen=True)
class Taken:
    """The files of an issue, and what the checks say of them; without problems they are in their places."""

    files: Mapping[str, str]
    problems: tuple[Problem, ...]


def files_of(body: str) -> dict[str, str]:
    """Path -> text of every file in an issue's text; NotHandedIn if there is none, or one has no place.

    Each file begins with a line `# file: cases/smith-2020.yml`. One file alone may do without, if the issue
    gives its name. Below the name of a vocabulary stand new terms alone, a line each.
    """
    answers = _answers(body.replace("\r\n", "\n"))
    text = INNER_FENCE.sub("", answers.get(FILES, "")).strip("\n")
    if not text.strip():
        raise NotHandedIn(f"there is nothing under '{FILES}'; paste the text of the file there")
    first, *rest = BEGINS.split(text)
    found: dict[str, str] = {}
    if not rest:
        name = answers.get(NAME, "").strip().strip("`'\" ").removesuffix(".yml")
        if not name:
            raise NotHandedIn(
                f"the file has no name; write '# file: cases/smith-2020.yml' as its first line, or the name "
                f"under '{NAME}'"
            )
        rest, first = [name + ".yml" if "/" in name else f"cases/{name}.yml", text], ""
    if first.strip():
        raise NotHandedIn("something stands before the first line '# file: ...'")
    for given, content in zip(rest[::2], rest[1::2], strict=True):
        path = given.removeprefix("./")
        if _kind(path) is None and not VOCABULARY.fullmatch(path):
            folders = ", ".join((*(kind.folder for kind in HANDED_IN), "content/vocabulary"))
            raise NotHandedIn(
                f"'{printable(path, 120)}' can't be the name of a file; "
                f"use small letters, digits and hyphens, and end in .yml, in one of {folders}"
            )
        if path in found:
            raise NotHandedIn(f"{path} stands twice")
        found[path] = content.strip("\n") + "\n"
    if all(VOCABULARY.fullmatch(path) for path in found):
        raise NotHandedIn("there are new terms and no case; hand in the case that needs them with them")
    return found


def take(files: Mapping[str, str], root: Path) -> Taken:
    """Writes the files into the casebook below `root` and checks it; with an error none of them stays.

    New terms are put at the end of their vocabulary, and the schemas made anew.
    """
    added = {name: text for name, text in files.items() if VOCABULARY.fullmatch(name)}
    longer = {root / name: _with_terms(root / name, name, text) for name, text in added.items()}
    before = {path: path.read_text(encoding="utf-8") for path in longer}
    paths = {root / name: text for name, text in files.items() if name not in added}
    try:
        write_new(paths)
    except AlreadyThere as there:
        name = Path(str(there)).relative_to(root).as_posix()
        raise NotHandedIn(f"there is a file {name} already; change that one, or take another name") from None
    for path, text in longer.items():
        replace(path, text)
    problems = tuple(_of_report(problem, files) for problem in errors(check_all(root)[1]))
    if problems:
        for path in paths:
            path.unlink()
        for path, text in before.items():
            replace(path, text)
        return Taken(files, problems)
    return Taken(dict(files) | (_schemas(root) if added else {}), ())


def _of_report(problem: Problem, files: Mapping[str, str]) -> Problem:
    """What to do where a case came without its report, which is a file of its own."""
    if problem.rule != REPORTS_EXIST or problem.file not in files:
        return problem
    return replace_field(problem, hint="paste the report's file too, below the case, or give its DOI")


def _with_terms(path: Path, name: str, lines: str) -> str:
    """The text of a vocabulary with new terms at its end; NotHandedIn if the lines are not new terms."""
    form = f"below '# file: {name}' stand new terms alone, a line each, such as '  a_new_term: Its label'"
    tree, wrong = read_tree(name, dedent(lines))
    if wrong or not isinstance(tree.data, dict) or not all(TERM.fullmatch(str(term)) for term in tree.data):
        raise NotHandedIn(form)
    if not path.is_file() or path.is_symlink():
        raise NotHandedIn(f"there is no vocabulary {name}")
    text = path.read_text(encoding="utf-8")
    there = read_tree(name, text)[0].data
    fields = there if isinstance(there, dict) else {}
    terms = fields.get("terms")
    if not isinstance(terms, dict) or list(fields)[-1] != "terms":
        raise NotHandedIn(f"{name} does not end with its terms; add the new ones by hand")
    if twice := [term for term in tree.data if term in terms]:
        raise NotHandedIn(f"'{twice[0]}' is a term of {name} already; leave its line out")
    return text.rstrip("\n") + "\n" + indent(dedent(lines).strip("\n"), "  ") + "\n"


def _schemas(root: Path) -> dict[str, str]:
    """The schemas that the new terms change, written; a casebook without schemas gets none."""
    changed = {}
    for name, text in schemas(read_all(root).vocabularies).items():
        path = root / FOLDER / name
        if path.is_file() and path.read_text(encoding="utf-8") != text:
            replace(path, text)
            changed[f"{FOLDER.as_posix()}/{name}"] = text
    return changed


def answer(taken: Taken) -> str:
    """What became of the files, in Markdown, for the issue or the pull request; their text stays plain."""
    if not taken.problems:
        names = "\n".join(f"- `{name}`" for name in taken.files)
        return (
            f"Handed in with the form, and accepted by the checks:\n\n{names}\n\n"
            "Compare it with the paper before you merge. The checks of this pull request start once somebody "
            "closes and opens it again: GitHub starts none on what a workflow has made.\n"
        )
    return refusal(problem.text() for problem in taken.problems)


def refusal(lines: Iterable[str]) -> str:
    """What has to be mended, in Markdown in which the lines stay plain text."""
    text = "\n".join(printable(line) for line in lines)
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", text)), default=0))
    return (
        "The checks do not accept this yet. Each line names the file, the line in it, what is wrong and what "
        f"to write instead:\n\n{fence}text\n{text}\n{fence}\n\n"
        "Change the text of the issue; a maintainer then takes the label off and puts it on again.\n"
    )


def _answers(body: str) -> dict[str, str]:
    """Heading -> what was answered below it; fences are taken off, and hold headings back.

    A fence inside a fence, as of a file that was pasted with its own, ends at its own end.
    """
    answers: dict[str, list[str]] = {}
    lines: list[str] = []
    fences: list[str] = []
    for line in body.split("\n"):
        mark = FENCE.match(line)
        if fences and line.strip() == fences[-1]:
            fences.pop()
        elif mark and (not fences or INNER_FENCE.fullmatch(line)):
            fences.append(mark[1])
        elif not fences and (heading := HEADING.match(line)):
            lines = answers.setdefault(heading[1], [])
        else:
            lines.append(line)
    found = {heading: "\n".join(lines) for heading, lines in answers.items()}
    return {heading: text for heading, text in found.items() if text.strip() != "_No response_"}


def _kind(path: str) -> Kind | None:
    """The kind of record that may stand at a path, or None."""
    for kind in HANDED_IN:
        if re.fullmatch(rf"{re.escape(kind.folder)}/{ID}\.yml", path) and len(Path(path).stem) <= LONGEST_ID:
            return kind
    return None
