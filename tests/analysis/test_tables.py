"""Tables: the rows, columns and order that a page asks for, each cell with its place; mistakes are told."""

from __future__ import annotations

import csv
import io

import pytest

from build_tools.analysis.tables import Row, Table, fill
from build_tools.exports import table_csv
from build_tools.problems.problem import Problem, ProblemsFound
from build_tools.publishing.generate import generate
from build_tools.reading.prose import read_prose
from build_tools.records.table import TableDeclaration
from build_tools.records.values import State
from build_tools.review.review import Review
from tests.dom import parse
from tests.hostile import site_of
from tests.world import REPOSITORY, World

PAGE = "content/compare/kept-thumb.md"


def declared(**values: object) -> TableDeclaration:
    return TableDeclaration.model_validate({"caption": "Invented.", **values})


def table(review: Review, **values: object) -> Table:
    return fill("invented", declared(**values), review)


def cells(table: Table, column: int = 0) -> list[tuple[str, str]]:
    return [(row.case.id, row.cells[column].text) for row in table.rows]


# ---- the real review ----

NEITHER = "No local recurrence, no metastasis"
LOCAL_EXCISION = [
    ("gierson-1976", "1976", "Female", "78 months NED", NEITHER),
    ("stringer-1977", "1977", "Female", "72 months DOD (inferred)", "Relapse, kind not said, at 36 months"),
    ("dufor-1982", "1982", "Female", "18 months DOD (inferred)",
     "No local recurrence, metastasis at 12 months"),
    ("kolodziejski-2004", "2004", "Female", "24 months NED", NEITHER),
    ("hisa-2005", "2005", "Female", "8 months NED", NEITHER),
    ("parker-2014", "2014", "Female", "24 months NED", NEITHER),
    ("baheen-2022", "2022", "Male", "27 months NED", NEITHER),
]  # fmt: skip
COLUMNS = ("derived.year", "patient.sex", "derived.follow_up_and_status", "derived.relapse")


@pytest.fixture(scope="module")
def local_excision(casebook: Review) -> tuple[TableDeclaration, Table]:
    written, problems = read_prose(REPOSITORY)
    assert not problems
    (page,) = [page for page in written if page.path == "compare/local-excision.md"]
    assert page.front.table is not None
    return page.front.table, fill(page.name, page.front.table, casebook)


def test_the_seven_published_local_excisions_are_as_the_paper_prints_them(
    local_excision: tuple[TableDeclaration, Table],
) -> None:
    declaration, table = local_excision

    def said(row: Row) -> tuple[str, ...]:
        texts = dict(zip(declaration.columns, (cell.text for cell in row.cells), strict=True))
        return (row.case.id, *(texts[column] for column in COLUMNS))

    printed = {case for case, *_ in LOCAL_EXCISION}
    assert [said(row) for row in table.rows if row.case.id in printed] == LOCAL_EXCISION


def test_every_known_cell_of_them_but_the_year_has_its_place(
    local_excision: tuple[TableDeclaration, Table],
) -> None:
    declaration, table = local_excision
    printed = {case for case, *_ in LOCAL_EXCISION}
    for row in (row for row in table.rows if row.case.id in printed):
        for column, cell in zip(declaration.columns, row.cells, strict=True):
            if column != "derived.year" and cell.state is State.REPORTED:
                assert {source.report for source in cell.sources} & {"baheen-2022"}, (row.case.id, column)


def test_each_of_them_leads_to_its_case(casebook: Review) -> None:
    body = next(p.body for p in site_of(casebook, REPOSITORY).pages if p.path == "compare/local-excision.md")
    rows = parse(body).one("table", "cases-table").one("tbody").all("tr")
    links = [row.all("th")[0].one("a").attributes["href"] for row in rows]
    printed = [f"../../cases/{case}/" for case, *_ in LOCAL_EXCISION]
    assert [link for link in links if link in printed] == printed


def test_the_patient_who_is_probably_in_two_reports_counts_once(casebook: Review) -> None:
    assert len(casebook.cases) >= 213
    assert casebook.persons_if_split == len(casebook.cases) + 1


# ---- filling ----


def test_rows_with_a_known_value_come_first_by_size_and_the_others_after_them(example: Review) -> None:
    ages = cells(table(example, columns=["patient.age"], order="patient.age"))
    assert ages == [
        ("vesper-2085-case-1", "39"),
        ("quill-2081", "61"),
        ("tarn-2079", "90+"),
        ("vesper-2085-case-2", "90+"),
        ("orrin-2083", "unclear (conflicting)"),
    ]


def test_words_are_ordered_by_alphabet(example: Review) -> None:
    made = table(example, columns=["derived.author"], order="derived.author")
    assert [author for _, author in cells(made)] == ["Orrin", "Quill", "Tarn", "Vesper", "Vesper"]


