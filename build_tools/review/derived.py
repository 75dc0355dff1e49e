"""Derived values: what follows from facts by a named rule, and is never typed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from build_tools.records.lesion import Lesion, Size
from build_tools.records.measures import UNITS, Measure
from build_tools.records.report import DESIGNS, READ
from build_tools.records.values import State, Value
from build_tools.review.counted import counted, operations_on_primary, treatments_given
from build_tools.review.facts import OPERATORS, Fact, lower_first, state_words, without_repeats
from build_tools.review.review import PublishedCase, Review
from build_tools.review.times import (
    at_words,
    bounds_in_months,
    is_before_zero,
    is_exact,
    months_of,
    time_words,
)


@dataclass(frozen=True)
class Derived:
    """A value worked out from facts: its words, its plain value, and the paths of what it follows from.

    Of a range, a bound or a word there is no plain value; `bounds` are the least and the most that a number
    can be, in the unit of its words.
    """

    text: str
    value: object = None
    inputs: tuple[str, ...] = ()
    bounds: tuple[float, float] | None = None


Rule = Callable[[PublishedCase, Review], Derived | None]
RULES: dict[str, tuple[str, Rule]] = {}
"""Name -> (title, rule): `derived.status` in a table means RULES["status"]; the docstring says the rule."""

_ASKED: dict[str, tuple[str, ...]] = {}
"""Name of a rule -> the fields whose state is reported where no value follows."""


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
        asked = [fact for field in _ASKED[name] for fact in counted(case, field) if not fact.missing]
        open_ = next((fact for fact in asked if fact.state is not State.REPORTED), None)
        if open_ is None:
            return Fact(path, title, case.silence)
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
        bounds=found.bounds,
    )


@rule("Year")
def year(case: PublishedCase, review: Review) -> Derived | None:
    """The year in which the patient's own report was published."""
    report = review.reports[case.report_ids[0]]
    return Derived(str(report.year), report.year, (), (report.year, report.year)) if report.year else None


@rule("Author")
def author(case: PublishedCase, review: Review) -> Derived | None:
    """The first author of the patient's own report."""
    report = review.reports[case.report_ids[0]]
    return Derived(report.authors[0].family, report.authors[0].family) if report.authors else None


@rule("Kind of report")
def design(case: PublishedCase, review: Review) -> Derived:
    """What kind of study the patient's own report is."""
    kind = review.reports[case.report_ids[0]].design
    return Derived(_sentence(DESIGNS[kind]), kind)


@rule("Read")
def reading(case: PublishedCase, review: Review) -> Derived:
    """How much of the patient's own report was read."""
    read = review.reports[case.report_ids[0]].read
    return Derived(_sentence(READ[read]), read)


@rule("Origin", "lesions.origin.structure")
def origin(case: PublishedCase, review: Review) -> Derived | None:
    """Where the primary tumour grew from and on which side; doubt is said. Of several primary tumours each is
    named."""
    found = [part for index, _ in _primaries(case) if (part := _origin(case, index, review))]
    if not found:
        return None
    words = "; ".join(dict.fromkeys(str(part.value) for part in found))
    return Derived("; ".join(dict.fromkeys(part.text for part in found)), words, _inputs(*found))


def _origin(case: PublishedCase, index: int, review: Review) -> Derived | None:
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
    """The longest axis of the primary tumour before treatment: of the specimen if that was measured, else the
    largest by any other method; the method is said, and of several primary tumours the largest is taken. A
    size after systemic therapy, radiotherapy or other treatment is not taken; where no other is known it is
    shown as such. A specimen after treatment before the operation is one of these, unless the record says
    otherwise."""
    measured = list(_measured(case))
    if not measured:
        return None
    before = [one for one in measured if one.after is None]
    # "Less than 4 cm" says how large it was not: any other measurement says more.
    one = max(
        before or measured,
        key=lambda m: (
            m.size.method == "specimen" and not m.elsewhere,
            not m.measure.op.startswith("<"),
            m.measure.to("cm"),
        ),
    )
    measure = one.measure
    method = lower_first(review.label("size_method", one.size.method))
    span = f"{OPERATORS[measure.op]}{_cm(measure.low, measure)}" + (
        f"–{_cm(measure.high, measure)}" if measure.low != measure.high else ""
    )
    number = round(measure.to("cm"), 2)
    if one.after is not None:
        terms = review.vocabularies["size_timing"].terms
        after = lower_first(terms[one.after].label) if one.after in terms else one.after
        return Derived(f"{span} cm ({method}, {after}); before treatment not known", None, (one.path,))
    exact = number if measure.is_exact else None
    low, high = (round(end * UNITS["length"][measure.unit], 2) for end in measure.bounds)
    return Derived(f"{span} cm ({method})", exact, (one.path,), (low, high))


