"""Derived values: what follows from facts by a named rule, and is never typed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from math import inf

from build_tools.records.lesion import Lesion
from build_tools.records.measures import UNITS, Measure
from build_tools.records.values import State, Value
from build_tools.review.facts import OPERATORS, Fact, lower_first, state_words, without_repeats
from build_tools.review.review import PublishedCase, Review


@dataclass(frozen=True)
class Derived:
    """A value worked out from facts: its words, its plain value, and the paths of what it follows from."""

    text: str
    value: object = None
    inputs: tuple[str, ...] = ()


Rule = Callable[[PublishedCase, Review], Derived | None]
RULES: dict[str, tuple[str, Rule]] = {}
"""Name -> (title, rule): `derived.status` in a table means RULES["status"]; the docstring says the rule."""

_ASKED: dict[str, tuple[str, ...]] = {}
"""Name of a rule -> the fields whose state is told where no value follows."""


def rule(title: str, *asked: str) -> Callable[[Rule], Rule]:
    """Registers a rule under its function's name, with the title that table heads show.

    `asked` are the fields that it needs: where one is unclear or not done, so is what would follow from it.
    """

    def register(function: Rule) -> Rule:
        function.__doc__ = " ".join((function.__doc__ or "").split())
        RULES[function.__name__] = (title, function)
        _ASKED[function.__name__] = asked
        return function

    return register


def derive(case: PublishedCase, name: str, review: Review) -> Fact:
    """What a rule derives of a case, as a fact: it has the places, notes and doubts of what it follows from.

    Where nothing follows, its state is that of what was asked for, or that no report says anything.
    """
    title, function = RULES[name]
    path, words = f"derived.{name}", function.__doc__ or ""
    found = function(case, review)
    inputs: tuple[Fact, ...]
    if found is None:
        asked = [fact for field in _ASKED[name] for fact in case.find(field) if not fact.missing]
        open_ = next((fact for fact in asked if fact.state is not State.REPORTED), None)
        if open_ is None:
            silent = next((fact.state for fact in case.by_path.values() if fact.missing), State.NOT_EXTRACTED)
            return Fact(path, title, silent)
        state, inputs, found = open_.state, (open_,), Derived("")
    else:
        facts = [case.by_path[path] for path in dict.fromkeys(found.inputs) if path in case.by_path]
        state, inputs = State.REPORTED, tuple(fact for fact in facts if not fact.missing)
    return Fact(
        path,
        title,
        state,
        text=found.text,
        value=found.value,
        sources=without_repeats(source for fact in inputs for source in fact.sources),
        inferred=any("inferred" in form for fact in inputs for form in fact.forms),
        rule=words,
        inputs=inputs,
    )


@rule("Year")
def year(case: PublishedCase, review: Review) -> Derived | None:
    """The year in which the patient's own report was published."""
    report = review.reports[case.report_ids[0]]
    return Derived(str(report.year), report.year) if report.year else None


@rule("Author")
def author(case: PublishedCase, review: Review) -> Derived | None:
    """The first author of the patient's own report."""
    report = review.reports[case.report_ids[0]]
    return Derived(report.authors[0].family, report.authors[0].family) if report.authors else None


@rule("Origin", "lesions.origin.structure")
def origin(case: PublishedCase, review: Review) -> Derived | None:
    """Where the primary tumour grew from and on which side; doubt is said."""
    found = _primary(case)
    if found is None:
        return None
    index, _ = found
    paths = [f"lesions[{index}].{field}" for field in ("side", "origin.structure", "origin.certainty")]
    side, structure = _text(case, paths[0]), _text(case, paths[1])
    if structure is None:
        return None
    doubt = _doubt(case, paths[2])
    term = case.by_path[paths[1]].term
    if side and term and review.vocabularies[term.vocabulary].terms[term].unpaired:
        words = f"{structure}, on the {lower_first(side)}"
    else:
        words = _beside(side, structure) if side else structure
    return Derived(words + doubt, words, tuple(path for path in paths if path in case.by_path))


