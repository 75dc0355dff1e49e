"""Derived values: what follows from facts by a named rule, and is never typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from math import inf

from build_tools.records.lesion import Lesion
from build_tools.records.measures import UNITS, Measure
from build_tools.records.values import State, Value
from build_tools.review.facts import OPERATORS, Fact, lower_first, state_words
from build_tools.review.review import PublishedCase, Review


@dataclass(frozen=True)
class Derived:
    """A value worked out from facts: its words, its plain value, and the paths it came from."""

    text: str
    value: object = None
    inputs: tuple[str, ...] = ()


Rule = Callable[[PublishedCase, Review], Derived | None]
RULES: dict[str, tuple[str, Rule]] = {}
"""Name -> (title, rule): `derived.status` in a table means RULES["status"]; the docstring says the rule."""


def rule(title: str) -> Callable[[Rule], Rule]:
    """Registers a rule under its function's name, with the title that table heads show."""

    def register(function: Rule) -> Rule:
        function.__doc__ = " ".join((function.__doc__ or "").split())
        RULES[function.__name__] = (title, function)
        return function

    return register


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


@rule("Origin")
def origin(case: PublishedCase, review: Review) -> Derived | None:
    """Where the primary tumour grew from and on which side; doubt is said."""
    found = _primary(case)
    if found is None:
        return None
    index, _ = found
    paths = [f"lesions[{index}].side", f"lesions[{index}].origin"]
    side, structure = _text(case, paths[0]), _text(case, f"{paths[1]}.structure")
    if structure is None:
        return None
    certainty = case.by_path.get(f"{paths[1]}.certainty")
    doubt = certainty.text.lower() if certainty and certainty.value in ("probable", "possible") else None
    term = case.by_path[f"{paths[1]}.structure"].term
    if side and term and review.vocabularies[term.vocabulary].terms[term].unpaired:
        words = f"{structure}, on the {lower_first(side)}"
    else:
        words = f"{side} {lower_first(structure)}" if side else structure
    return Derived(words + (f" ({doubt})" if doubt else ""), words, tuple(paths))


@rule("Size")
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


@rule("Treatment")
def treatment(case: PublishedCase, review: Review) -> Derived | None:
    """The main procedure of the first operation: the one that its report puts first."""
    fact = case.by_path.get("surgeries[0].procedures")
    if fact is None or not isinstance(fact.value, list):
        return None
    return Derived(review.label("procedure", fact.value[0]), fact.value[0], (fact.path,))


@rule("Follow-up")
def follow_up(case: PublishedCase, review: Review) -> Derived | None:
    """Months from time zero to the last news; of a range the lower bound, which is marked."""
    fact = next(iter(case.find("follow_up.last_contact")), None)
    months = months_of(case, "follow_up.last_contact")
    return Derived(_months(months), months, (fact.path,)) if fact and months is not None else None


@rule("Status")
def status(case: PublishedCase, review: Review) -> Derived | None:
    """NED alive without disease, AWD alive with disease, DOD died of disease, DOT of treatment, DOC of other
    causes, DUN of an unknown cause, LTFU lost to follow-up with an unknown state."""
    inputs = ("outcome.vital", "outcome.disease", "outcome.cause", "follow_up.lost")
    vital, disease, cause = (_word(case, path) for path in inputs[:3])
    code = None
    if vital == "alive":
        code = {"none": "NED", "present": "AWD"}.get(disease or "")
    elif vital == "dead":
        code = {"disease": "DOD", "treatment": "DOT", "other": "DOC"}.get(cause or "", "DUN")
    elif _word(case, "follow_up.lost") == "present":
        code = "LTFU"
    return Derived(code, code, tuple(path for path in inputs if path in case.by_path)) if code else None


STATUS_WORDS = {
    "NED": "no evidence of disease",
    "AWD": "alive with disease",
    "DOD": "died of disease",
    "DOT": "died of treatment",
    "DOC": "died of other causes",
    "DUN": "died, cause unknown",
    "LTFU": "lost to follow-up",
}


