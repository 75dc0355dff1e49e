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
        "cm",
        "5.5 inches",
        "5.5 kg",
        "-5 cm",
        "+5 cm",
        "1e3 cm",
        "5 x cm",
        "2-3-4 cm",
        ">> 5 cm",
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


@pytest.mark.parametrize("dimension", [name for name in UNITS if name not in ("length", "count")])
def test_only_a_size_has_several_axes(dimension: str) -> None:
    unit = next(iter(UNITS[dimension]), "g/l")
    said = refusal(dimension, f"5 x 4 {unit}")
    assert "too many axes" in said or "write 'dose: 20 Gy' and 'fractions: 5'" in said


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
    with pytest.raises(ValueError, match="is never turned into"):
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
        ("2-3 x 1 cm", {"text": "2-3 x 1 cm", "unit": "cm", "axes": [[2, 3], 1]}),
        ("5 x 7 cm", {"text": "5 x 7 cm", "unit": "cm", "axes": [5, 7]}),
    ],
)
def test_an_export_says_what_was_written_and_what_it_means(written: str, parts: dict[str, object]) -> None:
    assert In("length").parse(written).as_json() == parts


numbers = st.decimals(0, 10**6, places=2).map(lambda d: f"{d.normalize():f}")


@st.composite
def measures(draw: st.DrawFn) -> tuple[str, str]:
    """A dimension and any well-formed measure of it."""
    dimension = draw(st.sampled_from(sorted(UNITS.keys() - {"count"})))
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
    assert re.search(pattern(dimension), text)


@given(st.sampled_from(sorted(UNITS)), st.text(alphabet="059.-x<>=~ cmghil%٣\n", max_size=12))
def test_what_an_editor_refuses_is_refused(dimension: str, text: str) -> None:
    try:
        In(dimension).parse(text)
    except PydanticCustomError:
        return
    assert re.search(pattern(dimension), text)


def pattern(dimension: str) -> str:
    whole = schema(dimension)
    return str(next(iter(whole.get("anyOf", [whole])))["pattern"])


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


@pytest.mark.parametrize("written", ["before surgery", "- 2 weeks", "-4-6 weeks", "-6--4 weeks", "years"])
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


@pytest.mark.parametrize(
    ("dimension", "printed", "write"),
    [
        ("volume", "2,300 mL", "'2300 ml'"),
        ("volume", "2 300 ml", "'2300 ml'"),
        ("volume", "1,234,567 ml", "'1234567 ml'"),
        ("volume", "0.8 L", "'0.8 l'"),
        ("volume", "0,8 l", "'0.8 l'"),
        ("volume", "≥300 cc", "'>=300 ml'"),
        ("volume", "approximately 450 ml", "'~450 ml'"),
        ("volume", "200 to 300 mL", "'200-300 ml'"),
        ("volume", "2,300 l", "'2300 l', or '2.300 l' if the comma is a decimal one"),
        ("length", "6.5 × 3 × 2cm", "'6.5 x 3 x 2 cm'"),
        ("length", "6.5cm x 3cm", "'6.5 x 3 cm'"),
        ("length", "7–8 cm", "'7-8 cm'"),
        ("length", "6·5 cm", "'6.5 cm'"),
        ("duration", "4 h 20 min", "'260 min'"),
        ("duration", "4:20", "'260 min'"),
        ("duration", "~4 hours and 20 minutes", "'~260 min'"),
        ("period", "9 mo", "'9 months'"),
        ("period", "1 yr", "'1 year'"),
        ("period", "q2w", "'2 weeks'"),
        ("period", "every 28 days", "'28 days'"),
        ("period", "3 years and 2 months", "'38 months'"),
        ("period", "eleven weeks", "'11 weeks'"),
        ("time", "−3 wk", "'-3 weeks'"),
        ("time", "3 weeks before surgery", "'-3 weeks', if the operation is time zero"),
        ("time", "POD 5", "'5 days', if that is counted from time zero"),
        ("blood product", "3 U", "'3 units'"),
        ("weight", "7kg", "'7 kg'"),
        ("dose", "60 mg/m²", "'dose: 60 mg' and 'basis: per_m2'"),
        ("dose", "1,250 mg/m2 d1, 8", "'dose: 1250 mg', 'basis: per_m2' and 'days: \"1, 8\"'"),
        ("dose", "6 mg/kg", "'dose: 6 mg' and 'basis: per_kg'"),
        ("dose", "1.1 mg/m2 over 3 h", "'dose: 1.1 mg' and 'basis: per_m2', and 'over 3 h' in a note"),
        ("dose", "60 mg/m2 q4w", "'dose: 60 mg' and 'basis: per_m2'; 'q4w' stands under cycle_length"),
        ("dose", "AUC 6", "'dose: 6 AUC' and 'basis: auc'"),
        ("dose", "500 mg twice daily", "'dose: 500 mg', and 'twice daily' in a note"),
        ("radiation dose", "4,500 cGy", "'45 Gy'"),
        ("radiation dose", "45 Gy in 25 fractions", "'dose: 45 Gy' and 'fractions: 25'"),
        ("radiation dose", "25 x 1.8 Gy", "'dose: 45 Gy' and 'fractions: 25'"),
        ("percent", "15–20%", "'15-20 %'"),
        ("laboratory", "310 × 10⁹/L", "'310 x 10^9/L'"),
        ("laboratory", "310 x 109/L", "'310 x 10^9/L'"),
        ("laboratory", "6,4 g/dl", "'6.4 g/dl'"),
        ("laboratory", "310 ng per ml", "'310 ng/ml'"),
        ("dose", "950mg/m2 d1,8", "'dose: 950 mg', 'basis: per_m2' and 'days: \"1, 8\"'"),
        ("dose", "230 mg q2w", "'dose: 230 mg'; 'q2w' stands under cycle_length"),
        ("radiation dose", "1.8 Gy x 25", "'dose: 45 Gy' and 'fractions: 25'"),
        ("radiation dose", "54 Gy (30 fractions)", "'dose: 54 Gy' and 'fractions: 30'"),
        ("period", "one month", "'1 month'"),
        ("count", "more than 20", "'>20'"),
        ("count", "7/10 HPF", "'count: 7' and 'field: 10 HPF'"),
        ("count", "3 per mm²", "'count: 3' and 'field: 1 mm2'"),
    ],
)
def test_a_measure_as_printed_leads_to_the_text_to_write(dimension: str, printed: str, write: str) -> None:
    assert refusal(dimension, printed).partition("; write ")[2] == write
    first = re.match("'(?:[a-z]+: )?([^']+)'", write)
    assert first is not None
    assert In(dimension).parse(first[1])


