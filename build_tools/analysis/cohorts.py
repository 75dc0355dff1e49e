"""Cohorts: from cases to times and events: who is in, who is out, and why.

The endpoints are defined here, once; what a time means is said nowhere else.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cache

from build_tools.analysis import estimates
from build_tools.analysis.estimates import Curve, FollowUp, Refusal
from build_tools.analysis.tallies import holds
from build_tools.records.case import Case
from build_tools.records.shape import title_at
from build_tools.records.values import State
from build_tools.review.counted import RETURNS, counted, enters_at_recurrence, operations_on_primary
from build_tools.review.facts import Fact, lower_first, state_words
from build_tools.review.review import PublishedCase, Review
from build_tools.review.times import at_words, bounds_in_months, is_before_zero, is_exact, time_words


@dataclass(frozen=True)
class Observed:
    """A patient under an endpoint: the months from time zero to the event, or else to last follow-up.

    `ends_with` is the kind of event that ends the time. With `lower_bound` the report gives a range of the
    follow-up or says that it was longer, and only that much is sure. With `inferred` the time, or that it
    ended so, is not said in words; with `probable` the report is not sure of the event. `facts` are what the
    time and its end rest on.
    """

    case: PublishedCase
    months: float
    event: bool
    ends_with: str
    time_zero: str
    lower_bound: bool = False
    inferred: bool = False
    probable: bool = False
    facts: tuple[Fact, ...] = ()

    @property
    def doubt(self) -> str:
        """What is not sure of the time or its end, in words; nothing if all is reported."""
        return ", ".join(["probable"] * self.probable + ["inferred"] * self.inferred)


@dataclass(frozen=True)
class LeftOut:
    """A patient without a place in an estimate, and the reason in words.

    `eligible` tells whether the patient is one of those it is about, and only too little is known;
    `other_zero` that the times of the patient are counted from another event than those of the curve.
    """

    case: PublishedCase
    reason: str
    eligible: bool = True
    other_zero: bool = False


Endpoint = Callable[[PublishedCase], Observed | LeftOut]
ENDPOINTS: dict[str, tuple[str, Endpoint]] = {}
"""Name -> (title, endpoint); the docstring says the rule."""

RELAPSES = frozenset({"local_recurrence", "metastasis", "relapse_unspecified", "progression"})
"""The events that end the time without recurrence, beside death."""


def endpoint(title: str) -> Callable[[Endpoint], Endpoint]:
    """Registers an endpoint under its function's name."""

    def register(function: Endpoint) -> Endpoint:
        function.__doc__ = " ".join((function.__doc__ or "").split())
        ENDPOINTS[function.__name__] = (title, function)
        return function

    return register


@endpoint("Overall survival")
def overall_survival(case: PublishedCase) -> Observed | LeftOut:
    """Months from time zero to death of any cause. Who is alive at last follow-up, or was lost to follow-up,
    is censored then; of a follow-up given as a range, or as more than a time, the lower bound counts. A death
    of which only a range or a bound is reported is left out, and so is a follow-up of less than a time."""
    zero = _word(case, "time_zero")
    if zero is None:
        return LeftOut(case, "time zero is not known")
    vital, deaths = _word(case, "outcome.vital"), _events(case, "death")
    if vital == "alive" and deaths:
        return LeftOut(case, "the time line tells of a death, but the outcome says alive")
    if deaths or vital == "dead":
        death = deaths[0].path + ".at" if deaths else ""
        if death and vital != "dead" and _word(case, f"{deaths[0].path}.certainty") == "possible":
            return LeftOut(case, "that the patient died is only possible")
        return _until(case, zero, death, "death", "outcome.vital")
    last = _until(case, zero, LAST, "last_contact", "outcome.vital")
    if isinstance(last, Observed) and vital != "alive" and not _is_lost(case):
        return LeftOut(case, "whether the patient was alive at last follow-up is not known")
    return last


LAST = "follow_up.last_contact"