@rule("Size", "lesions.sizes.size", "lesions.sizes")
def longest_axis(case: PublishedCase, review: Review) -> Derived | None:
    """The longest axis of the primary tumour: of the specimen if that was measured, else the largest by any
    other method; the method is said."""
    found = _primary(case)
    if found is None or found[1].sizes is None or found[1].sizes.value is None:
        return None
    measured = [
        (i, size, used.value)
        for i, size in enumerate(found[1].sizes.value)
        if size.size is not None and (used := size.size.used) and isinstance(used.value, Measure)
    ]
    if not measured:
        return None
    # "Less than 4 cm" says how large it was not: any other measurement says more.
    i, size, measure = max(
        measured, key=lambda m: (m[1].method == "specimen", not m[2].op.startswith("<"), m[2].to("cm"))
    )
    method = lower_first(review.label("size_method", size.method))
    span = f"{OPERATORS[measure.op]}{_cm(measure.low, measure)}" + (
        f"–{_cm(measure.high, measure)}" if measure.low != measure.high else ""
    )
    return Derived(
        f"{span} cm ({method})", round(measure.to("cm"), 2), (f"lesions[{found[0]}].sizes[{i}].size",)
    )


@rule("Treatment", "surgeries.procedures")
def treatment(case: PublishedCase, review: Review) -> Derived | None:
    """The main procedure of the first operation: the one that its report puts first."""
    fact = case.by_path.get("surgeries[0].procedures")
    if fact is None or not isinstance(fact.value, list):
        return None
    return Derived(review.label("procedure", fact.value[0]), fact.value[0], (fact.path,))


@rule("Follow-up", "follow_up.last_contact")
def follow_up(case: PublishedCase, review: Review) -> Derived | None:
    """Months from time zero to the last follow-up; of a range or a bound the lower end, marked with ≥."""
    path = "follow_up.last_contact"
    months = months_of(case, path)
    if months is None:
        return None
    marked = "≥ " if is_lower_bound(case.by_path.get(path)) else ""
    return Derived(marked + in_months(months), months, (path, "time_zero"))


@rule("Status", "outcome.vital", "outcome.disease", "follow_up.lost")
def status(case: PublishedCase, review: Review) -> Derived | None:
    """NED alive without disease, AWD alive with disease, DOD died of disease, DOT of treatment, DOC of other
    causes, DUN of an unknown cause, LTFU lost to follow-up with an unknown state."""
    vital, disease, cause = (_word(case, f"outcome.{field}") for field in ("vital", "disease", "cause"))
    code, also = None, "outcome.disease"
    if vital == "alive":
        code = {"none": "NED", "present": "AWD"}.get(disease or "")
    elif vital == "dead":
        also = "outcome.cause"
        code = {"disease": "DOD", "treatment": "DOT", "other": "DOC"}.get(cause or "", "DUN")
    elif _word(case, "follow_up.lost") == "present":
        code, also = "LTFU", "follow_up.lost"
    inputs = tuple(path for path in ("outcome.vital", also) if path in case.by_path)
    return Derived(code, code, inputs) if code else None


STATUS_WORDS = {
    "NED": "no evidence of disease",
    "AWD": "alive with disease",
    "DOD": "died of disease",
    "DOT": "died of treatment",
    "DOC": "died of other causes",
    "DUN": "died, cause unknown",
    "LTFU": "lost to follow-up",
}


@rule("Follow-up and status", "outcome.vital", "outcome.disease", "follow_up.last_contact")
def follow_up_and_status(case: PublishedCase, review: Review) -> Derived | None:
    """Months from time zero to the last follow-up, with the status then."""
    time, code = follow_up(case, review), status(case, review)
    if time is None and code is None:
        return None
    words = " ".join(part.text for part in (time, code) if part)
    return Derived(words, time.value if time else None, _inputs(time, code))


