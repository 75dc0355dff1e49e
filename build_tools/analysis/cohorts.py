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
from build_tools.review.derived import bounds_in_months, is_lower_bound
from build_tools.review.facts import Fact, lower_first, state_words
from build_tools.review.review import PublishedCase, Review


@dataclass(frozen=True)
class Observed:
    """A patient under an endpoint: the months from time zero to the event, or else to the last news.

    `ends_with` is the kind of event that ends the time. With `lower_bound` the report gives a range or a
    bound, and only that much is sure. With `inferred` the time, or that it ended so, is not said in words.
    """

    case: PublishedCase
    months: float
    event: bool
    ends_with: str
    time_zero: str
    lower_bound: bool = False
    inferred: bool = False


@dataclass(frozen=True)
class LeftOut:
    """A patient without a place in an estimate, and the reason in words.

    `eligible` tells whether the patient is one of those it is about, and only too little is known.
    """

    case: PublishedCase
    reason: str
    eligible: bool = True


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
    """Months from the case's time zero to death of any cause. Who is alive at the last news, or was lost to
    follow-up, is censored then. Of a time given as a range the lower bound counts."""
    zero = _word(case, "time_zero")
    if zero is None:
        return LeftOut(case, "time zero is not known")
    vital, deaths = _word(case, "outcome.vital"), _events(case, "death")
    if vital == "alive" and deaths:
        return LeftOut(case, "the time line tells of a death, but the outcome says alive")
    if deaths or vital == "dead":
        death = deaths[0].path + ".at" if deaths else ""
        found = _until(case, zero, death, "death", "outcome.vital")
        return found or LeftOut(case, "the time of death is not known")
    last = _until(case, zero, "follow_up.last_contact", "last_contact", "outcome.vital")
    if last is None:
        return LeftOut(case, "no time of follow-up is known")
    if vital != "alive" and not _is_lost(case):
        return LeftOut(case, "whether the patient was alive at the last news is not known")
    return last


@endpoint("Survival without recurrence")
def recurrence_free(case: PublishedCase) -> Observed | LeftOut:
    """Months from the operation that removed the tumour to its first return (local recurrence, metastasis,
    relapse of a kind not said, or progression) or to death of any cause. Not eligible: no operation as time
    zero, or tumour left behind. Left out: a return without a time, or silence on whether it came back."""
    zero = _word(case, "time_zero")
    if zero is None:
        return LeftOut(case, "time zero is not known")
    if zero != "surgery":
        return LeftOut(case, "times are not counted from an operation", eligible=False)
    if stayed := _left_behind(case):
        return stayed
    relapses = _events(case, *RELAPSES)
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
    return replace(survived, inferred=survived.inferred or _inferred(case, *ANSWERS))


ANSWERS = ("outcome.local_recurrence", "outcome.metastasis")


def _left_behind(case: PublishedCase) -> LeftOut | None:
    """Why a patient can't be free of tumour after the operation, or why that is not known."""
    completeness = _word(case, "surgeries[0].completeness")
    residual = _items(case, "lesions", "residual") or _events(case, "residual_tumour")
    if residual or completeness == "incomplete":
        return LeftOut(case, "tumour was left behind at the operation", eligible=False)
    if completeness == "as_far_as_possible":
        return LeftOut(case, "whether tumour was left behind at the operation is not known")
    return None


def _first_return(case: PublishedCase, zero: str, relapses: list[Fact]) -> Observed | LeftOut:
    """The earliest return of the tumour; as a time line stands in order, its first one must be timed."""
    if _word(case, f"{relapses[0].path}.certainty") == "possible":
        return LeftOut(case, "that the tumour came back is only possible")
    timed = [_until(case, zero, f"{event.path}.at", str(event.term), event.path) for event in relapses]
    if timed[0] is None:
        return LeftOut(case, "the tumour came back at a time that is not known")
    first = min((time for time in timed if time is not None), key=lambda time: time.months)
    if first.months <= 0:
        return LeftOut(case, "tumour was there besides what was removed", eligible=False)
    return first


def _until(case: PublishedCase, zero: str, path: str, ends_with: str, *also: str) -> Observed | None:
    """The patient observed until the time at `path`, on which, and on `also`, the observation rests.

    None if the time is not known, or only that it was before some other.
    """
    bounds = bounds_in_months(case, path)
    if bounds is None or (bounds[0] == 0 and bounds[1] > 0):
        return None
    event = ends_with != "last_contact"
    bound, inferred = is_lower_bound(case.by_path[path]), _inferred(case, "time_zero", path, *also)
    return Observed(case, bounds[0], event, ends_with, zero, bound, inferred)


def _events(case: PublishedCase, *kinds: str) -> list[Fact]:
    return _items(case, "events", *kinds)


def _items(case: PublishedCase, field: str, *terms: str) -> list[Fact]:
    top = case.by_path.get(field)
    return [fact for fact in top.children if fact.term in terms] if top else []


def _is_lost(case: PublishedCase) -> bool:
    lost = _state(case, "follow_up.lost") is State.REPORTED
    return lost or bool(_events(case, "lost_to_follow_up"))


def _inferred(case: PublishedCase, *paths: str) -> bool:
    return any(path in case.by_path and case.by_path[path].inferred for path in paths)


def _state(case: PublishedCase, path: str) -> State:
    return case.by_path[path].state if path in case.by_path else State.NOT_EXTRACTED


def _word(case: PublishedCase, path: str) -> str | None:
    fact = case.by_path.get(path)
    return str(fact.value) if fact is not None and fact.state is State.REPORTED else None


@dataclass(frozen=True)
class Cohort:
    """The patients of a review under an endpoint and a filter; each patient stands in one of the three."""

    endpoint: str
    where: Mapping[str, str]
    observed: tuple[Observed, ...]
    unknown: tuple[LeftOut, ...]
    outside: tuple[LeftOut, ...]

    @property
    def time_zeros(self) -> tuple[str, ...]:
        """The events from which times are counted; more than one kind asks for a caveat."""
        return tuple(sorted({one.time_zero for one in self.observed}))

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


def cohort(review: Review, endpoint: str, where: Mapping[str, str] | None = None) -> Cohort:
    """The cohort of an endpoint (a name in ENDPOINTS); `where` is field -> term, as in tables."""
    rule = ENDPOINTS[endpoint][1]
    observed: list[Observed] = []
    unknown: list[LeftOut] = []
    outside: list[LeftOut] = []
    for case in review.cases.values():
        found = left_out(review, case, where or {}) or rule(case)
        if isinstance(found, Observed):
            observed.append(found)
        else:
            (unknown if found.eligible else outside).append(found)
    return Cohort(endpoint, dict(where or {}), tuple(observed), tuple(unknown), tuple(outside))


def left_out(review: Review, case: PublishedCase, where: Mapping[str, str]) -> LeftOut | None:
    """Why a patient is left out whatever is known of them: the report was retracted, or a filter."""
    reason = review.taken_back(case)
    return LeftOut(case, reason, eligible=False) if reason else not_asked_for(case, where)


def not_asked_for(case: PublishedCase, where: Mapping[str, str]) -> LeftOut | None:
    """Why a filter keeps a patient out: the first condition that is not met, and what is known instead."""
    for field, term in where.items():
        facts = case.find(field)
        if holds(facts, term):
            continue
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
