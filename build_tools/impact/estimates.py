"""Estimates side by side: each number of each declared estimate that moves."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.declared import Estimated, ShareGroup, SurvivalGroup, estimate
from build_tools.estimates import Fisher, LogRank, Median, Proportion, Refusal
from build_tools.facts import lower_first
from build_tools.impact.change import Change
from build_tools.review import Review

FOLLOW_UP, POOLED = "median follow-up", "pooled"
MONTHS, PATIENTS = " months", " patients"

Numbers = dict[tuple[str, ...], str]


def compare_estimates(old: Review, new: Review) -> tuple[Change, ...]:
    """Each number that differs, led to by estimate, group and name."""
    before, after = _numbers(old), _numbers(new)
    return tuple(
        Change(where, before.get(where, ""), after.get(where, ""))
        for where in dict.fromkeys([*after, *before])
        if before.get(where) != after.get(where)
    )


def _numbers(review: Review) -> Numbers:
    numbers: Numbers = {}
    for id in review.estimates:
        made = estimate(review, id)
        for steps, text in _of(made, review):
            numbers[(made.record.title, *steps)] = text
    return numbers


def _of(made: Estimated, review: Review) -> Iterator[tuple[tuple[str, ...], str]]:
    for share in made.shares:
        yield from _share(share, _what(made, review))
    for curve in made.survival:
        yield from _survival(curve)
    if made.comparison is not None:
        yield ("comparison",), _test(made.comparison)
    for pooled in made.pooled:
        figure = pooled.figure
        yield (POOLED, figure.group or "", figure.name), f"{pooled.share.k}/{pooled.share.n}"
    if made.pooled_comparison is not None:
        yield ("pooled comparison",), _test(made.pooled_comparison)


def _what(made: Estimated, review: Review) -> str:
    """What a share counts, in the words of its term."""
    ((_, word),) = made.record.holds.items()
    labels = [v.terms[word].label for v in review.vocabularies.values() if word in v.terms]
    return lower_first(labels[0]) if labels else word


def _share(group: ShareGroup, what: str) -> Iterator[tuple[tuple[str, ...], str]]:
    share = group.share
    text = f"{share.k}/{share.n}" if isinstance(share, Proportion) else f"none: {share.reason}"
    yield (*_group(group.label), what), text


def _survival(group: SurvivalGroup) -> Iterator[tuple[tuple[str, ...], str]]:
    where = _group(group.label)
    observed = group.cohort.observed
    yield (*where, "events"), f"{sum(one.event for one in observed)} in {len(observed)}{PATIENTS}"
    curve, follow_up = group.curve, group.follow_up
    yield (*where, "median"), curve.reason if isinstance(curve, Refusal) else _months(curve.median)
    yield (
        (*where, FOLLOW_UP),
        follow_up.reason if isinstance(follow_up, Refusal) else _months(follow_up.median),
    )


def _group(label: str | None) -> tuple[str, ...]:
    return (label,) if label else ()


def _months(median: Median) -> str:
    return "not reached" if median.time is None else f"{median.time:.3g}{MONTHS}"


def _test(test: LogRank | Fisher | Refusal) -> str:
    return f"none: {test.reason}" if isinstance(test, Refusal) else f"p = {test.p:.3g}"
