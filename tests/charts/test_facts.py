"""What a chart draws stands beside it as the records have it, with state, basis, note and place."""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import pytest

from build_tools.analysis.cohorts import ENDPOINTS
from build_tools.charts import diagram, forest, markers, sizes, survival, swimmer, timeline, vessels
from build_tools.charts.chart import Chart
from build_tools.exports import facts_csv
from build_tools.pages import chart as pages_chart
from build_tools.review.review import Review
from tests.analysis.test_every_fact import doubtful

Lines = list[dict[str, str]]

TAKES: dict[str, str] = {
    "swimmer": r"time_zero|follow_up\.last_contact|outcome(\..+)?",
    "markers": r"pathology(\[\d+\]\.immunohistochemistry(\..+)?)?",
    "sizes": r"lesions(\[\d+\]\.sizes.*)?|outcome(\..+)?",
    "vessels": r"lesions\[\d+\]\.(origin|segments)(\..+)?",
}
"""Chart -> the paths of the facts that it draws, of the primary tumour where it says so."""


@pytest.fixture(params=["example", "doubtful", "five_papers"])
def review(request: pytest.FixtureRequest) -> Review:
    if request.param == "doubtful":
        return doubtful(request.getfixturevalue("world"))
    found: Review = request.getfixturevalue(request.param)
    return found


def read(text: str) -> Lines:
    return list(csv.DictReader(io.StringIO(text, newline="")))


def beside(chart: Chart) -> Lines:
    """The file of facts that stands beside a chart."""
    (file,) = (one for one in pages_chart.files(chart) if one.path.endswith("-facts.csv"))
    return read(file.content.decode("utf-8-sig"))


def all_lines(review: Review) -> Lines:
    return read(facts_csv.text(review))


def of_primary(review: Review, line: dict[str, str]) -> bool:
    """Whether a fact of a lesion or specimen is one of the primary tumour; read from the record itself."""
    found = re.match(r"(lesions|pathology)\[(\d+)\]", line["path"])
    if not found:
        return True
    held: Any = getattr(review.cases[line["case"]].record, found[1])
    item = (getattr(held, "value", None) or held)[int(found[2])]
    if found[1] == "lesions":
        return bool(item.role == "primary")
    lesion = item.lesion.value if item.lesion else None
    return lesion == "primary" or (lesion is None and item.specimen not in ("recurrence", "metastasis"))


@pytest.mark.parametrize("name", TAKES)
def test_every_fact_of_a_chart_stands_beside_it_and_no_other(review: Review, name: str) -> None:
    module = {"swimmer": swimmer, "markers": markers, "sizes": sizes, "vessels": vessels}[name]
    found = beside(module.draw(review))
    wanted = [line for line in all_lines(review) if re.fullmatch(TAKES[name], line["path"])]
    if name in ("markers", "vessels"):
        wanted = [line for line in wanted if of_primary(review, line)]
    if name == "swimmer":
        kinds = {
            (case.id, event.path): str(event.term)
            for case in review.cases.values()
            for top in case.facts
            if top.path == "events"
            for event in top.children
        }
        wanted += [
            line
            for line in all_lines(review)
            if (parts := re.match(r"events\[\d+\]", line["path"]))
            and kinds[line["case"], parts[0]] in swimmer.SIGNS
        ]
    assert sorted(map(str, found)) == sorted(map(str, wanted))


def test_the_events_of_a_time_line_stand_beside_it(review: Review) -> None:
    drawn = 0
    for id in review.cases:
        chart = timeline.draw(review, id)
        if chart.figure is not None:
            wanted = [
                line
                for line in all_lines(review)
                if line["case"] == id and re.match(r"events\[", line["path"])
            ]
            assert beside(chart) == wanted
            drawn += 1
    assert drawn


def test_a_drawing_of_places_has_the_facts_of_the_fields_that_it_counts(example: Review) -> None:
    term = next(iter(example.vocabularies["structure"].terms))
    found = beside(diagram.draw(example, boxes=[["origin", term, 0, 0, 1, 1]]))
    assert found
    assert all(re.match(r"lesions\[\d+\]\.origin", line["path"]) for line in found)
    assert all(of_primary(example, line) for line in found)


@pytest.mark.parametrize("endpoint", ENDPOINTS)
def test_a_curve_has_the_facts_on_which_each_time_rests(review: Review, endpoint: str) -> None:
    known = {str(line): line for line in all_lines(review)}
    for id, record in review.estimates.items():
        if record.endpoint != endpoint:
            continue
        chart = survival.draw(review, id)
        if chart.figure is None:
            continue
        found = beside(chart)
        assert all(str(line) in known for line in found)
        for case in {line["case"] for line in found}:
            paths = {line["path"] for line in found if line["case"] == case}
            assert "time_zero" in paths
            assert any(re.fullmatch(r"follow_up\.last_contact|events\[\d+\]\.at", path) for path in paths)


def test_a_share_has_the_answers_that_it_counts(review: Review) -> None:
    for id, record in review.estimates.items():
        if record.endpoint != "share" or not record.holds:
            continue
        chart = forest.draw(review, id)
        if chart.figure is None:
            continue
        (field,) = record.holds
        steps = [re.escape(step) for step in field.split(".")]
        pattern = r"(\[\d+\])?\.".join(steps) + r"(\[\d+\])?(\..+)?"
        cases = {line["case"] for line in beside(chart) if re.fullmatch(pattern, line["path"])}
        own = [row for row in chart.rows if row[2] == forest.OWN and " of " in row[3]]
        assert len(cases) <= sum(int(row[3].split(" of ")[1]) for row in own)
        assert bool(cases) == bool(own)
