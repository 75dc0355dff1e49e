"""Facts side by side: which differ in what is said, in its source or in its note."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from build_tools.impact.change import UNREPEATED, Change
from build_tools.impact.matching import Pair, in_order, matched, says
from build_tools.records.values import Source, State
from build_tools.review.facts import Fact, state_words

NOTHING, NO_PLACE, NO_NOTE = "not there", "no place", "no note"
Sources = tuple[Source, ...]


@dataclass(frozen=True)
class Differences:
    """What differs between two records: what is said, where it stands, and what is noted beside it."""

    facts: tuple[Change, ...] = ()
    sources: tuple[Change, ...] = ()
    notes: tuple[Change, ...] = ()

    def __add__(self, other: Differences) -> Differences:
        return Differences(self.facts + other.facts, self.sources + other.sources, self.notes + other.notes)

    def inside(self, place: str) -> Differences:
        """The same differences with the place that they all stand in, such as a file."""
        return Differences(
            *(
                tuple(replace(change, where=(place, *change.where)) for change in changes)
                for changes in (self.facts, self.sources, self.notes)
            )
        )


def compare(
    old: Iterable[Fact], new: Iterable[Fact], told: tuple[Sources, Sources] = ((), ())
) -> Differences:
    """The differences of two trees of facts.

    Where a whole block or entry is there on one side only, one difference tells all of it; so does one for a
    source that stands at a block and holds for all in it. `told` are sources whose change was told already.
    """
    found = Differences()
    for one, other in _by_name(old, new):
        found += _compare(one, other, told)
    return found


def _compare(old: Fact | None, new: Fact | None, told: tuple[Sources, Sources]) -> Differences:
    if old is None or new is None or old.missing or new.missing:
        return _one_sided(old, new)
    if _splits(old) and _splits(new):
        moved = _source(old, new, told)
        if _is_list(old) or _is_list(new):
            inner = Differences(facts=tuple(_reordered(old, new)))
            for one, other in matched(old.children, new.children):
                inner += _compare(one, other, _known(old, new, told))
        else:
            inner = compare(old.children, new.children, _known(old, new, told))
        return Differences(sources=moved, notes=_notes(old, new)) + inner
    if says(old) == says(new):
        return Differences(sources=_source(old, new, told), notes=_notes(old, new))
    withheld = new.state is State.WITHHELD
    was = UNREPEATED if withheld else words(old)
    change = Change((new.path,), was, words(new), _both_places(old, new))
    return Differences(facts=(change,), notes=() if withheld else _notes(old, new))


def _one_sided(old: Fact | None, new: Fact | None) -> Differences:
    """The one difference of a fact that only one side knows."""
    known = [fact for fact in (old, new) if fact is not None and not fact.missing]
    if not known:
        return Differences()  # two ways of silence are no fact
    return Differences(facts=(Change((known[0].path,), words(old), words(new), _places(known[0].sources)),))


def words(fact: Fact | None) -> str:
    """A fact for a reader of changes; of claims all, with the one that is used."""
    if fact is None:
        return NOTHING
    if fact.claims:
        said = [f"{words(c)} (used)" if i == fact.used else words(c) for i, c in enumerate(fact.claims)]
        return " / ".join(said)
    if fact.state is not State.REPORTED:
        return state_words(fact.state)
    return (fact.text or fact.title) + (" (inferred)" if fact.inferred else "")


def _reordered(old: Fact, new: Fact) -> Iterator[Change]:
    """The one change of a list whose entries stand in another order."""
    if not in_order(old.children, new.children):
        yield Change((new.path,), words(old), words(new))


def _by_name(old: Iterable[Fact], new: Iterable[Fact]) -> Iterator[Pair]:
    one = {_name(fact): fact for fact in old}
    other = {_name(fact): fact for fact in new}
    for name in dict.fromkeys([*other, *one]):
        yield one.get(name), other.get(name)


def _name(fact: Fact) -> str:
    return fact.path.rpartition(".")[2]


def _splits(fact: Fact) -> bool:
    """Whether a fact is reported by what is inside it."""
    return bool(fact.children) and not fact.claims


def _is_list(fact: Fact) -> bool:
    return fact.children[0].path.endswith("]")


def _known(old: Fact, new: Fact, told: tuple[Sources, Sources]) -> tuple[Sources, Sources]:
    return (_given(old), _given(new)) if _given(old) != _given(new) else told


def _source(old: Fact, new: Fact, told: tuple[Sources, Sources]) -> tuple[Change, ...]:
    if _all_sources(old) == _all_sources(new) or (_given(old), _given(new)) == told:
        return ()
    return (Change((new.path,), _all_places(old) or NO_PLACE, _all_places(new) or NO_PLACE),)


def _all_sources(fact: Fact) -> tuple[Sources, ...]:
    return (_given(fact), *(claim.sources for claim in fact.claims))


def _given(fact: Fact) -> Sources:
    """The places of a fact itself: of a block those that stand at it, not those of what is in it."""
    return fact.given if _splits(fact) else fact.sources


def _all_places(fact: Fact) -> str:
    return " / ".join(_places(claim.sources) for claim in fact.claims) or _places(_given(fact))


def _both_places(old: Fact, new: Fact) -> str:
    was, now = _places(old.sources), _places(new.sources)
    return now if was == now else f"{was or NO_PLACE} -> {now or NO_PLACE}"


def _places(sources: Sources) -> str:
    return "; ".join(
        f"{source.report}: {source.place}" if source.report else source.place for source in sources
    )


def _notes(old: Fact, new: Fact) -> tuple[Change, ...]:
    one, other = ([fact.note, fact.why, *(claim.note for claim in fact.claims)] for fact in (old, new))
    if one == other:
        return ()
    return (
        Change((new.path,), *(" / ".join(note for note in side if note) or NO_NOTE for side in (one, other))),
    )
