"""Records: a file says what its model allows; whatever else it says is a problem at its place."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from build_tools.problems.problem import Problem, errors
from build_tools.records import KINDS
from tests.world import EXAMPLE, World

QUILL = "cases/quill-2081.yml"
VESPER = "cases/vesper-2085-case-1.yml"
ORRIN, TARN = "cases/orrin-2083.yml", "cases/tarn-2079.yml"
REPORT = "content/reports/quill-2081.yml"
TABLE = "content/aggregates/quill-2081-table-3.yml"
SERIES = "content/aggregates/vesper-2085-series.yml"
REGIMEN = "content/regimens/dimmerin-shadex.yml"
WORDS = "content/vocabulary/symptom.yml"
EXTRACTION = """\
extraction:
  by: [First Reader, {name: Third Reader, orcid: 0000-0002-1825-0097}]
  date: "2090-02-01"
  second_reading:
    by: [Second Reader]
    date: "2090-02-04"
    chosen: drawn at random with the seed 2090
    agreement:
      - {block: patient, both: 20, same: 19, only_first: 1, only_second: 0}
      - {block: lesions, both: 80, same: 79, only_first: 0, only_second: 4}
    settled: Both looked again at the page.
"""

# what breaks: (file, old, new with » where the problem stands, its field, words of its message and its hint);
# without » the problem stands at the record itself, below the two comments at the top
Break = tuple[str, str, str, str, str, str]

UNKNOWN: dict[str, tuple[str, str, str, str, str]] = {
    "at the top": (QUILL, "remarks:", "»remark:", "remark", "mean 'remarks'?"),
    "in a block": (QUILL, "  sex: male", "  »sexx: male", "patient.sexx", "mean 'sex'?"),
    "in a list": (QUILL, "region: hand", "»regon: hand", "imaging[0].regon", "mean 'region'?"),
    "in a mapping from terms": (
        QUILL,
        "{side: left, number: 2",
        "{»sides: left, number: 2",
        "patient.comorbidities.frostbite.sides",
        "mean 'side'?",
    ),
    "in a long form": (
        QUILL,
        "note: read off Figure 1",
        "»nota: read off Figure 1",
        "lesions[0].sizes[1].size.nota",
        "mean 'note'?",
    ),
    "in a claim": (
        QUILL,
        '{value: 250 ml, source: "quill',
        '{value: 250 ml, »sources: "quill',
        "surgeries[0].blood_loss.claims[1].sources",
        "mean 'source'?",
    ),
    "in a list in a long form": (
        VESPER,
        "fractions: 28",
        "»fraction: 28",
        "radiotherapy.value[0].fraction",
        "mean 'fractions'?",
    ),
    "far from any field": (
        QUILL,
        "  asa_grade: 2",
        "  »shoe_size: 2",
        "patient.shoe_size",
        "known fields: age, ancestry, asa_grade, comorbidities",
    ),
    "a state as a field": (QUILL, "  age: 61", "  »state: 61", "patient.state", "known"),
    "in a report": (REPORT, "issue:", "»issues:", "issues", "mean 'issue'?"),
    "in a figure": (TABLE, "unit: years", "»units: yrs", "figures[2].units", "'unit'?"),
    "in an entry": (
        WORDS,
        "    synonyms: [ache]",
        "    »synonym: [ache]",
        "terms.pain.synonym",
        "mean 'synonyms'?",
    ),
}
MISSING: dict[str, Break] = {
    "at the top": (QUILL, EXTRACTION, "", "", "'extraction' is missing", ""),
    "in a report": (REPORT, "read: full\n", "", "", "'read' is missing", ""),
    "in a list": (
        QUILL,
        "    - {diagnosis: splinter, weight",
        "    - »{weight",
        "diagnosis.suspected[1]",
        "'diagnosis' is missing",
        "",
    ),
    "in an author": (REPORT, "{family: Quill, given", "»{given", "authors[0]", "'family'", ""),
    "of a long form": (
        QUILL,
        "margins: negative",
        "margins: »{claims: []}",
        "surgeries[0].margins",
        "'value' is missing",
        "",
    ),
}
WRONG: dict[str, Break] = {
    "a quoted number": (QUILL, "age: 61", 'age: »"61"', "patient.age", "below 90, or '90+'", ""),
    "a word for a number": (
        QUILL,
        "pack_years: 12",
        "pack_years: »twelve",
        "patient.smoking.pack_years",
        "'twelve' is not a whole number",
        "digits alone",
    ),
    "a decimal for a number": (QUILL, "count: 4", "count: »4.5", "pathology[0].mitoses.count", "4.5", "d"),
    "a word for a decimal": (
        TABLE,
        "value: 41.5",
        "value: »many",
        "figures[2].value",
        "'many' is not a number",
        "digits alone",
    ),
    "a number for text": (
        QUILL,
        "family_history: absent",
        "family_history: »3",
        "patient.family_history",
        "3 is not text",
        "quotes",
    ),
    "text for true": (
        "content/reports/quill-2088.yml",
        "authors_complete: false",
        'authors_complete: »"false"',
        "authors_complete",
        "'false' is not true or false",
        "write true or false",
    ),
    "text for a block": (
        QUILL,
        '{event: discharge, at: 10 days, source: "quill-2081: Course"}',
        "»discharge",
        "events[1]",
        "'discharge' stands where fields are wanted",
        "indented below",
    ),
    "text for a list": (
        QUILL,
        "segments: [tip, middle]",
        "segments: »tip",
        "lesions[0].segments",
        "'tip' stands where a list is wanted",
        "'- '",
    ),
    "an empty list": (
        QUILL,
        "segments: [tip, middle]",
        "segments: »[]",
        "lesions[0].segments",
        "nothing in it",
        "absent",
    ),
    "no report at all": (
        "cases/vesper-2085-case-2.yml",
        "reports:\n  - {report: vesper-2085, label: case 2, role: full}",
        "reports: »[]",
        "reports",
        "this is empty",
        "",
    ),
    "a misspelt term": (
        QUILL,
        "sex: male",
        "sex: »mael",
        "patient.sex",
        "'mael' is not a term of sex",
        "mean 'male'?",
    ),
    "a synonym as a key": (
        QUILL,
        "high_blood_pressure: present",
        "»hypertension: present",
        "patient.comorbidities.hypertension",
        "'hypertension' is not a term of condition",
        "mean 'high_blood_pressure'?",
    ),
    "a term from nowhere": (
        QUILL,
        "border: well_defined",
        "border: »xyzzy",
        "lesions[0].border",
        "'xyzzy' is not a term of border",
        "terms: well_defined, ill_defined",
    ),
    "a wrong term in a list of one or many": (
        QUILL,
        "thumb_vein: [abutted, free]",
        "thumb_vein: [abutted, »fre]",
        "lesions[0].vessels.thumb_vein[1]",
        "'fre' is not a term of relation",
        "mean 'free'?",
    ),
    "a wrong term in a list in a long form": (
        VESPER,
        "      response: stable_disease",
        "      response: »stable_diseas",
        "radiotherapy.value[0].response",
        "'stable_diseas' is not a term of response",
        "'stable_disease'?",
    ),
    "a wrong term in a short form of a block": (
        QUILL,
        "matt: negative",
        "matt: »negativ",
        "pathology[0].immunohistochemistry.matt",
        "'negativ' is not a term of stain_result",
        "mean 'negative'?",
    ),
    "a wrong term in a long form of a block": (
        QUILL,
        "{result: focal",
        "{result: »foca",
        "pathology[0].immunohistochemistry.gleam.result",
        "'foca' is not a term of stain_result",
        "mean 'focal'?",
    ),
    "a wrong unit in a claim": (
        QUILL,
        "{value: 250 ml",
        "{value: »250 pints",
        "surgeries[0].blood_loss.claims[1].value",
        "'250 pints' is not a volume",
        "'200 ml'",
    ),
    "unclear without a note": (
        QUILL,
        "shape: round",
        "shape: »unclear",
        "lesions[0].shape",
        "'unclear' needs a note",
        "write {value: unclear",
    ),
    "a state that is worked out": (
        QUILL,
        "shape: round",
        "shape: »not_reported",
        "lesions[0].shape",
        "'not_reported' is worked out",
        "leave the field out",
    ),
    "a word of a fixed list": (
        QUILL,
        "role: update",
        "role: »updat",
        "reports[1].role",
        "'updat'",
        "'update'?",
    ),
    "a day of another form": (QUILL, '"2090-02-01"', '»"1 February"', "extraction.date", "right form", ""),
    "days of another form": (
        VESPER,
        '"1-4, 8"',
        '»"1 to 4"',
        "systemic_therapy[0].drugs.dimmerin.days",
        "is not how a file writes days",
        'write "1-4"',
    ),
    "a DOI with its host": (
        REPORT,
        "doi: 10",
        "doi: »https://doi.org/10",
        "doi",
        "is not the DOI alone",
        "write 10.5555/glimmer.2081.12",
    ),
    "a DOI with capitals": (
        REPORT,
        "doi: 10.5555/g",
        "doi: »10.5555/G",
        "doi",
        "in small letters",
        "write 10.5555/g",
    ),
    "a DOI that is none": (REPORT, "doi: 10.5555/g", "doi: »11.5555/g", "doi", "is not a DOI", "10.1000/xyz"),
    "a name with a tag": (
        REPORT,
        "family: Quill",
        'family: »"<b>"',
        "authors[0].family",
        "it holds '<'",
        "keep the rest in a comment",
    ),
    "a name with a hyphen of typesetters": (
        REPORT,
        "family: Quill",
        "family: »Reyes\u2010Quill",
        "authors[0].family",
        "holds a hyphen that no keyboard has",
        "write 'Reyes-Quill'",
    ),
    "a year out of range": (REPORT, "year: 2081", "year: »20810", "year", "20810 is out of range", "2100"),
    "a title with a tag": (REGIMEN, "title: Dimmerin", "title: »<b>", "title", "right form", ""),
    "no space after the report of a source": (
        QUILL,
        'time_zero: {value: surgery, source: "quill-2081: Results"}',
        'time_zero: {value: surgery, source: »"quill-2081:Results"}',
        "time_zero.source",
        "no space follows the colon",
        "write a space after the colon: 'quill-2081: Results'",
    ),
    "an id that is too long": (
        QUILL,
        "- {report: quill-2088,",
        f"- {{report: »{'q' * 81},",
        "reports[1].report",
        "longer than 80 characters",
        "shorten",
    ),
    "two persons in one file": (
        ORRIN,
        "  same_patient: probable",
        "  »same_patient: rejected",
        "identity",
        "two persons stand in two files",
        "",
    ),
    "one person in two files": (
        TARN,
        "  same_patient: possible",
        "  »same_patient: certain",
        "identity",
        "one person stands in one file",
        "merge",
    ),
    "a count above its denominator": (
        TABLE,
        "id: alive_thumb_kept\n    name: Alive at last follow-up\n    group: Thumb kept\n    count: 5",
        "»id: alive_thumb_kept\n    name: Alive at last follow-up\n    group: Thumb kept\n    count: 8",
        "figures[0]",
        "8 of 7 can't be",
        "",
    ),
    "a per cent without denominator": (
        SERIES,
        "- name: Thumbs that glowed\n    count: 2\n    of: 3\n",
        "- »name: Thumbs that glowed\n    percent: 67\n",
        "figures[0]",
        "denominator in 'of'",
        "",
    ),
    "a figure without number": (
        TABLE,
        "id: age\n    name: Age\n    statistic: median\n    value: 41.5\n",
        "»id: age\n    name: Age\n",
        "figures[2]",
        "needs a count",
        "",
    ),
    "too long a text": (
        QUILL,
        '"worse at night: then gone by day"',
        f'»"{"x" * 601}"',
        "presentation.symptoms.pain.course",
        "longer than 600",
        "shorten",
    ),
}


def check_break(world: World, broken: Break) -> None:
    """One mistake gives one problem: of the right field, at the right place, with its remedy."""
    file, old, new, field, message, hint = broken
    place = world.replace(file, old, new)
    (problem,) = (problem for problem in world.problems() if problem.hint != "fields ask for it")
    assert (problem.file, problem.field) == (file, field)
    assert (problem.line, problem.column) == (place or (3, 1)), problem.text()
    assert message in problem.message
    assert hint in problem.hint


@pytest.mark.parametrize(("file", "old", "new", "field", "hint"), UNKNOWN.values(), ids=UNKNOWN)
def test_an_unknown_field_is_named_where_it_stands(
    world: World, file: str, old: str, new: str, field: str, hint: str
) -> None:
    check_break(world, (file, old, new, field, "there is no such field", hint))


@pytest.mark.parametrize("broken", MISSING.values(), ids=MISSING)
def test_a_missing_field_is_named_at_the_block_around_it(world: World, broken: Break) -> None:
    check_break(world, broken)


@pytest.mark.parametrize("broken", WRONG.values(), ids=WRONG)
def test_a_wrong_value_is_named_where_it_stands(world: World, broken: Break) -> None:
    check_break(world, broken)


def test_all_problems_of_all_files_come_at_once(world: World) -> None:
    world.replace(QUILL, "sex: male", "sex: mael")
    world.replace(QUILL, "role: primary", "role: primry")
    world.replace(VESPER, "age: 39", "age: yes")
    world.replace(REPORT, "year: 2081", "yaer: 2081")
    world.write("content/regimens/lamp-rays.yml", "title: [")
    found = {(p.file, p.field) for p in world.problems()}
    assert found == {
        (QUILL, "patient.sex"),
        (QUILL, "lesions[0].role"),
        (VESPER, "patient.age"),
        (REPORT, "yaer"),
        ("content/regimens/lamp-rays.yml", ""),
    }


def test_what_keeps_a_file_from_being_read_comes_first() -> None:
    later, sooner = Problem("x.yml", 2, 1, 1, "", "a word"), Problem("x.yml", 0, 9, 9, "", "not YAML")
    assert sorted([later, sooner]) == [sooner, later]


@pytest.mark.parametrize(
    "file",
    [
        path.relative_to(EXAMPLE).as_posix()
        for kind in KINDS
        for path in sorted((EXAMPLE / kind.folder).glob("*.yml"))
        if kind.name != "vocabulary"
    ],
)
def test_a_broken_file_makes_no_problem_of_the_links_to_it(world: World, file: str) -> None:
    world.write(file, "nonsense: true\n" + world.read(file))
    assert [(p.file, p.field) for p in world.problems()] == [(file, "nonsense")]


@pytest.mark.parametrize("name", ["sex", "organ_fate", "diagnosis", "verdict"])
def test_a_broken_vocabulary_is_no_problem_at_every_field(world: World, name: str) -> None:
    file = f"content/vocabulary/{name}.yml"
    world.write(file, world.read(file).replace("title:", "titel:"))
    problems = world.problems()
    assert {p.file for p in problems} == {file}
    assert len(problems) == 3  # the unknown field, the missing one, and that fields ask for the vocabulary


@pytest.mark.parametrize("content", ["just text", "- a\n- list\n", "3"])
def test_a_file_that_is_no_mapping_is_refused(world: World, content: str) -> None:
    world.write(VESPER, content)
    assert [p.message for p in world.problems()] == ["a record is a mapping"]


@pytest.mark.parametrize(
    "name",
    [
        "Quill.yml",
        "a_b.yml",
        "a--b.yml",
        "-a.yml",
        "a b.yml",
        "ä.yml",
        "a.yaml",
        "a.YML",
        "a.txt",
        ".a.yml",
        "a.yml\n",
    ],
)
def test_a_file_whose_name_is_no_id_is_refused(world: World, name: str) -> None:
    world.write(f"cases/{name}", world.read(VESPER))
    (problem,) = world.problems()
    assert problem.file == f"cases/{name}"
    assert "can't be an id" in problem.message
    assert "small letters, digits and hyphens" in problem.hint


def test_a_name_is_no_longer_than_an_id(world: World) -> None:
    world.add_case("a" * 80, like="vesper-2085-case-1")
    assert errors(world.problems()) == []
    world.write(f"cases/{'a' * 81}.yml", world.read(VESPER))
    assert [p.message for p in errors(world.problems())] == ["the file's name is longer than 80 characters"]


@pytest.mark.parametrize("name", ["con", "aux", "nul", "prn", "com1", "lpt9"])
@pytest.mark.parametrize("folder", ["cases", "content/reports"])
def test_a_file_is_not_named_like_a_device(world: World, folder: str, name: str) -> None:
    world.write(f"{folder}/{name}.yml", "a: 1")
    (problem,) = world.problems()
    assert (problem.file, problem.rule) == (f"{folder}/{name}.yml", "C109")


@pytest.mark.parametrize(
    "file",
    ["content/notes.yml", "content/regimen/x.yml", "content/review/picture.png", "content/schema/x.yml"],
)
def test_what_no_kind_reads_is_refused(world: World, file: str) -> None:
    """Else a file in a misspelt folder would be forgotten, and any other published as it is."""
    world.write(file, "a: 1")
    (problem,) = world.problems()
    assert (problem.file, problem.rule) == (file, "C110")
    assert "content/reports" in problem.hint


def test_a_link_below_content_is_refused(world: World, tmp_path: Path) -> None:
    (world.root / "content" / "about").symlink_to(tmp_path)
    assert [(p.file, p.rule) for p in world.problems()] == [("content/about", "C105")]


def test_a_schema_and_a_page_are_no_strays(world: World) -> None:
    world.write("content/schema/case.schema.json", "{}")
    world.write("content/review/more/page.md", "---\ntitle: More\ndescription: More.\n---\n# More\n")
    assert world.problems() == []


def test_a_name_that_is_no_text_is_refused(world: World) -> None:
    (world.root / "cases" / os.fsdecode(b"a\xff.yml")).write_text("a: 1")
    (problem,) = world.problems()
    assert problem.text().isascii()


def test_a_vocabularys_name_has_low_lines(world: World) -> None:
    world.write("content/vocabulary/shoe-size.yml", "title: Sizes\nterms: {big: Big}\n")
    (problem,) = world.problems()
    assert "low lines" in problem.hint


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_only_plain_files_stand_in_a_records_folder(world: World, kind: object, tmp_path: Path) -> None:
    folder = world.root / next(k.folder for k in KINDS if k is kind)
    outside = tmp_path / "outside.yml"
    outside.write_text("a: 1")
    (folder / "link.yml").symlink_to(outside)
    (folder / "dangling.yml").symlink_to(tmp_path / "nowhere")
    (folder / "folder.yml").mkdir()
    problems = [p for p in world.problems() if p.message == "only plain files may stand here"]
    assert {Path(p.file).name for p in problems} == {"link.yml", "dangling.yml", "folder.yml"}


@pytest.mark.parametrize("folder", ["cases", "content", "content/reports"])
def test_a_records_folder_is_no_link(world: World, folder: str) -> None:
    """A link could publish what lies outside the casebook."""
    (world.root / folder).rename(world.root / "elsewhere")
    (world.root / folder).symlink_to(world.root / "elsewhere")
    linked = {p.file for p in world.problems() if p.message == "this folder may not be a link"}
    assert linked == {kind.folder for kind in KINDS if kind.folder.startswith(folder)}


def test_a_page_of_prose_may_stand_beside_records_but_not_beside_cases(world: World) -> None:
    world.write("content/reports/about.md", "# About\n")
    assert world.problems() == []
    world.write("cases/about.md", "# About\n")
    assert [p.file for p in world.problems()] == ["cases/about.md"]


def test_a_folder_that_is_not_there_holds_no_record(world: World) -> None:
    shutil.rmtree(world.root / "content" / "searches")
    assert world.review().searches == {}
