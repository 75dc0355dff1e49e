"""The statistics: right on published numbers, lawful on any numbers, and silent where they would mislead."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from statistics import NormalDist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from build_tools.analysis.estimates import (
    FEWEST_EVENTS,
    FEWEST_PATIENTS,
    Curve,
    FollowUp,
    LogRank,
    Median,
    Point,
    Refusal,
    compare,
    fisher,
    follow_up,
    proportion,
    survival,
)

Row = tuple[float, bool]

# Freireich and colleagues, Blood 1963: weeks of remission under 6-mercaptopurine and under placebo.
MERCAPTOPURINE: list[Row] = [
    *((week, True) for week in (6, 6, 6, 7, 10, 13, 16, 22, 23)),
    *((week, False) for week in (6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35)),
]
PLACEBO: list[Row] = [
    (week, True) for week in (1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23)
]

row = st.tuples(st.integers(0, 60), st.booleans())
samples = st.lists(row, min_size=FEWEST_PATIENTS, max_size=30)
arms = st.tuples(
    st.lists(st.tuples(st.integers(0, 60), st.just(True)), min_size=FEWEST_EVENTS, max_size=12),
    st.lists(st.tuples(st.integers(0, 60), st.just(False)), max_size=12),
).map(lambda both: [*both[0], *both[1]])


def split(sample: list[Row]) -> tuple[list[float], list[bool]]:
    return [time for time, _ in sample], [event for _, event in sample]


def curve(sample: list[Row]) -> Curve:
    found = survival(*split(sample))
    assert isinstance(found, Curve)
    return found


def watched(sample: list[Row]) -> FollowUp:
    found = follow_up(*split(sample))
    assert isinstance(found, FollowUp)
    return found


def four(point: Point | None) -> tuple[float | None, ...]:
    """S and its interval to four digits."""
    assert point is not None
    values = (point.survival, point.low, point.high)
    return tuple(None if value is None else round(value, 4) for value in values)


@pytest.mark.parametrize(
    ("k", "n", "wilson", "exact"),
    [
        (5, 7, (0.3589, 0.9178), (0.2904, 0.9633)),
        (33, 48, (0.5467, 0.8005), (0.5375, 0.8134)),
        (0, 10, (0, 0.2775), (0, 0.3085)),
        (10, 10, (0.7225, 1), (0.6915, 1)),
        (1, 1, (0.2065, 1), (0.025, 1)),
    ],
)
def test_a_share_has_the_intervals_of_wilson_and_of_clopper_and_pearson(
    k: int, n: int, wilson: tuple[float, float], exact: tuple[float, float]
) -> None:
    found = proportion(k, n)
    assert found.share == k / n
    assert found.wilson == pytest.approx(wilson, abs=5e-5)
    assert found.exact == pytest.approx(exact, abs=5e-5)


@given(st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_a_share_lies_in_its_intervals_and_its_counterpart_mirrors_them(share: tuple[int, int]) -> None:
    k, n = share
    found, counterpart = proportion(k, n), proportion(n - k, n)
    for interval, mirrored in ((found.wilson, counterpart.wilson), (found.exact, counterpart.exact)):
        assert -1e-9 <= interval[0] <= found.share + 1e-9
        assert found.share - 1e-9 <= interval[1] <= 1 + 1e-9
        assert interval == pytest.approx((1 - mirrored[1], 1 - mirrored[0]), abs=1e-7)


@pytest.mark.parametrize(("k", "n"), [(0, 0), (-1, 5), (6, 5), (0, -3)])
def test_what_is_no_share_is_refused_with_an_error(k: int, n: int) -> None:
    with pytest.raises(ValueError, match="is no share"):
        proportion(k, n)


def test_fishers_test_keeps_its_counts_and_finds_nothing_in_two_like_shares() -> None:
    found = fisher(5, 2, 33, 15)
    assert (found.a, found.b, found.c, found.d) == (5, 2, 33, 15)
    assert found.p == 1.0


def test_fishers_test_knows_when_the_lady_tastes_the_tea() -> None:
    assert fisher(3, 1, 1, 3).p == pytest.approx(34 / 70)
    assert fisher(4, 0, 0, 4).p == pytest.approx(2 / 70)


def exact_p(a: int, b: int, c: int, d: int) -> Fraction:
    """The two-sided p value by adding up every table with the same margins."""
    first, second, column = a + b, c + d, a + c
    weights = {
        k: math.comb(first, k) * math.comb(second, column - k)
        for k in range(max(0, column - second), min(first, column) + 1)
    }
    return Fraction(sum(w for w in weights.values() if w <= weights[a]), sum(weights.values()))


@given(st.lists(st.integers(0, 12), min_size=4, max_size=4).filter(lambda t: t[0] + t[1] and t[2] + t[3]))
def test_fishers_p_value_is_the_sum_of_the_tables_no_likelier_than_this_one(table: list[int]) -> None:
    a, b, c, d = table
    assert fisher(a, b, c, d).p == pytest.approx(float(exact_p(a, b, c, d)), abs=1e-9)
    assert fisher(c, d, a, b).p == pytest.approx(fisher(b, a, d, c).p, abs=1e-9)


@pytest.mark.parametrize("table", [(0, 0, 1, 2), (1, 2, 0, 0), (-1, 2, 3, 4)])
def test_a_table_without_two_groups_is_an_error(table: tuple[int, int, int, int]) -> None:
    with pytest.raises(ValueError, match="are no two groups"):
        fisher(*table)


def test_the_curve_of_freireichs_patients_is_the_published_one() -> None:
    found = curve(MERCAPTOPURINE)
    assert four(found.at(6)) == (0.8571, 0.6197, 0.9516)
    assert four(found.at(10)) == (0.7529, 0.5032, 0.8894)
    assert four(found.at(22)) == (0.5378, 0.2678, 0.7468)
    assert four(found.at(23)) == (0.4482, 0.1881, 0.6801)
    assert found.median == Median(23, 13, None)
    assert (found.n, found.events, found.unknown) == (21, 9, 0)
    assert found.numbers_at_risk([0, 6, 6.5, 10, 20, 30, 35, 36]) == (21, 21, 17, 15, 8, 4, 1, 0)
    marks = [(step.time, step.censored) for step in found.censor_marks]
    assert marks == [
        (6, 1),
        (9, 1),
        (10, 1),
        (11, 1),
        (17, 1),
        (19, 1),
        (20, 1),
        (25, 1),
        (32, 2),
        (34, 1),
        (35, 1),
    ]
    assert found.thin == (32, 35)


def test_the_log_rank_test_of_freireichs_patients_is_the_published_one() -> None:
    found = compare({"treated": split(MERCAPTOPURINE), "placebo": split(PLACEBO)})
    assert isinstance(found, LogRank)
    assert found.chi_square == pytest.approx(16.793, abs=5e-4)
    assert found.p == pytest.approx(4.17e-5, abs=5e-8)
    assert found.events == {"treated": 9, "placebo": 21}


def test_the_curve_of_seven_patients_and_their_follow_up_are_the_published_ones() -> None:
    seven: list[Row] = [
        (27, False),
        (18, True),
        (78, False),
        (8, False),
        (24, False),
        (24, False),
        (72, True),
    ]
    found = curve(seven)
    assert four(found.at(18)) == (0.8333, 0.2731, 0.9747)
    assert four(found.at(72)) == (0.4167, 0.0112, 0.8431)
    assert found.thin == (27, 78)
    assert watched(seven).median.time == 27
    assert (watched(seven).shortest, watched(seven).longest) == (8, 78)


@given(samples.flatmap(lambda sample: st.tuples(st.just(sample), st.permutations(sample))))
def test_the_order_of_rows_does_not_matter(both: tuple[list[Row], list[Row]]) -> None:
    one, other = both
    assert curve(one) == curve(other)
    assert watched(one) == watched(other)


@given(samples, st.sampled_from([0.25, 2, 12, 1024]))
def test_another_unit_of_time_scales_the_curve_and_leaves_its_heights(
    sample: list[Row], factor: float
) -> None:
    one, other = curve(sample), curve([(time * factor, event) for time, event in sample])
    assert [(s.time * factor, s.survival, s.low, s.high, s.at_risk) for s in one.steps] == [
        (s.time, s.survival, s.low, s.high, s.at_risk) for s in other.steps
    ]
    for name in ("time", "low", "high"):
        before, after = getattr(one.median, name), getattr(other.median, name)
        assert after == (None if before is None else before * factor)
    assert other.thin == (None if one.thin is None else (one.thin[0] * factor, one.thin[1] * factor))


@given(samples)
def test_a_curve_is_the_product_of_the_shares_who_passed_each_step(sample: list[Row]) -> None:
    left, product, greenwood = len(sample), Fraction(1), Fraction(0)
    z = NormalDist().inv_cdf(0.975)
    for step in curve(sample).steps:
        assert step.at_risk == left == sum(time >= step.time for time, _ in sample)
        product *= Fraction(left - step.events, left)
        assert step.survival == pytest.approx(float(product))
        if step.events < left:
            greenwood += Fraction(step.events, left * (left - step.events))
        if 0 < product < 1:
            middle = math.log(-math.log(product))
            half = z * math.sqrt(greenwood) / abs(math.log(product))
            assert step.low == pytest.approx(math.exp(-math.exp(middle + half)))
            assert step.high == pytest.approx(math.exp(-math.exp(middle - half)))
        else:
            assert (step.low, step.high) == (None, None)
        left -= step.events + step.censored
    assert left == 0


@given(samples)
def test_a_curve_only_falls_and_its_interval_holds_it(sample: list[Row]) -> None:
    found = curve(sample)
    heights = [1.0, *(step.survival for step in found.steps)]
    assert heights == sorted(heights, reverse=True)
    assert heights[-1] >= 0
    for step in found.steps:
        assert step.events or step.censored
        if step.low is not None and step.high is not None:
            assert 0 <= step.low <= step.survival <= step.high <= 1


@given(samples)
def test_a_median_is_where_half_have_had_the_event(sample: list[Row]) -> None:
    found = curve(sample)
    if found.median.time is None:
        assert found.steps[-1].survival > 0.5
    else:
        here = found.at(found.median.time)
        assert here is not None
        assert here.survival <= 0.5 + 1e-9
        assert all(s.survival > 0.5 for s in found.steps if s.time < found.median.time)
        assert found.median.low is not None
        assert found.median.low <= found.median.time
        assert found.median.high is None or found.median.high >= found.median.time


@given(samples)
def test_a_curve_is_thin_just_where_fewer_than_three_are_watched(sample: list[Row]) -> None:
    found = curve(sample)
    for tenths in range(int(found.longest * 10) + 1):
        time = tenths / 10
        few = found.numbers_at_risk([time])[0] < 3
        assert few is (found.thin is not None and found.thin[0] < time <= found.thin[1])


@given(samples)
def test_nobody_censored_leaves_the_plain_share_of_those_still_there(sample: list[Row]) -> None:
    found = curve([(time, True) for time, _ in sample])
    for step in found.steps:
        assert step.survival == pytest.approx(sum(time > step.time for time, _ in sample) / len(sample))
    assert found.steps[-1].survival == 0
    assert found.at(found.longest + 1) == Point(found.longest + 1, 0, 0.0, None, None)


@given(samples)
def test_all_censored_is_a_curve_at_one_without_a_median(sample: list[Row]) -> None:
    found = curve([(time, False) for time, _ in sample])
    assert {(s.survival, s.low, s.high, s.events) for s in found.steps} == {(1.0, None, None, 0)}
    assert found.median == Median(None, None, None)
    assert len(found.censor_marks) == len(found.steps)
    assert sum(step.censored for step in found.steps) == found.n


def test_who_is_last_seen_at_the_time_of_an_event_was_at_risk_of_it() -> None:
    step = curve([(5, True), (5, False), (9, False), (9, False), (9, False)]).steps[0]
    assert (step.at_risk, step.events, step.censored, step.survival) == (5, 1, 1, 0.8)


def test_all_at_once_is_one_step_to_nothing() -> None:
    found = curve([(4, True)] * 6)
    assert [(step.time, step.survival) for step in found.steps] == [(4, 0.0)]
    assert found.median == Median(4, 4, None)
    assert found.thin is None


def test_half_is_half_however_the_fractions_round() -> None:
    found = curve([(1, True), (2, True), (3, True), (4, False), (5, False), (6, False)])
    assert found.median.time == 3


def test_a_curve_says_nothing_of_the_time_after_it() -> None:
    found = curve(MERCAPTOPURINE)
    assert found.longest == 35
    assert found.at(35) is not None
    assert found.at(35.1) is None
    assert found.at(0) == Point(0, 21, 1.0, None, None)


def test_an_event_at_time_zero_counts() -> None:
    here = curve([(0, True), (1, False), (2, False), (3, False), (4, False)]).at(0)
    assert here is not None
    assert (here.at_risk, here.survival) == (5, 0.8)


@given(samples, st.integers(1, 4))
def test_an_unknown_time_is_counted_and_changes_nothing_else(sample: list[Row], unknown: int) -> None:
    times, events = split(sample)
    found = survival([*times, *[None] * unknown], [*events, *[True] * unknown])
    assert isinstance(found, Curve)
    assert (found.unknown, found.n) == (unknown, len(sample))
    assert found.steps == curve(sample).steps


@pytest.mark.parametrize(
    ("times", "reason"),
    [
        ([], "no patient is in this group"),
        ([None], "of none of the 1 patients is the time known"),
        ([None] * 7, "of none of the 7 patients is the time known"),
        ([3], "too few patients for a curve (1 with a known time; at least 5)"),
        ([3, 4, 5, 6], "too few patients for a curve (4 with a known time; at least 5)"),
        ([3, 4, 5, 6, None, None], "too few patients for a curve (4 with a known time; at least 5)"),
    ],
)
def test_a_curve_that_would_mislead_is_refused_with_its_reason(
    times: list[float | None], reason: str
) -> None:
    assert survival(times, [True] * len(times)) == Refusal(reason)


def test_five_patients_are_enough_for_a_curve() -> None:
    assert curve([(1, True), (2, True), (3, True), (4, True), (5, True)]).n == 5


@given(samples)
def test_follow_up_is_the_curve_with_its_roles_turned(sample: list[Row]) -> None:
    found = watched(sample)
    assert found.median == curve([(time, not event) for time, event in sample]).median
    assert (found.shortest, found.longest) == (min(sample)[0], max(sample)[0])


@given(row)
def test_one_patient_has_a_follow_up_and_no_curve(one: Row) -> None:
    found = watched([one])
    assert (found.n, found.shortest, found.longest) == (1, one[0], one[0])
    assert found.median.time == (None if one[1] else one[0])
    assert isinstance(survival(*split([one])), Refusal)


def test_follow_up_is_refused_only_where_no_time_is_known() -> None:
    assert follow_up([], []) == Refusal("no patient is in this group")
    assert follow_up([None, None], [True, False]) == Refusal("of none of the 2 patients is the time known")
    assert follow_up([None, 3], [True, False]) == FollowUp(1, 1, Median(3, 3, None), 3, 3)


@pytest.mark.parametrize("estimate", [survival, follow_up])
@pytest.mark.parametrize(
    ("times", "events"),
    [
        ([1.0, 2.0], [True]),
        ([], [True]),
        ([-1.0], [True]),
        ([math.nan], [True]),
        ([math.inf], [False]),
    ],
)
def test_what_is_no_sample_is_an_error(
    estimate: Callable[[list[float], list[bool]], object], times: list[float], events: list[bool]
) -> None:
    with pytest.raises(ValueError, match=r"do not belong together|is no time"):
        estimate(times, events)


def test_a_time_that_is_none_can_not_be_asked_for() -> None:
    with pytest.raises(ValueError, match="is no time"):
        curve(MERCAPTOPURINE).at(-1)


@given(arms, arms)
def test_two_arms_compare_alike_in_either_order(one: list[Row], other: list[Row]) -> None:
    forth = compare({"a": split(one), "b": split(other)})
    back = compare({"b": split(other), "a": split(one)})
    if isinstance(forth, LogRank):
        assert isinstance(back, LogRank)
        assert back.chi_square == pytest.approx(forth.chi_square, abs=1e-9)
        assert back.p == pytest.approx(forth.p, abs=1e-9)
        assert forth.chi_square >= 0
        assert 0 <= forth.p <= 1
    else:
        assert back == forth


@given(arms)
def test_an_arm_does_not_differ_from_itself(arm: list[Row]) -> None:
    found = compare({"a": split(arm), "b": split(arm)})
    assert isinstance(found, Refusal) or found.p == pytest.approx(1)


@pytest.mark.parametrize("few", [[], [(1, True)] * 4, [(1, True)] * 4 + [(2, False)] * 20])
def test_too_few_events_in_any_arm_are_not_tested(few: list[Row]) -> None:
    for arms in ({"a": split(few), "b": split(PLACEBO)}, {"a": split(PLACEBO), "b": split(few)}):
        assert compare(arms) == Refusal("too few events to test")


def test_unknown_times_are_no_events() -> None:
    arm: tuple[list[float | None], list[bool]] = ([1, 2, 3, 4, None], [True] * 5)
    assert compare({"a": arm, "b": split(PLACEBO)}) == Refusal("too few events to test")


def test_three_arms_are_not_tested_as_two() -> None:
    found = compare({name: split(PLACEBO) for name in "abc"})
    assert found == Refusal("more than two arms are not tested against each other")


def test_events_that_fall_together_can_not_be_tested() -> None:
    found = compare({name: split([(4, True)] * 5) for name in "ab"})
    assert found == Refusal("all events fall together, so that there is nothing to test")


def test_one_arm_alone_is_an_error() -> None:
    with pytest.raises(ValueError, match="two arms"):
        compare({"a": split(PLACEBO)})


# ---- conventions in which packages differ, as content/methods.md states them ----


def test_the_median_of_a_curve_flat_at_one_half_is_where_it_gets_there() -> None:
    """lifelines 0.30.0 gives 5.0, too; survfit of R gives 5.5, the middle of the flat piece from 5 to 6."""
    assert curve([(week, True) for week in range(1, 11)]).median.time == 5


@pytest.mark.parametrize("n", [6, 8, 10, 12, 14, 16, 20])
def test_no_rounding_hides_that_half_have_died(n: int) -> None:
    """Of 6, 8, 14 or 20 deaths lifelines 0.30.0 gives the next one: its product ends above one half."""
    assert curve([(week, True) for week in range(1, n + 1)]).median.time == n / 2
    alive: list[Row] = [(week, week <= n / 2) for week in range(1, n + 1)]
    assert curve(alive).median.time == n / 2


def test_who_died_when_another_was_last_seen_still_counts_as_observed_in_the_follow_up() -> None:
    """survfit (R, survival 3.5.3), roles turned: five are observed at 5, 3/5 is left, and the median is 10.

    prodlim 2019.11.13 lets the two dead leave first: 1/3 is left, and the median is 5.
    """
    sample: list[Row] = [(5, True), (5, True), (5, False), (5, False), (10, False)]
    dead_stay = 1 - Fraction(2, 5)
    dead_leave = 1 - Fraction(2, 3)
    found = watched(sample)
    assert dead_stay > Fraction(1, 2) >= dead_leave
    assert found.median.time == 10, "the dead leave first, as in prodlim, would give 5"
