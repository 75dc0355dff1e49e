"""The time line and the outcome must not contradict each other."""

from __future__ import annotations

from collections.abc import Iterator
from math import inf

from build_tools.derived import bounds_in_months, months_of
from build_tools.facts import Fact
from build_tools.problems import Problem
from build_tools.records.values import State
from build_tools.review import PublishedCase, Review


def nothing_happens_after_death(review: Review) -> Iterator[Problem]:
    """something happens after the patient's death"""
    for case in review.cases.values():
        times = [
            bounds_in_months(case, f"{event.path}.at") for event in _events(case) if event.term == "death"
        ]
        death = min((time[1] for time in times if time is not None), default=inf)
        for event, time in _timed(case):
            if time > death:
                yield _at(case, event, f"{nothing_happens_after_death.__doc__} at {death:g} months")
        last = months_of(case, "follow_up.last_contact")
        if last is not None and last > death:
            yield case.origin.problem(
                ("follow_up", "last_contact"),
                f"{nothing_happens_after_death.__doc__} at {death:g} months",
                "the last news is the death, at the latest",
            )


def last_contact_is_last(review: Review) -> Iterator[Problem]:
    """something happens after the last news of the patient"""
    for case in review.cases.values():
        last = bounds_in_months(case, "follow_up.last_contact")
        for event, time in _timed(case):
            if last is not None and time > last[1]:
                yield _at(case, event, f"{last_contact_is_last.__doc__}, which is at {last[1]:g} months")


def events_agree_with_the_outcome(review: Review) -> Iterator[Problem]:
    """the time line tells of a relapse that the outcome calls absent"""
    for case in review.cases.values():
        for name in ("local_recurrence", "metastasis"):
            outcome = case.by_path.get(f"outcome.{name}")
            if outcome is None or outcome.state is not State.ABSENT:
                continue
            for event in _events(case):
                if event.term in (name, "relapse_unspecified"):
                    yield _at(case, event, f"{events_agree_with_the_outcome.__doc__} (outcome.{name})")


def the_dead_have_no_alive_status(review: Review) -> Iterator[Problem]:
    """the vital status and the time line disagree on whether the patient died"""
    for case in review.cases.values():
        vital = case.by_path.get("outcome.vital")
        dead = any(event.term == "death" for event in _events(case))
        if vital is not None and vital.value == "alive" and dead:
            yield case.origin.problem(("outcome", "vital"), str(the_dead_have_no_alive_status.__doc__))
        cause = case.by_path.get("outcome.cause")
        if (
            vital is not None
            and vital.value == "alive"
            and cause is not None
            and cause.state is State.REPORTED
        ):
            yield case.origin.problem(
                ("outcome", "cause"), "a patient who is alive has no cause of death", "write not_applicable"
            )


def _events(case: PublishedCase) -> tuple[Fact, ...]:
    return next((top.children for top in case.facts if top.path == "events"), ())


def _timed(case: PublishedCase) -> list[tuple[Fact, float]]:
    timed = ((event, months_of(case, event.path + ".at")) for event in _events(case))
    return [(event, time) for event, time in timed if time is not None]


def _at(case: PublishedCase, event: Fact, message: str) -> Problem:
    index = int(event.path.split("[")[1].split("]")[0])
    return case.origin.problem(("events", index, "at"), message)
