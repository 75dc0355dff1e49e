"""The size of the tumours: each measurement where it belongs, methods apart, doubt told."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from build_tools.charts import sizes, svg
from build_tools.charts.chart import Chart
from build_tools.charts.svg.colours import contrast
from build_tools.review.review import Review
from tests.world import World


def trace(chart: Chart, name: str) -> dict[str, Any]:
    assert chart.figure is not None
    found: dict[str, Any] = next(one for one in chart.figure["data"] if one["name"] == name)
    return found


def lanes(chart: Chart) -> list[str]:
    """The labels from the top down."""
    assert chart.figure is not None
    return list(reversed(chart.figure["layout"]["yaxis"]["categoryarray"]))


def test_each_tumour_has_a_lane_with_the_outcome_in_words_and_outcomes_stand_together(
    example: Review,
) -> None:
    assert lanes(sizes.draw(example)) == [
        "Quill 2081\nno evidence of disease",
        "Orrin 2083\nalive with disease",
        "Vesper 2085, case 1\ndied of disease",
        "Old Tarn\noutcome not extracted",
    ]


def test_a_point_is_the_longest_axis_in_centimetres(example: Review) -> None:
    specimen = trace(sizes.draw(example), "Specimen")
    assert list(zip(specimen["y"], specimen["x"], strict=True)) == [
        ("Quill 2081\nno evidence of disease", 5.5),
        ("Old Tarn\noutcome not extracted", 3),
    ]


def test_a_range_is_a_bar_from_its_lower_end(example: Review) -> None:
    mri = trace(sizes.draw(example), "MRI")
    at = mri["y"].index("Orrin 2083\nalive with disease")
    assert (mri["x"][at], mri["error_x"]["array"][at], mri["error_x"]["arrayminus"][at]) == (2, 1, 0)


def test_a_bound_is_an_open_sign_and_says_so(example: Review) -> None:
    bound = trace(sizes.draw(example), "Palpation, bound or about")
    assert bound["marker"]["symbol"].endswith("-open")
    assert bound["hovertext"] == [
        "Orrin 2083, Palpation, bound or about: less than 4\N{NO-BREAK SPACE}cm; alive with disease"
    ]


def test_sizes_of_one_tumour_are_joined(example: Review) -> None:
    line = trace(sizes.draw(example), "One tumour")
    assert line["x"][:3] == [4.1, 5.5, None]
    assert len(line["x"]) == 9


def test_growth_between_two_measurements_is_no_difference_of_methods(example: Review) -> None:
    # Case 1 of Vesper was measured by two methods two months apart: 6 and 7.5 cm.
    assert sizes.draw(example).message == (
        "4 of 5 patients have a known size of the primary tumour, from 2 to 7.5 cm; "
        "methods differ by up to 1.4 cm in one tumour."
    )


def test_another_lesion_has_a_lane_of_its_own(world: World) -> None:
    world.replace(
        "cases/vesper-2085-case-1.yml",
        "    site: forearm\n    number: several\n",
        "    site: forearm\n    sizes:\n      - {method: mri, size: 2 cm}\n",
    )
    chart = sizes.draw(world.review())
    assert "Vesper 2085, case 1, metastasis\ndied of disease" in lanes(chart)
    assert "from 2 to 7.5 cm" in chart.message


def test_a_size_on_which_reports_disagree_is_not_drawn(world: World) -> None:
    claims = (
        '{claims: [{value: 30 mm, source: "quill-2081: Table 3"}, '
        '{value: 31 mm, source: "quill-2081: Table 4"}], why: Two tables.}'
    )
    world.replace("cases/tarn-2079.yml", "size: 30 mm", f"size: {claims}")
    chart = sizes.draw(world.review())
    assert not any("Old Tarn" in lane for lane in lanes(chart))
    assert "Old Tarn (unclear)" in chart.left_out


def test_patients_without_a_size_are_named(example: Review) -> None:
    assert sizes.draw(example).left_out == "Without a known size: Vesper 2085, case 2 (not reported)"


def test_without_any_size_there_is_a_sentence(example: Review) -> None:
    one = {"vesper-2085-case-2": example.cases["vesper-2085-case-2"]}
    chart = sizes.draw(replace(example, cases=one))
    assert (chart.figure, chart.message) == (None, "No tumour has a known size.")


def test_one_patient_is_drawn_alone(example: Review) -> None:
    chart = sizes.draw(replace(example, cases={"tarn-2079": example.cases["tarn-2079"]}))
    assert chart.message == "1 of 1 patients have a known size of the primary tumour, 3 cm."
    assert chart.figure is not None
    assert str(svg.draw(chart.figure, 350, chart.message)).count("<title>") >= 1


def test_methods_are_told_apart_without_colour(example: Review) -> None:
    symbols = [symbol for symbol, _ in sizes.STYLES]
    assert len(set(symbols)) == len(symbols)
    assert set(symbols) <= svg.SHAPES.keys()
    assert len(symbols) >= len(example.vocabularies["size_method"].terms)


@pytest.mark.parametrize("paper", ["#fdfcf9", "#ffffff", "#16191b"])
def test_colours_are_seen_on_both_grounds(paper: str) -> None:
    assert all(contrast(colour, paper) >= 3 for _, colour in sizes.STYLES)


def test_the_sizes_of_the_review(five_papers: Review) -> None:
    chart = sizes.draw(five_papers)
    found = [(row[0], row[1], row[3], row[5]) for row in chart.rows]
    assert ("Baheen 2022", "Specimen", "5.5", "no evidence of disease") in found
    assert ("Deyang report", "Palpation", "10–15", "alive with disease (inferred)") in found
    assert chart.message.startswith(
        "3 of 13 patients have a known size of the primary tumour, from 4.2 to 18 cm"
    )
    assert len({row[1] for row in chart.rows}) <= len(sizes.STYLES)


def test_a_size_after_treatment_is_not_compared_with_those_before(world: World) -> None:
    """The ultrasound and the MRI of one tumour would differ by 1.5 cm."""
    before = sizes.draw(world.review()).message
    world.replace(
        "cases/vesper-2085-case-1.yml",
        "{method: mri, size: 7.5 cm, at: 2 months}",
        "{method: mri, size: 7.5 cm, timing: after_radiotherapy}",
    )
    assert sizes.draw(world.review()).message == before
    world.replace("cases/vesper-2085-case-1.yml", "timing: after_radiotherapy", "timing: before_treatment")
    assert sizes.draw(world.review()).message != before
