"""Facts: every field of a case as one tree of values with their state, source and words.

Pages, tables and exports read facts, so that they can't differ in what they say of a value.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from build_tools.records.measures import Measure
from build_tools.records.terms import Term, Vocabulary
from build_tools.records.values import WORKED_OUT, Block, Claim, Record, Source, State, Value

Vocabularies = Mapping[str, Vocabulary]


@dataclass(frozen=True)
class Fact:
    """What is known of one field of one case.

    `path` is its place in the file (`surgeries[0].blood_loss`), `value` its JSON form, `text` its words
    for a reader (plain text, never markup), `inline` the same inside a line, and `parts` the same entry by
    entry where it is a list or mapping; `line` names an entry of a mapping with what is said of it.
    `children` are the facts inside a block, list or mapping, `sources` then all of theirs, and `given` those
    that stand at the block and hold for what names none. `claims`
    hold what reports say where they disagree; `used` is the index of the claim that tables take. A fact
    that a `rule` derives holds the facts it follows from as `inputs`, and of a number the least and the
    most that it can be as `bounds`.
    """

    path: str
    title: str
    state: State
    text: str = ""
    value: object = None
    sources: tuple[Source, ...] = ()
    given: tuple[Source, ...] = ()
    note: str | None = None
    inferred: bool = False
    term: Term | None = None
    inline: str = ""
    line: str = ""
    parts: tuple[str, ...] = ()
    children: tuple[Fact, ...] = ()
    claims: tuple[Fact, ...] = ()
    used: int | None = None
    why: str | None = None
    rule: str | None = None
    inputs: tuple[Fact, ...] = ()
    bounds: tuple[float, float] | None = None

    @property
    def missing(self) -> bool:
        """Whether no report says anything of the field."""
        return self.state in WORKED_OUT

    @property
    def is_group(self) -> bool:
        """Whether the fact holds others and has no value of its own."""
        return bool(self.children)

    @property
    def speaks_for_itself(self) -> bool:
        """Whether the value is understood without its title: a term, or a detail in words."""
        return (self.term is not None and not self.children) or self.title == "Detail"

    @property
    def heading(self) -> Fact:
        """What gives a block its title, such as the modality of an imaging study; else the fact itself."""
        return next((child for child in self.children if child.text == self.title), self)

    @property
    def anchor(self) -> str:
        """The id of the fact on its case's page: `value-surgeries-0-blood_loss`."""
        return "value-" + self.path.replace("[", "-").replace("].", "-").replace("]", "").replace(".", "-")

    @property
    def words(self) -> str:
        """The fact for a reader: its text, or its state in place of a value."""
        return self.line or (self.text if self.state is State.REPORTED else state_words(self.state))

    @property
    def qualifiers(self) -> tuple[str, ...]:
        """What must be read with the words, so that a copied value is never more than it was."""
        conflicting = self.claims or (self.rule and self.conflict)
        return ("inferred",) * self.inferred + ("conflicting",) * bool(conflicting)

    @property
    def said(self) -> str:
        """The words with their qualifiers: 'none (inferred)'."""
        return self.words + "".join(f" ({word})" for word in self.qualifiers)

    @property
    def conflict(self) -> str | None:
        """That reports disagree, or that one says different things, of the fact or of something in it."""
        if self.claims:
            reports = {source.report for claim in self.claims for source in claim.sources}
            return "Reports disagree." if len(reports) > 1 else "One report says different things."
        return next((f.conflict for f in (*self.children, *self.inputs) if f.conflict), None)

    @property
    def forms(self) -> tuple[str, ...]:
        """How the value came here: reported, or else derived, inferred or conflicting, whole or in part."""
        forms = ("derived",) * bool(self.rule)
        if self.inferred:
            forms += ("inferred",)
        elif any(fact.inferred for fact in self._inside()):
            forms += ("partly inferred",)
        forms += ("conflicting",) * bool(self.conflict)
        return forms or ("reported",)

    @property
    def notes(self) -> tuple[str, ...]:
        """What a reader should know of the fact and of all that it is made of."""
        facts = [part for fact in (self, *self._inside()) for part in (fact, *fact.claims)]
        return tuple(dict.fromkeys(words for f in facts for words in (f.note, f.why) if words))

    def _inside(self) -> Iterator[Fact]:
        for fact in (*self.children, *self.inputs):
            yield fact
            yield from fact._inside()

    @property
    def entries(self) -> tuple[Fact, ...]:
        """The fact entry by entry, as a table sets them; each keeps all that belongs to it."""
        if self.state is not State.REPORTED:
            return (self,)
        if self.claims and self.children:
            return tuple(
                replace(c, claims=self.claims, sources=self.sources, note=self.note, why=self.why)
                for c in self.children
            )
        if self.children and len(self.parts) == len(self.children):
            return tuple(
                replace(child, note=" ".join(words for words in (self.note, child.note) if words) or None)
                for child in self.children
            )
        return tuple(replace(self, text=part) for part in self.parts) or (self,)

    def walk(self) -> Iterator[Fact]:
        """The fact and all facts inside it, in reading order."""
        yield self
        for child in self.children:
            yield from child.walk()

    def child(self, name: str) -> Fact | None:
        """The fact directly inside this one whose last step is `name`."""
        for child in self.children:
            if child.path in (f"{self.path}.{name}", name):
                return child
        return None


