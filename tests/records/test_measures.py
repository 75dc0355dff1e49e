"""Measures: what a report prints is kept, what it means is compared, and nothing is guessed."""

from __future__ import annotations

import json
import math
import re
from typing import Annotated, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError
from pydantic_core import PydanticCustomError

from build_tools.records.measures import MONTH_IN_DAYS, UNITS, Age, In, Measure

ages: TypeAdapter[int | str] = TypeAdapter(Age)


def refusal(dimension: str, written: object) -> str:
    """Why a text is no measure of that dimension."""
    with pytest.raises(PydanticCustomError) as caught:
        In(dimension).parse(written)
    return caught.value.message()


@pytest.mark.parametrize(
    ("dimension", "written", "op", "axes", "unit"),
    [
        ("length", "5.5 cm", "", ((5.5, 5.5),), "cm"),
        ("length", "5.5 x 4.5 x 3.8 cm", "", ((5.5, 5.5), (4.5, 4.5), (3.8, 3.8)), "cm"),
        ("length", "2-3 x 1 mm", "", ((2, 3), (1, 1)), "mm"),
        ("period", "4 months", "", ((4, 4),), "months"),
        ("period", "5-6 months", "", ((5, 6),), "months"),
        ("period", "0 days", "", ((0, 0),), "days"),
        ("period", "several years", "several", (), "years"),
        ("time", "4 months", "", ((4, 4),), "months"),
        ("time", "5-6 months", "", ((5, 6),), "months"),
        ("time", "-2 weeks", "", ((-2, -2),), "weeks"),
        ("time", "-6 to -4 weeks", "", ((-6, -4),), "weeks"),
        ("time", "-1 to 1 day", "", ((-1, 1),), "day"),
        ("time", "<-8 months", "<", ((-8, -8),), "months"),
        ("time", "a few days", "a few", (), "days"),
        ("duration", "~ 2 h", "~", ((2, 2),), "h"),
        ("volume", "> 1 l", ">", ((1, 1),), "l"),
        ("volume", ">=200 ml", ">=", ((200, 200),), "ml"),
        ("blood product", "2 units", "", ((2, 2),), "units"),
        ("weight", "< 5 kg", "<", ((5, 5),), "kg"),
        ("dose", "<= 1.5 g", "<=", ((1.5, 1.5),), "g"),
        ("radiation dose", "50.4 Gy", "", ((50.4, 50.4),), "Gy"),
        ("percent", "5-10 %", "", ((5, 10),), "%"),
        ("laboratory", "113 g/l", "", ((113, 113),), "g/l"),
        ("laboratory", "1.2 10*9/l", "", ((1.2, 1.2),), "10*9/l"),
    ],
)
def test_a_measure_is_read_in_its_parts(
    dimension: str, written: str, op: str, axes: tuple[tuple[float, float], ...], unit: str
) -> None:
    measure = In(dimension).parse(written)
    assert (measure.op, measure.axes, measure.unit, measure.text) == (op, axes, unit, written)


@pytest.mark.parametrize(
    "written",
    [
        "5.5",
        "5.5cm",
        "cm",
        "5,5 cm",
        "5.5 inches",
        "5.5 kg",
        "-5 cm",
        "+5 cm",
        ".5 cm",
        "5. cm",
        "05 cm",
        "1e3 cm",
        "5 × 4 cm",
        "5x4 cm",
        "5 x cm",
        "2-3-4 cm",
        "2 - 3 cm",
        "2–3 cm",
        ">> 5 cm",
        "5 cm ",
        " 5 cm",
        "5\u00a0cm",
        "5 cm and more",
        "1٣ cm",
        "5 cm\n",
        "",
        "inf cm",
        "9" * 400 + " cm",
        5,
        5.5,
        None,
        True,
        ["5 cm"],
    ],
    ids=lambda written: repr(written)[:20],
)
def test_what_is_no_length_is_refused_with_the_form_that_is_wanted(written: object) -> None:
    assert "is not a length; write a number, a space and a unit (cm, mm), such as '5.5 x" in refusal(
        "length", written
    )


