"""Entries of two lists of facts, each with the one that it was."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from build_tools.review.facts import Fact

Pair = tuple[Fact | None, Fact | None]


def matched(old: Sequence[Fact], new: Sequence[Fact]) -> Iterator[Pair]:
    """The entries of two lists, each with the one that it most resembles, or with none.

    So an entry put between others is one new entry, and not a change of all that follow.
    """
    was = _partners(old, new)
    yield from ((entry, None) for i, entry in enumerate(old) if i not in was.values())
    yield from ((old[was[j]] if j in was else None, entry) for j, entry in enumerate(new))


def in_order(old: Sequence[Fact], new: Sequence[Fact]) -> bool:
    """Whether the entries that stand in both lists stand in the same order."""
    was = _partners(old, new)
    places = [was[j] for j in sorted(was)]
    return places == sorted(places)


def _partners(old: Sequence[Fact], new: Sequence[Fact]) -> dict[int, int]:
    """The place in `new` -> the place in `old`, the most alike first; of two as alike, the nearer."""
    before, after = [_leaves(entry) for entry in old], [_leaves(entry) for entry in new]
    likeness = {
        (i, j): len(a & b) / max(1, len(a | b)) for i, a in enumerate(before) for j, b in enumerate(after)
    }
    was: dict[int, int] = {}
    for i, j in sorted(likeness, key=lambda pair: (-likeness[pair], abs(pair[0] - pair[1]), pair)):
        # An entry of one word has nothing else to be known by than its place.
        alike = likeness[i, j] or (i == j and max(len(before[i]), len(after[j])) <= 1)
        if alike and j not in was and i not in was.values():
            was[j] = i
    return was


def _leaves(entry: Fact) -> set[str]:
    return {
        f"{_step(fact, entry)}={says(fact)}"
        for fact in entry.walk()
        if not fact.children and not fact.missing
    }


def says(fact: Fact) -> object:
    """What a fact says, apart from its words, its source and its note; equal if two facts say the same."""
    inner = sorted((_step(child, fact), repr(says(child))) for child in fact.children if not child.missing)
    return fact.state, repr(fact.value), fact.inferred, fact.used, [says(c) for c in fact.claims], inner


def _step(fact: Fact, above: Fact) -> str:
    return fact.path.removeprefix(above.path)