@dataclass(frozen=True)
class _Reading:
    """What the walk needs at every step: the words of terms, and what silence means."""

    vocabularies: Vocabularies
    silence: State

    def label(self, term: Term) -> str:
        return self.vocabularies[term.vocabulary].terms[term].label

    def block(
        self, block: Record, path: str, sources: tuple[Source, ...], inferred: bool = False
    ) -> tuple[Fact, ...]:
        """The facts of a block's fields, in the order of the model; of an inferred block all are inferred."""
        sources = getattr(block, "source", ()) or sources
        facts = []
        for name, info in type(block).model_fields.items():
            if name in ("source", "note"):
                continue
            value = getattr(block, name)
            place = f"{path}.{name}" if path else name
            title = info.title or name
            if value is None or value == ():
                if getattr(type(block), "asked", False):
                    facts.append(Fact(place, title, self.silence))
                continue
            fact = self.field(value, place, title, sources)
            if isinstance(value, Block) and all(child.missing for child in fact.children):
                fact = replace(fact, state=self.silence, text="", value=None, sources=())
            facts.append(_as_inferred(fact) if inferred else fact)
        return tuple(facts)

    def field(self, value: object, path: str, title: str, sources: tuple[Source, ...]) -> Fact:
        if isinstance(value, Value):
            return self.said(value, path, title, sources)
        return self.content(value, Fact(path, title, State.REPORTED, sources=sources))

    def said(self, value: Value[object], path: str, title: str, sources: tuple[Source, ...]) -> Fact:
        """The fact of a value in any of its forms."""
        if not value.claims:
            return self.claim(value, path, title, sources)
        claims = tuple(self.claim(claim, path, title, sources) for claim in value.claims)
        used = claims[value.use] if value.use is not None else Fact(path, title, State.UNCLEAR)
        merged = tuple(dict.fromkeys(source for claim in claims for source in claim.sources))
        return replace(used, claims=claims, used=value.use, why=value.why, note=value.note, sources=merged)

    def claim(self, claim: Claim[object], path: str, title: str, sources: tuple[Source, ...]) -> Fact:
        fact = Fact(
            path,
            title,
            claim.state,
            sources=claim.source or sources,
            note=claim.note,
            inferred=claim.inferred,
        )
        return fact if claim.value is None else self.content(claim.value, fact)

    def content(self, value: object, fact: Fact) -> Fact:
        """The fact with its words, its JSON form and what is inside it."""
        if isinstance(value, Block):
            return self._block(value, fact)
        if isinstance(value, dict):
            children = tuple(
                self.field(inner, f"{fact.path}.{key}", self.label(key), fact.sources)
                for key, inner in value.items()
            )
            children = tuple(
                replace(c, term=key, line=_of_key(c)) for c, key in zip(children, value, strict=True)
            )
            return _holding(children, fact)
        if isinstance(value, tuple):
            if value and all(isinstance(item, Block) for item in value):
                children = tuple(
                    self.field(item, f"{fact.path}[{i}]", fact.title, fact.sources)
                    for i, item in enumerate(value)
                )
                return _holding(children, fact)
            items = [self.content(item, replace(fact)) for item in value]
            parts = tuple(item.text for item in items)
            return replace(fact, value=[i.value for i in items], parts=parts, text="; ".join(parts))
        if isinstance(value, Measure):
            return replace(fact, value=value.as_json(), text=_measure_words(value))
        if isinstance(value, Term):
            entry = self.vocabularies[value.vocabulary].terms[value]
            inline = entry.label if entry.proper else lower_first(entry.label)
            return replace(fact, value=str(value), text=entry.label, inline=inline, term=value)
        if isinstance(value, bool):
            return replace(fact, value=value, text="yes" if value else "no")
        words = _number_words(value)
        return replace(fact, value=value, text=words, inline=words.removesuffix("."))

    def _block(self, block: Block, fact: Fact) -> Fact:
        """A block's title is its first plain field, such as the modality of an imaging study."""
        children = self.block(block, fact.path, fact.sources, fact.inferred)
        note = block.note or fact.note
        heading = next(
            (c for c in children if not isinstance(getattr(block, c.path.rpartition(".")[2]), Value | None)),
            None,
        )
        if not children:
            sources = getattr(block, "source", ()) or fact.sources
            return replace(fact, value="present", text="present", note=note, sources=sources)
        fact = replace(
            fact,
            children=children,
            note=note,
            inferred=_all_inferred(children),
            sources=_sources_of(children) or block.source or fact.sources,
            given=block.source or fact.sources,
        )
        details = [
            _with_title(c) + _in_brackets(c, fact) for c in children if c is not heading and not c.missing
        ]
        if heading is None:
            return replace(fact, text=", ".join(details) or "present")
        return replace(
            fact,
            title=heading.text if fact.path.endswith("]") else fact.title,
            term=heading.term,
            text=heading.text + (f" ({', '.join(details)})" if details else ""),
        )