@endpoint("Survival without recurrence")
def recurrence_free(case: PublishedCase) -> Observed | LeftOut:
    """Months from the operation that removed the tumour to its first return (local recurrence, metastasis,
    relapse of a kind not said, or progression) or to death of any cause. Not eligible: no operation as time
    zero, or residual tumour. Left out: a return without a time, or with only a range or a bound of it, or
    silence on whether it came back."""
    zero = _word(case, "time_zero")
    if zero is None:
        return LeftOut(case, "time zero is not known")
    if zero != "surgery":
        return LeftOut(case, "times are not counted from an operation", eligible=False)
    if stayed := _left_behind(case):
        return stayed
    relapses = [event for event in _events(case, *RELAPSES) if not is_before_zero(case, f"{event.path}.at")]
    if relapses:
        return _first_return(case, zero, relapses)
    answers = [_state(case, path) for path in ANSWERS]
    if State.REPORTED in answers:
        return LeftOut(case, "the tumour came back at a time that is not known")
    silent = (State.NOT_REPORTED, State.NOT_EXTRACTED)
    free = _word(case, "outcome.disease") == "none"
    if not all(answer is State.ABSENT or (free and answer in silent) for answer in answers):
        return LeftOut(case, "whether the tumour came back is not known")
    survived = overall_survival(case)
    if isinstance(survived, LeftOut):
        return survived
    return replace(
        survived,
        inferred=survived.inferred or _inferred(case, *ANSWERS),
        facts=(*survived.facts, *_facts(case, *ANSWERS)),
    )


ANSWERS = ("outcome.local_recurrence", "outcome.metastasis")


def _left_behind(case: PublishedCase) -> LeftOut | None:
    """Why a patient can't be free of tumour after the operation, or why that is not known."""
    completeness = {_word(case, f"surgeries[{i}].completeness") for i in operations_on_primary(case)}
    residual = _items(case, "lesions", "residual") or _events(case, "residual_tumour")
    if residual or "incomplete" in completeness:
        return LeftOut(case, "residual tumour remained after the operation", eligible=False)
    if "as_far_as_possible" in completeness:
        return LeftOut(case, "whether residual tumour remained after the operation is not known")
    return None


def _first_return(case: PublishedCase, zero: str, relapses: list[Fact]) -> Observed | LeftOut:
    """The earliest return of the tumour; as a time line stands in order, its first one must be timed."""
    if _word(case, f"{relapses[0].path}.certainty") == "possible":
        return LeftOut(case, "that the tumour came back is only possible")
    if bounds_in_months(case, f"{relapses[0].path}.at") is None:
        return LeftOut(case, "the tumour came back at a time that is not known")
    timed = [event for event in relapses if bounds_in_months(case, f"{event.path}.at") is not None]
    # Of a range or a bound the earliest that it can be: an exact time after it is not surely the first.
    first = min(timed, key=lambda e: (bounds_in_months(case, f"{e.path}.at"), e.path))
    found = _until(case, zero, f"{first.path}.at", str(first.term), first.path)
    if isinstance(found, Observed) and found.months <= 0:
        return LeftOut(case, "tumour was there besides what was removed", eligible=False)
    return found


def _until(case: PublishedCase, zero: str, path: str, ends_with: str, *also: str) -> Observed | LeftOut:
    """The patient observed until the time at `path`, on which, and on `also`, the observation rests.

    A range or a bound never becomes the point of an event; a follow-up of more than a time, or of a range, is
    sure as far as its lower bound.
    """
    bounds = bounds_in_months(case, path)
    is_event = ends_with != "last_contact"
    if bounds is None:
        return LeftOut(case, UNTIMED.get(ends_with, "the tumour came back at a time that is not known"))
    exact = is_exact(case.by_path[path])
    if not exact and (is_event or bounds[0] <= 0):
        what = TOLD.get(ends_with, "the tumour came back")
        told = at_words(case, path) if is_event else time_words(case, path)
        return LeftOut(case, f"{what} {told}, and no closer time is reported")
    rests_on = ("time_zero", path, *also)
    certainty = path.removesuffix(".at") + ".certainty" if is_event else path
    return Observed(
        case,
        bounds[0],
        is_event,
        ends_with,
        zero,
        not exact,
        _inferred(case, *rests_on, certainty),
        is_event and _word(case, certainty) == "probable",
        _facts(case, *dict.fromkeys((*rests_on, certainty))),
    )


UNTIMED = {"death": "the time of death is not known", "last_contact": "no time of follow-up is known"}
TOLD = {"death": "the patient died", "last_contact": "the follow-up is"}


def _events(case: PublishedCase, *kinds: str) -> list[Fact]:
    return _items(case, "events", *kinds)


def _items(case: PublishedCase, field: str, *terms: str) -> list[Fact]:
    top = case.by_path.get(field)
    return [fact for fact in top.children if not terms or fact.term in terms] if top else []


def _is_lost(case: PublishedCase) -> bool:
    lost = _state(case, "follow_up.lost") is State.REPORTED
    return lost or bool(_events(case, "lost_to_follow_up"))


def _inferred(case: PublishedCase, *paths: str) -> bool:
    return any(path in case.by_path and case.by_path[path].inferred for path in paths)


def _facts(case: PublishedCase, *paths: str) -> tuple[Fact, ...]:
    return tuple(case.by_path[path] for path in paths if path in case.by_path)


