"""Work shared by processes gives what one process gives, whatever becomes of the others."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from build_tools import cores
from build_tools.cores import each


@pytest.fixture(autouse=True)
def three_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    """The work is shared, whatever this machine has and whatever else this process does."""
    monkeypatch.setattr(cores, "_cores", lambda: 3 if hasattr(os, "fork") else 1)


@pytest.mark.parametrize("count", [0, 1, 2, 3, 7, 200])
def test_results_stand_in_the_order_of_the_items(count: int) -> None:
    assert each(lambda n: n * n, range(count), least=0) == [n * n for n in range(count)]


def test_other_processes_have_a_part_in_it() -> None:
    made = each(lambda _: os.getpid(), range(6), least=0)
    assert made[0] == os.getpid()
    assert len(set(made)) == (3 if hasattr(os, "fork") else 1)


def test_few_things_are_done_here() -> None:
    assert set(each(lambda _: os.getpid(), range(6), least=7)) == {os.getpid()}


def test_a_mistake_in_another_process_is_raised_as_it_is() -> None:
    def work(n: int) -> int:
        if n == 4:
            raise LookupError(f"nothing at {n}")
        return n

    with pytest.raises(LookupError, match="nothing at 4"):
        each(work, range(6), least=0)


def children() -> set[str]:
    """The processes that this one began and has not yet waited for."""
    return {id for file in Path("/proc/self/task").glob("*/children") for id in file.read_text().split()}


def test_a_mistake_here_leaves_no_other_process_behind() -> None:
    before = children()
    with pytest.raises(ZeroDivisionError):
        each(lambda n: 1 // n, range(6), least=0)
    assert children() <= before  # a browser of other tests may be among them


def test_what_a_killed_process_should_have_done_is_done_here() -> None:
    here = os.getpid()

    def work(n: int) -> int:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return n

    assert each(work, range(6), least=0) == [*range(6)]


def test_what_can_not_be_handed_over_is_made_here() -> None:
    def maker(n: int) -> Callable[[], int]:
        return lambda: n

    made = each(maker, range(6), least=0)
    assert [one() for one in made] == [*range(6)]


def test_where_no_more_processes_are_allowed_all_is_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused() -> int:
        raise BlockingIOError

    monkeypatch.setattr(os, "fork", refused, raising=False)
    assert each(lambda n: n, range(6), least=0) == [*range(6)]