def _holding(children: tuple[Fact, ...], fact: Fact) -> Fact:
    """The fact of a list or mapping: its words and places are those of what is in it."""
    if fact.inferred:
        children = tuple(_as_inferred(child) for child in children)
    fact = replace(
        fact,
        children=children,
        sources=_sources_of(children),
        given=fact.sources,
        inferred=_all_inferred(children),
    )
    words = [child.words + _in_brackets(child, fact) for child in children]
    return replace(fact, parts=tuple(child.words for child in children), text="; ".join(words))


def _as_inferred(fact: Fact) -> Fact:
    if fact.missing:
        return fact
    return replace(fact, inferred=True, children=tuple(_as_inferred(child) for child in fact.children))


def _all_inferred(facts: Iterable[Fact]) -> bool:
    said = [fact.inferred for fact in facts if not fact.missing]
    return bool(said) and all(said)


def _sources_of(facts: Iterable[Fact]) -> tuple[Source, ...]:
    return without_repeats(source for fact in facts for source in fact.sources)


def _in_brackets(fact: Fact, whole: Fact) -> str:
    """The qualifiers of a fact inside the words of a larger one, which may say the same of itself."""
    own = [word for word in fact.qualifiers if word not in whole.qualifiers]
    return "".join(f" [{word}]" for word in own)


def without_repeats(sources: Iterable[Source]) -> tuple[Source, ...]:
    """Sources in order, each once."""
    return tuple(dict.fromkeys(sources))


def read_facts(record: Record, vocabularies: Vocabularies, silence: State) -> tuple[Fact, ...]:
    """The facts of a record; `silence` is what a field left out means."""
    return _Reading(vocabularies, silence).block(record, "", ())


def state_words(state: State) -> str:
    """A state as a reader sees it in place of a value."""
    return "none" if state is State.ABSENT else str(state).replace("_", " ")


def lower_first(words: str) -> str:
    """Words as they stand inside a line: a small first letter, unless they begin with an abbreviation."""
    return words[:1].lower() + words[1:] if words[1:2].islower() else words


def _of_key(fact: Fact) -> str:
    """An entry of a mapping inside a line: the key, then what is said of it."""
    if fact.state is not State.REPORTED:
        return f"{fact.title}: {state_words(fact.state)}"
    words = fact.inline or fact.text
    return fact.title if words in ("", "present", fact.title) else f"{fact.title}: {words}"


def _with_title(fact: Fact) -> str:
    """A fact inside a line: a term or detail speaks for itself, anything else needs its title."""
    title, words = lower_first(fact.title), fact.inline or fact.text
    if fact.state is not State.REPORTED:
        return f"{title}: {state_words(fact.state)}"
    if words in ("", "present"):
        return title
    if fact.speaks_for_itself:
        return words
    return f"{title}: {words}" if isinstance(fact.value, str) else f"{title} {words}"


BACKWARDS = {"": "", "<": "more than ", "<=": "at least ", ">": "less than ", ">=": "at most ", "~": "about "}
OPERATORS = {"": "", "<": "less than ", "<=": "at most ", ">": "more than ", ">=": "at least ", "~": "about "}


def _measure_words(measure: Measure) -> str:
    if not measure.axes:
        return measure.text
    if measure.low < 0:
        return _words_before_zero(measure)
    axes = [
        _number_words(low) if low == high else f"{_number_words(low)}–{_number_words(high)}"
        for low, high in measure.axes
    ]
    return f"{OPERATORS[measure.op]}{' × '.join(axes)}{_unit_words(measure, axes)}"


def _words_before_zero(measure: Measure) -> str:
    """A time before time zero: the farther it lies back, the larger its number."""
    ((low, high),) = measure.axes
    if high > 0:
        before, after = (n + _unit_words(measure, [n]) for n in (_number_words(-low), _number_words(high)))
        return f"{before} before to {after} after time zero"
    number = _number_words(-low) if low == high else f"{_number_words(-high)}–{_number_words(-low)}"
    return f"{BACKWARDS[measure.op]}{number}{_unit_words(measure, [number])} before time zero"


def _unit_words(measure: Measure, numbers: list[str]) -> str:
    space = "" if measure.unit in ("%", "") else "\u00a0"
    unit = measure.unit
    if unit.endswith("s") and unit.removesuffix("s") in ("month", "hour", "day", "week", "year", "unit"):
        unit = unit.removesuffix("s") if numbers == ["1"] else unit
    return space + unit


def _number_words(value: object) -> str:
    return f"{value:.6f}".rstrip("0").rstrip(".") if isinstance(value, float) else str(value)
