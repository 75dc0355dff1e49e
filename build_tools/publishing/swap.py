"""A folder made aside and put in the old one's place in one step: killed at any time, one is whole."""

from __future__ import annotations

import ctypes
import errno
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from glob import escape
from pathlib import Path

_HERE = -100  # AT_FDCWD of Linux: paths count from the working directory
_EXCHANGE = 2  # RENAME_EXCHANGE of Linux
_CANNOT = {errno.ENOSYS, errno.EINVAL, errno.ENOTSUP}


@contextmanager
def replacing(out: Path) -> Iterator[Path]:
    """A path for the new folder, which takes the place of `out` unless the block fails.

    First mends what a killed build left: a folder that was moved away comes back, and remains are removed.
    One build at a time (see `lock`).
    """
    restore(out)
    beside = tempfile.TemporaryDirectory(prefix=_prefix(out), dir=out.parent, ignore_cleanup_errors=True)
    with beside as aside:
        new = Path(aside, "new")
        yield new
        _to_disk(new)
        if not out.exists():
            new.rename(out)
        elif not _exchange(new, out):
            _rename_twice(new, out, Path(aside, "old"))
        _sync(out.parent)
    restore(out)  # a killed build's MkDocs may have gone on for a while


def restore(out: Path) -> None:
    """Puts back what a killed build had moved away, and removes its remains."""
    for aside in sorted(out.parent.glob(f"{escape(_prefix(out))}*")):
        if (aside / "old").is_dir() and not out.exists():
            (aside / "old").rename(out)
        shutil.rmtree(aside, ignore_errors=True)


def _prefix(out: Path) -> str:
    return f"{out.name}.aside-"


def _exchange(one: Path, other: Path) -> bool:
    """Lets two folders change places in one step; False where the system can't (it is Linux that can)."""
    if sys.platform != "linux":
        return False
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    rename.argtypes = [ctypes.c_int, ctypes.c_char_p, ctypes.c_int, ctypes.c_char_p, ctypes.c_uint]
    if rename(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0:
        return True
    error = ctypes.get_errno()
    if error in _CANNOT:
        return False
    raise OSError(error, os.strerror(error), str(other))


def _rename_twice(new: Path, out: Path, old: Path) -> None:
    """The next best: for a moment there is no folder, and `restore` brings the old one back."""
    out.rename(old)
    try:
        new.rename(out)
    except OSError:
        old.rename(out)
        raise


def _to_disk(folder: Path) -> None:
    """Waits until all of a folder is on the disk, so that not even a power cut leaves half of it."""
    for path in [*folder.rglob("*"), folder]:
        _sync(path)


def _sync(path: Path) -> None:
    """Waits until a file or folder is on the disk; Windows tells only those who write."""
    if sys.platform == "win32":
        return
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