@pytest.mark.parametrize("dimension", [name for name in UNITS if name != "length"])
def test_only_a_size_has_several_axes(dimension: str) -> None:
    unit = next(iter(UNITS[dimension]), "g/l")
    assert "too many axes" in refusal(dimension, f"5 x 4 {unit}")


def test_a_size_has_at_most_three_axes() -> None:
    assert "too many axes" in refusal("length", "1 x 2 x 3 x 4 cm")


def test_a_range_runs_forwards() -> None:
    assert "backwards" in refusal("period", "6-5 months")
    assert "backwards" in refusal("length", "5 x 4-3 cm")


@pytest.mark.parametrize("dimension", UNITS)
def test_the_example_in_a_message_is_itself_a_measure(dimension: str) -> None:
    assert In(dimension).parse(In(dimension).example).text == In(dimension).example


@pytest.mark.parametrize(
    ("dimension", "written", "unit", "number"),
    [
        ("length", "55 mm", "cm", 5.5),
        ("length", "5.5 cm", "mm", 55),
        ("length", "3 x 5.5 x 4 cm", "cm", 5.5),
        ("length", "2-3 x 2.5 cm", "cm", 2.5),
        ("duration", "2 h", "min", 120),
        ("period", "1 month", "months", 1),
        ("period", "1 year", "months", 12),
        ("period", "2 years", "months", 24),
        ("period", "1 day", "months", 1 / MONTH_IN_DAYS),
        ("period", "1 week", "days", 7),
        ("period", "3 days", "months", 3 / MONTH_IN_DAYS),
        ("period", "2 weeks", "days", 14),
        ("period", "5-6 months", "months", 5),
        ("volume", "1.5 l", "ml", 1500),
        ("weight", "500 g", "kg", 0.5),
        ("weight", "30 lb", "kg", 13.6077711),
        ("dose", "1.5 g", "mg", 1500),
    ],
)
def test_the_lower_bound_of_the_longest_axis_is_converted(
    dimension: str, written: str, unit: str, number: float
) -> None:
    assert In(dimension).parse(written).to(unit) == pytest.approx(number)


@pytest.mark.parametrize(("written", "unit"), [("2 units", "ml"), ("1 unit", "ml"), ("200 ml", "units")])
def test_units_of_blood_are_never_turned_into_ml(written: str, unit: str) -> None:
    with pytest.raises(ValueError, match="never turned into ml"):
        In("blood product").parse(written).to(unit)


def test_blood_converts_within_its_own_unit() -> None:
    assert In("blood product").parse("200 ml").to("ml") == 200
    assert In("blood product").parse("2 units").to("unit") == 2


def test_a_range_keeps_both_ends() -> None:
    measure = In("length").parse("2-3 x 1-4 cm")
    assert (measure.low, measure.high) == (2, 4)


@pytest.mark.parametrize(
    ("written", "parts"),
    [
        ("5.5 cm", {"text": "5.5 cm", "unit": "cm", "number": 5.5}),
        ("> 5 cm", {"text": "> 5 cm", "unit": "cm", "op": ">", "number": 5}),
        ("2-3 cm", {"text": "2-3 cm", "unit": "cm", "number": [2, 3]}),
        ("2-3 x 1 cm", {"text": "2-3 x 1 cm", "unit": "cm", "number": [[2, 3], 1]}),
    ],
)
def test_an_export_says_what_was_written_and_what_it_means(written: str, parts: dict[str, object]) -> None:
    assert In("length").parse(written).as_json() == parts


numbers = st.decimals(0, 10**6, places=2).map(lambda d: f"{d.normalize():f}")