@dataclass(frozen=True)
class _Measured:
    """A size of a primary tumour; `after` is the treatment before it: a term, or words."""

    size: Size
    measure: Measure
    path: str
    after: str | None
    elsewhere: bool


def _measured(case: PublishedCase) -> Iterator[_Measured]:
    """Every size of every primary tumour on which reports agree."""
    primaries = _primaries(case)
    for index, lesion in primaries:
        sizes = lesion.sizes.used.value if lesion.sizes is not None and lesion.sizes.used else None
        for i, size in enumerate(sizes or ()):
            used = size.size.used if size.size is not None else None
            if used is not None and isinstance(used.value, Measure):
                path = f"lesions[{index}].sizes[{i}]"
                several = len(primaries) > 1
                yield _Measured(size, used.value, f"{path}.size", after_treatment(case, path), several)


def after_treatment(case: PublishedCase, path: str) -> str | None:
    """After which treatment the size at a path was measured (a term, else in words); None if before any."""
    timing = case.by_path.get(f"{path}.timing")
    if timing is not None and not timing.missing:
        if timing.state is not State.REPORTED:
            return "whether before treatment not known"
        return None if timing.value == "before_treatment" else str(timing.value)
    if case.by_path[f"{path}.method"].value == "specimen":
        return "after treatment" if is_treated_before_operation(case) else None
    at = bounds_in_months(case, f"{path}.at")
    starts = [bounds_in_months(case, f"{one.path}.start") for one in _courses(case)]
    after = at is not None and any(s is not None and s[1] < at[0] for s in starts)
    return "after treatment" if after else None


def _courses(case: PublishedCase) -> list[Fact]:
    return [one for block in ("systemic_therapy", "radiotherapy") for one in treatments_given(case, block)]


def _is_before_operation(case: PublishedCase, course: Fact) -> bool:
    """Whether a course began before the operation on the primary tumour: by its timing, else by its time."""
    timing = course.child("timing")
    if timing is not None and timing.value in BEFORE_OPERATION:
        return True
    start = bounds_in_months(case, f"{course.path}.start")
    operations = [bounds_in_months(case, f"surgeries[{i}].at") for i in operations_on_primary(case)]
    return start is not None and any(at is not None and start[1] < at[0] for at in operations)


def is_treated_before_operation(case: PublishedCase) -> bool:
    """Whether the patient received systemic therapy or radiotherapy before the operation on the primary."""
    return any(_is_before_operation(case, course) for course in _courses(case))


BEFORE_OPERATION = frozenset({"neoadjuvant", "perioperative", "before_surgery"})
"""Timings of a therapy by which it was given before the operation."""


@rule("Treatment", "surgeries.procedures", "surgeries")
def treatment(case: PublishedCase, review: Review) -> Derived | None:
    """The main procedure of the first operation on the primary tumour: the one that its report puts first.
    Without an operation the other treatments that were given."""
    operations = operations_on_primary(case)
    fact = case.by_path.get(f"surgeries[{operations[0]}].procedures") if operations else None
    if fact is not None and isinstance(fact.value, list):
        return Derived(review.label("procedure", fact.value[0]), fact.value[0], (fact.path,))
    surgeries = case.by_path.get("surgeries")
    if surgeries is None or surgeries.state is State.REPORTED:
        return None
    given = [block for block in ("systemic_therapy", "radiotherapy") if treatments_given(case, block)]
    words = [case.by_path[block].title for block in given]
    if surgeries.state in (State.ABSENT, State.NOT_DONE):
        words = ["No operation", *(lower_first(word) for word in words)]
        given = ["surgeries", *given]
    return Derived(", ".join(words), None, tuple(given)) if words else None


@rule("Follow-up", "follow_up.last_contact")
def follow_up(case: PublishedCase, review: Review) -> Derived | None:
    """Months from time zero to the last follow-up; a range or a bound is reported as one."""
    bounds = bounds_in_months(case, LAST)
    if bounds is None:
        return None
    exact = bounds[0] if is_exact(case.by_path[LAST]) else None
    if exact is not None:
        bounds = (exact, exact)
    return Derived(time_words(case, LAST), exact, (LAST, "time_zero"), bounds)


LAST = "follow_up.last_contact"


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


def status_in_words(case: PublishedCase, code: str) -> str:
    """What a status means for this patient.

    Of a death whose cause is only inferred it says no more than that the disease was there, or that the
    patient died.
    """
    cause = case.by_path.get("outcome.cause")
    if code == "DOD" and cause is not None and cause.inferred:
        return "died with the disease" if _word(case, "outcome.disease") == "present" else "died"
    return STATUS_WORDS.get(code, code)


