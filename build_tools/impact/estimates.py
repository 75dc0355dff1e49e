"""Estimates side by side: each number of each declared estimate that moves."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from build_tools.analysis.declared import Estimated, ShareGroup, SurvivalGroup, estimate
from build_tools.analysis.estimates import Fisher, LogRank, Median, Proportion, Refusal
from build_tools.impact.change import Change
from build_tools.review.facts import lower_first
from build_tools.review.review import Review

FOLLOW_UP, WATCHED = "median follow-up", "median follow-up for recurrence"
"""Of survival, and of survival without recurrence: each is as long as its end was watched for."""
POOLED = "pooled"
MONTHS, PATIENTS = " months", " patients"


@dataclass(frozen=True)
class Number:
    """A number of an estimate: the group and the name that lead to it, and what it says.

    `key` names it in both casebooks, whatever its words are.
    """

    key: tuple[str, ...]
    where: tuple[str, ...]
    text: str


def compare_estimates(old: Review, new: Review) -> tuple[Change, ...]:
    """Each number that differs, led to by estimate, group and name."""
    before, after = _numbers(old), _numbers(new)
    changes = []
    for key in dict.fromkeys([*after, *before]):
        one, other = before.get(key), after.get(key)
        texts = one.text if one else "", other.text if other else ""
        named = other or one
        if named is not None and texts[0] != texts[1]:
            changes.append(Change(named.where, *texts))
    return tuple(changes)


def _numbers(review: Review) -> dict[tuple[str, ...], Number]:
    numbers = {}
    for id in review.estimates:
        made = estimate(review, id)
        for number in _of(made, review):
            whole = Number((id, *number.key), (made.record.title, *number.where), number.text)
            numbers[whole.key] = whole
    return numbers


def _of(made: Estimated, review: Review) -> Iterator[Number]:
    for share in made.shares:
        yield _share(share, _counted(made, review))
    for curve in made.survival:
        yield from _survival(curve, FOLLOW_UP if made.record.endpoint == "overall_survival" else WATCHED)
    if made.comparison is not None:
        yield Number(("comparison",), ("comparison",), _test(made.comparison))
    for pooled in made.pooled:
        figure = pooled.figure
        where = (POOLED, *([figure.group] if figure.group else []), figure.name)
        yield Number((pooled.aggregate, str(figure.id)), where, f"{pooled.share.k}/{pooled.share.n}")
    if made.pooled_comparison is not None:
        yield Number((POOLED,), ("comparison of the pooled",), _test(made.pooled_comparison))


def _counted(made: Estimated, review: Review) -> str:
    """What a share counts, in the words of its term."""
    ((_, word),) = made.record.holds.items()
    labels = [v.terms[word].label for v in review.vocabularies.values() if word in v.terms]
    return lower_first(labels[0]) if labels else word


def _share(group: ShareGroup, counted: str) -> Number:
    share = group.share
    text = f"{share.k}/{share.n}" if isinstance(share, Proportion) else f"none: {share.reason}"
    return Number(("arm", group.name or ""), (*_label(group), counted), text)


def _survival(group: SurvivalGroup, watched: str) -> Iterator[Number]:
    observed, curve, follow_up = group.cohort.observed, group.curve, group.follow_up
    for name, text in (
        ("events", f"{sum(one.event for one in observed)} in {len(observed)}{PATIENTS}"),
        ("median", _words(curve if isinstance(curve, Refusal) else curve.median)),
        (watched, _words(follow_up if isinstance(follow_up, Refusal) else follow_up.median)),
    ):
        yield Number(("arm", group.name or "", name), (*_label(group), name), text)


def _label(group: ShareGroup | SurvivalGroup) -> tuple[str, ...]:
    return (group.label,) if group.label else ()


def _words(median: Median | Refusal) -> str:
    if isinstance(median, Refusal):
        return f"none: {median.reason}"
    return "not reached" if median.time is None else f"{median.time:.4g}{MONTHS}"


def _test(test: LogRank | Fisher | Refusal) -> str:
    return f"none: {test.reason}" if isinstance(test, Refusal) else f"p = {test.p:.3g}"
