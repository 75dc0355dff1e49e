"""The statistics: shares, survival and comparisons on plain numbers, computed by scipy.

What can't be said from so few patients is a `Refusal`, a result like any other: whoever asks has to say it.
A call that makes no sense (more events than patients, a negative time) raises ValueError.
"""

from __future__ import annotations

import math
import warnings
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

FEWEST_PATIENTS = 5
"""Below this number of patients with a known time there is no curve."""
FEWEST_EVENTS = 5
"""With fewer events than this in any arm two curves are not tested against each other."""
FEWEST_AT_RISK = 3
"""Where fewer patients than this are still observed, a curve is thin and says little."""

# A median is where S falls to one half; S is a product of fractions, and no rounding may hide an exact half.
_HALF = 0.5 + 1e-9


@dataclass(frozen=True)
class Refusal:
    """No estimate, and the reason why there is none, as it stands in a sentence."""

    reason: str


@dataclass(frozen=True)
class Proportion:
    """A share k/n with two 95 % intervals, each as (low, high) between 0 and 1.

    `wilson` is the score interval of Wilson (1927); `exact` is the interval of Clopper and Pearson (1934),
    which is never too narrow.
    """

    k: int
    n: int
    wilson: tuple[float, float]
    exact: tuple[float, float]

    @property
    def share(self) -> float:
        """k/n."""
        return self.k / self.n


def proportion(k: int, n: int) -> Proportion:
    """The share k/n with its intervals; ValueError where there is no denominator or k lies outside 0 to n."""
    from scipy.stats import binomtest  # noqa: PLC0415  (over a second: only where a share is estimated)

    if n < 1 or not 0 <= k <= n:
        raise ValueError(f"{k} of {n} is no share")
    test = binomtest(k, n)
    wilson = test.proportion_ci(confidence_level=0.95, method="wilson")
    exact = test.proportion_ci(confidence_level=0.95, method="exact")
    return Proportion(k, n, (float(wilson.low), float(wilson.high)), (float(exact.low), float(exact.high)))


@dataclass(frozen=True)
class Fisher:
    """Fisher's exact test (1922) of two shares, a of a + b against c of c + d, with its two-sided p value."""

    a: int
    b: int
    c: int
    d: int
    p: float


def fisher(a: int, b: int, c: int, d: int) -> Fisher:
    """Fisher's exact test of the table a, b (first group: with, without) and c, d (second group).

    Two-sided: the tables as unlikely as this one, or less likely, with the same margins. ValueError where a
    count is negative or a group is empty.
    """
    from scipy.stats import fisher_exact  # noqa: PLC0415  (over a second: only where groups are compared)

    if min(a, b, c, d) < 0 or not a + b or not c + d:
        raise ValueError(f"{a}, {b} and {c}, {d} are no two groups")
    return Fisher(a, b, c, d, min(1.0, float(fisher_exact([[a, b], [c, d]]).pvalue)))


@dataclass(frozen=True)
class Step:
    """A time at which a patient had the event or was last seen.

    `at_risk` counts who was still observed just before; who is last seen at the time of an event was at risk
    of it. `survival` is S from this time on. `low` and `high` are its 95 % interval, None where there is
    none: before the first event and once S is 0.
    """

    time: float
    at_risk: int
    events: int
    censored: int
    survival: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Point:
    """The survival at a time of one's choice, with its 95 % interval and how many were still observed."""

    time: float
    at_risk: int
    survival: float
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Median:
    """The time by which half have had the event, with its 95 % interval; None means 'not reached'."""

    time: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class Curve:
    """A survival curve: S falls at the steps with events, and holds between them.

    `n` counts the patients with a known time, `unknown` those without one, who are not in the curve. `thin`
    is the stretch, as (from, to), in which fewer than three patients are still observed.
    """

    n: int
    unknown: int
    steps: tuple[Step, ...]
    median: Median
    thin: tuple[float, float] | None

    @property
    def events(self) -> int:
        """How many had the event."""
        return sum(step.events for step in self.steps)

    @property
    def longest(self) -> float:
        """The longest time; what comes after it is not known."""
        return self.steps[-1].time

    @property
    def censor_marks(self) -> tuple[Step, ...]:
        """The steps at which someone was last seen without the event."""
        return tuple(step for step in self.steps if step.censored)

    def at(self, time: float) -> Point | None:
        """S at a time; None after the longest time unless S is 0 by then. ValueError for a negative time."""
        _check_time(time)
        passed = [step for step in self.steps if step.time <= time]
        if not passed:
            return Point(time, self.n, 1.0, None, None)
        last = passed[-1]
        if time > self.longest and last.survival > 0:
            return None
        return Point(time, self.numbers_at_risk([time])[0], last.survival, last.low, last.high)

    def numbers_at_risk(self, times: Sequence[float]) -> tuple[int, ...]:
        """How many were still observed just before each time."""
        return tuple(next((s.at_risk for s in self.steps if s.time >= time), 0) for time in times)


def survival(times: Sequence[float | None], events: Sequence[bool]) -> Curve | Refusal:
    """The survival curve of Kaplan and Meier (1958) with a 95 % interval at each step.

    `times` are in any one unit, None where unknown; `events` says of each whether it ends with the event
    (else the patient was last seen then). The interval is Greenwood's variance on the scale of log(-log S)
    (Kalbfleisch and Prentice 1980), which never leaves 0 to 1; that of the median holds the times at which
    the interval of S holds one half (Brookmeyer and Crowley 1982). Refused below five known times.
    ValueError where the two differ in length or a time is negative or not finite.
    """
    known = _known(times, events)
    if isinstance(known, Refusal):
        return known
    n = len(known)
    if n < FEWEST_PATIENTS:
        return Refusal(f"too few patients for a curve ({n} with a known time; at least {FEWEST_PATIENTS})")
    steps = _product_limit(known)
    third, last = sorted(time for time, _ in known)[-FEWEST_AT_RISK], steps[-1].time
    return Curve(n, len(times) - n, steps, _median(steps), (third, last) if third < last else None)


