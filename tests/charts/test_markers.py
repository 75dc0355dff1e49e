"""The stains of the tumours: every result with its sign, and totals that count only plain answers."""

from __future__ import annotations

from dataclasses import replace

import pytest

from build_tools.charts import markers, matrix, svg
from build_tools.charts.chart import Chart
from build_tools.charts.svg.colours import contrast
from build_tools.review.review import Review
from tests.world import World

PAPERS = ("#fdfcf9", "#ffffff", "#16191b", "#1c2023")
VESPER = "cases/vesper-2085-case-1.yml"


def rows(chart: Chart) -> dict[str, tuple[str, ...]]:
    return {row[0]: row[1:] for row in chart.rows}


def level(chart: Chart, row: str, column: str) -> int | None:
    """The level of a cell of the heat map."""
    assert chart.figure is not None
    heat = next(trace for trace in chart.figure["data"] if trace["type"] == "heatmap")
    found: int | None = heat["z"][heat["y"].index(row)][heat["x"].index(column)]
    return found


def sign(chart: Chart, row: str, column: str) -> str:
    assert chart.figure is not None
    heat = next(trace for trace in chart.figure["data"] if trace["type"] == "heatmap")
    return str(heat["text"][heat["y"].index(row)][heat["x"].index(column)])


def test_each_marker_has_its_total_and_the_most_tested_stands_first(example: Review) -> None:
    chart = markers.draw(example)
    assert chart.figure is not None
    assert chart.figure["layout"]["yaxis"]["categoryarray"][::-1] == [
        "Glow-1 2/2",
        "Matt antigen 0/1",
        "Gleam 1/1",
        "Ki-67 1/1",
    ]
    assert rows(chart)["Matt antigen"] == ("0 of 1", "negative", "unclear")


def test_a_cell_says_by_its_sign_what_was_found(example: Review) -> None:
    chart = markers.draw(example)
    assert sign(chart, "Glow-1 2/2", "Quill 2081") == "+"
    assert sign(chart, "Gleam 1/1", "Quill 2081") == "±"
    assert sign(chart, "Matt antigen 0/1", "Quill 2081") == "\N{MINUS SIGN}"
    assert sign(chart, "Matt antigen 0/1", "Vesper 2085, case 1") == "≠"


def test_a_marker_that_a_report_does_not_name_is_empty_and_not_called_untested(example: Review) -> None:
    chart = markers.draw(example)
    assert level(chart, "Gleam 1/1", "Vesper 2085, case 1") is None
    assert rows(chart)["Gleam"] == ("1 of 1", "focal (share of cells 30%, at the rim)", "not reported")


def test_not_tested_stands_only_where_a_report_says_so(world: World) -> None:
    world.replace(VESPER, "{glow1: positive,", "{glow1: positive, gleam: not_done,")
    chart = markers.draw(world.review())
    assert rows(chart)["Gleam"] == ("1 of 1", "focal (share of cells 30%, at the rim)", "not tested")
    assert rows(chart)["Ki-67"][-1] == "not reported"
    assert chart.figure is not None
    cross = next(t for t in chart.figure["data"] if t.get("name") == "Not tested, as the report says")
    assert list(zip(cross["x"], cross["y"], strict=True)) == [("Vesper 2085, case 1", "Gleam 1/1")]


def test_an_inferred_stain_has_its_sign_in_brackets_and_says_so(world: World) -> None:
    world.replace(VESPER, "{glow1: positive,", "{glow1: {value: positive, inferred: true, note: It glowed.},")
    chart = markers.draw(world.review())
    assert rows(chart)["Glow-1"] == ("2 of 2", "positive", "positive (inferred)")
    assert sign(chart, "Glow-1 2/2", "Vesper 2085, case 1") == "(+)"
    assert sign(chart, "Glow-1 2/2", "Quill 2081") == "+"


def test_a_marker_of_a_report_not_read_in_full_is_not_called_untested(world: World) -> None:
    world.replace("content/reports/vesper-2085.yml", "read: full", "read: excerpt")
    chart = markers.draw(world.check()[0])
    assert rows(chart)["Gleam"][-1] == "not extracted"
    assert chart.figure is not None
    unread = next(trace for trace in chart.figure["data"] if trace.get("name") == "Not extracted")
    assert ("Vesper 2085, case 1", "Gleam 1/1") in zip(unread["x"], unread["y"], strict=True)


