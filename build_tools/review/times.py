"""Times in months as they are known: a number, a range, a bound or a word, each told as what it is."""

from __future__ import annotations

from math import inf, isinf

from build_tools.records.measures import UNITS
from build_tools.review.facts import BACKWARDS, OPERATORS, Fact
from build_tools.review.review import PublishedCase

WITHIN = {"<=": "within ", "<": "within less than "}


def months_of(case: PublishedCase, path: str) -> float | None:
    """The lower bound of a time in months; None where it is not reported."""
    bounds = bounds_in_months(case, path)
    return None if bounds is None else bounds[0]


class Months(float):
    """A time in months with its step as printed, in months: of "30 days" a day, of "1.5 years" 0.1 year."""

    step: float = 0


def is_after(one: float, other: float) -> bool:
    """Whether a time is later than another, as far as both are printed: 1 month is no later than 30 days.

    Of two units the longer one decides, up to a month: nobody prints 31 days and means more than a month.
    """
    steps = {round(step, 6) for step in (getattr(one, "step", 0), getattr(other, "step", 0)) if step}
    if len(steps) < 2 or one - other >= 1 or isinf(one) or isinf(other):
        return one > other
    return round(one / max(steps)) > round(other / max(steps))


def bounds_in_months(case: PublishedCase, path: str) -> tuple[float, float] | None:
    """The earliest and the latest that a time can be, in months; None where it is not reported.

    A bound is open away from time zero and ends there; a word (several years) can be any time after it.
    """
    fact = case.by_path.get(path)
    if fact is None or not isinstance(fact.value, dict):
        return None
    number, unit, op = fact.value.get("number"), fact.value["unit"], fact.value.get("op", "")
    low, high = number if isinstance(number, list) else (0, inf) if number is None else (number, number)
    if op in ("<", "<="):
        low = 0 if high >= 0 else -inf
    if op in (">", ">=", "~"):
        high = inf if low >= 0 else 0
    low, high = (Months(round(float(end) * UNITS["time"][unit], 2)) for end in (low, high))
    decimals = max(
        len(f"{end:g}".partition(".")[2]) for end in (number if isinstance(number, list) else [number or 0])
    )
    low.step = high.step = UNITS["time"][unit] / 10**decimals
    return low, high


def is_exact(fact: Fact | None) -> bool:
    """Whether a time is one number, be it about, and neither a range nor a bound nor a word."""
    return (
        fact is not None
        and isinstance(fact.value, dict)
        and fact.value.get("op", "~") == "~"
        and isinstance(fact.value.get("number"), int | float)
    )


def is_before_zero(case: PublishedCase, path: str) -> bool:
    """Whether a time is certainly before time zero."""
    bounds = bounds_in_months(case, path)
    return bounds is not None and bounds[1] < 0


def time_words(case: PublishedCase, path: str) -> str:
    """A time in months as it is known: 27 months, 12–18 months, less than 12 months, several years."""
    fact = case.by_path[path]
    if not isinstance(fact.value, dict):
        return ""
    number, operator = fact.value.get("number"), fact.value.get("op", "")
    if number is None:
        return fact.text
    ends = number if isinstance(number, list) else [number, number]
    low, high = (round(float(end) * UNITS["time"][fact.value["unit"]], 2) for end in ends)
    if low < 0 < high:
        return f"{_months(f'{-low:g}')} before to {_months(f'{high:g}')} after time zero"
    if low < 0:
        span = f"{-low:g}" if low == high else f"{-high:g}–{-low:g}"
        return f"{BACKWARDS[operator]}{_months(span)} before time zero"
    span = f"{low:g}" if low == high else f"{low:g}–{high:g}"
    return f"{OPERATORS[operator]}{_months(span)}"


def at_words(case: PublishedCase, path: str) -> str:
    """A time as it stands after what happened: at 8 months, within 24 months, after several years.

    Nothing where no time is known.
    """
    fact = case.by_path.get(path)
    words = time_words(case, path) if fact is not None else ""
    if fact is None or not words or words.endswith("time zero"):
        return words
    operator = fact.value.get("op", "") if isinstance(fact.value, dict) else ""
    if operator in WITHIN:
        return words.replace(OPERATORS[operator], WITHIN[operator], 1)
    return f"at {words}" if operator in ("", "~") else f"after {words}"


def in_months(months: float) -> str:
    """A time in months as words."""
    return _months(f"{months:g}")


def _months(span: str) -> str:
    return f"{span} month{'' if span == '1' else 's'}"
