"""Charts: the same picture every time, with every patient it can show and a word on those it can't."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any
from xml.etree import ElementTree

import pytest
from markupsafe import Markup

from build_tools.charts import CHARTS, svg, swimmer
from build_tools.charts.chart import Chart, escaped
from build_tools.pages.blanks import Blanks
from build_tools.pages.context import Context
from build_tools.reading.settings import Settings, read_settings
from build_tools.review.review import Review
from tests.dom import parse
from tests.hostile import review_with, site_of
from tests.world import EXAMPLE, REPOSITORY, World

SVG = "{http://www.w3.org/2000/svg}"
QUILL = ("case", "quill-2081")


def picture(chart: Chart, width: int = 720) -> ElementTree.Element:
    """The static picture, read as strict XML."""
    assert chart.figure is not None
    text = str(svg.draw(chart.figure, width, chart.message))
    if "xmlns=" not in text:
        text = text.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return ElementTree.fromstring(text)


def lanes(chart: Chart) -> list[str]:
    assert chart.figure is not None
    labels: list[str] = chart.figure["layout"]["yaxis"]["categoryarray"]
    return labels


def only(review: Review, case: str) -> Review:
    """A review with one of its patients."""
    return replace(review, cases={case: review.cases[case]})


OPTIONS: dict[str, dict[str, Any]] = {
    "survival": {"estimate": "survival-by-treatment"},
    "timeline": {"case": "orrin-2083"},
    "diagram": {"boxes": [["origin", "thumb_vein", 0, 0, 1, 1], ["segments", "tip", 1, 0, 1, 1]]},
}


@pytest.fixture(params=sorted(CHARTS))
def draw(request: pytest.FixtureRequest) -> Callable[[Review], Chart]:
    """Every chart that there is."""
    return partial(CHARTS[request.param], **OPTIONS.get(request.param, {}))


def test_a_chart_is_drawn_the_same_twice(example: Review, draw: Callable[[Review], Chart]) -> None:
    assert draw(example) == draw(example)
    first = draw(example)
    if first.figure is not None:
        assert svg.draw(first.figure, 720, "x") == svg.draw(first.figure, 720, "x")


@pytest.mark.parametrize("width", [720, 350])
def test_the_static_picture_is_well_formed_and_named(
    example: Review, draw: Callable[[Review], Chart], width: int
) -> None:
    chart = draw(example)
    if chart.figure is None:
        assert "no curve is drawn" in chart.message
    else:
        assert picture(chart, width).attrib["aria-label"] == chart.message


def test_every_picture_of_the_real_casebook_is_well_formed_and_holds_no_gap(casebook: Review) -> None:
    bodies = [page.body for page in site_of(casebook, REPOSITORY).pages]
    pictures = [svg for body in bodies for svg in re.findall("<svg.*?</svg>", body, re.DOTALL)]
    assert len(pictures) >= 2
    for found in pictures:
        assert ElementTree.fromstring(found).tag.endswith("svg")
        assert not re.search(r"=\"[^\"]*\b(nan|inf|None)\b", found)


def told(chart: Chart) -> bool:
    """Whether a chart is a picture with something in it, or else a sentence that says why there is none."""
    if chart.figure is None:
        return chart.rows == () or bool(chart.message)
    drawn = [value for trace in chart.figure["data"] for value in trace.get("x") or () if value is not None]
    return bool(drawn) and picture(chart).attrib["aria-label"] == chart.message


ABOUT_PATIENTS = sorted(set(CHARTS) - {"evidence", "flow", "forest", "timeline"})
"""The charts that show nothing but patients; without one the others still show what reports print."""


@pytest.mark.parametrize("name", ABOUT_PATIENTS)
def test_without_a_patient_a_chart_is_a_sentence_that_says_why(example: Review, name: str) -> None:
    chart = CHARTS[name](replace(example, cases={}), **OPTIONS.get(name, {}))
    assert chart.figure is None
    assert chart.message.endswith(".")
    assert len(chart.message.split()) > 3


@pytest.mark.parametrize("id", ["quill-2081", "tarn-2079", "vesper-2085-case-2"])
@pytest.mark.parametrize("name", sorted(set(CHARTS) - {"timeline"}))
def test_of_one_patient_a_chart_is_a_picture_or_a_sentence(example: Review, name: str, id: str) -> None:
    chart = CHARTS[name](only(example, id), **OPTIONS.get(name, {}))
    assert told(chart)
    assert chart.message.endswith(".")


def test_if_nobody_died_a_swimmer_plot_says_so(example: Review) -> None:
    alive = {id: case for id, case in example.cases.items() if id in ("quill-2081", "orrin-2083")}
    chart = swimmer.draw(replace(example, cases=alive))
    assert chart.message.endswith("0 of the 2 died.")


def test_what_is_told_after_the_last_follow_up_is_not_drawn_but_told(world: World) -> None:
    world.replace("cases/quill-2081.yml", "at: 3 months, site", "at: 40 months, site")
    world.replace("cases/quill-2081.yml", "event: imaging", "event: local_recurrence")
    chart = swimmer.draw(only(world.check()[0], "quill-2081"))
    assert "Local recurrence" not in str(chart.figure)
    (note,) = chart.notes
    assert note.endswith("after the last follow-up: Quill 2081, local recurrence at 40 months.")


def test_what_is_told_with_a_range_or_a_bound_is_no_point_but_told(world: World) -> None:
    world.replace("cases/quill-2081.yml", "last_contact: 27 months", 'last_contact: "<12 months"')
    world.replace("cases/quill-2081.yml", "last_contact, at: 27 months", 'last_contact, at: "<12 months"')
    chart = swimmer.draw(world.review())
    assert "Local recurrence" not in str(chart.figure)
    assert "Quill 2081" not in {row[0] for row in chart.rows}
    (note,) = chart.notes
    assert "Orrin 2083, local recurrence at 8–10 months (probable)" in note
    assert "Quill 2081, followed for less than 12 months" in note


def test_a_probable_and_an_inferred_event_differ_in_form_and_in_the_numbers(world: World) -> None:
    world.replace(
        "cases/vesper-2085-case-1.yml",
        "{event: metastasis, at: 8 months, site: forearm, source: Chapter 3}",
        "{event: metastasis, at: {value: 8 months, inferred: true, note: Counted.}, source: Chapter 3}",
    )
    world.replace("cases/orrin-2083.yml", "    at: 8-10 months\n", "    at: 8 months\n")
    chart = swimmer.draw(world.review())
    assert chart.figure is not None
    looks = {trace["name"]: trace["marker"]["symbol"] for trace in chart.figure["data"] if "marker" in trace}
    assert looks["Metastasis: inferred"] == "star-open"
    assert looks["Local recurrence: probable"] == "diamond-open"
    assert looks["Death"] == "x"
    events = {row[0]: row[3] for row in chart.rows}
    assert events["Orrin 2083"] == "Local recurrence at 8 months (probable)"
    assert "Metastasis at 8 months (inferred)" in events["Vesper 2085, case 1"]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    {
        "reported": ("cause: disease", "cause: disease", "died of disease"),
        "cause inferred": (
            "cause: disease",
            "cause: {value: disease, inferred: true, note: DOD.}",
            "died with the disease",
        ),
        "cause inferred, disease not told": (
            "disease: present\n  cause: disease",
            "cause: {value: disease, inferred: true, note: DOD.}",
            "died",
        ),
        "death inferred": (
            "vital: dead",
            "vital: {value: dead, inferred: true, note: No word came.}",
            "died of disease (inferred)",
        ),
    }.values(),
)
def test_an_outcome_says_no_more_than_the_record(world: World, old: str, new: str, words: str) -> None:
    world.replace("cases/vesper-2085-case-1.yml", old, new)
    status = {row[0]: row[2] for row in swimmer.draw(world.review()).rows}
    assert status["Vesper 2085, case 1"] == words


def test_a_figure_is_plain_json_without_numbers_that_are_none(
    example: Review, draw: Callable[[Review], Chart]
) -> None:
    figure = draw(example).figure
    assert json.loads(json.dumps(figure, allow_nan=False)) == figure


def test_every_patient_with_a_known_follow_up_has_a_lane_and_the_others_are_named(example: Review) -> None:
    chart = swimmer.draw(example)
    assert lanes(chart) == ["Vesper 2085, case 2", "Orrin 2083", "Vesper 2085, case 1", "Quill 2081"]
    texts = [e.text for e in picture(chart).iter(f"{SVG}text")]
    assert set(lanes(chart)) <= set(texts)
    assert max(path.attrib["d"].count("M") for path in picture(chart).iter(f"{SVG}path")) == len(lanes(chart))
    assert chart.left_out == "Not drawn, for no follow-up is known: Old Tarn"


def test_what_happened_stands_in_the_lane_at_its_time(example: Review) -> None:
    titles = [e.text for e in picture(swimmer.draw(example)).iter(f"{SVG}title")]
    assert "Vesper 2085, case 1, Metastasis at 8 months" in titles
    assert "Vesper 2085, case 1, Death at 12 months" in titles
    assert "Quill 2081, Last follow-up, alive at 27 months" in titles


def test_a_time_that_is_a_range_is_drawn_by_its_lower_bound_and_told_as_one_in_the_numbers(
    example: Review,
) -> None:
    rows = {row[0]: row for row in swimmer.draw(example).rows}
    assert rows["Orrin 2083"][1] == "12–18"
    assert rows["Quill 2081"][1] == "27"


def test_the_message_counts_what_the_numbers_hold(example: Review) -> None:
    chart = swimmer.draw(example)
    assert chart.message.startswith(f"{len(chart.rows)} of 5 patients have a known follow-up")
    assert chart.message.endswith("from 0.46 to 27 months; 1 of the 4 died.")
    assert len(chart.rows) == len(lanes(chart))


def test_colour_is_never_the_only_sign() -> None:
    shapes = [(symbol, words) for words, symbol, _ in swimmer.SIGNS.values()]
    assert len({words for _, words in shapes}) == len(swimmer.SIGNS)
    assert {symbol.removesuffix("-open") for symbol, _ in shapes} <= svg.SHAPES.keys()


def test_without_any_known_follow_up_there_is_a_sentence_and_no_figure(example: Review) -> None:
    chart = swimmer.draw(only(example, "tarn-2079"))
    assert chart.figure is None
    assert chart.message == "No patient has a known follow-up."


def test_a_page_without_a_figure_shows_the_sentence_and_nothing_to_explore(example: Review) -> None:
    context = Context(only(example, "tarn-2079"), read_settings(EXAMPLE))
    figure = parse(Blanks("charts/index.md", "charts", None, context).chart("swimmer")).one("figure")
    assert "No patient has a known follow-up." in figure.text
    assert "data-figure" not in figure.attributes
    assert figure.all("button") == []


def test_one_patient_is_drawn_alone(example: Review) -> None:
    chart = swimmer.draw(only(example, "quill-2081"))
    assert lanes(chart) == ["Quill 2081"]
    assert len(list(picture(chart).iter(f"{SVG}title"))) == 1


def test_a_follow_up_of_no_time_at_all_is_drawn(world: World) -> None:
    world.replace("cases/vesper-2085-case-2.yml", "at: 2 weeks", "at: 0 months")
    world.replace("cases/vesper-2085-case-2.yml", "last_contact: 2 weeks", "last_contact: 0 months")
    chart = swimmer.draw(only(world.check()[0], "vesper-2085-case-2"))
    assert len(list(picture(chart).iter(f"{SVG}title"))) == 1


def test_two_patients_of_one_name_have_two_lanes(world: World) -> None:
    copy = world.read("cases/quill-2081.yml")
    world.write("cases/quill-2081-b.yml", copy.replace("last_contact: 27 months", "last_contact: 28 months"))
    world.replace("cases/quill-2081.yml", "role: full", 'role: full, label: "one of two"')
    world.replace("cases/quill-2081-b.yml", "role: full", 'role: full, label: "one of two"')
    chart = swimmer.draw(world.check()[0])
    assert len(set(lanes(chart))) == len(lanes(chart)) == len(chart.rows) == 5


def test_a_lane_leads_to_its_case(example: Review) -> None:
    body = next(page.body for page in site_of(example).pages if page.path == "charts/index.md")
    (figure,) = [e for e in parse(body).all("figure") if e.attributes["id"] == "chart-swimmer"]
    links = {a.text: a.attributes["href"] for a in figure.all("a")}
    assert links["Quill 2081"] == "../cases/quill-2081/"


def test_plotly_gets_every_text_escaped_but_our_own_templates() -> None:
    review = review_with(
        QUILL, ("reports", 0), {"report": "vesper-2085", "label": "<b>x</b>", "role": "full"}
    )
    figure = swimmer.draw(review).figure
    told = json.dumps(escaped(figure))
    assert "Vesper 2085, &lt;b&gt;x&lt;/b&gt;" in told
    assert set(re.findall("<[^>]*>", told)) == {"<br>", "<extra>", "</extra>"}


def test_an_axis_has_round_ticks_and_not_too_many() -> None:
    assert svg.ticks(0, 82.7, 9) == [0, 12, 24, 36, 48, 60, 72]
    assert svg.ticks(0, 0.49, 9) == [0]
    assert len(svg.ticks(0, 5000, 9)) <= 10


def test_the_description_of_a_chart_states_its_caveat(
    example: Review, draw: Callable[[Review], Chart]
) -> None:
    chart = draw(example)
    assert chart.title
    assert chart.figure is None or len(chart.caption) > 80


def test_a_picture_is_markup_and_its_words_are_text(example: Review) -> None:
    figure = swimmer.draw(example).figure
    assert figure is not None
    drawn = svg.draw(figure, 720, '"><script>alert(1)</script>')
    assert isinstance(drawn, Markup)
    assert "<script" not in drawn


def test_settings_name_the_repository_that_readers_edit(example: Review) -> None:
    context = Context(example, Settings("Name", "Words.", "https://example.org/x"))
    assert context.settings.edit("cases/a b.yml") == "https://example.org/x/edit/main/cases/a%20b.yml"
    assert "title=Error%20in%20cases" in context.settings.report_error("cases/x.yml")
