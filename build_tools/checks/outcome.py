"""The time line and the outcome must not contradict each other."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

from build_tools.checks.rule import Finding, rule
from build_tools.checks.sources import as_key
from build_tools.checks.undisputed import facts_at
from build_tools.records.values import State
from build_tools.review.facts import Fact
from build_tools.review.review import PublishedCase, Review
from build_tools.review.times import bounds_in_months, in_months, is_after, is_before_zero, months_of


@rule(
    "C401",
    cure="correct one of the two times; last follow-up is the death, at the latest",
    example="""
        events:
          - {event: death, at: 12 months, source: Results}
          - {event: imaging, at: 13 months, source: Results}
        outcome: {vital: dead, cause: unknown, source: Results}
        """,
)
def nothing_happens_after_death(review: Review) -> Iterator[Finding]:
    """something happens after the patient's death"""
    for case in review.cases.values():
        times = [
            bounds_in_months(case, f"{event.path}.at") for event in _events(case) if event.term == "death"
        ]
        death = min((time[1] for time in times if time is not None), default=inf)
        for path, time in _timed(case):
            if is_after(time, death):
                yield _at(case, path, f"the death is at {in_months(death)}")
        last = months_of(case, "follow_up.last_contact")
        if last is not None and is_after(last, death):
            yield Finding(case.origin, ("follow_up", "last_contact"), f"the death is at {in_months(death)}")


@rule(
    "C402",
    cure="correct one of the two times; last_contact is the latest day on which anything is known",
    example="""
        events:
          - {event: imaging, at: 13 months, source: Results}
        follow_up:
          last_contact: 12 months
          source: Results
        """,
)
def last_contact_is_last(review: Review) -> Iterator[Finding]:
    """something happens after last follow-up of the patient"""
    for case in review.cases.values():
        last = bounds_in_months(case, "follow_up.last_contact")
        for path, time in _timed(case):
            if last is not None and is_after(time, last[1]):
                yield _at(case, path, f"last follow-up is at {in_months(last[1])}")


@rule(
    "C403",
    cure="correct the event or the outcome",
    example="""
        events:
          - {event: local_recurrence, at: 8 months, source: Results}
        outcome:
          local_recurrence: absent
          source: Results
        """,
)
def events_agree_with_the_outcome(review: Review) -> Iterator[Finding]:
    """the time line tells of a relapse that the outcome calls absent"""
    for case in review.cases.values():
        for name in ("local_recurrence", "metastasis"):
            outcome = case.by_path.get(f"outcome.{name}")
            if outcome is None or outcome.state is not State.ABSENT:
                continue
            for event in _events(case):
                past = is_before_zero(case, f"{event.path}.at")
                if event.term in (name, "relapse_unspecified") and not past:
                    yield _at(case, f"{event.path}.at", f"outcome.{name}")


@rule(
    "C404",
    cure="correct outcome.vital, or the event 'death'",
    example="""
        events:
          - {event: death, at: 12 months, source: Results}
        outcome:
          vital: alive
          source: Results
        """,
)
def the_dead_have_no_alive_status(review: Review) -> Iterator[Finding]:
    """the vital status and the time line disagree on whether the patient died"""
    for case in review.cases.values():
        vital = case.by_path.get("outcome.vital")
        dead = any(event.term == "death" for event in _events(case))
        if vital is not None and vital.value == "alive" and dead:
            yield Finding(case.origin, ("outcome", "vital"))


@rule(
    "C405",
    cure="write not_applicable",
    example="""
        outcome:
          vital: alive
          cause: disease
          source: Results
        """,
)
def the_living_have_no_cause_of_death(review: Review) -> Iterator[Finding]:
    """a patient who is alive has no cause of death"""
    for case in review.cases.values():
        vital, cause = case.by_path.get("outcome.vital"), case.by_path.get("outcome.cause")
        if vital is None or cause is None:
            continue
        if vital.value == "alive" and cause.state is State.REPORTED:
            yield Finding(case.origin, ("outcome", "cause"))


def _events(case: PublishedCase) -> tuple[Fact, ...]:
    return next((top.children for top in case.facts if top.path == "events"), ())


TIMES = (
    "surgeries.at",
    "surgeries.reconstruction.patency.at",
    "imaging.at",
    "laboratory.at",
    "lesions.sizes.at",
    "systemic_therapy.start",
    "radiotherapy.start",
)
"""The times of what is reported outside the time line."""


def _timed(case: PublishedCase) -> list[tuple[str, float]]:
    """The earliest that each time can be: of the time line, and of what no event on it tells."""
    paths = [f"{event.path}.at" for event in _events(case)]
    told = {time for path in paths if (time := months_of(case, path)) is not None}
    others = [fact.path for field in TIMES for fact in facts_at(case, field)]
    paths += [path for path in others if months_of(case, path) not in told]
    return [(path, time) for path in paths if (time := months_of(case, path)) is not None]


def _at(case: PublishedCase, path: str, detail: str) -> Finding:
    return Finding(case.origin, as_key(path), detail)