@pytest.mark.parametrize(
    ("dimension", "printed"),
    [("length", "5 inches"), ("period", "biweekly"), ("length", "5 cm x 40 mm")],
)
def test_no_value_is_offered_where_none_is_sure(dimension: str, printed: str) -> None:
    assert "such as" in refusal(dimension, printed)


@pytest.mark.parametrize(
    ("written", "unit", "low"),
    [
        ("310 x 10^9/L", "x 10^9/L", 310),
        ("64 ml/min/1.73 m2", "ml/min/1.73 m2", 64),
        ("14", "", 14),
        (14, "", 14),
        (1.2, "", 1.2),
        ("-3 mmol/l", "mmol/l", -3),
    ],
)
def test_a_laboratory_value_stands_as_printed(written: object, unit: str, low: float) -> None:
    measure = In("laboratory").parse(written)
    assert (measure.unit, measure.low) == (unit, low)


@pytest.mark.parametrize(
    ("written", "op", "axes"), [(7, "", ((7, 7),)), (">20", ">", ((20, 20),)), ("7-9", "", ((7, 9),))]
)
def test_a_count_may_be_a_bound_or_a_range(written: object, op: str, axes: object) -> None:
    measure = In("count").parse(written)
    assert (measure.op, measure.axes, measure.unit) == (op, axes, "")


def test_an_area_under_the_curve_is_no_weight() -> None:
    with pytest.raises(ValueError, match="never turned into mg"):
        In("dose").parse("5 AUC").to("mg")


@pytest.mark.parametrize(
    ("printed", "write"),
    [
        ("8 months", "{value: 0, note: '8 months'}"),
        ("20 months", "{value: 1, note: '20 months'}"),
        ("9-month-old", "{value: 0, note: '9-month-old'}"),
        ("newborn", "{value: 0, note: 'newborn'}"),
        ("44 years", "44"),
        ("44-year-old", "44"),
        ("93 years", '"90+"'),
        (93, '"90+"'),
        ("40-50", "'Age as printed: 40-50.' under remarks, and leave the age out"),
        ("~45", "'Age as printed: ~45.' under remarks, and leave the age out"),
        ("in his forties", "'Age as printed: in his forties.' under remarks, and leave the age out"),
    ],
)
def test_an_age_as_printed_leads_to_no_other_age(printed: object, write: str) -> None:
    with pytest.raises(ValidationError) as caught:
        ages.validate_python(printed)
    assert caught.value.errors()[0]["msg"].partition("; write ")[2] == write


@pytest.mark.parametrize("dimension", UNITS)
def test_an_editor_says_what_to_write(dimension: str) -> None:
    whole = schema(dimension)
    said = next(iter(whole.get("anyOf", [whole])))["patternErrorMessage"]
    assert said.startswith("Write ")
    assert not set(said) & set("^$\\[]")
