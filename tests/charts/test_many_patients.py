"""Charts of many patients: what a reader can read, in pages that don't grow with the review."""

from __future__ import annotations

from pathlib import Path

import pytest

from build_tools.charts import swimmer
from build_tools.pages import chart
from build_tools.review.review import Review
from tests.hostile import site_of
from tests.many import add_patients
from tests.world import World

OF_PATIENTS = ("swimmer", "sizes", "markers", "coverage", "vessels")


@pytest.fixture(scope="module")
def reviews(tmp_path_factory: pytest.TempPathFactory, original: Path) -> dict[int, Review]:
    """Reviews with 50 and with 200 more patients."""
    made = {}
    for count in (50, 200):
        world = World.like(original, tmp_path_factory.mktemp("many") / "casebook")
        add_patients(world.root, count)
        made[count] = world.review()
    return made


@pytest.mark.parametrize("name", OF_PATIENTS)
def test_a_chart_of_four_times_as_many_patients_is_no_larger_on_the_page(
    reviews: dict[int, Review], name: str
) -> None:
    small, large = (
        len(chart.html(chart.draw(name, {}, reviews[count]), lambda to: to).encode()) for count in (50, 200)
    )
    assert large <= 1.2 * small
    assert large <= 150_000


@pytest.mark.parametrize("name", OF_PATIENTS)
def test_the_csv_of_a_chart_has_every_patient(reviews: dict[int, Review], name: str) -> None:
    made = chart.draw(name, {}, reviews[200])
    csv = next(file.content.decode("utf-8-sig") for file in chart.files(made) if file.path.endswith(".csv"))
    names = reviews[200].names_apart
    for number in range(200):
        assert names[f"many-{number:05}"] in csv


def test_numbers_of_more_than_fifty_rows_are_a_link(reviews: dict[int, Review]) -> None:
    html = chart.html(chart.draw("swimmer", {}, reviews[200]), lambda to: to)
    assert "<details" not in html
    assert "205 rows as CSV" in html


def test_the_picture_says_whom_it_draws_and_the_live_view_has_everyone(reviews: dict[int, Review]) -> None:
    made = swimmer.draw(reviews[200])
    assert made.figure is not None
    assert made.live is not None
    assert len(made.figure["layout"]["yaxis"]["categoryarray"]) == 40
    assert len(made.live["layout"]["yaxis"]["categoryarray"]) == 204
    assert any(
        note.startswith("Drawn are the 40 patients who were followed longest; all 204") for note in made.notes
    )


def test_one_very_long_follow_up_does_not_squeeze_the_other_lanes(reviews: dict[int, Review]) -> None:
    made = swimmer.draw(reviews[200])
    assert made.figure is not None
    assert made.figure["layout"]["xaxis"]["range"][1] < 130
    beyond = next(t for t in made.figure["data"] if t.get("name") == "Goes on beyond the axis")
    assert beyond["text"] == ["348 months, died\u2002"]
    (note,) = [note for note in made.notes if note.startswith("The axis ends at 120 months")]
    assert "an arrow leads beyond it: " in note
    assert ", 348 months." in note


def test_an_index_of_charts_holds_small_pictures_and_no_drawing(world: World) -> None:
    world.write(
        "content/charts/index.md",
        '---\ntitle: Charts\ndescription: X.\n---\n# Charts\n\n{{ picture("follow-up", "swimmer") }}\n',
    )
    world.write(
        "content/charts/follow-up.md",
        '---\ntitle: Follow-up\ndescription: Invented.\n---\n# Follow-up\n\n{{ chart("swimmer") }}\n',
    )
    bodies = {page.path: page.body for page in site_of(world.review(), world.root).pages}
    index = bodies["charts/index.md"]
    assert 'src="../data/charts/swimmer.svg"' in index
    assert 'href="../charts/follow-up/"' in index
    assert "<svg" not in index
    assert "<svg" in bodies["charts/follow-up.md"]
