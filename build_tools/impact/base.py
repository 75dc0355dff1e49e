"""The older casebook: the tree of a commit, taken out of git into a folder of its own."""

from __future__ import annotations

import subprocess
import tarfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path, PurePosixPath

from build_tools.checks.checking import check_all
from build_tools.problems.problem import ProblemsFound, errors, printable
from build_tools.publishing.generate import Site, generate
from build_tools.review.review import Review


class NoSuchCommit(Exception):
    """Raised where git knows no commit of that name, or there is no git."""


class CannotBeRead(Exception):
    """Raised where the older casebook is none that this generator reads; its words say why."""


@dataclass(frozen=True)
class Older:
    """What the change started from; where its tables and pages can't be made, `why` says what is wrong."""

    review: Review
    site: Site | None = None
    why: str = ""


def take_out(revision: str, root: Path, folder: Path) -> None:
    """Writes what stood below `root` in a commit into `folder`; the work tree is not touched.

    The commit is looked up by a command that takes its name for no option, and its hash is used from there.
    Links are left out, so that nothing outside the folder is read.
    """
    commit = _git(root, "rev-parse", "--verify", "--quiet", "--end-of-options", revision + "^{commit}")
    archive = _git(root, "archive", "--format=tar", commit.decode().strip())
    with tarfile.open(fileobj=BytesIO(archive)) as tar:
        for member in tar:
            path, content = PurePosixPath(member.name), tar.extractfile(member) if member.isfile() else None
            if content is not None and not path.is_absolute() and ".." not in path.parts:
                target = folder / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(content.read())


def read_base(folder: Path) -> Older:
    """An older casebook, without its site where only its pages can't be made; CannotBeRead if it has other
    problems or another layout."""
    try:
        site = generate(folder)
        return Older(site.review, site)
    except Exception as error:  # an old tree may be anything, and what is wrong with it is not the change's
        why = _why(error, folder)
    try:
        review, problems = check_all(folder)
    except Exception:
        raise CannotBeRead(why) from None
    if errors(problems):
        raise CannotBeRead(why)
    return Older(review, why=why)


def _why(error: Exception, folder: Path) -> str:
    if isinstance(error, ProblemsFound):
        return f"it has {len(error.problems)} problem(s), the first: {error.problems[0].text()}"
    what = f"{type(error).__name__}: {error}".replace(folder.as_posix() + "/", "")
    return printable(f"it is laid out otherwise ({what})", 300)


def _git(root: Path, *arguments: str) -> bytes:
    """What git prints, line ends as they were committed."""
    try:
        done = subprocess.run(
            ["git", "-c", "core.autocrlf=false", *arguments], cwd=root, capture_output=True, check=True
        )
    except FileNotFoundError:
        raise NoSuchCommit("git is not installed") from None
    except (subprocess.CalledProcessError, ValueError) as error:
        why = getattr(error, "stderr", b"").decode(errors="replace").strip().partition("\n")[0]
        said = f" ({printable(why, 200)})" if why else ""
        raise NoSuchCommit(f"git knows no such commit here{said}") from None
    return done.stdout