@st.composite
def measures(draw: st.DrawFn) -> tuple[str, str]:
    """A dimension and any well-formed measure of it."""
    dimension = draw(st.sampled_from(sorted(UNITS)))
    axes = []
    for _ in range(draw(st.integers(1, 3)) if dimension == "length" else 1):
        low, high = sorted((draw(numbers), draw(numbers)), key=float)
        axes.append(low if float(low) == float(high) else f"{low}-{high}")
    bounds = [] if any("-" in axis for axis in axes) else ["<", "<=", ">", ">=", "< "]
    op = draw(st.sampled_from(["", "~", "~ ", *bounds]))
    unit = draw(st.sampled_from(sorted(UNITS[dimension]) or ["g/l", "U/ml", "%"]))
    return dimension, f"{op}{' x '.join(axes)} {unit}"


@given(measures())
def test_what_was_printed_survives_and_can_be_exported(written: tuple[str, str]) -> None:
    dimension, text = written
    measure = In(dimension).parse(text)
    assert measure.text == text
    assert In(dimension).parse(measure.text) == measure
    assert json.loads(json.dumps(measure.as_json(), allow_nan=False))["text"] == text
    assert 0 <= measure.low <= measure.high < math.inf


@given(measures())
def test_an_editor_accepts_every_measure(written: tuple[str, str]) -> None:
    dimension, text = written
    assert re.search(schema(dimension)["pattern"], text)


@given(st.sampled_from(sorted(UNITS)), st.text(alphabet="059.-x<>=~ cmghil%٣\n", max_size=12))
def test_what_an_editor_refuses_is_refused(dimension: str, text: str) -> None:
    try:
        In(dimension).parse(text)
    except PydanticCustomError:
        return
    assert re.search(schema(dimension)["pattern"], text)


def schema(dimension: str) -> dict[str, Any]:
    return TypeAdapter(Annotated[Measure, In(dimension)]).json_schema()


@pytest.mark.parametrize("written", [0, 61, 89, "90+"])
def test_an_age_is_a_whole_number_of_years(written: object) -> None:
    assert ages.validate_python(written) == written


@given(st.integers(-200, 200))
def test_an_editor_takes_the_ages_that_are_taken(years: int) -> None:
    bounds = ages.json_schema()["anyOf"][0]
    assert (bounds["minimum"] <= years <= bounds["maximum"]) is (0 <= years < 90)


@pytest.mark.parametrize(
    "written", [90, 107, -1, "61", "90", "89+", "91+", 61.0, True, None, "about 60", [61]]
)
def test_what_is_no_age_is_refused_and_the_old_are_protected(written: object) -> None:
    with pytest.raises(ValidationError, match="below 90, or '90\\+' above"):
        ages.validate_python(written)


@pytest.mark.parametrize(
    "written", ["2 months before surgery", "- 2 weeks", "-4-6 weeks", "-6--4 weeks", "years"]
)
def test_a_time_in_another_form_is_told_how_times_before_zero_are_written(written: str) -> None:
    assert "'-2 weeks' or '-6 to -4 weeks'" in refusal("time", written)


def test_only_a_time_from_time_zero_can_be_negative() -> None:
    assert "is not a period" in refusal("period", "-2 weeks")


def test_a_range_of_times_before_zero_runs_forwards() -> None:
    assert "backwards" in refusal("time", "-4 to -6 weeks")


@pytest.mark.parametrize(
    ("written", "bounds"),
    [
        ("12 months", (12, 12)),
        ("~ 12 months", (12, 12)),
        ("<12 months", (0, 12)),
        (">= 12 months", (12, math.inf)),
        ("8-10 months", (8, 10)),
        ("several months", (0, math.inf)),
        ("<-4 months", (-math.inf, -4)),
        (">-4 months", (-4, 0)),
    ],
)
def test_a_bound_is_open_away_from_zero_and_ends_at_it(written: str, bounds: tuple[float, float]) -> None:
    measure = In("time").parse(written)
    assert measure.bounds == bounds
    assert measure.is_exact is (bounds[0] == bounds[1])


def test_no_number_is_made_of_a_word() -> None:
    assert In("period").parse("several years").as_json() == {
        "text": "several years",
        "unit": "years",
        "op": "several",
    }
