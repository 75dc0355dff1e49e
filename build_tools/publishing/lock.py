"""One build at a time into one folder."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class Busy(Exception):
    """Another build is writing to the same folder; the message names it."""


@contextmanager
def only_build(out: Path) -> Iterator[None]:
    """Holds the lock of `out`, a file beside it that goes when the build ends; Busy if another build has it.

    The system frees the lock of a killed process, so that nobody has to remove it by hand. On Windows, where
    Python's standard library has no such lock, there is none.
    """
    if sys.platform == "win32":
        yield
        return
    import fcntl  # noqa: PLC0415  (not on Windows)

    path = out.with_name(f"{out.name}.lock")
    while True:
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            other = os.read(handle, 20).decode(errors="replace").strip()
            os.close(handle)
            number = f" (process {other})" if other else ""
            raise Busy(f"another build{number} is writing to {out}; wait until it has ended") from None
        except BaseException:
            os.close(handle)
            raise
        if _is(path, handle):
            break
        os.close(handle)  # the other build removed its file in between
    try:
        os.truncate(handle, 0)
        os.write(handle, f"{os.getpid()}\n".encode())
        yield
    finally:
        path.unlink(missing_ok=True)
        os.close(handle)


def _is(path: Path, handle: int) -> bool:
    """Whether a path still is the file that was opened."""
    try:
        return os.path.samestat(path.stat(), os.fstat(handle))
    except FileNotFoundError:
        return False