def test_patients_without_a_panel_are_named_with_the_reason(example: Review) -> None:
    assert markers.draw(example).left_out == (
        "Without a known panel: Orrin 2083, Vesper 2085, case 2 (not reported); Old Tarn (not extracted)"
    )


def test_reports_that_disagree_count_in_no_total(world: World) -> None:
    stains = "{glow1: positive, matt: {value: unclear, note: Printed as plus and as minus.}}"
    claims = "{claims: [{value: positive, source: Chapter 3}, {value: negative, source: Plate 1}], why: Two.}"
    world.replace(VESPER, stains, f"{{glow1: {claims}}}")
    chart = markers.draw(world.review())
    assert rows(chart)["Glow-1"] == ("1 of 1", "positive", "reports disagree: positive or negative")
    assert sign(chart, "Glow-1 1/1", "Vesper 2085, case 1") == "≠"


def test_a_claim_that_was_chosen_counts(world: World) -> None:
    stains = "{glow1: positive, matt: {value: unclear, note: Printed as plus and as minus.}}"
    claims = (
        "{claims: [{value: positive, source: Chapter 3}, {value: negative, source: Plate 1}], use: 1, why: x}"
    )
    world.replace(VESPER, stains, f"{{glow1: {claims}}}")
    assert rows(markers.draw(world.review()))["Glow-1"] == (
        "1 of 2",
        "positive",
        "negative (reports disagree)",
    )


def test_two_specimens_with_two_results_are_a_conflict(world: World) -> None:
    world.replace(VESPER, "pathology:\n", "pathology:\n  - specimen: resection\n    source: Plate 2\n"
                  "    immunohistochemistry: {glow1: negative}\n")  # fmt: skip
    chart = markers.draw(world.review())
    assert rows(chart)["Glow-1"] == ("1 of 1", "positive", "negative; positive")


def test_a_result_that_is_neither_positive_nor_negative_has_its_own_sign(world: World) -> None:
    world.replace(
        "content/vocabulary/stain_result.yml", "  focal: Focal", "  focal: Focal\n  dubious: Dubious"
    )
    world.replace(VESPER, "{glow1: positive,", "{glow1: dubious,")
    chart = markers.draw(world.check()[0])
    assert sign(chart, "Glow-1 1/1", "Vesper 2085, case 1") == "?"
    assert chart.figure is not None
    assert "?\u2002Dubious" in [trace.get("name") for trace in chart.figure["data"]]


def test_without_any_panel_there_is_a_sentence(example: Review) -> None:
    chart = markers.draw(replace(example, cases={"tarn-2079": example.cases["tarn-2079"]}))
    assert chart.figure is None
    assert chart.message == "No patient has a reported panel of markers."


@pytest.mark.parametrize("width", [720, 350])
def test_the_static_picture_names_every_patient_and_marker(example: Review, width: int) -> None:
    chart = markers.draw(example)
    assert chart.figure is not None
    drawn = str(svg.draw(chart.figure, width, chart.message))
    assert "Glow-1 2/2" in drawn
    assert "Quill 2081" in drawn


def test_colours_are_seen_on_both_grounds_and_signs_on_the_colours() -> None:
    for colour in (
        matrix.BLUE,
        matrix.VIOLET,
        matrix.BROWN,
        matrix.ORANGE,
        matrix.RED,
        matrix.TEAL,
        matrix.GREY,
    ):
        assert all(contrast(colour, paper) >= 3 for paper in PAPERS), colour
        assert contrast(colour, "#ffffff") >= 4.5, colour


def test_each_sign_is_its_own() -> None:
    signs = [sign for sign, _ in markers.SIGNS.values()]
    assert len(set(signs)) == len(signs)


def test_the_markers_of_the_review(five_papers: Review) -> None:
    chart = markers.draw(five_papers)
    table = rows(chart)
    assert [table[name][0] for name in ("SMA", "Desmin", "S-100", "Caldesmon")] == [
        "7 of 7",
        "7 of 7",
        "0 of 3",
        "2 of 2",
    ]
    assert chart.message.endswith("7 of 13 patients have a reported panel, with 15 markers in all.")