@rule("Survival")
def survival(case: PublishedCase, review: Review) -> Derived | None:
    """Follow-up in months with the status at the last news."""
    time, code = follow_up(case, review), status(case, review)
    if time is None and code is None:
        return None
    words = " ".join(part.text for part in (time, code) if part)
    return Derived(words, time.value if time else None, _inputs(time, code))


@rule("Local recurrence or metastasis")
def relapse(case: PublishedCase, review: Review) -> Derived | None:
    """Whether the tumour came back at its place or elsewhere, and after how many months."""
    words, doubtful, inputs = [], [], []
    for field, label, kinds in (
        ("outcome.local_recurrence", "local recurrence", ("local_recurrence",)),
        ("outcome.metastasis", "metastasis", ("metastasis",)),
    ):
        fact = next(iter(case.find(field)), None)
        times = [months_of(case, e.path + ".at") for e in _events(case, *kinds)]
        first = min((t for t in times if t is not None), default=None)
        if fact is not None and fact.state is State.ABSENT:
            words.append(f"no {label}")
        elif times or (fact is not None and fact.state is State.REPORTED):
            words.append(label + (f" at {_months(first)}" if first is not None else ""))
        elif fact is not None and not fact.missing:
            doubtful.append(f"{label} {state_words(fact.state)}")
        else:
            continue
        inputs.append(field)
    unspecified = _events(case, "relapse_unspecified")
    for event in unspecified:
        time = months_of(case, event.path + ".at")
        words.append("relapse, kind not said" + (f", at {_months(time)}" if time is not None else ""))
        inputs.append(event.path)
    words += [] if unspecified else doubtful
    return Derived(_sentence(", ".join(words)), None, tuple(inputs)) if words else None


@rule("R class")
def r_class(case: PublishedCase, review: Review) -> Derived | None:
    """R0 where the report calls all margins negative; margins it does not mention give no class."""
    margins = [fact for fact in case.find("surgeries.margins") if not fact.missing]
    if margins and all(fact.value == "negative" for fact in margins):
        return Derived("R0", "R0", tuple(fact.path for fact in margins))
    return None


def summary(case: PublishedCase, review: Review) -> str:
    """The case in one line, as a colleague would say it aloud."""
    who = {"male": "Man", "female": "Woman"}.get(_word(case, "patient.sex") or "", "Patient, sex not known")
    age = _text(case, "patient.age")
    tumour = [d.text for d in (origin(case, review), longest_axis(case, review)) if d]
    done = [lower_first(d.text) for d in (treatment(case, review),) if d]
    for organ in case.find("surgeries.organs"):
        done += [
            f"{lower_first(c.title)} {lower_first(c.text)}"
            for c in organ.children
            if c.value in ("preserved", "removed")
        ]
    margins = next((f for f in case.find("surgeries.margins") if f.state is State.REPORTED), None)
    if margins:
        done.append(f"margins {lower_first(margins.text)}")
    time, code = follow_up(case, review), status(case, review)
    end = STATUS_WORDS.get(code.text, "") if code else ""
    if time and end:
        end += f" at {time.text}"
    elif time:
        end = f"followed for {time.text}"
    parts = [who + (f", {age}" if age else ""), lower_first(", ".join(tumour)), ", ".join(done), end]
    return " – ".join(part for part in parts if part)


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


def _text(case: PublishedCase, path: str) -> str | None:
    fact = case.by_path.get(path)
    return fact.text if fact is not None and fact.state is State.REPORTED else None


def _word(case: PublishedCase, path: str) -> str | None:
    fact = case.by_path.get(path)
    return str(fact.value or "present") if fact is not None and fact.state is State.REPORTED else None


def _cm(number: float, measure: Measure) -> str:
    return f"{number * UNITS['length'][measure.unit]:g}"


def _months(months: float | None) -> str:
    return f"{months:g} month{'' if months == 1 else 's'}" if months is not None else ""


def _inputs(*parts: Derived | None) -> tuple[str, ...]:
    return tuple(path for part in parts if part for path in part.inputs)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:].lower() if words else words
