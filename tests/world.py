"""A small world for a test: a copy of the invented casebook that can be broken at will."""

from __future__ import annotations

import os
import re
import shutil
from dataclasses import dataclass
from pathlib import Path

from build_tools.checks.checking import check_all
from build_tools.problems.problem import Problem
from build_tools.review.review import Review

REPOSITORY = Path(__file__).parent.parent
EXAMPLE = REPOSITORY / "tests" / "example"


@dataclass(frozen=True)
class World:
    """A casebook in a folder of its own."""

    root: Path

    @classmethod
    def like(cls, original: Path, root: Path) -> World:
        """A copy of a casebook in the same file system: hard links, for speed; `write` cuts them."""
        return cls(Path(shutil.copytree(original, root, copy_function=os.link)))

    def with_look(self) -> World:
        """The same world with the look and the hook of the repository, so that both engines can build it."""
        shutil.copytree(REPOSITORY / "overrides", self.root / "overrides")
        self.replace("mkdocs.yml", "../../overrides", "overrides")
        self.replace("mkdocs.yml", "../../build_tools", (REPOSITORY / "build_tools").as_posix())
        return self

    def without_charts(self) -> World:
        """The same world without the pages that take the longest to make."""
        for page in ("charts", "review"):
            self.write(
                f"content/{page}/index.md", f"---\ntitle: {page}\ndescription: Invented.\n---\n# None\n"
            )
        return self

    def read(self, file: str) -> str:
        return (self.root / file).read_text(encoding="utf-8")

    def write(self, file: str, content: str | bytes) -> Path:
        """Writes a whole file, new or old."""
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.unlink(missing_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def replace(self, file: str, old: str, new: str) -> tuple[int, int] | None:
        """Puts `new` in the place of `old`, which must stand in the file exactly once.

        A » in `new` is not written; what it points at is returned as line and column.
        """
        text = self.read(file)
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        changed = text.replace(old, new)
        self.write(file, changed.replace("»", ""))
        return _place(changed, "»") if "»" in new else None

    def add_case(self, id: str, like: str) -> Path:
        """One more patient: a copy of a case that its reports know by a name of its own."""
        text = re.sub(r"\nidentity:\n(  .*\n)+", "\n", self.read(f"cases/{like}.yml"))
        text = re.sub(r"\{report: ([\w-]+)(, label: [^,]+)?,", rf"{{report: \1, label: {id},", text)
        return self.write(f"cases/{id}.yml", text)

    def place(self, file: str, text: str) -> tuple[int, int]:
        """Line and column of a text that stands in the file exactly once."""
        return _place(self.read(file), text)

    def check(self) -> tuple[Review, list[Problem]]:
        return check_all(self.root)

    def problems(self) -> list[Problem]:
        return self.check()[1]

    def review(self) -> Review:
        """The review, which must be free of problems."""
        review, problems = self.check()
        assert not problems, "\n".join(problem.text() for problem in problems)
        return review


def _place(whole: str, text: str) -> tuple[int, int]:
    assert whole.count(text) == 1, f"{text!r} stands {whole.count(text)} times"
    before = whole[: whole.index(text)]
    return before.count("\n") + 1, len(before) - before.rfind("\n")