@rule("Follow-up and status", "outcome.vital", "outcome.disease", "follow_up.last_contact")
def follow_up_and_status(case: PublishedCase, review: Review) -> Derived | None:
    """Months from time zero to the last follow-up, with the status then."""
    time, code = follow_up(case, review), status(case, review)
    if time is None and code is None:
        return None
    words = " ".join(part.text for part in (time, code) if part)
    value, bounds = (time.value, time.bounds) if time else (None, None)
    return Derived(words, value, _inputs(time, code), bounds)


@rule("Local recurrence or metastasis")
def relapse(case: PublishedCase, review: Review) -> Derived | None:
    """Whether the tumour came back at its place or elsewhere after time zero, and after how many months; a
    range or a bound is reported as one, and doubt is said."""
    words, doubtful, inputs = [], [], []
    for field, label, kind in (
        ("outcome.local_recurrence", "local recurrence", "local_recurrence"),
        ("outcome.metastasis", "metastasis", "metastasis"),
    ):
        fact = next(iter(case.find(field)), None)
        first = _first(case, _events_after_zero(case, kind))
        if fact is not None and fact.state is State.ABSENT:
            words.append(f"no {label}")
        elif first or (fact is not None and fact.state is State.REPORTED):
            when = at_words(case, f"{first.path}.at") if first else ""
            doubt = _doubt(case, f"{first.path}.certainty") if first else ""
            words.append(label + (f" {when}" if when else "") + doubt)
        elif fact is not None and not fact.missing:
            doubtful.append(f"{label} {state_words(fact.state)}")
        else:
            continue
        inputs += [field] if fact is not None and not fact.missing else []
        inputs += [first.path] if first else []
    unspecified = _events_after_zero(case, "relapse_unspecified")
    for event in unspecified:
        when = at_words(case, f"{event.path}.at")
        doubt = _doubt(case, f"{event.path}.certainty")
        words.append("relapse, kind not said" + (f", {when}" if when else "") + doubt)
        inputs.append(event.path)
    words += [] if unspecified else doubtful
    return Derived(_sentence(", ".join(words)), None, tuple(inputs)) if words else None


@rule("Resection margin status", "surgeries.margins")
def r_class(case: PublishedCase, review: Review) -> Derived | None:
    """R0 where the report calls all margins of operations on the primary tumour negative; margins it does not
    mention give no class."""
    margins = [fact for fact in counted(case, "surgeries.margins") if not fact.missing]
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
    for organ in counted(case, "surgeries.organs"):
        done += [
            f"{lower_first(c.title)} {lower_first(c.text)}{_qualified(c)}"
            for c in organ.children
            if c.value == "preserved"
            or (c.value == "removed" and not _says_removed(str(first.value), c.title, review))
        ]
    margins = next((f for f in counted(case, "surgeries.margins") if f.state is State.REPORTED), None)
    if margins:
        done.append(f"margins {lower_first(margins.said)}")
    time, code = _said(derive(case, "follow_up", review)), derive(case, "status", review)
    end = status_in_words(case, code.text) + _qualified(code) if code.text else ""
    if time and end:
        followed = derive(case, "follow_up", review)
        end += f" {at_words(case, LAST)}{_qualified(followed)}"
    elif time:
        end = f"followed for {time}"
    parts = [who, lower_first(", ".join(tumour)), ", ".join(done), end]
    return " – ".join(part for part in parts if part)


def _said(fact: Fact | None) -> str | None:
    """The words of a value with what qualifies them; None where there is no value."""
    return fact.said if fact is not None and fact.state is State.REPORTED else None


def _qualified(fact: Fact | None) -> str:
    return "".join(f" ({word})" for word in fact.qualifiers) if fact is not None else ""


def _events(case: PublishedCase, *kinds: str) -> list[Fact]:
    return [fact for top in case.facts if top.path == "events" for fact in top.children if fact.term in kinds]


def _events_after_zero(case: PublishedCase, kind: str) -> list[Fact]:
    return [event for event in _events(case, kind) if not is_before_zero(case, f"{event.path}.at")]


def _primaries(case: PublishedCase) -> list[tuple[int, Lesion]]:
    lesions = case.record.lesions
    rows = lesions.used.value if isinstance(lesions, Value) and lesions.used else None
    return [(i, lesion) for i, lesion in enumerate(rows or ()) if lesion.role == "primary"]


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
    """The earliest of some events: of those with a time, else the first that is reported."""
    times = {event.path: months_of(case, f"{event.path}.at") for event in events}
    timed = [event for event in events if times[event.path] is not None]
    return min(timed, key=lambda event: times[event.path] or 0, default=next(iter(events), None))


def _cm(number: float, measure: Measure) -> str:
    return f"{number * UNITS['length'][measure.unit]:g}"


def _inputs(*parts: Derived | None) -> tuple[str, ...]:
    return tuple(path for part in parts if part for path in part.inputs)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:].lower() if words else words