@rule("Local recurrence or metastasis")
def relapse(case: PublishedCase, review: Review) -> Derived | None:
    """Whether the tumour came back at its place or elsewhere, and after how many months; doubt is said."""
    words, doubtful, inputs = [], [], []
    for field, label, kind in (
        ("outcome.local_recurrence", "local recurrence", "local_recurrence"),
        ("outcome.metastasis", "metastasis", "metastasis"),
    ):
        fact = next(iter(case.find(field)), None)
        first = _first(case, _events(case, kind))
        if fact is not None and fact.state is State.ABSENT:
            words.append(f"no {label}")
        elif first or (fact is not None and fact.state is State.REPORTED):
            time = _time_words(case, f"{first.path}.at") if first else None
            doubt = _doubt(case, f"{first.path}.certainty") if first else ""
            words.append(label + (f" at {time}" if time else "") + doubt)
        elif fact is not None and not fact.missing:
            doubtful.append(f"{label} {state_words(fact.state)}")
        else:
            continue
        inputs += [field] if fact is not None and not fact.missing else []
        inputs += [first.path] if first else []
    unspecified = _events(case, "relapse_unspecified")
    for event in unspecified:
        time = _time_words(case, f"{event.path}.at")
        doubt = _doubt(case, f"{event.path}.certainty")
        words.append("relapse, kind not said" + (f", at {time}" if time else "") + doubt)
        inputs.append(event.path)
    words += [] if unspecified else doubtful
    return Derived(_sentence(", ".join(words)), None, tuple(inputs)) if words else None


@rule("R class", "surgeries.margins")
def r_class(case: PublishedCase, review: Review) -> Derived | None:
    """R0 where the report calls all margins negative; margins it does not mention give no class."""
    margins = [fact for fact in case.find("surgeries.margins") if not fact.missing]
    if margins and all(fact.value == "negative" for fact in margins):
        return Derived("R0", "R0", tuple(fact.path for fact in margins))
    return None


def summary(case: PublishedCase, review: Review) -> str:
    """The case in one line, as a colleague would say it aloud."""
    who = {"male": "Man", "female": "Woman"}.get(_word(case, "patient.sex") or "", "Patient, sex not known")
    age = _said(case.by_path.get("patient.age"))
    who += _qualified(case.by_path.get("patient.sex")) + (f", {age}" if age else "")
    derived = {name: _said(derive(case, name, review)) for name in ("origin", "longest_axis", "treatment")}
    tumour = [words for words in (derived["origin"], derived["longest_axis"]) if words]
    done = [lower_first(words) for words in (derived["treatment"],) if words]
    first = derive(case, "treatment", review)
    for organ in case.find("surgeries.organs"):
        done += [
            f"{lower_first(c.title)} {lower_first(c.text)}{_qualified(c)}"
            for c in organ.children
            if c.value == "preserved"
            or (c.value == "removed" and not _says_removed(str(first.value), c.title, review))
        ]
    margins = next((f for f in case.find("surgeries.margins") if f.state is State.REPORTED), None)
    if margins:
        done.append(f"margins {lower_first(margins.said)}")
    time, code = _said(derive(case, "follow_up", review)), derive(case, "status", review)
    end = STATUS_WORDS[code.text] + _qualified(code) if code.text else ""
    if time and end:
        end += f" at {time}"
    elif time:
        end = f"followed for {time}"
    parts = [who, lower_first(", ".join(tumour)), ", ".join(done), end]
    return " – ".join(part for part in parts if part)


def _said(fact: Fact | None) -> str | None:
    """The words of a value with what qualifies them; None where there is no value."""
    return fact.said if fact is not None and fact.state is State.REPORTED else None


def _qualified(fact: Fact | None) -> str:
    return "".join(f" ({word})" for word in fact.qualifiers) if fact is not None else ""


def months_of(case: PublishedCase, path: str) -> float | None:
    """The lower bound of a time in months; None where it is not reported."""
    bounds = bounds_in_months(case, path)
    return None if bounds is None else bounds[0]