def test_measures_are_ordered_by_what_they_measure_and_not_by_their_number(example: Review) -> None:
    loss = cells(table(example, columns=["surgeries.blood_loss"], order="surgeries.blood_loss"))
    assert [case for case, _ in loss][:2] == ["quill-2081", "vesper-2085-case-1"]  # 200 ml, more than 1 l


def test_without_an_order_rows_stand_as_cases_do(example: Review) -> None:
    assert [case for case, _ in cells(table(example, columns=["patient.age"]))] == list(example.cases)


def test_heads_are_the_titles_of_fields_and_rules(example: Review) -> None:
    heads = table(example, columns=["patient.sex", "surgeries.organs.thumb_pulp", "derived.relapse"]).heads
    assert heads == ("Sex", "Organs: thumb pulp", "Local recurrence or metastasis")


def test_heads_that_would_be_alike_name_their_block(example: Review) -> None:
    columns = ["systemic_therapy.status", "patient.sex", "radiotherapy.status"]
    heads = table(example, columns=columns).heads
    assert heads == ("Systemic therapy: status", "Sex", "Radiotherapy: status")


def test_only_patients_who_meet_every_condition_are_in_and_the_others_are_counted(example: Review) -> None:
    made = table(
        example,
        columns=["patient.age"],
        where={"surgeries.procedures": "local_excision", "surgeries.organs.thumb_pulp": "preserved"},
    )
    assert [row.case.id for row in made.rows] == ["quill-2081", "vesper-2085-case-1"]
    assert made.total == 5
    left_out = {case.id: reason for reason, cases in made.left_out for case in cases}
    assert left_out["orrin-2083"].startswith("(procedures: ")
    assert left_out["tarn-2079"] == "(organs: thumb pulp not extracted)"
    assert left_out["vesper-2085-case-2"] == "(procedures: not done)"


def test_the_caption_says_how_many_are_in_and_why_others_are_not(example: Review) -> None:
    body = next(page.body for page in site_of(example).pages if page.path == "compare/kept-thumb.md")
    caption = parse(body).one("caption").text
    assert "2 of 5 patients. Left out: 1 (organs: thumb pulp not extracted)" in caption


@pytest.mark.parametrize(
    ("case", "column", "state", "text"),
    [
        ("quill-2081", "patient.family_history", State.ABSENT, "none"),
        ("quill-2081", "biopsy.result", State.NOT_DONE, "not done"),
        ("orrin-2083", "patient.country", State.NOT_REPORTED, "not reported"),
        ("tarn-2079", "patient.country", State.NOT_EXTRACTED, "not extracted"),
        ("orrin-2083", "surgeries.margins", State.UNCLEAR, "unclear"),
        ("orrin-2083", "surgeries.blood_loss", State.WITHHELD, "withheld"),
        ("tarn-2079", "derived.status", State.NOT_EXTRACTED, "not extracted"),
    ],
)
def test_a_cell_without_a_value_says_why(
    example: Review, case: str, column: str, state: State, text: str
) -> None:
    (row,) = [row for row in table(example, columns=[column]).rows if row.case.id == case]
    assert (row.cells[0].state, row.cells[0].text) == (state, text)


def test_a_cell_carries_its_sources_and_a_conflict_is_marked(example: Review) -> None:
    made = table(example, columns=["surgeries.blood_loss", "derived.follow_up_and_status"])
    (quill,) = [row for row in made.rows if row.case.id == "quill-2081"]
    loss, end = quill.cells
    assert [f"{s.report}: {s.place}" for s in loss.sources] == [
        "quill-2081: Operation",
        "quill-2081: Table 2",
    ]
    assert loss.text == "200\u00a0ml (conflicting)"
    assert [entry.forms for entry in loss.entries] == [("conflicting",)]
    assert [entry.forms for entry in end.entries] == [("derived",)]
    assert end.entries[0].rule == "Months from time zero to the last follow-up, with the status then."


def test_a_follow_up_that_is_a_range_is_told_as_one(example: Review) -> None:
    ends = dict(cells(table(example, columns=["derived.follow_up_and_status"])))
    assert ends["orrin-2083"] == "12–18 months AWD"
    assert ends["quill-2081"] == "27 months NED"


def test_an_empty_review_gives_an_empty_table(example: Review) -> None:
    made = table(example, columns=["patient.age"], where={"patient.sex": "nobody"})
    assert made.rows == ()
    assert sum(len(cases) for _, cases in made.left_out) == 5


def test_the_csv_has_a_line_a_patient_with_the_sources_of_each_cell(example: Review) -> None:
    made = table(example, columns=["patient.age", "derived.year"], order="patient.age")
    rows = list(csv.DictReader(io.StringIO(table_csv.text(made))))
    assert [row["case"] for row in rows] == [row.case.id for row in made.rows]
    assert rows[0]["Age"] == "39"
    assert rows[0]["Age (source)"] == "vesper-2085: Chapter 3"


