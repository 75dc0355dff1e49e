"""Survival curves and shares: what is drawn, what is refused, and that the words say which."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from xml.etree import ElementTree

import pytest

from build_tools.analysis.declared import estimate
from build_tools.analysis.estimates import Curve
from build_tools.charts import forest, survival, svg
from build_tools.charts.chart import Chart, NoSuchOption
from build_tools.pages import chart as pages_chart
from build_tools.problems.problem import Problem
from build_tools.records.estimate import Estimate
from build_tools.review.review import Review
from tests.world import World

LOCAL = "Local excision, kidney kept"
BY_OPERATION = "overall-survival-by-operation"
ARMS = {
    "women": {"label": "Women", "where": {"patient.sex": "female"}},
    "men": {"label": "Men", "where": {"patient.sex": "male"}},
}


@pytest.fixture(scope="module")
def founding(casebook: Review) -> Review:
    """The real patients whom the pooled counts name, and one whose kidney was removed: a new case changes
    no test."""
    named = (*casebook.aggregates["baheen-2022-operated-55"].cases, "bilgo-2021")
    return replace(casebook, cases={id: casebook.cases[id] for id in sorted(named)})


def declared(review: Review, **content: Any) -> Review:
    """The review with one estimate, `new`, that stands in no file."""
    record = Estimate.model_validate({"title": "Invented", "endpoint": "overall_survival", **content})
    return replace(review, estimates={"new": record})


def many(example: Review, count: int, *ids: str) -> Review:
    """The example with as many copies of some of its patients."""
    copies = [replace(example.cases[id], id=f"{id}-{i}") for id in ids for i in range(count)]
    return replace(example, cases={case.id: case for case in copies})


def counted_from_surgery(review: Review) -> Review:
    """The same patients with their times counted from one event, so that one curve can hold them all."""
    return replace(
        review,
        cases={
            id: replace(
                case,
                facts=tuple(
                    replace(fact, value="surgery") if fact.path == "time_zero" else fact
                    for fact in case.facts
                ),
            )
            for id, case in review.cases.items()
        },
    )


def drawn(review: Review, id: str = "new") -> tuple[Chart, dict[str, Any]]:
    """The curve of an estimate, with its figure."""
    chart = survival.draw(review, estimate=id)
    assert chart.figure is not None, chart.message
    return chart, chart.figure


def named(figure: dict[str, Any], name: str) -> list[dict[str, Any]]:
    return [trace for trace in figure["data"] if trace["name"] == name]


def words(figure: dict[str, Any], width: int = 720) -> list[str]:
    """Every word of the static picture."""
    root = ElementTree.fromstring(str(svg.draw(figure, width, "x")))
    return ["".join(e.itertext()) for e in root.iter("text")]


# ---- the curve of the real casebook ----


def test_the_curve_after_local_excision_has_the_published_steps(founding: Review) -> None:
    _, figure = drawn(founding, BY_OPERATION)
    (line,), (thin,) = named(figure, LOCAL), named(figure, "Fewer than 3 at risk")
    assert list(zip(line["x"], line["y"], strict=True)) == [
        (0, 100), (8, 100), (18, 83.33), (24, 83.33), (27, 83.33)
    ]  # fmt: skip
    assert list(zip(thin["x"], thin["y"], strict=True)) == [(27, 83.33), (72, 41.67), (78, 41.67)]
    assert line["line"]["shape"] == thin["line"]["shape"] == "hv"
    assert thin["line"]["dash"] == "dot"


def test_the_band_holds_the_log_log_interval(founding: Review) -> None:
    _, figure = drawn(founding, BY_OPERATION)
    low, high = named(figure, "95% interval")
    at = dict(zip(low["x"], zip(low["y"], high["y"], strict=True), strict=True))
    assert at[18] == (27.31, 97.47)
    assert at[72] == (1.12, 84.31)
    assert high["fill"] == "tonexty"


def test_a_tick_stands_where_someone_was_last_seen(founding: Review) -> None:
    _, figure = drawn(founding, BY_OPERATION)
    (marks,) = named(figure, "Last seen without the event")
    assert marks["x"] == [8, 24, 27, 78]
    assert "2 last seen at 24 months" in marks["hovertext"]


def test_the_numbers_at_risk_stand_below_the_curve(founding: Review) -> None:
    _, figure = drawn(founding, BY_OPERATION)
    (risk,) = named(figure, "At risk")
    assert risk["x"] == [0, 12, 24, 36, 48, 60, 72]
    assert risk["text"] == ["7", "6", "5", "2", "2", "2", "2"]
    assert figure["layout"]["xaxis"]["tickvals"] == risk["x"]
    for width in (720, 350):
        shown = words(figure, width)
        assert [word for word in shown if word.isdecimal() and len(word) == 1] >= ["7", "6", "5", "2"]
        assert "Patients at risk: local excision, kidney kept" in shown


def test_the_message_tells_the_median_and_why_an_arm_has_no_curve(founding: Review) -> None:
    chart, _ = drawn(founding, BY_OPERATION)
    assert chart.message == (
        "Local excision, kidney kept: 2 of 7 patients died; median 72 months (95% interval 18 to not "
        "reached). Kidney removed: no curve is drawn – too few patients for a curve (1 with a known time; at "
        "least 5)."
    )
    assert chart.notes == ("The groups are not tested against each other: too few events to test.",)


def test_the_pooled_counts_stand_beside_the_withheld_arm(founding: Review) -> None:
    chart, _ = drawn(founding, BY_OPERATION)
    assert chart.aside is not None
    assert chart.aside.heads[:3] == ("Group", "Alive", "Others")
    assert [row[:3] for row in chart.aside.rows] == [
        ("Local excision", "5", "2"),
        ("Radical nephrectomy", "33", "15"),
    ]
    assert chart.aside.rows[1][3] == "33 of 48, 69% (55–80%)"
    assert chart.aside.words.startswith("Fisher's exact test by this casebook: p = 1.00.")
    assert "7 of the 55 patients are patients of this review too" in chart.aside.words


def test_the_caption_names_what_speaks_against_a_curve(founding: Review) -> None:
    chart, _ = drawn(founding, BY_OPERATION)
    for caveat in ("not a cohort", "confounding by indication", "immortal time", "very different times"):
        assert caveat in chart.caption
    assert str(founding.estimates[BY_OPERATION].note) in chart.caption
    assert f"{LOCAL}: followed for 8 to 78 months, median 27 months" in chart.left_out


def test_no_pooled_patient_is_added_to_a_curve(casebook: Review) -> None:
    for id, record in casebook.estimates.items():
        if record.endpoint != "share":
            chart = survival.draw(casebook, estimate=id)
            made = estimate(casebook, id)
            counts = [len(group.cohort.observed) for group in made.survival]
            assert all(n <= len(casebook.cases) for n in counts)
            assert (chart.figure is None) == all(n < 5 for n in counts), id


# ---- arms, steps and edges, on invented patients ----


def test_every_arm_has_its_line_its_look_and_its_row_of_numbers(example: Review) -> None:
    both = counted_from_surgery(many(example, 6, "vesper-2085-case-1", "quill-2081"))
    _, figure = drawn(declared(both, arms=ARMS))
    (women,), (men,) = named(figure, "Women"), named(figure, "Men")
    assert women["line"]["color"] != men["line"]["color"]
    assert women["line"]["dash"] != men["line"]["dash"]
    shown = words(figure, 350)
    for label in ("women", "men"):
        assert f"Patients at risk: {label}" in shown
    (risk,) = named(figure, "At risk")
    assert len(risk["text"]) == 2 * len(figure["layout"]["xaxis"]["tickvals"])


def test_a_row_of_numbers_is_that_of_its_arm(example: Review) -> None:
    both = declared(counted_from_surgery(many(example, 6, "vesper-2085-case-1", "quill-2081")), arms=ARMS)
    _, figure = drawn(both)
    (risk,) = named(figure, "At risk")
    for group in estimate(both, "new").survival:
        assert isinstance(group.curve, Curve)
        mine = [i for i, label in enumerate(risk["y"]) if label == group.label]
        times = [risk["x"][i] for i in mine]
        assert [risk["text"][i] for i in mine] == [str(n) for n in group.curve.numbers_at_risk(times)]


def test_nobody_died_so_that_the_line_is_flat_and_has_no_band(example: Review) -> None:
    chart, figure = drawn(declared(many(example, 7, "quill-2081")))
    assert chart.message == "0 of 7 patients died; median not reached (95% interval not reached)."
    assert named(figure, "95% interval") == []
    (line,) = named(figure, "Survival")
    assert set(line["y"]) == {100}


def test_everybody_died_at_once_and_the_line_falls_to_zero(example: Review) -> None:
    chart, figure = drawn(declared(counted_from_surgery(many(example, 6, "vesper-2085-case-1"))))
    (line,) = named(figure, "Survival")
    assert line["y"] == [100, 0]
    assert "6 of 6 patients died; median 12 months" in chart.message
    for trace in figure["data"]:
        if trace.get("yaxis") != "y2":
            assert all(0 <= y <= 100 for y in trace["y"])


@pytest.mark.parametrize("count", [0, 1, 4])
def test_too_few_patients_get_a_sentence_and_no_frame(example: Review, count: int) -> None:
    chart = survival.draw(declared(many(example, count, "quill-2081")), estimate="new")
    assert chart.figure is None
    assert chart.rows == ()
    reason = "no patient is in this group" if not count else f"too few patients for a curve ({count} with"
    assert chart.message.startswith(f"No curve is drawn – {reason}")
    page = pages_chart.html(chart, str)
    assert "<svg" not in page
    assert "explore" not in page


def test_every_arm_that_is_withheld_is_named(example: Review) -> None:
    chart = survival.draw(example, estimate="survival-by-treatment")
    assert chart.figure is None
    for label in ("Thumb kept", "Thumb lost"):
        assert f"{label}: no curve is drawn – " in chart.message
    assert "too few events to test" in chart.notes[0]


def test_who_is_left_out_is_named_with_the_reason(example: Review) -> None:
    review = declared(example)
    chart = survival.draw(review, estimate="new")
    unknown = estimate(review, "new").survival[0].cohort.unknown
    assert unknown
    for one in unknown:
        assert one.reason in chart.left_out


def test_the_picture_shows_every_step_at_both_widths(founding: Review) -> None:
    chart, figure = drawn(founding, BY_OPERATION)
    for width in (720, 350):
        paths = [
            e.attrib["d"] for e in ElementTree.fromstring(str(svg.draw(figure, width, "x"))).iter("path")
        ]
        steps = [d for d in paths if d.count("V") == 1 and "H" in d and "Z" not in d]
        assert len(steps) >= 2  # the line falls once where it is firm, and once where it is thin
    assert len(chart.rows) == 6


def test_numbers_are_those_of_the_curve(founding: Review) -> None:
    chart, _ = drawn(founding, BY_OPERATION)
    assert chart.heads[0] == "Arm"
    assert (LOCAL, "18", "6", "1", "0", "83%", "27–97%", "1") in chart.rows


def test_an_end_that_is_inferred_or_probable_has_a_ring_and_is_named(founding: Review) -> None:
    chart, figure = drawn(founding, BY_OPERATION)
    rings = [trace for trace in figure["data"] if trace.get("name") == survival.DOUBTFUL]
    (ring,) = (trace for trace in rings if trace["x"] == [18.0, 72.0])
    assert ring["marker"]["symbol"] == "circle-open"
    assert ring["hovertext"][0] == "At 18 months: 1 inferred"
    assert sum(trace["showlegend"] for trace in rings) == 1
    doubtful = {
        one.case.id
        for group in estimate(founding, BY_OPERATION).survival
        for one in group.cohort.observed
        if one.doubt
    }
    told = chart.left_out.partition("time or end not told in so many words: ")[2]
    assert doubtful
    assert "(inferred)" in told


def test_a_curve_is_drawn_the_same_twice(founding: Review) -> None:
    assert survival.draw(founding, estimate=BY_OPERATION) == survival.draw(founding, estimate=BY_OPERATION)


# ---- shares ----


def rows_of(chart: Chart) -> list[str]:
    assert chart.figure is not None
    layout = chart.figure["layout"]
    return [row for key, axis in layout.items() if key.startswith("yaxis") for row in axis["categoryarray"]]


def test_each_share_is_a_row_and_patients_are_never_pooled_with_counts(founding: Review) -> None:
    chart = forest.draw(founding, estimate="alive-by-operation")
    assert rows_of(chart)[::-1] == [
        f"{LOCAL}\n5 of 7 (71%)",
        "Kidney removed\n1 of 1 (100%)",
        "Local excision\n5 of 7 (71%)",
        "Radical nephrectomy\n33 of 48 (69%)",
    ]
    assert chart.figure is not None
    traces = {trace["name"]: trace for trace in chart.figure["data"]}
    assert traces.keys() <= {forest.OWN, forest.OWN_INFERRED, forest.PRINTED}
    assert len({trace["marker"]["symbol"] for trace in traces.values()}) == len(traces)
    assert len(traces[forest.PRINTED]["y"]) == 2
    assert sum(len(trace["y"]) for trace in traces.values()) == 4


def test_a_bar_reaches_from_end_to_end_of_the_interval(founding: Review) -> None:
    figure = forest.draw(founding, estimate="alive-by-operation").figure
    assert figure is not None
    printed = next(trace for trace in figure["data"] if trace["name"] == forest.PRINTED)
    low = round(printed["x"][1] - printed["error_x"]["arrayminus"][1], 1)
    high = round(printed["x"][1] + printed["error_x"]["array"][1], 1)
    assert (low, high) == (54.7, 80.1)


def test_an_overlap_of_groups_is_named(founding: Review) -> None:
    chart = forest.draw(founding, estimate="alive-by-operation")
    assert "7 of the 55 patients are patients of this review too, and are never added to it" in chart.left_out
    assert "never added or pooled" in chart.caption


def test_all_shares_stand_in_one_picture_under_their_titles(casebook: Review) -> None:
    chart = forest.draw(casebook)
    assert chart.figure is not None
    shares = [record for record in casebook.estimates.values() if record.endpoint == "share"]
    shown = words(chart.figure)
    for record in shares:
        assert record.title in shown or any(record.title.startswith(word) for word in shown if len(word) > 9)
    counted = sum(len(record.arms) or bool(record.holds) for record in shares)
    counted += sum(len(record.pooled) for record in shares)
    assert len(chart.rows) == counted


def test_two_rows_of_one_name_stay_two_rows(example: Review) -> None:
    chart = forest.draw(example, estimate="alive")
    rows = rows_of(chart)
    assert len(rows) == len(set(rows)) == 3


def test_a_share_of_which_nothing_is_known_is_a_sentence(example: Review) -> None:
    nobody = replace(example, cases={})
    review = declared(nobody, endpoint="share", holds={"outcome.vital": "alive"})
    chart = forest.draw(review, estimate="new")
    assert chart.figure is None
    assert chart.message == "Of no patient is known what would be counted here."


# ---- what a page may ask for ----


@pytest.mark.parametrize(
    ("name", "options", "message"),
    [
        ("survivals", {}, "there is no chart 'survivals'; there are: swimmer, survival"),
        ("survival", {}, "the chart 'survival' needs the option 'estimate'"),
        ("survival", {"estimates": "x"}, "the chart 'survival' has no option 'estimates'; it has: estimate"),
        ("survival", {"estimate": "nothing"}, "estimate: there is no 'nothing'; there are: alive, "),
        ("survival", {"estimate": "alive"}, "'alive' is a share; the chart 'forest' shows shares"),
        ("forest", {"estimate": "survival-by-treatment"}, "is a curve; the chart 'survival' shows curves"),
        ("swimmer", {"where": "x"}, "the chart 'swimmer' has no option 'where'; it has none"),
    ],
)
def test_a_page_that_asks_for_what_is_not_there_is_told_what_is(
    example: Review, name: str, options: dict[str, object], message: str
) -> None:
    with pytest.raises(NoSuchOption) as found:
        pages_chart.draw(name, options, example)
    assert message in str(found.value)


def page_problems(world: World, blank: str) -> list[Problem]:
    from build_tools.publishing.generate import check_site

    world.write("content/new.md", f"---\ntitle: New\ndescription: Invented.\n---\n\n{blank}\n")
    return check_site(world.root)[2]


@pytest.mark.parametrize(
    ("blank", "message"),
    [
        ('{{ chart("survival", estimate="x") }}', "estimate: there is no 'x'"),
        ('{{ chart("swimmer") }} {{ chart("swimmer") }}', "the chart 'swimmer' stands on this page already"),
    ],
)
def test_a_wrong_option_is_a_problem_of_its_line(world: World, blank: str, message: str) -> None:
    (problem,) = page_problems(world, blank)
    assert (problem.file, problem.line) == ("content/new.md", 6)
    assert message in problem.message


def test_each_use_of_a_chart_has_files_of_its_own(casebook: Review) -> None:
    one = pages_chart.draw("survival", {"estimate": "overall-survival"}, casebook)
    other = pages_chart.draw("survival", {"estimate": "recurrence-free-survival"}, casebook)
    assert one.name == "survival-overall-survival"
    paths = [file.path for chart in (one, other) for file in pages_chart.files(chart)]
    assert len(paths) == len(set(paths)) == 8
    assert paths[:4] == [
        f"data/charts/survival-overall-survival{suffix}" for suffix in (".csv", "-facts.csv", ".json", ".svg")
    ]
    page = str(pages_chart.html(one, str))
    for path in paths[:4]:
        assert path in page


def test_the_picture_as_a_file_holds_its_words_and_needs_nothing_else(founding: Review) -> None:
    chart = survival.draw(founding, estimate=BY_OPERATION)
    text = svg.alone(chart)
    root = ElementTree.fromstring(text)
    told = " ".join("".join(e.itertext()) for e in root.iter("{http://www.w3.org/2000/svg}text"))
    for sentence in (chart.title, chart.message, "not a cohort", "Radical nephrectomy, 33 of 48"):
        assert sentence in told
    assert "var(" not in text
    assert "http" not in text.replace("http://www.w3.org/2000/svg", "")
