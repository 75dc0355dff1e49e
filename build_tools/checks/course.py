"""The course of a patient runs forwards, and the outcome tells of its end what the time line tells."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.checks.rule import Finding, rule
from build_tools.checks.sources import as_key
from build_tools.checks.undisputed import number_at, said_at, state_at, word_at
from build_tools.problems.problem import Level
from build_tools.records.values import State
from build_tools.review.derived import STATUS_WORDS, status
from build_tools.review.facts import Fact
from build_tools.review.review import PublishedCase, Review
from build_tools.review.times import bounds_in_months, in_months, is_after

Bounds = tuple[float, float]


@rule(
    "C406",
    cure="add {event: death} to events; without 'at' where no time is printed",
    example="""
        outcome:
          vital: dead
          cause: unknown
          source: Results
        """,
)
def a_death_stands_on_the_time_line(review: Review) -> Iterator[Finding]:
    """the patient is dead, but no death stands on the time line"""
    for case in review.cases.values():
        if word_at(case, "outcome.vital") == "dead" and not _events(case, "death"):
            yield Finding(case.origin, ("outcome", "vital"))


@rule(
    "C407",
    cure="write 'vital: dead', or correct the event",
    example="""
        events:
          - {event: death, at: 12 months, source: Results}
        """,
)
def a_death_stands_in_the_outcome(review: Review) -> Iterator[Finding]:
    """a death stands on the time line, but the outcome says nothing of it"""
    for case in review.cases.values():
        vital = case.by_path.get("outcome.vital")
        silent = vital is None or vital.missing or (vital.state is State.UNKNOWN and not vital.claims)
        for event in _events(case, "death"):
            if silent and state_at(case, f"{event.path}.certainty") is None:
                yield Finding(case.origin, as_key(event.path))


@rule(
    "C408",
    cure="write the cause, or 'unknown'",
    example="""
        events:
          - {event: death, source: Results}
        outcome:
          vital: dead
          source: Results
        """,
    level=Level.WARNING,
)
def the_dead_have_a_cause_of_death(review: Review) -> Iterator[Finding]:
    """the patient is dead, and nothing is said of the cause"""
    for case in review.cases.values():
        cause = case.by_path.get("outcome.cause")
        unread = cause is not None and cause.state is State.NOT_EXTRACTED  # the report may say it
        silent = cause is None or cause.missing or cause.state is State.NOT_APPLICABLE
        if word_at(case, "outcome.vital") == "dead" and silent and not unread:
            yield Finding(case.origin, ("outcome", "cause"))


@rule(
    "C409",
    cure="correct vital, disease or cause; if the report contradicts itself, record that with 'claims'",
    example="""
        outcome:
          printed: NED
          vital: alive
          disease: present
          source: Results
        """,
)
def the_outcome_agrees_with_the_printed_status(review: Review) -> Iterator[Finding]:
    """the outcome is another than the printed status"""
    for case in review.cases.values():
        printed = (word_at(case, "outcome.printed") or "").strip().upper()
        follows = status(case, review)
        disputed = any(
            fact is not None and fact.claims
            for fact in (case.by_path.get(f"outcome.{name}") for name in ("vital", "disease", "cause"))
        )
        if follows is None or disputed or printed not in STATUS_WORDS or printed == follows.text:
            continue
        # Of a cause that is not reported the record may say less than the code.
        if not (follows.text == "DUN" and printed in ("DOD", "DOT", "DOC")):
            detail = f"{printed} is printed, {follows.text} follows: {STATUS_WORDS[follows.text]}"
            yield Finding(case.origin, ("outcome", "printed"), detail)


@rule(
    "C410",
    cure="correct one of the two times",
    example="""
        events:
          - {event: therapy_start, at: 4 months, source: Results}
          - {event: therapy_stop, at: 2 months, source: Results}
        """,
)
def a_therapy_ends_after_it_began(review: Review) -> Iterator[Finding]:
    """a therapy ends before any began"""
    for case in review.cases.values():
        starts = [_time(case, event) for event in _events(case, "therapy_start")]
        known = [start for start in starts if start is not None]
        for event in _events(case, "therapy_stop"):
            stop = _time(case, event)
            if (
                stop
                and known
                and len(known) == len(starts)
                and is_after(min(low for low, _ in known), stop[1])
            ):
                yield Finding(case.origin, as_key(f"{event.path}.at"))


@rule(
    "C411",
    cure="correct one of the two times, or write the operation before it in the presentation as "
    "previous_operations; tumour that was never removed grows on, which is 'progression'",
    example="""
        events:
          - {event: local_recurrence, at: 2 months, source: Results}
          - {event: surgery, at: 4 months, source: Results}
        """,
)
def a_tumour_comes_back_after_it_was_removed(review: Review) -> Iterator[Finding]:
    """a tumour comes back before it was removed"""
    for case in review.cases.values():
        times = [_time(case, event) for event in _events(case, "surgery")]
        first = min((low for low, _ in (time for time in times if time)), default=None)
        if number_at(case, "presentation.previous_operations"):
            continue
        for event in _events(case, "local_recurrence", "relapse_unspecified"):
            time = _time(case, event)
            if first is not None and None not in times and time is not None and is_after(first, time[1]):
                yield Finding(
                    case.origin, as_key(f"{event.path}.at"), f"the first surgery is at {in_months(first)}"
                )


@rule(
    "C412",
    cure="write 'at: 0 months' at the event from which times are counted, or correct time_zero",
    example="""
        time_zero: {value: surgery, source: Results}
        events:
          - {event: surgery, at: 4 months, source: Results}
        """,
)
def time_zero_is_zero(review: Review) -> Iterator[Finding]:
    """the event from which times are counted is not at zero"""
    for case in review.cases.values():
        zero = word_at(case, "time_zero")
        events = [(event, _time(case, event)) for event in _events(case, zero or "")]
        if events and all(time is not None and time[0] > 0 for _, time in events):
            yield Finding(case.origin, as_key(f"{events[0][0].path}.at"))


@rule(
    "C413",
    cure="add the event with the same time, or correct one of the two",
    example="""
        surgeries:
          - {source: Results, at: 2 months}
        events:
          - {event: surgery, at: 4 months, source: Results}
        """,
    level=Level.WARNING,
)
def operations_stand_on_the_time_line(review: Review) -> Iterator[Finding]:
    """no surgery stands on the time line at the time of this one"""
    for case in review.cases.values():
        surgeries, events = state_at(case, "surgeries"), state_at(case, "events")
        times = [_time(case, event) for event in _events(case, "surgery")]
        for surgery in surgeries.children if surgeries is not None and events is not None else ():
            at = _bounds(case, f"{surgery.path}.at")
            if at is not None and None not in times and not any(_meet(at, t) for t in times if t):
                yield Finding(case.origin, as_key(f"{surgery.path}.at"))


@rule(
    "C414",
    cure="write the same time at both",
    example="""
        events:
          - {event: last_contact, at: 12 months, source: Results}
        follow_up:
          last_contact: 18 months
          source: Results
        """,
)
def the_last_follow_up_has_one_time(review: Review) -> Iterator[Finding]:
    """the time line has another time for last follow-up"""
    for case in review.cases.values():
        last = _bounds(case, "follow_up.last_contact")
        times = [_time(case, event) for event in _events(case, "last_contact")]
        latest = max((time[1] for time in times if time is not None), default=None)
        # What is later than follow_up.last_contact, C402 finds.
        if last is not None and latest is not None and None not in times and is_after(last[0], latest):
            detail = f"the time line ends at {in_months(latest)}"
            yield Finding(case.origin, ("follow_up", "last_contact"), detail)


def _events(case: PublishedCase, *terms: str) -> list[Fact]:
    events = state_at(case, "events")
    return [event for event in events.children if event.term in terms] if events is not None else []


def _time(case: PublishedCase, event: Fact) -> Bounds | None:
    return _bounds(case, f"{event.path}.at")


def _bounds(case: PublishedCase, path: str) -> Bounds | None:
    """The earliest and the latest that an undisputed time can be, in months."""
    return bounds_in_months(case, path) if said_at(case, path) is not None else None


def _meet(one: Bounds, other: Bounds) -> bool:
    return not is_after(one[0], other[1]) and not is_after(other[0], one[1])
