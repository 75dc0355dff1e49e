"""Every fact reaches every table and export with its state, places and notes, and whether it is inferred."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator

import pytest

from build_tools.analysis.tables import Cell, Table, cell, column_title, fill
from build_tools.exports import cases_json, facts_csv, table_csv
from build_tools.pages import case as case_page
from build_tools.pages.context import Context
from build_tools.reading.settings import read_settings
from build_tools.records.table import TableDeclaration
from build_tools.records.values import Source, State
from build_tools.review.counted import counted
from build_tools.review.derived import RULES, derive, summary
from build_tools.review.facts import Fact
from build_tools.review.review import PublishedCase, Review
from build_tools.templates.rendering import render
from tests.dom import Element, flat, parse
from tests.hostile import site_of
from tests.world import EXAMPLE, REPOSITORY, World

QUILL, ORRIN, FIRST = "cases/quill-2081.yml", "cases/orrin-2083.yml", "cases/vesper-2085-case-1.yml"


def doubtful(world: World) -> Review:
    """The invented casebook with an inferred list, items from several places, and a disputed list."""
    world.replace(
        QUILL,
        "      - {product: plasma, amount: 200 ml, phase: after}",
        "      - {product: plasma, amount: {value: 200 ml, inferred: true, note: From the weight.},"
        ' phase: after, source: "quill-2088: Letter"}',
    )
    world.replace(
        QUILL,
        "    - {diagnosis: splinter, weight: one_of_several}",
        '    - {diagnosis: splinter, weight: one_of_several, source: "quill-2088: Letter"}',
    )
    world.replace(
        QUILL, "  cause: not_applicable", "  cause: {value: not_applicable, inferred: true, note: He lives.}"
    )
    world.replace(
        QUILL,
        "    procedures: [local_excision, nail_removal]",
        "    procedures:\n      claims:\n        - [local_excision, nail_removal]\n"
        "        - [local_excision]\n      use: 0\n      why: The title names one.",
    )
    world.replace(
        ORRIN,
        "    complications: absent",
        "    complications: {value: absent, inferred: true, note: None told.}",
    )
    world.replace(
        FIRST,
        "  metastasis: present",
        "  metastasis: {value: present, inferred: true, note: From the second operation.}",
    )
    world.replace(
        FIRST,
        "    procedures: [thumb_amputation]",
        "    procedures: {value: [thumb_amputation, nail_removal], inferred: true, note: By the picture.}",
    )
    return world.check()[0]


@pytest.fixture(params=["example", "doubtful", "five_papers"])
def review(request: pytest.FixtureRequest) -> Review:
    if request.param == "doubtful":
        return doubtful(request.getfixturevalue("world"))
    found: Review = request.getfixturevalue(request.param)
    return found


def columns(review: Review) -> list[str]:
    """Every field of which any case holds a fact, as a table names it; and every rule."""
    paths = (path for case in review.cases.values() for path in case.by_path)
    fields = dict.fromkeys(
        "".join(p.partition("]")[2] or "" if i else p for i, p in enumerate(x.split("["))) for x in paths
    )
    return [f for f in fields if column_title(f)] + [f"derived.{name}" for name in RULES]


def leaves(facts: Iterable[Fact]) -> Iterator[Fact]:
    """What reports say, claim by claim."""
    for fact in facts:
        if fact.claims:
            yield from leaves(fact.claims)
        elif fact.children:
            yield from leaves(fact.children)
        elif not fact.missing:
            yield fact


def taken(facts: Iterable[Fact]) -> Iterator[Fact]:
    """What tables take: of claims in conflict the one that is used."""
    for fact in facts:
        if fact.children:
            yield from taken(fact.children)
        elif not fact.missing:
            yield fact


def told(case: PublishedCase, column: str, review: Review) -> tuple[Fact, ...]:
    if column.startswith("derived."):
        return derive(case, column.removeprefix("derived."), review).inputs
    return counted(case, column)


def everything(
    table: Table, names: list[str], review: Review
) -> Iterator[tuple[str, Cell, tuple[Fact, ...]]]:
    for row in table.rows:
        for name, found in zip(names, row.cells, strict=True):
            yield f"{row.case.id} {name}", found, told(row.case, name, review)


def whole(review: Review) -> tuple[Table, list[str]]:
    names = columns(review)
    return fill("all", TableDeclaration.model_validate({"caption": "All.", "columns": names}), review), names


def test_the_places_of_a_cell_are_those_of_its_items_and_no_other(review: Review) -> None:
    table, names = whole(review)
    for where, found, facts in everything(table, names, review):
        assert set(found.sources) == {s for leaf in leaves(facts) for s in leaf.sources}, where


def test_no_cell_that_says_something_is_without_a_place(review: Review) -> None:
    table, names = whole(review)
    for where, found, facts in everything(table, names, review):
        assert found.sources or not list(leaves(facts)), where


def test_a_cell_of_an_inferred_value_says_so_and_keeps_every_note(review: Review) -> None:
    table, names = whole(review)
    seen = 0
    for where, found, facts in everything(table, names, review):
        if any(leaf.inferred for leaf in taken(facts)):
            seen += 1
            assert "inferred" in found.text, where
            assert any("inferred" in form for entry in found.entries for form in entry.forms), where
        if any(fact.conflict for fact in facts) and any(e.forms == ("reported",) for e in found.entries):
            assert any("conflicting" in entry.forms for entry in found.entries), where
        kept = " ".join(note for entry in found.entries for note in entry.notes)
        for leaf in leaves(facts):
            assert (leaf.note or "") in kept, where
    assert seen


def test_what_is_reported_in_so_many_words_is_never_called_inferred(review: Review) -> None:
    table, names = whole(review)
    for where, found, facts in everything(table, names, review):
        if not any(leaf.inferred for leaf in leaves(facts)):
            assert all("inferred" not in form for entry in found.entries for form in entry.forms), where


def test_a_page_shows_each_cell_with_its_mark(review: Review) -> None:
    table, names = whole(review)
    context = Context(review, read_settings(review.root))
    html = render("table.html", table=table, context=context, page="all.md", link=lambda target: target)
    rows = parse(str(html)).one("table", "cases-table").one("tbody").all("tr")
    for row, line in zip(table.rows, rows, strict=True):
        for name, found, shown in zip(names, row.cells, line.all("td"), strict=True):
            check_shown(f"{row.case.id} {name}", found, shown, context)


def check_shown(where: str, found: Cell, shown: Element, context: Context) -> None:
    words = "".join(entry.said for entry in found.entries)
    assert "".join(shown.text_without("mark").split()) == "".join(words.split()), where
    marks = shown.all("span", "mark")
    for entry in found.entries:
        if not entry.sources:
            continue
        wanted = [f"{name}, {place}" for name, place, _ in context.places(entry.sources, "all.md")]
        assert any(
            flat(mark.one("button").attributes["aria-label"]).startswith(", ".join(entry.forms) + ":")
            and all(flat(place) in mark.one(css_class="where").text for place in wanted)
            and all(flat(note) in mark.one(css_class="where").text for note in entry.notes)
            for mark in marks
        ), where


def test_the_readable_file_says_what_the_page_says(review: Review) -> None:
    table, _ = whole(review)
    lines = list(csv.reader(io.StringIO(table_csv.text(table), newline="")))[1:]
    for row, line in zip(table.rows, lines, strict=True):
        assert [cell.removeprefix("'") for cell in line[1::2]] == [
            cell.text.removeprefix("'") for cell in row.cells
        ]


def test_the_tidy_file_has_a_line_for_each_entry_with_state_basis_place_and_note(review: Review) -> None:
    table, _ = whole(review)
    told = list(csv.DictReader(io.StringIO(table_csv.tidy_text(table), newline="")))
    entries = [(row.case.id, entry) for row in table.rows for found in row.cells for entry in found.entries]
    for line, (case, entry) in zip(told, entries, strict=True):
        assert line["patient"] == case
        assert line["state"] == entry.state
        assert line["basis"] == ("" if entry.missing else ", ".join(entry.forms))
        assert line["source"] == "; ".join(f"{s.report}: {s.place}" for s in entry.sources)
        assert all(note in line["note"] for note in entry.notes)


def test_the_files_of_all_facts_say_which_are_inferred(review: Review) -> None:
    lines = list(csv.DictReader(io.StringIO(facts_csv.text(review), newline="")))
    cases = {case["id"]: case for case in json.loads(cases_json.text(review))["cases"]}
    for id, case in review.cases.items():
        inferred = {leaf.path for leaf in leaves(case.facts) if leaf.inferred}
        assert inferred <= {line["path"] for line in lines if line["case"] == id and line["inferred"]}
        listed = [part for fact in cases[id]["facts"] for part in (fact, *fact.get("claims", ()))]
        assert inferred <= {part["path"] for part in listed if part.get("inferred")}


def test_a_page_of_a_case_names_as_inferred_what_is(review: Review) -> None:
    context = Context(review, read_settings(REPOSITORY if review.root == REPOSITORY else EXAMPLE))
    for id, case in review.cases.items():
        body = case_page.page(case, context).body
        marks = [e for e in parse(body).all("span", "mark") if "inferred" in e.classes]
        assert bool(marks) >= any(leaf.inferred for leaf in leaves(case.facts)), id


# ---- one by one ----


def entries(world: World, case: str, column: str) -> list[tuple[str, tuple[str, ...], list[str]]]:
    review = doubtful(world)
    found = cell(review.cases[case], column, review)
    return [(e.said, e.forms, [f"{s.report}: {s.place}" for s in e.sources]) for e in found.entries]


def test_each_item_of_a_list_keeps_its_own_place(world: World) -> None:
    assert entries(world, "quill-2081", "diagnosis.suspected") == [
        (
            "Wart (leading suspicion, grounds: the ultrasound image)",
            ("reported",),
            ["quill-2081: Discussion"],
        ),
        ("Splinter (one of several)", ("reported",), ["quill-2088: Letter"]),
    ]


def test_what_is_inferred_inside_an_item_is_named_there(world: World) -> None:
    red, plasma = entries(world, "quill-2081", "surgeries.transfusions")
    assert red[1] == ("reported",)
    assert plasma == (
        "Plasma (amount 200\u00a0ml [inferred], after the operation)",
        ("partly inferred",),
        ["quill-2088: Letter"],
    )


def test_a_state_can_be_inferred_too(world: World) -> None:
    (none,) = entries(world, "orrin-2083", "surgeries.complications")
    assert none == ("none (inferred)", ("inferred",), ["orrin-2083: Case"])


def test_of_a_disputed_list_each_entry_is_marked_with_the_places_of_all_claims(world: World) -> None:
    found = entries(world, "quill-2081", "surgeries.procedures")
    assert [said for said, *_ in found] == [
        "Local excision (conflicting)",
        "Removal of the nail (conflicting)",
    ]


def test_what_follows_from_something_inferred_is_inferred(world: World) -> None:
    review = doubtful(world)
    case = review.cases["vesper-2085-case-1"]
    found = derive(case, "relapse", review)
    assert found.said == "No local recurrence, metastasis at 8 months (inferred)"
    assert found.forms == ("derived", "inferred")
    assert found.notes == ("From the second operation.",)
    assert derive(case, "status", review).forms == ("derived",)


def test_the_line_of_a_case_says_what_is_inferred(world: World) -> None:
    world.replace(
        QUILL, "    margins: negative", "    margins: {value: negative, inferred: true, note: By its class.}"
    )
    review = world.check()[0]
    assert "margins negative (inferred)" in summary(review.cases["quill-2081"], review)


def test_nothing_follows_from_what_is_unclear_but_that_it_is(world: World) -> None:
    world.replace(
        ORRIN,
        "origin: {structure: thumb_vein, certainty: probable, alternatives: [pga_arch, nail_bed]}",
        "origin: {value: unclear, note: Vein or pulp.}",
    )
    review = world.check()[0]
    (found,) = cell(review.cases["orrin-2083"], "derived.origin", review).entries
    assert (found.state, found.said, found.notes) == (State.UNCLEAR, "unclear", ("Vein or pulp.",))
    assert found.sources == (Source(report="orrin-2083", place="Case"),)


def test_a_treatment_that_was_not_done_is_not_silence(example: Review) -> None:
    (found,) = cell(example.cases["vesper-2085-case-2"], "derived.treatment", example).entries
    assert found.said == "No operation"


@pytest.mark.parametrize(
    ("case", "path", "words"),
    [
        ("quill-2081", "surgeries[0].blood_loss", "One report says different things."),
        ("orrin-2083", "patient.age", "Reports disagree."),
    ],
)
def test_reports_disagree_only_where_two_do(example: Review, case: str, path: str, words: str) -> None:
    assert example.cases[case].by_path[path].conflict == words


def test_a_suspicion_stands_with_the_paper_that_tells_it(world: World) -> None:
    review = doubtful(world)
    site = site_of(review)
    pages = [page for page in site.pages if 'id="table-differential"' in page.body]
    assert pages
    marks = [
        (a.text, mark.one(css_class="where").text)
        for page in pages
        for cell in parse(page.body).one("table", "cases-table").all("td")
        for a, mark in zip(cell.all("a"), cell.all("span", "mark"), strict=False)
    ]
    assert ("Quill 2081", "Quill 2081, Discussion") in marks


def test_what_counts_in_a_table_of_gaps_leads_to_its_patients(example: Review) -> None:
    pages = [page for page in site_of(example).pages if 'id="by-field"' in page.body]
    assert pages
    section = next(e for e in parse(pages[0].body).all("section") if e.attributes.get("id") == "by-field")
    for mark in section.all("span", "counted"):
        k = int(mark.one("button").text.split()[0])
        assert len(mark.all("a")) == k


def tallied(world: World) -> tuple[str, str]:
    """What a page says of who is free of disease: the count, and who is on which side."""
    world.write(
        "content/plain.md",
        "---\ntitle: Plain\ndescription: Invented.\n---\n# Plain\n\nFree of disease: "
        '{{ count("outcome.disease", "none") }}.\n',
    )
    site = site_of(world.check()[0], world.root)
    mark = parse(next(page.body for page in site.pages if page.path == "plain.md")).one("span", "counted")
    return mark.one("button").text, mark.one(css_class="where").text


# who came: (a case like, what differs of it, the count then, what is said of the patient)
ONE_MORE = {
    "dead": ("vesper-2085-case-1", ("source: Chapter 3", "source: Chapter 3"), "1 of 5", "No: "),
    "lost": ("vesper-2085-case-2", ("  lost: present", "  lost: present"), "1 of 5", "No: "),
    "unknown": ("quill-2081", ("  disease: none", "  disease: unknown"), "1 of 4", "left out: "),
    "inferred": (
        "quill-2081",
        ("  disease: none", "  disease: {value: none, inferred: true, note: None told.}"),
        "2 of 5",
        "(inferred)",
    ),
}


@pytest.mark.parametrize(("like", "change", "count", "said"), ONE_MORE.values(), ids=ONE_MORE)
def test_one_more_patient_is_counted_for_what_is_known(
    world: World, like: str, change: tuple[str, str], count: str, said: str
) -> None:
    assert tallied(world)[0] == "1 of 4"
    world.add_case("one-more", like)
    text = world.read("cases/one-more.yml")
    world.write("cases/one-more.yml", text.replace(*change))
    found, who = tallied(world)
    assert found == count
    assert said in who
