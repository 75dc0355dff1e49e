"""The site by MkDocs: built aside in strict mode, verified, then put in the old one's place."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from build_tools.problems.problem import ProblemsFound
from build_tools.publishing.generate import generate
from build_tools.publishing.lock import only_build
from build_tools.publishing.swap import replacing
from build_tools.publishing.target import refuse
from build_tools.publishing.verification import BuiltSite, verify
from build_tools.reading.settings import read_settings

_OF_A_SITE = ("index.html", "404.html")


class BuildFailed(Exception):
    """MkDocs could not build the site; the message is its own."""


class NotVerified(ProblemsFound):
    """The built site is not what it should be."""


def build_site(root: Path, out: Path) -> BuiltSite:
    """Builds the site of `root` into `out`; the old site stays whole unless the new one is finished.

    Raises ProblemsFound for a file, BuildFailed for MkDocs, NotVerified for the built site, WrongFolder for a
    wrong `out`, Busy while another build writes to it, and OSError where the disk is full or refuses.
    """
    root, out = root.resolve(), out.resolve()
    refuse(root, out, "site", _OF_A_SITE)
    out.parent.mkdir(parents=True, exist_ok=True)
    with only_build(out), replacing(out) as new:
        site = generate(root)  # all problems of all files, before an engine starts
        _by_mkdocs(root, new)
        built = verify(new, site.pages, site.downloads, read_settings(root).address)
        if built.problems:
            raise NotVerified(built.problems)
    return built


def _by_mkdocs(root: Path, out: Path) -> None:
    """Runs MkDocs. Its messages are for people; the end of a traceback is turned back into an error."""
    # Not --quiet: MkDocs counts a warning only if it would print it, and strict needs the count.
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(out)]
    command += ["--config-file", str(root / "mkdocs.yml")]
    # The day of a build is no part of it: where MkDocs asks for a date, it gets the first day of all.
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "0", "NO_MKDOCS_2_WARNING": "1", "PYTHONUTF8": "1"}
    done = subprocess.run(
        command, env=environment, capture_output=True, encoding="utf-8", errors="replace", check=False
    )
    if not done.returncode:
        return
    said = f"{done.stdout}{done.stderr}".strip()
    if "Traceback (most recent call last)" in said:
        last = said.splitlines()[-1]
        # [Errno 28] No space left on device: 'from' -> 'to'
        if error := re.search(r"\[Errno (\d+)\] ([^:]*)(?:.*'([^']+)'|.*)$", last):
            raise OSError(int(error[1]), error[2], error[3] or str(out))
        raise BuildFailed(f"MkDocs stopped: {last}")
    raise BuildFailed(f"MkDocs did not build the site:\n{said}")
