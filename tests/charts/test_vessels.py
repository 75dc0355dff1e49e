"""Origins and segments: each patient in a bar, and what is not known in bars of its own."""

from __future__ import annotations

from dataclasses import replace

import pytest

from build_tools.charts import places, svg, vessels
from build_tools.charts.chart import Chart
from build_tools.charts.svg.colours import contrast
from build_tools.pages.chart import files
from build_tools.review.review import Review
from tests.dom import parse
from tests.hostile import site_of
from tests.world import World


def table(chart: Chart, asked: str) -> dict[str, tuple[str, str]]:
    """Answer -> how many patients, and who."""
    return {answer: (count, who) for title, answer, count, who in chart.rows if title == asked}


def test_each_origin_counts_its_patients_with_the_doubt_of_the_report(example: Review) -> None:
    assert table(vessels.draw(example), "Origin") == {
        "Thumb vein": (
            "2",
            "Orrin 2083 (probable), Vesper 2085, case 1 (possible)",
        ),
        "Thumb pulp": ("1", "Quill 2081"),
        "Nail bed": ("1", "Old Tarn"),
        "Not reported": ("1", "Vesper 2085, case 2"),
    }


def test_every_segment_has_a_bar_and_silence_has_its_own(example: Review) -> None:
    assert table(vessels.draw(example), "Vessel segments") == {
        "Tip": ("1", "Quill 2081"),
        "Middle": ("1", "Quill 2081"),
        "Base": ("0", "nobody"),
        "Not reported": ("3", "Orrin 2083, Vesper 2085, case 1, Vesper 2085, case 2"),
        "Not extracted": ("1", "Old Tarn"),
    }


def test_bars_are_as_long_as_the_numbers(example: Review) -> None:
    chart = vessels.draw(example)
    assert chart.figure is not None
    drawn: dict[tuple[str, str], int] = {}
    for trace in chart.figure["data"]:
        if trace["type"] == "bar":
            for words, count in zip(trace["y"], trace["x"], strict=True):
                place = (trace["yaxis"], words)
                drawn[place] = drawn.get(place, 0) + count
    told = {
        ("y" if asked == "Origin" else "y2", answer): int(count)
        for asked, answer, count, _ in chart.rows
        if count != "0"
    }
    assert drawn == told


def test_an_unclear_origin_is_a_bar_of_its_own(world: World) -> None:
    world.replace("cases/tarn-2079.yml", "origin: nail_bed", "origin: {value: unclear, note: Nail or pulp.}")
    assert table(vessels.draw(world.review()), "Origin")["Unclear"] == ("1", "Old Tarn")


def test_an_inferred_origin_is_hatched_and_says_so(world: World) -> None:
    world.replace(
        "cases/tarn-2079.yml", "origin: nail_bed", "origin: {value: nail_bed, inferred: true, note: A nail.}"
    )
    chart = vessels.draw(world.review())
    assert table(chart, "Origin")["Nail bed"] == ("1", "Old Tarn (inferred)")
    assert chart.figure is not None
    (hatched,) = (t for t in chart.figure["data"] if t.get("name") == "Probable, possible or inferred")
    assert "Nail bed" in hatched["y"]


def test_a_lesion_that_is_not_the_primary_does_not_count(world: World) -> None:
    world.replace(
        "cases/vesper-2085-case-1.yml",
        "  - role: metastasis\n",
        "  - role: metastasis\n    origin: nail_bed\n",
    )
    assert table(vessels.draw(world.check()[0]), "Origin")["Nail bed"] == ("1", "Old Tarn")


def test_the_message_has_its_denominators(example: Review) -> None:
    assert vessels.draw(example).message == (
        "The most frequent origin is the thumb vein, in 2 of 4 patients with a known origin. "
        "Vessel segments are known of 1 of 5 patients."
    )


def test_without_any_origin_or_segment_there_is_a_sentence(example: Review) -> None:
    one = {"vesper-2085-case-2": example.cases["vesper-2085-case-2"]}
    chart = vessels.draw(replace(example, cases=one))
    assert (chart.figure, chart.message) == (None, "No patient has a known origin or segment.")
    assert vessels.draw(replace(example, cases={})).figure is None


@pytest.mark.parametrize("width", [720, 350])
def test_the_static_picture_shows_both_panels(example: Review, width: int) -> None:
    chart = vessels.draw(example)
    assert chart.figure is not None
    drawn = str(svg.draw(chart.figure, width, chart.message))
    assert all(
        words in drawn for words in ("Origin", "Vessel segments", "Thumb vein", "Base", "Patients, of 5")
    )


def test_doubt_is_hatched_and_colours_are_seen_on_both_grounds() -> None:
    styles = vessels.STYLES
    assert styles[places.DOUBTFUL][1] != styles[places.STATED][1]
    assert all(
        contrast(colour, paper) >= 3 for colour, _ in styles.values() for paper in ("#fdfcf9", "#16191b")
    )


def test_the_vessels_of_the_review(five_papers: Review) -> None:
    chart = vessels.draw(five_papers)
    origins, segments = table(chart, "Origin"), table(chart, "Vessel segments")
    assert {words: count for words, (count, _) in origins.items()} == {
        "Renal vein": "7",
        "Inferior vena cava": "2",
        "Kidney": "1",
        "Retroperitoneum": "1",
        "Unclear": "2",
    }
    assert segments["Segment II (middle)"][0] == "2"
    assert (segments["Not reported"][0], segments["Not extracted"][0]) == ("4", "7")


def test_every_patient_in_the_numbers_leads_to_the_case_and_a_bar_to_its_numbers(example: Review) -> None:
    body = next(page.body for page in site_of(example).pages if page.path == "charts/index.md")
    (figure,) = [e for e in parse(body).all("figure") if e.attributes["id"] == "chart-vessels"]
    table = figure.one("details", "numbers")
    assert [a.text for a in table.all("a")].count("Vesper 2085, case 1") == 2
    for link in table.all("a"):
        assert link.attributes["href"].startswith("../cases/")
    rows = {row.attributes["id"]: row.text for row in table.all("tr") if "id" in row.attributes}
    led = [a for a in figure.all("a") if a.attributes["href"].startswith("#")]
    assert len(led) == 2 * len(rows)  # in the wide picture and in the narrow one
    for link in led:
        assert link.text.split()[0] in rows[link.attributes["href"][1:]]
    assert "Middle" in rows["vessels-6"]


def test_links_leave_the_csv_as_it_was(example: Review) -> None:
    chart = vessels.draw(example)
    csv = next(file for file in files(chart) if file.path.endswith(".csv")).content.decode("utf-8-sig")
    assert "Origin,Thumb pulp,1,Quill 2081\n" in csv
    assert "cases/" not in csv
