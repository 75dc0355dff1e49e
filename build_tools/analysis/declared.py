"""Declared estimates, computed: what a record of content/estimates/ asks for, from the review alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from build_tools.analysis import estimates
from build_tools.analysis.cohorts import OPERATION, Cohort, LeftOut, cohort, left_out
from build_tools.analysis.estimates import (
    FEWEST_PATIENTS,
    Curve,
    Fisher,
    FollowUp,
    LogRank,
    Proportion,
    Refusal,
)
from build_tools.analysis.tallies import Tally, tally
from build_tools.records.aggregate import Figure
from build_tools.records.estimate import Estimate
from build_tools.review.review import TAKEN_BACK, Review


@dataclass(frozen=True)
class SurvivalGroup:
    """One curve of a declared estimate; `name` and `label` are None where there are no arms."""

    name: str | None
    label: str | None
    cohort: Cohort
    curve: Curve | Refusal
    follow_up: FollowUp | Refusal


@dataclass(frozen=True)
class ShareGroup:
    """One share of a declared estimate, over the patients of this review."""

    name: str | None
    label: str | None
    where: Mapping[str, str]
    tally: Tally
    not_asked_for: tuple[LeftOut, ...]
    share: Proportion | Refusal


@dataclass(frozen=True)
class PooledShare:
    """A count that a report prints for a group, as a share."""

    aggregate: str
    figure: Figure
    share: Proportion


@dataclass(frozen=True)
class Estimated:
    """A declared estimate, computed: its curves or its shares, and the pooled counts beside them.

    `comparison` is the test of its two arms, `pooled_comparison` that of two pooled counts.
    """

    id: str
    record: Estimate
    survival: tuple[SurvivalGroup, ...] = ()
    shares: tuple[ShareGroup, ...] = ()
    comparison: LogRank | Fisher | Refusal | None = None
    pooled: tuple[PooledShare, ...] = ()
    pooled_comparison: Fisher | Refusal | None = None


def estimate(review: Review, id: str) -> Estimated:
    """The estimate that a record of content/estimates/ declares."""
    record = review.estimates[id]
    arms: list[tuple[str | None, str | None, dict[str, str]]] = [
        (name, arm.label, {**record.where, **arm.where}) for name, arm in record.arms.items()
    ]
    arms = arms or [(None, None, dict(record.where))]
    pooled = _pooled(review, record)
    survival: tuple[SurvivalGroup, ...] = ()
    shares: tuple[ShareGroup, ...] = ()
    if record.endpoint != "share":
        cohorts = [
            (name, label, cohort(review, record.endpoint, where, record.time_zero or OPERATION))
            for name, label, where in arms
        ]
        survival = tuple(SurvivalGroup(n, label, c, c.curve(), c.follow_up()) for n, label, c in cohorts)
    elif record.holds:
        shares = tuple(_share(review, record, *arm) for arm in arms)
    comparison = _compare(survival, shares) if record.arms else None
    return Estimated(id, record, survival, shares, comparison, pooled, _compare_pooled(review, pooled))


def _share(
    review: Review, record: Estimate, name: str | None, label: str | None, where: dict[str, str]
) -> ShareGroup:
    ((field, term),) = record.holds.items()
    found = tally(review, field, term, where)
    out = tuple(out for case in review.cases.values() if (out := left_out(review, case, where)))
    share: Proportion | Refusal = Refusal("of no patient is this known")
    if found.n:
        share = estimates.proportion(len(found.inside), found.n)
    return ShareGroup(name, label, where, found, out, share)


def _compare(
    survival: tuple[SurvivalGroup, ...], shares: tuple[ShareGroup, ...]
) -> LogRank | Fisher | Refusal:
    """The test of the arms: log-rank of curves, Fisher's of shares; none where a patient is in two arms."""
    members = [{one.case.id for one in group.cohort.observed} for group in survival]
    members += [{case.id for case in (*g.tally.inside, *g.tally.outside)} for g in shares]
    if any(one & other for one, other in combinations(members, 2)):
        return Refusal("a patient stands in more than one arm")
    if survival:
        return estimates.compare({str(group.name): group.cohort.sample for group in survival})
    known = [group.share for group in shares if isinstance(group.share, Proportion)]
    if len(known) < len(shares) or min(share.n for share in known) < FEWEST_PATIENTS:
        return Refusal("too few patients to compare")
    return _fisher(known)


def _compare_pooled(review: Review, pooled: tuple[PooledShare, ...]) -> Fisher | Refusal | None:
    """Fisher's test of two pooled counts that share no patient, as far as the records tell."""
    if len(pooled) < 2:
        return None
    for one, other in combinations(pooled, 2):
        same = one.aggregate == other.aggregate and one.figure.group == other.figure.group
        ids = {one.aggregate, other.aggregate}
        if same or any(ids & set(review.aggregates[id].overlaps) for id in ids):
            return Refusal("the groups share patients")
    return _fisher([group.share for group in pooled])


def _fisher(shares: Sequence[Proportion]) -> Fisher | Refusal:
    if len(shares) > 2:
        return Refusal("more than two arms are not tested against each other")
    first, second = shares
    return estimates.fisher(first.k, first.n - first.k, second.k, second.n - second.k)


def _pooled(review: Review, record: Estimate) -> tuple[PooledShare, ...]:
    """The pooled counts that a record names; the checks see to it that they are there.

    Those of a report that was retracted are left out.
    """
    shares = []
    for named in record.pooled:
        report = review.reports[review.aggregates[named.aggregate].report]
        if report.retraction.state in TAKEN_BACK:
            continue
        figures = review.aggregates[named.aggregate].figures
        figure = next(figure for figure in figures if figure.id == named.figure)
        shares.append(
            PooledShare(named.aggregate, figure, estimates.proportion(figure.count or 0, figure.of or 0))
        )
    return tuple(shares)
