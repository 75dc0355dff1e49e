"""Where something may be made: never where it would take the place of what people wrote."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

_SOURCES = ("cases", "content", "overrides")


class WrongFolder(Exception):
    """The folder to write into holds something else, which would be lost; the message says what to give."""


def refuse(root: Path, out: Path, what: str, signs: Iterable[str]) -> None:
    """WrongFolder if writing `what` into `out` would destroy what people wrote.

    `signs` are the files by which a folder is known to hold an older `what`.
    """
    root, out = root.resolve(), out.resolve()
    if root.is_relative_to(out):
        raise WrongFolder(f"{out} holds the casebook itself; give --out a folder of its own, such as {what}")
    for name in _SOURCES:
        if out.is_relative_to(root / name):
            raise WrongFolder(
                f"{out} is a source of the casebook; give --out a folder of its own, such as {what}"
            )
    if out.is_dir() and any(out.iterdir()) and not all((out / sign).is_file() for sign in signs):
        first = min(path.name for path in out.iterdir())
        raise WrongFolder(
            f"{out} holds other files ({first}) and no {what}; give --out a new or an empty folder"
        )
