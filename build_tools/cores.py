"""The same work for many things, on all cores where that pays."""

from __future__ import annotations

import gc
import os
import pickle
import sys
import threading
import warnings
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

_MOST = 4


def each(work: Callable[[T], R], items: Sequence[T], least: int = 400) -> list[R]:
    """What `work` makes of each item, in order; with fewer than `least` items a second process does not pay.

    `work` changes nothing that is read later, and what it makes can be pickled. A share that a process could
    not finish, for whatever reason, is done here again, so that its exception is that of `work` itself.
    """
    cores = _cores() if len(items) >= least else 1
    shares = [items[first::cores] for first in range(cores)]
    helpers = [_Helper(work, share) for share in shares[1:]]
    made: list[list[R]] = []
    try:
        made.append([work(item) for item in shares[0]])
    finally:
        received = [helper.result() for helper in helpers]
    for share, result in zip(shares[1:], received, strict=True):
        made.append([work(item) for item in share] if result is None else result)
    return [made[place % cores][place // cores] for place in range(len(items))]


def _cores() -> int:
    """How many processes may share the work: one where a copy of this process would not be safe."""
    if sys.platform != "linux" or threading.active_count() > 1:
        return 1
    return min(len(os.sched_getaffinity(0)), _MOST)


class _Helper(Generic[R]):
    """A copy of this process that does a share of the work; it ends by itself if this process is killed."""

    def __init__(self, work: Callable[[T], R], share: Sequence[T]) -> None:
        self._from, into = os.pipe()
        try:
            with warnings.catch_warnings():
                # Libraries may have threads of their own; the copy uses none of them.
                warnings.simplefilter("ignore", DeprecationWarning)
                self._process = os.fork()
        except OSError:  # the system allows no more processes
            self._process = -1
        if not self._process:
            os.close(self._from)
            _do(work, share, into)
        os.close(into)

    def result(self) -> list[R] | None:
        """What was made of the share; None if it was not finished."""
        with os.fdopen(self._from, "rb") as pipe:
            content = pipe.read()
        if self._process < 0:
            return None
        _, status = os.waitpid(self._process, 0)
        if status:
            return None
        made: list[R] = pickle.loads(content)  # written by our own copy
        return made


def _do(work: Callable[[T], R], share: Sequence[T], into: int) -> None:
    """Does a share, writes what was made, and ends this copy, whatever happens."""
    code = 1
    try:
        gc.disable()  # a copy that soon ends shares its memory as long as nobody touches it
        content = pickle.dumps([work(item) for item in share], pickle.HIGHEST_PROTOCOL)
        with os.fdopen(into, "wb") as pipe:
            pipe.write(content)
        code = 0
    finally:
        os._exit(code)
