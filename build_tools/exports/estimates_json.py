"""Every estimate that the site shows, with the patients behind it, so that anyone can compute it again."""

from __future__ import annotations

import json
from collections.abc import Iterable

from build_tools.analysis.cohorts import ENDPOINTS, LeftOut, Observed
from build_tools.analysis.declared import Estimated, PooledShare, ShareGroup, SurvivalGroup, estimate
from build_tools.analysis.estimates import (
    FEWEST_AT_RISK,
    FEWEST_EVENTS,
    FEWEST_PATIENTS,
    Curve,
    Fisher,
    FollowUp,
    LogRank,
    Median,
    Proportion,
    Refusal,
)
from build_tools.records.values import State
from build_tools.review.counted import counted
from build_tools.review.facts import state_words
from build_tools.review.review import PublishedCase, Review

PATH = "data/estimates.json"

Json = dict[str, object]


def text(review: Review) -> str:
    """The export: the rules of the endpoints, then each declared estimate; times are in months."""
    whole = {
        "format": "casebook-estimates/1",
        "unit_of_time": "month",
        "endpoints": {
            name: {"title": title, "rule": rule.__doc__} for name, (title, rule) in ENDPOINTS.items()
        },
        "rules": {
            "fewest_patients_for_a_curve": FEWEST_PATIENTS,
            "fewest_events_in_each_arm_for_a_test": FEWEST_EVENTS,
            "thin_below_at_risk": FEWEST_AT_RISK,
        },
        "estimates": [_estimate(estimate(review, id), review) for id in review.estimates],
    }
    return json.dumps(whole, indent=1, ensure_ascii=False, allow_nan=False) + "\n"


def _estimate(made: Estimated, review: Review) -> Json:
    record = made.record
    entry: Json = {"id": made.id, "title": record.title, "endpoint": record.endpoint}
    if record.note is not None:
        entry["note"] = record.note
    if made.survival:
        entry["groups"] = [_survival_group(group) for group in made.survival]
    if made.shares:
        entry["holds"] = dict(record.holds)
        entry["groups"] = [_share_group(group, next(iter(record.holds))) for group in made.shares]
    if made.comparison is not None:
        entry["comparison"] = as_test(made.comparison)
    if made.pooled:
        entry["pooled"] = [_pooled(one, review.aggregates[one.aggregate].report) for one in made.pooled]
    if made.pooled_comparison is not None:
        entry["pooled_comparison"] = as_test(made.pooled_comparison)
    return entry


def _survival_group(group: SurvivalGroup) -> Json:
    cohort = group.cohort
    return {
        "arm": group.name,
        "label": group.label,
        "where": dict(cohort.where),
        "in": [_observed(one) for one in cohort.observed],
        "not_known": [_left_out(one) for one in cohort.unknown],
        "not_eligible": [_left_out(one) for one in cohort.outside],
        "time_zero": cohort.time_zero,
        "survival": _curve(group.curve),
        "follow_up": _follow_up(group.follow_up),
    }


def _share_group(group: ShareGroup, field: str) -> Json:
    return {
        "arm": group.name,
        "label": group.label,
        "where": dict(group.where),
        "counted": _ids(group.tally.inside),
        "not_counted": _ids(group.tally.outside),
        "not_known": [{"case": case.id, "reason": _silence(case, field)} for case in group.tally.silent],
        "not_eligible": [
            *(_left_out(one) for one in group.not_asked_for),
            *({"case": case.id, "reason": _silence(case, field)} for case in group.tally.not_applicable),
        ],
        "share": _share(group.share),
    }


def _observed(one: Observed) -> Json:
    return {
        "case": one.case.id,
        "months": one.months,
        "event": one.event,
        "ends_with": one.ends_with,
        "time_zero": one.time_zero,
        "lower_bound": one.lower_bound,
        "inferred": one.inferred,
        "probable": one.probable,
    }


def _left_out(one: LeftOut) -> Json:
    return {"case": one.case.id, "reason": one.reason}


def _ids(cases: Iterable[PublishedCase]) -> list[str]:
    return [case.id for case in cases]


def _silence(case: PublishedCase, field: str) -> str:
    facts = counted(case, field)
    return state_words(facts[0].state if facts else State.NOT_EXTRACTED)


def _pooled(one: PooledShare, report: str) -> Json:
    return {
        "aggregate": one.aggregate,
        "figure": one.figure.id,
        "name": one.figure.name,
        "group": one.figure.group,
        "sources": [{"report": s.report or report, "place": s.place} for s in one.figure.source],
        "share": _share(one.share),
    }


def _share(share: Proportion | Refusal) -> Json:
    if isinstance(share, Refusal):
        return _refused(share)
    return {
        "method": "k of n",
        "interval": "95 %: Wilson score; Clopper-Pearson (exact)",
        "k": share.k,
        "n": share.n,
        "share": _round(share.share),
        "wilson": [_round(limit) for limit in share.wilson],
        "clopper_pearson": [_round(limit) for limit in share.exact],
    }


def _curve(curve: Curve | Refusal) -> Json:
    if isinstance(curve, Refusal):
        return _refused(curve)
    return {
        "method": "Kaplan-Meier",
        "interval": "95 %: Greenwood, log-log",
        "n": curve.n,
        "events": curve.events,
        "median": _median(curve.median),
        "thin": list(curve.thin) if curve.thin else None,
        "steps": [
            {
                "time": step.time,
                "at_risk": step.at_risk,
                "events": step.events,
                "censored": step.censored,
                "survival": _round(step.survival),
                "low": _round(step.low),
                "high": _round(step.high),
            }
            for step in curve.steps
        ],
    }


def _follow_up(found: FollowUp | Refusal) -> Json:
    if isinstance(found, Refusal):
        return _refused(found)
    return {
        "method": "reverse Kaplan-Meier",
        "interval": "95 %: Greenwood, log-log",
        "n": found.n,
        "median": _median(found.median),
        "shortest": found.shortest,
        "longest": found.longest,
    }


def _median(median: Median) -> Json:
    """A null is 'not reached'."""
    return {"time": median.time, "low": median.low, "high": median.high}


def as_test(test: LogRank | Fisher | Refusal) -> Json:
    """A test of two groups with its counts, or why there is none."""
    if isinstance(test, Refusal):
        return _refused(test)
    if isinstance(test, LogRank):
        return {
            "method": "log-rank test, two-sided",
            "chi_square": _round(test.chi_square),
            "p": _round(test.p, 8),
            "events": dict(test.events),
        }
    table = [[test.a, test.b], [test.c, test.d]]
    return {"method": "Fisher's exact test, two-sided", "table": table, "p": _round(test.p, 8)}


def _refused(refusal: Refusal) -> Json:
    return {"refused": refusal.reason}


def _round(value: float | None, digits: int = 6) -> float | None:
    """Rounded, so that one computer's last bit makes no other file."""
    return None if value is None else round(value, digits)