# ---- mistakes ----


def mistakes(world: World) -> list[Problem]:
    with pytest.raises(ProblemsFound) as found:
        generate(world.root)
    return list(found.value.problems)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("- patient.sex", "- patient.sexx", "there is no field 'patient.sexx'"),
        ("- derived.relapse", "- derived.nonsense", "there is no field 'derived.nonsense'"),
        ("order: derived.year", "order: patient.age", "this is not one of the columns"),
        ("surgeries.procedures: local_excision", "surgery.procedures: x", "no field 'surgery.procedures'"),
        ("surgeries.procedures: local_excision", "derived.status: NED", "names a field, not a rule"),
        ("surgeries.organs.thumb_pulp: preserved", "surgeries.organs.thumb_pulp: kept", "'kept'"),
        ("surgeries.procedures: local_excision", "surgeries.procedures: excision", "'excision'"),
        ("  caption:", "  captionn:", "there is no such field"),
        ("title: Thumb kept", "titel: Thumb kept", "there is no such field"),
    ],
)  # fmt: skip
def test_a_mistake_in_a_declaration_is_told_with_its_line(
    world: World, old: str, new: str, message: str
) -> None:
    world.replace(PAGE, old, new)
    found = mistakes(world)
    line = world.place(PAGE, new)[0]
    assert [(p.file, p.line) for p in found if message in p.message] == [(PAGE, line)]


@pytest.mark.parametrize(
    ("blank", "message"),
    [
        ('{{ chart("nonsense") }}', "there is no chart 'nonsense'; there are: "),
        ("{{ nonsense() }}", "'nonsense' is undefined"),
        ("{{ table( }}", "unexpected '}'"),
        ("{% if %}", "Expected an expression"),
        ("{{ patients.nonsense }}", "has no attribute 'nonsense'"),
        ("{{ link.__globals__ }}", "unsafe"),
        ("{{ link() }}", "missing 1 required positional argument"),
        ('{{ cite("nobody-1999: Results") }}', "there is no report 'nobody-1999' to cite"),
        ('{{ cite("quill-2081:Results") }}', "is no 'report-id' and no 'report-id: place'"),
        ('{{ case("nobody-1999") }}', "there is no case 'nobody-1999'"),
        ('{{ value("quill-2081", "patient.nonsense") }}', "says nothing of 'patient.nonsense'"),
        ('{{ count("patient.nonsense") }}', "there is no field 'patient.nonsense'"),
        ('{{ figure("quill-2081-table-3", "nonsense") }}', "has no figure 'nonsense'"),
        ('{% include "nonsense.html" %}', "nonsense.html"),
    ],
)
def test_a_broken_blank_is_told_with_its_line(world: World, blank: str, message: str) -> None:
    world.replace(PAGE, "These invented patients are no trial.", f"Some words.\n\nIt was {blank} here.")
    (found,) = mistakes(world)
    assert message in found.message
    assert (found.file, found.line) == (PAGE, world.place(PAGE, blank)[0])


def test_a_blank_for_a_table_that_nobody_declared_is_told(world: World) -> None:
    world.write("content/plain.md", "---\ntitle: Plain\ndescription: Invented.\n---\n\n{{ table() }}\n")
    (found,) = mistakes(world)
    assert (found.file, found.line) == ("content/plain.md", 6)
    assert "there is no 'table' in the front matter" in found.message


@pytest.mark.parametrize("text", ["# Only prose\n", "", "---\ntitle: Cut\n", "--- \ntitle: x\n---\n"])
def test_a_page_without_front_matter_is_told(world: World, text: str) -> None:
    world.write("content/methods.md", text)
    (found,) = mistakes(world)
    assert (found.file, found.line, found.message) == (
        "content/methods.md",
        1,
        "the page has no front matter",
    )


def test_a_number_typed_into_a_chapter_is_told(world: World) -> None:
    world.replace(
        "content/review/index.md", "Glimmeroma is reported", "Glimmeroma has 12 rays and is reported"
    )
    (found,) = mistakes(world)
    assert (found.line, found.column) == world.place("content/review/index.md", "12")
    assert found.message == "the number 12 is typed"


def test_all_mistakes_of_all_files_are_told_at_once(world: World) -> None:
    world.replace(PAGE, "- patient.sex", "- patient.sexx")
    world.replace("cases/quill-2081.yml", "sex: male", "sex: mael")
    world.write("content/methods.md", "# Only prose\n")
    assert {problem.file for problem in mistakes(world)} == {
        PAGE,
        "cases/quill-2081.yml",
        "content/methods.md",
    }
