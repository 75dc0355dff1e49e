"""Cohorts and declared estimates: who counts, with which time, and why others do not."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import pytest

from build_tools.analysis import estimates
from build_tools.analysis.cohorts import ENDPOINTS, RELAPSES, Cohort, LeftOut, Observed, cohort
from build_tools.analysis.declared import Estimated, estimate
from build_tools.analysis.estimates import Curve, Fisher, FollowUp, LogRank, Median, Proportion, Refusal
from build_tools.analysis.tables import fill
from build_tools.checks.checking import check_all
from build_tools.exports import estimates_json
from build_tools.publishing.generate import generate
from build_tools.records.estimate import Estimate
from build_tools.records.table import TableDeclaration
from build_tools.records.words import UNDERSTOOD
from build_tools.review.review import Review
from tests.world import EXAMPLE, World

QUILL, ORRIN, TARN = "cases/quill-2081.yml", "cases/orrin-2083.yml", "cases/tarn-2079.yml"
FIRST, SECOND = "cases/vesper-2085-case-1.yml", "cases/vesper-2085-case-2.yml"
CURVE, SHARE = "content/estimates/survival-by-treatment.yml", "content/estimates/alive.yml"
TABLE = "content/aggregates/quill-2081-table-3.yml"

POOLED = "baheen-2022-operated-55"
LOCAL = {"surgeries.procedures": "local_excision", "surgeries.organs.kidney": "preserved"}

# The endpoint, then what it says of the patient of a file: the reason for which it leaves the patient out, or
# months, event, what ends the time, and whether months are a lower bound.
Said = str | tuple[float, bool, str, bool]


def says(review: Review, endpoint: str, file: str) -> Said:
    found = ENDPOINTS[endpoint][1](review.cases[file.removeprefix("cases/").removesuffix(".yml")])
    if isinstance(found, LeftOut):
        return found.reason
    return found.months, found.event, found.ends_with, found.lower_bound


@pytest.fixture(scope="module")
def founding(casebook: Review) -> Review:
    """The review with the patients alone whom the pooled counts name, so that a new case changes no test."""
    named = casebook.aggregates[POOLED].cases
    return replace(casebook, cases={id: casebook.cases[id] for id in named})


def four(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def ids(part: Iterable[Observed | LeftOut]) -> list[str]:
    return [one.case.id for one in part]


def curve(group: Cohort) -> Curve:
    found = group.curve()
    assert isinstance(found, Curve)
    return found


def test_seven_patients_with_local_excision_have_the_published_curve(founding: Review) -> None:
    found = cohort(founding, "overall_survival", LOCAL)
    assert {one.case.id: (one.months, one.event) for one in found.observed} == {
        "gierson-1976": (78, False),
        "stringer-1977": (72, True),
        "dufor-1982": (18, True),
        "kolodziejski-2004": (24, False),
        "hisa-2005": (8, False),
        "parker-2014": (24, False),
        "baheen-2022": (27, False),
    }
    assert found.unknown == found.outside == ()
    points = {time: curve(found).at(time) for time in (18, 72)}
    assert {t: (four(p.survival), four(p.low), four(p.high)) for t, p in points.items() if p} == {
        18: (0.8333, 0.2731, 0.9747),
        72: (0.4167, 0.0112, 0.8431),
    }
    followed = found.follow_up()
    assert isinstance(followed, FollowUp)
    assert followed.median.time == 27


def test_their_first_relapse_ends_the_time_without_recurrence(founding: Review) -> None:
    found = cohort(founding, "recurrence_free", LOCAL)
    assert {one.case.id: (one.months, one.ends_with) for one in found.observed if one.event} == {
        "dufor-1982": (12, "metastasis"),
        "stringer-1977": (36, "relapse_unspecified"),
    }
    assert len(found.observed) == 7
    assert curve(found).median == Median(36, 12, None)


def test_the_same_filter_lets_the_same_patients_into_table_and_curve(casebook: Review) -> None:
    declaration = TableDeclaration(caption="c", where=LOCAL, columns=("patient.sex",))
    rows = {row.case.id for row in fill("t", declaration, casebook).rows}
    found = cohort(casebook, "overall_survival", LOCAL)
    assert {*ids(found.observed), *ids(found.unknown)} == rows


def test_tumour_left_behind_is_no_recurrence(casebook: Review) -> None:
    assert (
        says(casebook, "recurrence_free", "deyang-renal-lms")
        == "residual tumour remained after the operation"
    )
    assert says(casebook, "overall_survival", "deyang-renal-lms") == (4, False, "last_contact", False)


@pytest.mark.parametrize("id", ["zhang-2021-case-3", "zhang-2021-case-4"])
@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_of_the_bounds_of_a_series_the_lower_counts_and_is_marked(
    casebook: Review, endpoint: str, id: str
) -> None:
    assert says(casebook, endpoint, id) == (13, False, "last_contact", True)


def test_a_local_recurrence_ends_the_time_and_death_does_not_wait(casebook: Review) -> None:
    assert says(casebook, "recurrence_free", "zhang-2021-case-1") == (15, True, "local_recurrence", False)


def test_pooled_counts_are_compared_as_the_report_prints_them(casebook: Review) -> None:
    found = estimate(casebook, "alive-by-operation")
    local, removed = (pooled.share for pooled in found.pooled)
    assert (local.k, local.n, removed.k, removed.n) == (5, 7, 33, 48)
    assert local.wilson == pytest.approx((0.3589, 0.9178), abs=5e-5)
    assert local.exact == pytest.approx((0.2904, 0.9633), abs=5e-5)
    assert removed.wilson == pytest.approx((0.5467, 0.8005), abs=5e-5)
    assert removed.exact == pytest.approx((0.5375, 0.8134), abs=5e-5)
    assert found.pooled_comparison == Fisher(5, 2, 33, 15, 1.0)


def test_the_seven_patients_give_the_share_that_is_printed_for_them(founding: Review) -> None:
    group = estimate(founding, "alive-by-operation").shares[0]
    assert isinstance(group.share, Proportion)
    assert (group.share.k, group.share.n) == (5, 7)
    assert not group.tally.silent
    assert not group.not_asked_for


def test_an_arm_of_too_few_has_no_curve_and_no_test(casebook: Review) -> None:
    three = {"bilgo-2021", "deyang-renal-lms", "zhang-2021-case-4", *casebook.aggregates[POOLED].cases}
    review = replace(casebook, cases={id: case for id, case in casebook.cases.items() if id in three})
    found = estimate(review, "overall-survival-by-operation")
    kept, removed = found.survival
    assert isinstance(kept.curve, Curve)
    assert removed.curve == Refusal("too few patients for a curve (3 with a known time; at least 5)")
    assert found.comparison == Refusal("too few events to test")
    assert estimate(review, "alive-by-operation").comparison == Refusal("too few patients to compare")


def test_the_known_patients_are_as_the_rules_say(example: Review) -> None:
    files = (QUILL, ORRIN, TARN, FIRST, SECOND)
    assert {file: says(example, "overall_survival", file) for file in files} == {
        QUILL: (27, False, "last_contact", False),
        ORRIN: (12, False, "last_contact", True),
        TARN: "time zero is not known",
        FIRST: (12, True, "death", False),
        SECOND: (0.46, False, "last_contact", False),
    }
    assert {file: says(example, "recurrence_free", file) for file in files} == {
        QUILL: (27, False, "last_contact", False),
        ORRIN: "the tumour came back at 8–10 months, and no closer time is reported",
        TARN: "time zero is not known",
        FIRST: "times are not counted from an operation",
        SECOND: "times are not counted from an operation",
    }


LAST = "  last_contact: 27 months"
LOST = ("  lost: present\n", "")
GONE = ("  - {event: lost_to_follow_up, at: 2 weeks, source: Chapter 3}\n", "")
DIED = (
    ("event: last_contact", "event: death"),
    ("vital: alive", "vital: dead"),
    ("cause: not_applicable", "cause: other"),
)

# what changes: (endpoint, file, changes, what the endpoint says then)
CHANGED: dict[str, tuple[str, str, tuple[tuple[str, str], ...], Said]] = {
    "a death without a time": (
        "overall_survival",
        FIRST,
        (("death, at: 1 year,", "death,"),),
        "the time of death is not known",
    ),
    "a death that the time line leaves out": (
        "overall_survival",
        FIRST,
        (("  - {event: death, at: 1 year, source: Chapter 3}\n", ""),),
        "the time of death is not known",
    ),
    "a death between two times": (
        "overall_survival",
        FIRST,
        (("death, at: 1 year", "death, at: 8-12 months"),),
        "the patient died at 8–12 months, and no closer time is reported",
    ),
    "a death after some time": (
        "overall_survival",
        FIRST,
        (("death, at: 1 year", 'death, at: "> 10 months"'),),
        "the patient died after more than 10 months, and no closer time is reported",
    ),
    "a death before some time": (
        "overall_survival",
        FIRST,
        (("death, at: 1 year", 'death, at: "< 12 months"'),),
        "the patient died within less than 12 months, and no closer time is reported",
    ),
    "a death on the third day": (
        "overall_survival",
        FIRST,
        (("death, at: 1 year", "death, at: 3 days"),),
        (0.1, True, "death", False),
    ),
    "a death on a time line alone": (
        "overall_survival",
        FIRST,
        (("  vital: dead\n", ""),),
        (12, True, "death", False),
    ),
    "a death of someone alive": (
        "overall_survival",
        QUILL,
        (DIED[0],),
        "the time line tells of a death, but the outcome says alive",
    ),
    "last seen before some time": (
        "overall_survival",
        QUILL,
        ((LAST, '  last_contact: "< 27 months"'),),
        "the follow-up is less than 27 months, and no closer time is reported",
    ),
    "last seen after several years": (
        "overall_survival",
        QUILL,
        ((LAST, "  last_contact: several years"),),
        "the follow-up is several years, and no closer time is reported",
    ),
    "last seen after some time": (
        "overall_survival",
        QUILL,
        ((LAST, '  last_contact: ">= 2 years"'),),
        (24, False, "last_contact", True),
    ),
    "a death that is only possible": (
        "overall_survival",
        SECOND,
        (("event: lost_to_follow_up, at: 2 weeks", "event: death, certainty: possible, at: 2 weeks"),),
        "that the patient died is only possible",
    ),
    "no last follow-up": ("overall_survival", QUILL, ((LAST + "\n", ""),), "no time of follow-up is known"),
    "nobody says whether alive": (
        "overall_survival",
        QUILL,
        (("  vital: alive\n", ""),),
        "whether the patient was alive at last follow-up is not known",
    ),
    "reports disagree whether alive": (
        "overall_survival",
        QUILL,
        (("vital: alive", "vital: {claims: [alive, dead], why: w}"),),
        "whether the patient was alive at last follow-up is not known",
    ),
    "lost by the follow-up": ("overall_survival", SECOND, (GONE,), (0.46, False, "last_contact", False)),
    "lost by the time line": ("overall_survival", SECOND, (LOST,), (0.46, False, "last_contact", False)),
    "neither lost nor alive": (
        "overall_survival",
        SECOND,
        (LOST, GONE),
        "whether the patient was alive at last follow-up is not known",
    ),
    "no time zero": (
        "overall_survival",
        QUILL,
        (('time_zero: {value: surgery, source: "quill-2081: Results"}\n', ""),),
        "time zero is not known",
    ),
    "a time zero that is in doubt": (
        "recurrence_free",
        QUILL,
        (("value: surgery, source", "value: unknown, source"),),
        "time zero is not known",
    ),
    "a resection that was not complete": (
        "recurrence_free",
        QUILL,
        (("completeness: complete", "completeness: incomplete"),),
        "residual tumour remained after the operation",
    ),
    "a resection as far as possible": (
        "recurrence_free",
        QUILL,
        (("completeness: complete", "completeness: as_far_as_possible"),),
        "whether residual tumour remained after the operation is not known",
    ),
    "a resection of which nothing is said": (
        "recurrence_free",
        QUILL,
        (("    completeness: complete\n", ""),),
        (27, False, "last_contact", False),
    ),
    "tumour seen soon after": (
        "recurrence_free",
        QUILL,
        (("event: imaging, at: 3", "event: residual_tumour, at: 3"),),
        "residual tumour remained after the operation",
    ),
    "a lesion that stayed": (
        "recurrence_free",
        QUILL,
        (("role: primary", "role: residual"),),
        "residual tumour remained after the operation",
    ),
    "a relapse that is only possible": (
        "recurrence_free",
        ORRIN,
        (("    certainty: probable\n", "    certainty: possible\n"),),
        "that the tumour came back is only possible",
    ),
    "a relapse without a time": (
        "recurrence_free",
        ORRIN,
        (("    at: 8-10 months\n", ""),),
        "the tumour came back at a time that is not known",
    ),
    "a relapse before some time": (
        "recurrence_free",
        ORRIN,
        (("    at: 8-10 months\n", '    at: "<= 10 months"\n'),),
        "the tumour came back within 10 months, and no closer time is reported",
    ),
    "a relapse at a time": (
        "recurrence_free",
        ORRIN,
        (("    at: 8-10 months\n", "    at: 9 months\n"),),
        (9, True, "local_recurrence", False),
    ),
    "a relapse of which one may have been before it": (
        "recurrence_free",
        FIRST,
        (
            ("time_zero: {value: diagnosis", "time_zero: {value: surgery"),
            ("event: surgery, at: 9 months", 'event: progression, at: "> 6 months"'),
        ),
        "the tumour came back after more than 6 months, and no closer time is reported",
    ),
    "a relapse that the time line leaves out": (
        "recurrence_free",
        ORRIN,
        (("event: local_recurrence", "event: imaging"),),
        "the tumour came back at a time that is not known",
    ),
    "a relapse at time zero": (
        "recurrence_free",
        ORRIN,
        (("    at: 8-10 months\n", "    at: 0 months\n"),),
        "tumour was there besides what was removed",
    ),
    "a relapse before death": (
        "recurrence_free",
        FIRST,
        (("time_zero: {value: diagnosis", "time_zero: {value: surgery"),),
        (8, True, "metastasis", False),
    ),
    "a later relapse without a time": (
        "recurrence_free",
        FIRST,
        (
            ("time_zero: {value: diagnosis", "time_zero: {value: surgery"),
            ("event: surgery, at: 9 months", "event: progression"),
        ),
        (8, True, "metastasis", False),
    ),
    "an earlier relapse without a time": (
        "recurrence_free",
        FIRST,
        (
            ("time_zero: {value: diagnosis", "time_zero: {value: surgery"),
            ("event: surgery, at: 4 months", "event: progression"),
        ),
        "the tumour came back at a time that is not known",
    ),
    "a death without relapse": ("recurrence_free", QUILL, DIED, (27, True, "death", False)),
    "a relapse that nobody knows of": (
        "recurrence_free",
        QUILL,
        (("  local_recurrence: absent", "  local_recurrence: unknown"),),
        "whether the tumour came back is not known",
    ),
    "silence on relapse in one without disease": (
        "recurrence_free",
        QUILL,
        (("  local_recurrence: absent\n  metastasis: absent\n", ""),),
        (27, False, "last_contact", False),
    ),
    "silence on relapse and on disease": (
        "recurrence_free",
        QUILL,
        (("  metastasis: absent\n", ""), ("  disease: none\n", "")),
        "whether the tumour came back is not known",
    ),
    "free of relapse but for how long": (
        "recurrence_free",
        QUILL,
        ((LAST + "\n", ""),),
        "no time of follow-up is known",
    ),
}


@pytest.mark.parametrize(("endpoint", "file", "changes", "expected"), CHANGED.values(), ids=CHANGED)
def test_a_changed_fact_changes_what_an_endpoint_says(
    world: World, endpoint: str, file: str, changes: tuple[tuple[str, str], ...], expected: Said
) -> None:
    for old, new in changes:
        world.replace(file, old, new)
    assert says(world.check()[0], endpoint, file) == expected


NEVER_ELIGIBLE = {
    "times are not counted from an operation",
    "residual tumour remained after the operation",
    "tumour was there besides what was removed",
}


@pytest.mark.parametrize(("endpoint", "file", "changes", "expected"), CHANGED.values(), ids=CHANGED)
def test_who_is_left_out_for_too_little_knowledge_still_belongs(
    world: World, endpoint: str, file: str, changes: tuple[tuple[str, str], ...], expected: Said
) -> None:
    for old, new in changes:
        world.replace(file, old, new)
    case = world.check()[0].cases[file.removeprefix("cases/").removesuffix(".yml")]
    found = ENDPOINTS[endpoint][1](case)
    if isinstance(found, LeftOut):
        assert found.eligible is (found.reason not in NEVER_ELIGIBLE)


def test_what_is_inferred_is_marked(world: World) -> None:
    world.replace(QUILL, "vital: alive", "vital: {value: alive, inferred: true, note: because}")
    world.replace(ORRIN, "    at: 8-10 months", "    at: {value: 8 months, inferred: true, note: because}")
    review = world.review()
    rule = ENDPOINTS["recurrence_free"][1]
    found = [rule(review.cases[id]) for id in ("quill-2081", "orrin-2083")]
    assert [isinstance(one, Observed) and one.inferred for one in found] == [True, True]
    world.replace(
        QUILL, "  metastasis: absent", "  metastasis: {value: absent, inferred: true, note: because}"
    )
    world.replace(QUILL, "vital: {value: alive, inferred: true, note: because}", "vital: alive")
    case = world.review().cases["quill-2081"]
    marked = {name: rule(case) for name, (_, rule) in ENDPOINTS.items()}
    assert {name: one.inferred for name, one in marked.items() if isinstance(one, Observed)} == {
        "overall_survival": False,
        "recurrence_free": True,
    }


def test_an_endpoint_has_a_title_and_says_itself_in_sentences() -> None:
    assert all(title and (rule.__doc__ or "").endswith(".") for title, rule in ENDPOINTS.values())


def test_a_relapse_is_a_word_that_every_casebook_has() -> None:
    assert set(UNDERSTOOD["event"]) >= RELAPSES


@pytest.mark.parametrize("endpoint", ENDPOINTS)
@pytest.mark.parametrize("where", [{}, {"patient.sex": "male"}, {"surgeries.organs.thumb_pulp": "preserved"}])
def test_each_patient_stands_in_one_place(example: Review, endpoint: str, where: Mapping[str, str]) -> None:
    found = cohort(example, endpoint, where)
    everyone = [*ids(found.observed), *ids(found.unknown), *ids(found.outside)]
    assert sorted(everyone) == sorted(example.cases)
    assert all(one.eligible for one in found.unknown)
    assert not any(one.eligible for one in found.outside)


def test_a_filter_says_what_is_known_instead(example: Review) -> None:
    found = cohort(example, "overall_survival", {"surgeries.organs.thumb_pulp": "preserved"})
    assert {one.case.id: one.reason for one in found.outside} == {
        "orrin-2083": "organs: thumb pulp: removed",
        "tarn-2079": "organs: thumb pulp: not extracted",
        "vesper-2085-case-1": "times are counted from another event (diagnosis)",
        "vesper-2085-case-2": "organs: thumb pulp: not done",
    }


def test_times_from_different_events_never_stand_in_one_curve(example: Review) -> None:
    for zero in ("surgery", "diagnosis", "therapy_start"):
        found = cohort(example, "overall_survival", time_zero=zero)
        assert {one.time_zero for one in found.observed} <= {zero}
        others = {one.case.id for one in found.outside if one.other_zero}
        assert others == {
            case.id for case in example.cases.values() if case.by_path["time_zero"].value not in (None, zero)
        }


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        (
            (("    lesion: primary\n", "    lesion: recurrence\n"), ("operations: 0", "operations: 1")),
            "times are counted from an operation on another lesion (recurrence)",
        ),
        (
            (("previous_recurrences: 0", "previous_recurrences: 2"),),
            "the tumour had been treated or had come back before time zero",
        ),
        (
            (("event: imaging, at: 3 months", "event: local_recurrence, at: -3 months"),),
            "the tumour had been treated or had come back before time zero",
        ),
    ],
)
@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_who_enters_the_literature_at_a_recurrence_is_in_no_curve_and_listed(
    world: World, endpoint: str, changes: tuple[tuple[str, str], ...], reason: str
) -> None:
    for old, new in changes:
        world.replace(QUILL, old, new)
    found = cohort(world.check()[0], endpoint)
    assert "quill-2081" not in ids(found.observed)
    assert [(one.reason, one.other_zero) for one in found.outside if one.case.id == "quill-2081"] == [
        (reason, True)
    ]


def test_nobody_in_a_group_is_a_refusal_and_no_crash(example: Review) -> None:
    found = cohort(replace(example, cases={}), "overall_survival")
    assert found.curve() == found.follow_up() == Refusal("no patient is in this group")
    unknown = cohort(example, "overall_survival", {"lesions.origin.structure": "nail_bed"})
    assert unknown.curve() == Refusal("of none of the 1 patients is the time known")


def declared(review: Review, **content: Any) -> Estimated:
    """The estimate of a record that stands in no file."""
    record = Estimate.model_validate({"title": "t", **content})
    return estimate(replace(review, estimates={"new": record}), "new")


SEXES = {
    "women": {"label": "Women", "where": {"patient.sex": "female"}},
    "men": {"label": "Men", "where": {"patient.sex": "male"}},
}
EVERYBODY = {"label": "All", "where": {"diagnosis.final": "glimmeroma"}}


def test_each_arm_is_a_group_of_its_own(example: Review) -> None:
    found = declared(example, endpoint="overall_survival", arms=SEXES)
    assert [(group.name, group.label) for group in found.survival] == [("women", "Women"), ("men", "Men")]
    assert [len(group.cohort.observed) for group in found.survival] == [1, 1]
    assert found.comparison == Refusal("too few events to test")
    assert not found.shares
    assert not found.pooled
    assert found.pooled_comparison is None


def test_without_arms_there_is_one_group_and_no_test(example: Review) -> None:
    found = declared(example, endpoint="overall_survival")
    assert [(group.name, group.label) for group in found.survival] == [(None, None)]
    assert found.comparison is None


@pytest.mark.parametrize(
    "content", [{"endpoint": "overall_survival"}, {"endpoint": "share", "holds": {"outcome.vital": "alive"}}]
)
def test_arms_that_share_a_patient_are_not_tested(example: Review, content: dict[str, Any]) -> None:
    found = declared(example, arms={"men": SEXES["men"], "all": EVERYBODY}, **content)
    assert found.comparison == Refusal("a patient stands in more than one arm")


def test_arms_with_enough_events_are_tested(example: Review) -> None:
    women = [case for case in example.cases.values() if case.id == "vesper-2085-case-1"]
    men = [case for case in example.cases.values() if case.id == "quill-2081"]
    many = {f"{case.id}-{i}": replace(case, id=f"{case.id}-{i}") for case in (*women, *men) for i in range(6)}
    found = declared(replace(example, cases=many), endpoint="overall_survival", arms=SEXES)
    assert found.comparison == Refusal("too few events to test")
    shares = declared(
        replace(example, cases=many), endpoint="share", holds={"outcome.vital": "alive"}, arms=SEXES
    )
    assert shares.comparison == estimates.fisher(0, 6, 6, 0)


def test_a_share_counts_those_of_whom_it_is_known(example: Review) -> None:
    (group,) = declared(example, endpoint="share", holds={"outcome.vital": "alive"}).shares
    assert isinstance(group.share, Proportion)
    assert (group.share.k, group.share.n) == (2, 3)
    assert {case.id for case in group.tally.silent} == {"tarn-2079", "vesper-2085-case-2"}


def test_a_share_of_nobody_is_a_refusal(example: Review) -> None:
    content: dict[str, Any] = {"endpoint": "share", "holds": {"outcome.vital": "alive"}}
    (group,) = declared(example, where={"lesions.origin.structure": "nail_bed"}, **content).shares
    assert group.share == Refusal("of no patient is this known")
    assert declared(example, arms=SEXES, **content).comparison == Refusal("too few patients to compare")


def pooled(*figures: tuple[str, str]) -> dict[str, Any]:
    named = [{"aggregate": aggregate, "figure": figure} for aggregate, figure in figures]
    return {"endpoint": "share", "pooled": named}


KEPT, AMPUTATED = ("quill-2081-table-3", "alive_thumb_kept"), ("quill-2081-table-3", "alive_thumb_lost")


def test_two_pooled_counts_of_different_groups_are_compared(example: Review) -> None:
    assert declared(example, **pooled(KEPT, AMPUTATED)).pooled_comparison == estimates.fisher(5, 2, 2, 2)
    assert declared(example, **pooled(KEPT)).pooled_comparison is None


def test_pooled_counts_that_share_patients_are_not_compared(world: World) -> None:
    world.replace(
        "content/aggregates/vesper-2085-series.yml", "- name: Thumbs", "- id: glowed\n    name: Thumbs"
    )
    review = world.review()
    refused = Refusal("the groups share patients")
    assert declared(review, **pooled(KEPT, KEPT)).pooled_comparison == refused
    assert declared(review, **pooled(KEPT, ("vesper-2085-series", "glowed"))).pooled_comparison == refused
    assert (
        declared(review, **pooled(KEPT, AMPUTATED, ("vesper-2085-series", "glowed"))).pooled_comparison
        == refused
    )
    world.replace(TABLE, "overlaps: [vesper-2085-series]\n", "")
    world.replace("content/aggregates/vesper-2085-series.yml", "overlaps: [quill-2081-table-3]\n", "")
    apart = declared(world.review(), **pooled(KEPT, ("vesper-2085-series", "glowed")))
    assert apart.pooled_comparison == estimates.fisher(5, 2, 2, 1)
    three = declared(world.review(), **pooled(KEPT, AMPUTATED, ("vesper-2085-series", "glowed")))
    assert three.pooled_comparison == Refusal("more than two arms are not tested against each other")


COUNTED = """holds: {outcome.vital: alive}
pooled:
  - {aggregate: quill-2081-table-3, figure: alive_thumb_kept}
  - {aggregate: quill-2081-table-3, figure: alive_thumb_lost}