def _state(case: PublishedCase, path: str) -> State:
    return case.by_path[path].state if path in case.by_path else State.NOT_EXTRACTED


def _word(case: PublishedCase, path: str) -> str | None:
    fact = case.by_path.get(path)
    return str(fact.value) if fact is not None and fact.state is State.REPORTED else None


@dataclass(frozen=True)
class Cohort:
    """The patients of a review under an endpoint and a filter; each patient stands in one of the three.

    All times are counted from one kind of event, `time_zero`; who is counted from another is outside.
    """

    endpoint: str
    time_zero: str
    where: Mapping[str, str]
    observed: tuple[Observed, ...]
    unknown: tuple[LeftOut, ...]
    outside: tuple[LeftOut, ...]

    @property
    def sample(self) -> estimates.Sample:
        """Times and events as the statistics take them; a time of None for each patient not known enough."""
        times = [*(one.months for one in self.observed), *(None for _ in self.unknown)]
        return times, [*(one.event for one in self.observed), *(False for _ in self.unknown)]

    def curve(self) -> Curve | Refusal:
        """The survival curve in months."""
        return estimates.survival(*self.sample)

    def follow_up(self) -> FollowUp | Refusal:
        """The median follow-up in months, as long as the endpoint was watched for."""
        return estimates.follow_up(*self.sample)


OPERATION = "surgery"
"""The time zero of a curve that names no other: the operation on the primary tumour."""


def cohort(
    review: Review, endpoint: str, where: Mapping[str, str] | None = None, time_zero: str = OPERATION
) -> Cohort:
    """The cohort of an endpoint (a name in ENDPOINTS); `where` is field -> term, as in tables."""
    rule = ENDPOINTS[endpoint][1]
    observed: list[Observed] = []
    unknown: list[LeftOut] = []
    outside: list[LeftOut] = []
    for case in review.cases.values():
        found = (
            left_out(review, case, where or {})
            or _counted_from_another(review, case, time_zero)
            or rule(case)
        )
        if isinstance(found, Observed):
            observed.append(found)
        else:
            (unknown if found.eligible else outside).append(found)
    return Cohort(endpoint, time_zero, dict(where or {}), tuple(observed), tuple(unknown), tuple(outside))


def _counted_from_another(review: Review, case: PublishedCase, time_zero: str) -> LeftOut | None:
    """Why a patient's times can't stand in a curve that is counted from `time_zero`."""
    own = _word(case, "time_zero")
    if own is None:
        return None
    reason = None
    if own != time_zero:
        reason = f"times are counted from another event ({lower_first(review.label('event', own))})"
    elif own == OPERATION and (lesion := _operated_at_zero(case)) not in (None, "primary"):
        words = lower_first(review.label("lesion_role", str(lesion)))
        reason = f"times are counted from an operation on another lesion ({words})"
    elif own not in RETURNS and enters_at_recurrence(case):
        reason = "the tumour had been treated or had come back before time zero"
    return None if reason is None else LeftOut(case, reason, eligible=False, other_zero=True)


def _operated_at_zero(case: PublishedCase) -> str | None:
    """The lesion that was operated on at time zero, as far as it is reported; the primary among several."""
    operations = _items(case, "surgeries")
    at_zero = [
        one
        for one in operations
        if (bounds := bounds_in_months(case, f"{one.path}.at")) is not None and bounds[0] <= 0 <= bounds[1]
    ]
    if not at_zero and len(operations) == 1:
        at_zero = operations
    lesions = [_word(case, f"{one.path}.lesion") for one in at_zero]
    return "primary" if "primary" in lesions else next((one for one in lesions if one is not None), None)


def left_out(review: Review, case: PublishedCase, where: Mapping[str, str]) -> LeftOut | None:
    """Why a patient is left out whatever is known of them: the report was retracted, or a filter."""
    reason = review.taken_back(case)
    return LeftOut(case, reason, eligible=False) if reason else not_asked_for(case, where)


def not_asked_for(case: PublishedCase, where: Mapping[str, str]) -> LeftOut | None:
    """Why a filter keeps a patient out: the first condition that is not met, and what is known instead."""
    for field, term in where.items():
        if holds(case, field, term):
            continue
        facts = counted(case, field)
        known = next((fact for fact in facts if not fact.missing), None)
        if known is None:
            words = state_words(facts[0].state if facts else State.NOT_EXTRACTED)
        else:
            words = lower_first(known.text) if known.state is State.REPORTED else state_words(known.state)
        return LeftOut(case, f"{_title(field)}: {words}", eligible=False)
    return None


@cache
def _title(field: str) -> str:
    return lower_first(title_at(Case, field.split(".")) or field)
