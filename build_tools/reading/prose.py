"""Written pages: the Markdown of `content/` with its front matter, as it stands in its files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import Field

from build_tools.problems.mistakes import files
from build_tools.problems.mistakes import pages as wrong
from build_tools.problems.problem import Mistake, Problem
from build_tools.reading.records import validate
from build_tools.reading.yaml_tree import Tree, decode, read_tree
from build_tools.records.browser import BrowserDeclaration
from build_tools.records.like_mine import LikeMineDeclaration
from build_tools.records.sentence import Sentence
from build_tools.records.table import TableDeclaration
from build_tools.records.values import Record, Rows, Text


class FrontMatter(Record):
    """What may stand at the head of a written page."""

    title: Text = Field(title="Title", description="The page's title.")
    description: Text = Field(title="Description", description="The page in a sentence, for search engines.")
    hide: Rows[Text] = Field(default=(), title="Hide", description="Parts of the frame to leave out.")
    chapter: bool = Field(
        default=False,
        title="Chapter",
        description="true for a chapter of the review, where every number must come from a record.",
    )
    holds: Rows[Sentence] = Field(
        default=(),
        title="Holds",
        description="Sentences that speak of all, none, most or a number, each with what keeps it true.",
    )
    table: TableDeclaration | None = Field(default=None, title="Table", description="A comparison table.")
    browser: BrowserDeclaration | None = Field(
        default=None, title="Browser", description="What readers filter, sort and show the table's cases by."
    )
    like_mine: LikeMineDeclaration | None = Field(
        default=None, title="Like mine", description="In what a reader's patient is compared with the cases."
    )


@dataclass(frozen=True)
class Written:
    """A written page as it stands in its file; `tree` is its front matter with the place of every key."""

    file: str
    path: str
    front: FrontMatter
    tree: Tree
    text: str
    first_line: int

    @property
    def name(self) -> str:
        """The name that its table and CSV take: `compare/x.md` -> x, `cases/index.md` -> cases."""
        path = Path(self.path)
        return path.parent.name if path.name == "index.md" else path.stem

    def problem(self, mistake: Mistake, line: int, column: int = 1, **words: Any) -> Problem:
        """A mistake at a line of the text, counted from 1."""
        return mistake.at(self.file, (self.first_line + line - 1, column), **words)


def read_prose(root: Path) -> tuple[list[Written], list[Problem]]:
    """Every Markdown file below `content/`, or what is wrong with its head."""
    pages, problems = [], list[Problem]()
    for path in sorted((root / "content").rglob("*.md")):
        written, wrong = _read(root, path)
        problems += wrong
        if written is not None:
            pages.append(written)
    return pages, problems


def _read(root: Path, path: Path) -> tuple[Written | None, list[Problem]]:
    file = path.relative_to(root).as_posix()
    if path.is_symlink() or not path.is_file():
        return None, [files.NOT_PLAIN.at(file)]
    try:
        content = path.read_bytes()
    except OSError as error:
        return None, [files.UNREADABLE.at(file, why=error.strerror)]
    text, problems = decode(file, content)
    if problems:
        return None, problems
    head, separator, body = text.removeprefix("---\n").partition("\n---\n")
    if not text.startswith("---\n") or not separator:
        return None, [wrong.NO_FRONT_MATTER.at(file)]
    tree, problems = read_tree(file, head, first_line=2)
    if problems:
        return None, problems
    front, problems = validate(file, tree, FrontMatter, {})
    if not isinstance(front, FrontMatter):
        return None, problems
    where = path.relative_to(root / "content").as_posix()
    return Written(file, where, front, tree, body, head.count("\n") + 4), problems