"""


@pytest.mark.parametrize(
    ("file", "old", "new", "message"),
    [
        (SHARE, COUNTED, "note: because\n", "a share needs 'holds' or"),
        (
            SHARE,
            COUNTED,
            "pooled: [{aggregate: quill-2081-table-3, figure: alive_thumb_kept}]\narms:\n"
            "  women: {label: Women, where: {patient.sex: female}}\n"
            "  men: {label: Men, where: {patient.sex: male}}\n",
            "arms need 'holds'",
        ),
        (CURVE, "endpoint: overall", "holds: {outcome.vital: alive}\nendpoint: overall", "belongs to the"),
        (
            CURVE,
            "  lost: {label: Thumb lost, where: {surgeries.organs.thumb_pulp: removed}}\n",
            "",
            "one arm is no comparison",
        ),
        (CURVE, "endpoint: overall_survival", "endpoint: survival", "'survival' is not allowed"),
        (CURVE, "where: {diagnosis.final: ", "where: {surgeries.organs.thumb_pulp: ", "would be forgotten"),
        (SHARE, "vital: alive}", "vital: alive, patient.sex: male}", "a share counts one thing"),
        (CURVE, "where: {surgeries.organs.thumb_pulp: removed}", "where: {}", "this is empty"),
    ],
)
def test_a_declaration_that_asks_for_nothing_or_too_much_is_a_problem(
    world: World, file: str, old: str, new: str, message: str
) -> None:
    world.replace(file, old, new)
    assert [message in problem.message + problem.hint for problem in world.problems()] == [True], [
        problem.text() for problem in world.problems()
    ]


def exported(review: Review) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(estimates_json.text(review))
    return found


def groups(review: Review) -> list[dict[str, Any]]:
    return [group for entry in exported(review)["estimates"] for group in entry.get("groups", [])]


@pytest.mark.parametrize("which", ["example", "casebook"])
def test_the_export_names_every_patient_of_every_group_once(
    which: str, request: pytest.FixtureRequest
) -> None:
    review: Review = request.getfixturevalue(which)
    assert [entry["id"] for entry in exported(review)["estimates"]] == list(review.estimates)
    for group in groups(review):
        told = [row["case"] for name in ("in", "not_known", "not_eligible") for row in group.get(name, [])]
        told += [*group.get("counted", []), *group.get("not_counted", [])]
        assert sorted(told) == sorted(review.cases)
        assert all(row["reason"] for name in ("not_known", "not_eligible") for row in group[name])


def test_anyone_can_compute_an_exported_curve_again(casebook: Review) -> None:
    curves = [group for group in groups(casebook) if "steps" in group.get("survival", {})]
    assert curves
    for group in curves:
        again = estimates.survival(
            [row["months"] for row in group["in"]], [row["event"] for row in group["in"]]
        )
        assert isinstance(again, Curve)
        told = group["survival"]
        assert told["n"] == again.n
        assert [step["time"] for step in told["steps"]] == [step.time for step in again.steps]
        for step, other in zip(told["steps"], again.steps, strict=True):
            assert (step["at_risk"], step["events"], step["censored"]) == (
                other.at_risk,
                other.events,
                other.censored,
            )
            assert step["survival"] == pytest.approx(other.survival, abs=1e-6)
            assert step["low"] == pytest.approx(other.low, abs=1e-6)
        assert told["median"]["time"] == again.median.time


def test_the_export_says_how_each_number_was_made(casebook: Review) -> None:
    whole = exported(casebook)
    assert set(whole["endpoints"]) == set(ENDPOINTS)
    made = [
        part
        for group in groups(casebook)
        for name in ("survival", "follow_up", "share")
        if (part := group.get(name))
    ]
    made += [pooled["share"] for entry in whole["estimates"] for pooled in entry.get("pooled", [])]
    tests = [e[name] for e in whole["estimates"] for name in ("comparison", "pooled_comparison") if name in e]
    assert made
    assert tests
    for part in made:
        assert "refused" in part or {"method", "interval"} <= part.keys()
    for part in tests:
        assert part.keys() == {"refused"} or "method" in part


def test_the_export_tells_a_refusal_instead_of_a_number(example: Review) -> None:
    (first, *_) = [group for group in groups(example) if "survival" in group]
    assert first["survival"].keys() == {"refused"}


def test_a_log_rank_test_and_a_fisher_test_are_exported_with_their_counts(example: Review) -> None:
    lady = {"method": "Fisher's exact test, two-sided", "table": [[3, 1], [1, 3]], "p": 0.48571429}
    assert estimates_json.as_test(estimates.fisher(3, 1, 1, 3)) == lady
    assert estimates_json.as_test(LogRank(3.5, 0.0614, {"a": 5, "b": 6})) == {
        "method": "log-rank test, two-sided",
        "chi_square": 3.5,
        "p": 0.0614,
        "events": {"a": 5, "b": 6},
    }


def test_the_site_offers_the_estimates_and_the_same_bytes_each_time(example: Review) -> None:
    files = {download.path: download.content for download in generate(EXAMPLE).downloads}
    assert files[estimates_json.PATH].decode() == estimates_json.text(example)
    assert estimates_json.text(check_all(EXAMPLE)[0]) == estimates_json.text(example)