@dataclass(frozen=True)
class FollowUp:
    """How long patients were observed: the median by reverse Kaplan-Meier, and the shortest and longest time.

    A time at which someone had the event counts in the range: it is the end of what is known of them.
    """

    n: int
    unknown: int
    median: Median
    shortest: float
    longest: float


def follow_up(times: Sequence[float | None], events: Sequence[bool]) -> FollowUp | Refusal:
    """The median follow-up by reverse Kaplan-Meier (Schemper and Smith 1996), in the unit of `times`.

    The roles are turned: to be last seen is what happens, and the event hides how much longer the patient
    would have been followed. The median is not reached where most had the event. As it describes the data and
    claims nothing of other patients, it is refused only where no time is known. ValueError as in `survival`.
    """
    known = _known(times, events)
    if isinstance(known, Refusal):
        return known
    steps = _product_limit([(time, not event) for time, event in known])
    return FollowUp(
        len(known), len(times) - len(known), _median(steps), min(known)[0], max(time for time, _ in known)
    )


@dataclass(frozen=True)
class LogRank:
    """The log-rank test (Mantel 1966) of two arms: chi-square with one degree of freedom, two-sided p value.

    `events` is the number of events in each arm.
    """

    chi_square: float
    p: float
    events: Mapping[str, int]


Sample = tuple[Sequence[float | None], Sequence[bool]]
"""Times, and of each whether it ends with the event, as `survival` takes them."""


def compare(groups: Mapping[str, Sample]) -> LogRank | Refusal:
    """The log-rank test of two arms, each a name with its times and events; unknown times are left out.

    Refused where an arm has fewer than five events, and for more than two arms, of which each pair would ask
    for a test of its own. ValueError for fewer than two arms, else as in `survival`.
    """
    from scipy.stats import logrank  # noqa: PLC0415  (over a second: only where groups are compared)

    if len(groups) < 2:
        raise ValueError("a comparison needs two arms")
    arms = {name: _known(times, events) for name, (times, events) in groups.items()}
    samples = {name: [] if isinstance(arm, Refusal) else arm for name, arm in arms.items()}
    counts = {name: sum(event for _, event in arm) for name, arm in samples.items()}
    if min(counts.values()) < FEWEST_EVENTS:
        return Refusal("too few events to test")
    if len(groups) > 2:
        return Refusal("more than two arms are not tested against each other")
    first, second = (_censored(arm) for arm in samples.values())
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # no variance, met below
        test = logrank(first, second)
    if not math.isfinite(test.statistic):
        return Refusal("all events fall together, so that there is nothing to test")
    return LogRank(float(test.statistic) ** 2, float(test.pvalue), counts)


def _known(times: Sequence[float | None], events: Sequence[bool]) -> list[tuple[float, bool]] | Refusal:
    """The known times with their events, or why there are none."""
    if len(times) != len(events):
        raise ValueError(f"{len(times)} times and {len(events)} events do not belong together")
    for time in times:
        if time is not None:
            _check_time(time)
    if not times:
        return Refusal("no patient is in this group")
    known = [
        (float(time), bool(event)) for time, event in zip(times, events, strict=True) if time is not None
    ]
    return known or Refusal(f"of none of the {len(times)} patients is the time known")


def _check_time(time: float) -> None:
    if not (math.isfinite(time) and time >= 0):
        raise ValueError(f"{time} is no time")


def _censored(sample: Sequence[tuple[float, bool]]) -> Any:
    """A sample as scipy takes it."""
    from scipy.stats import CensoredData  # noqa: PLC0415

    happened = [time for time, event in sample if event]
    return CensoredData(uncensored=happened, right=[time for time, event in sample if not event])


def _product_limit(sample: Sequence[tuple[float, bool]]) -> tuple[Step, ...]:
    """The product-limit estimate at every time of the sample."""
    from scipy.stats import ecdf  # noqa: PLC0415  (over a second: only where a curve is estimated)

    found = ecdf(_censored(sample)).sf
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # no interval where S is 1 or 0: None below
        interval = found.confidence_interval(confidence_level=0.95, method="log-log")
    bounds = (found.probabilities, interval.low.probabilities, interval.high.probabilities)
    happened, seen = (Counter(time for time, event in sample if event is ends) for ends in (True, False))
    steps, left = [], len(sample)
    for at, probability, low, high in zip(found.quantiles, *bounds, strict=True):
        time = float(at)
        limits = (_number(low), _number(high))
        steps.append(Step(time, left, happened[time], seen[time], float(probability), *limits))
        left -= happened[time] + seen[time]
    return tuple(steps)


def _number(value: float) -> float | None:
    return float(value) if math.isfinite(value) else None


def _median(steps: Sequence[Step]) -> Median:
    """The first time at which S, and each end of its interval, is one half or less; S of 0 lies below all."""

    def first(values: Sequence[float | None]) -> float | None:
        reached = (s for s, v in zip(steps, values, strict=True) if v is not None and v <= _HALF)
        return next((step.time for step in reached), None)

    lows = [0.0 if step.survival == 0 else step.low for step in steps]
    return Median(first([s.survival for s in steps]), first(lows), first([s.high for s in steps]))
