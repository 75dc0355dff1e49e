"""The site by MkDocs: built aside in strict mode, then put in the old one's place."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from build_tools.generate import generate


class BuildFailed(Exception):
    """MkDocs could not build the site; the message is its own."""


def build_site(root: Path, out: Path) -> None:
    """Builds the site of `root` into `out`; the old site stays whole unless the new one is finished."""
    generate(root)  # all problems of all files, before an engine starts
    out = out.resolve()
    out.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f"{out.name}.", dir=out.parent) as aside:
        new, old = Path(aside, "new"), Path(aside, "old")
        # Not --quiet: MkDocs counts a warning only if it would print it, and strict needs the count.
        command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(new)]
        command += ["--config-file", str(root / "mkdocs.yml")]
        environment = {"SOURCE_DATE_EPOCH": "0", **os.environ, "NO_MKDOCS_2_WARNING": "1"}
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            raise BuildFailed(f"MkDocs did not build the site:\n{done.stdout}{done.stderr}".strip())
        if out.exists():
            out.rename(old)
        new.rename(out)
        shutil.rmtree(old, ignore_errors=True)
