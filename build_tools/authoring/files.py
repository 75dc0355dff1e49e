"""New files: written whole or not at all, and never over another."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path


class AlreadyThere(Exception):
    """A file of that name exists; it is left as it is."""


def write_new(files: Mapping[Path, str]) -> None:
    """Writes all files, or none; AlreadyThere if one of them is, OSError if one can't be written."""
    for path in files:
        if path.exists() or path.is_symlink():
            raise AlreadyThere(path)
    made: list[Path] = []
    try:
        for path, text in files.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            aside = _aside(path, text)
            try:
                os.link(aside, path)  # unlike a rename, refuses to take the place of another file
            except FileExistsError:
                raise AlreadyThere(path) from None
            finally:
                aside.unlink()
            made.append(path)
    except BaseException:
        for path in made:
            path.unlink()
        raise


def replace(path: Path, text: str) -> None:
    """Puts new content in the place of a file's, in one step."""
    mode = path.stat().st_mode
    aside = _aside(path, text)
    aside.chmod(mode)
    aside.replace(path)


def _aside(path: Path, text: str) -> Path:
    """A file beside `path` with the text, whole."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as out:
        out.write(text)
    Path(name).chmod(0o644)
    return Path(name)