def bounds_in_months(case: PublishedCase, path: str) -> tuple[float, float] | None:
    """The earliest and the latest that a time can be, in months; None where it is not reported."""
    fact = case.by_path.get(path)
    if fact is None or not isinstance(fact.value, dict):
        return None
    number, unit, op = fact.value.get("number"), fact.value["unit"], fact.value.get("op", "")
    low, high = number if isinstance(number, list) else (0, inf) if number is None else (number, number)
    if op in ("<", "<="):
        low = 0 if high >= 0 else -inf
    if op in (">", ">=", "~"):
        high = inf if low >= 0 else 0
    return round(float(low) * UNITS["period"][unit], 2), round(float(high) * UNITS["period"][unit], 2)


def is_lower_bound(fact: Fact | None) -> bool:
    """Whether a time was given as a range or a bound, so that only its lower end is sure."""
    return (
        fact is not None
        and isinstance(fact.value, dict)
        and (fact.value.get("op", "~") != "~" or not isinstance(fact.value.get("number"), int | float))
    )


def _events(case: PublishedCase, *kinds: str) -> list[Fact]:
    return [fact for top in case.facts if top.path == "events" for fact in top.children if fact.term in kinds]


def _primary(case: PublishedCase) -> tuple[int, Lesion] | None:
    lesions = case.record.lesions
    rows = lesions.value if isinstance(lesions, Value) and lesions.value else ()
    return next(((i, lesion) for i, lesion in enumerate(rows) if lesion.role == "primary"), None)


def _says_removed(procedure: str, organ: str, review: Review) -> bool:
    """Whether the procedure itself says that the organ is removed, as adrenalectomy does."""
    entry = review.vocabularies["procedure"].terms.get(procedure)
    if entry is None:
        return False
    said = " ".join((entry.label, entry.definition or "", *entry.synonyms)).lower()
    removed = rf"\b(?:removal|amputation) of (?:an? |the )?{re.escape(organ.lower())}\b"
    return re.search(removed, said) is not None


def _beside(side: str, structure: str) -> str:
    """A side with its structure: one word stands before it, several words behind it."""
    return f"{structure}, {lower_first(side)}" if " " in side else f"{side} {lower_first(structure)}"


def _text(case: PublishedCase, path: str) -> str | None:
    fact = case.by_path.get(path)
    return fact.text if fact is not None and fact.state is State.REPORTED else None


def _word(case: PublishedCase, path: str) -> str | None:
    fact = case.by_path.get(path)
    return str(fact.value or "present") if fact is not None and fact.state is State.REPORTED else None


def _doubt(case: PublishedCase, path: str) -> str:
    """The doubt that a certainty says, as it follows the words it belongs to."""
    fact = case.by_path.get(path)
    return f" ({fact.text.lower()})" if fact is not None and fact.value in ("probable", "possible") else ""


def _first(case: PublishedCase, events: list[Fact]) -> Fact | None:
    """The earliest of some events: of those with a time, else the first that is told."""
    times = {event.path: months_of(case, f"{event.path}.at") for event in events}
    timed = [event for event in events if times[event.path] is not None]
    return min(timed, key=lambda event: times[event.path] or 0, default=next(iter(events), None))


def _time_words(case: PublishedCase, path: str) -> str | None:
    """A time in months in words, as exact as it was told: '8–10 months', 'more than 8 months'."""
    fact = case.by_path.get(path)
    if fact is None or not isinstance(fact.value, dict):
        return None
    number, unit, op = fact.value["number"], fact.value["unit"], fact.value.get("op", "")
    ends = [float(end) * UNITS["period"][unit] for end in (number if isinstance(number, list) else [number])]
    words = "–".join(f"{round(end, 2):g}" for end in ends)
    return f"{OPERATORS[op]}{words} month{'' if words == '1' else 's'}"


def _cm(number: float, measure: Measure) -> str:
    return f"{number * UNITS['length'][measure.unit]:g}"


def in_months(months: float) -> str:
    """A time in months as words."""
    return f"{months:g} month{'' if months == 1 else 's'}"


def _inputs(*parts: Derived | None) -> tuple[str, ...]:
    return tuple(path for part in parts if part for path in part.inputs)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:].lower() if words else words
