"""What reports claim: each claim of a trial has its verdict; a statement is contradicted or qualified."""

from __future__ import annotations

import csv
import io

import pytest
import yaml

from build_tools.authoring.migrations import migrate
from build_tools.publishing.generate import Site
from build_tools.review.review import Review
from tests.dom import Element, parse
from tests.hostile import site_of
from tests.world import World

TRIAL, LAMP = "content/trials/dimmer-1.yml", "content/trials/lamp-cohort.yml"
THUMB, WART = "content/statements/keep-the-thumb.yml", "content/statements/not-a-wart.yml"
DIMS_ALL = ["Dims every thumb. Vesper 2085, Chapter 4", "Overstated", "Half of them went on glowing."]
DIMS_SOME = ["Dims some thumbs. Quill 2081, Discussion", "Supported", ""]


@pytest.fixture(scope="module")
def site(example: Review) -> Site:
    return site_of(example)


def body(site: Site, path: str) -> Element:
    return parse(next(page.body for page in site.pages if page.path == path))


def claims(element: Element) -> list[list[str]]:
    """Each claim of a trial as shown: its words with their place, the verdict on it, and why."""
    shown = []
    for item in element.one("ul", "remarks").all("li"):
        says, badge = item.one("p", "says"), item.one("span", "verdict")
        shown.append([item.text_without("says"), badge.text, says.text_without("verdict")])
    return shown


def test_two_claims_of_opposite_verdict_each_bear_their_own_on_the_page_of_the_trial(site: Site) -> None:
    assert claims(body(site, "trials/dimmer-1.md").all("section")[0]) == [DIMS_ALL, DIMS_SOME]


def test_the_page_of_the_treatment_shows_the_same_verdicts(site: Site) -> None:
    page = body(site, "regimens/dimmerin-shadex.md")
    (trial,) = [item for item in page.all("section", "item") if item.all("ul", "remarks")]
    assert claims(trial) == [DIMS_ALL, DIMS_SOME]


def test_the_list_of_trials_and_its_csv_have_a_row_a_claim(site: Site) -> None:
    table = body(site, "trials/index.md").one("table")
    assert [row.one("span", "verdict").text for row in table.one("tbody").all("tr")] == [
        "Overstated",
        "Supported",
        "Not checked",
    ]
    (file,) = [file for file in site.downloads if file.path == "data/tables/trials.csv"]
    rows = list(csv.DictReader(io.StringIO(file.content.decode("utf-8-sig"))))
    assert [(row["Claim"], row["Source"], row["Verdict"], row["Why"]) for row in rows] == [
        ("Dims every thumb.", "Vesper 2085, Chapter 4", "Overstated", "Half of them went on glowing."),
        ("Dims some thumbs.", "Quill 2081, Discussion", "Supported", ""),
        ("Rays help.", "Vesper 2085, Chapter 4", "Not checked", ""),
    ]


def test_a_verdict_on_any_claim_needs_what_was_looked_at(world: World) -> None:
    world.replace(TRIAL, "  where: [The invented register, invented entry 1]\n", "")
    (problem,) = world.problems()
    assert "a verdict needs 'where' under 'checked': what was looked at" in problem.message
    world.write(
        TRIAL, world.read(TRIAL).replace("overstated", "not_checked").replace("supported", "not_checked")
    )
    assert world.problems() == []


def test_a_claim_without_a_verdict_is_a_mistake(world: World) -> None:
    world.replace(TRIAL, "    verdict: supported\n", "")
    (problem,) = world.problems()
    assert (problem.file, problem.field) == (TRIAL, "claims[1]")


@pytest.mark.parametrize(
    "checked",
    [
        "checked: {verdict: overstated, finding: F, where: [w]}\n",
        "checked: {finding: F, where: [w], verdict: overstated}\n",
        "checked:\n  verdict: overstated  # why\n  finding: >-\n    F\n  where: [w]\n",
        "checked:\n  finding: F\n  where:\n    - w\n  # why\n  verdict: overstated\n# end\n",
        "checked:\n  finding: F\n  where: [w]\n  verdict: overstated",
    ],
)
def test_the_verdict_on_a_trial_goes_over_to_each_claim(checked: str) -> None:
    old = f"claims:\n  - text: >-\n      A\n    source: x\n  - {{text: B, source: y}}\n{checked}"
    new, done = migrate(old, "trial")
    assert yaml.safe_load(new) == {
        "claims": [
            {"text": "A", "source": "x", "verdict": "overstated"},
            {"text": "B", "source": "y", "verdict": "overstated"},
        ],
        "checked": {"finding": "F", "where": ["w"]},
    }
    assert [migration.number for migration in done] == [2]
    assert new.count("#") == old.count("#")
    assert migrate(new, "trial") == (new, ())


def test_a_trial_in_the_earlier_form_is_pointed_to_migrate(world: World) -> None:
    world.replace(LAMP, ", verdict: not_checked}", "}")
    world.replace(LAMP, "checked: {finding", "checked: {verdict: not_checked, finding")
    assert any("casebook migrate" in problem.hint for problem in world.problems())
    world.write(LAMP, migrate(world.read(LAMP), "trial")[0])
    assert world.problems() == []


def statement(page: Element, id: str) -> Element:
    (found,) = [item for item in page.all("li", "statement") if item.attributes["id"] == id]
    return found


def test_what_qualifies_a_statement_stands_with_it_and_is_no_disagreement(site: Site) -> None:
    page = body(site, "review/index.md")
    assert [item.attributes["id"] for item in page.all("li", "disputed")] == [
        "statement-keep-the-thumb",
        "dispute-keep-the-thumb",
    ]
    wart = statement(page, "qualified-not-a-wart")
    assert wart.one("p", "qualified").text == (
        "Qualified by: Orrin 2083, Discussion (citing Tarn): Of a wart on the little finger only."
    )
    assert not wart.all("p", "against")


def test_a_statement_may_be_contradicted_and_qualified_at_once(world: World) -> None:
    world.replace(
        THUMB, "cases:\n", 'qualified_by:\n  - {source: "vesper-2085: Chapter 4", detail: By day.}\ncases:\n'
    )
    review, problems = world.check()
    assert problems == []
    page = body(site_of(review), "review/index.md")
    thumb = statement(page, "dispute-keep-the-thumb")
    assert thumb.one("p", "against").text == "Says otherwise: Orrin 2083, Discussion"
    assert thumb.one("p", "qualified").text == "Qualified by: Vesper 2085, Chapter 4: By day."
    assert not [item for item in page.all("li") if item.attributes.get("id") == "qualified-keep-the-thumb"]


def test_what_qualifies_a_statement_needs_a_report_of_the_review(world: World) -> None:
    world.replace(WART, '"orrin-2083: Discussion"', '"nobody-2083: Discussion"')
    (problem,) = world.problems()
    assert (problem.file, problem.rule, problem.field) == (WART, "C313", "qualified_by[0].source")
