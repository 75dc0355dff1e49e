"""What a case says without dispute: a contradiction inside a paper is recorded, not forbidden."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.records.values import State
from build_tools.review.facts import Fact
from build_tools.review.review import PublishedCase


def facts_at(case: PublishedCase, field: str, below: str = "") -> Iterator[Fact]:
    """The facts of a field named without indices, `*` for any term of a mapping, that no claim disputes.

    A fact inside a list or block of which reports disagree is disputed as well; `below` keeps to the facts
    inside one path.
    """
    wanted = field.split(".")
    for top in case.facts:
        if top.path == wanted[0] or top.path.startswith(wanted[0] + "["):
            yield from _inside(top, wanted[1:], below)


def said_at(case: PublishedCase, path: str) -> Fact | None:
    """The fact at an exact path, if a report gives a value there and no claim disputes it."""
    fact = state_at(case, path)
    return fact if fact is not None and fact.state is State.REPORTED else None


def state_at(case: PublishedCase, path: str) -> Fact | None:
    """The fact at an exact path with whatever state is known of it, if no claim disputes it."""
    fact = case.by_path.get(path)
    if fact is None or fact.missing:
        return None
    steps = path.split(".")
    above = [".".join(steps[: end + 1]) for end in range(len(steps))]
    above += [part.rpartition("[")[0] for part in above if part.endswith("]")]
    return None if any(case.by_path[part].claims for part in above if part in case.by_path) else fact


def word_at(case: PublishedCase, path: str) -> str | None:
    """The term or text at a path, if no claim disputes it."""
    fact = said_at(case, path)
    return str(fact.value) if fact is not None and fact.value is not None else None


def number_at(case: PublishedCase, path: str) -> int | None:
    """The whole number at a path, if no claim disputes it."""
    fact = said_at(case, path)
    return fact.value if fact is not None and isinstance(fact.value, int) else None


def _inside(fact: Fact, wanted: list[str], below: str) -> Iterator[Fact]:
    if fact.claims or fact.missing:
        return
    if fact.children and fact.children[0].path.startswith(f"{fact.path}["):  # a list: its items in turn
        for item in fact.children:
            yield from _inside(item, wanted, below)
    elif not wanted:
        if fact.state is State.REPORTED and fact.path.startswith(below):
            yield fact
    else:
        for child in fact.children:
            if wanted[0] in ("*", child.path.rpartition(".")[2].partition("[")[0]):
                yield from _inside(child, wanted[1:], below)
