"""casebook new: from a citation to the files of a report and a case, nothing invented, nothing lost."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from build_tools.__main__ import main
from build_tools.authoring.citations.bibtex import read_bibtex
from build_tools.authoring.citations.citation import Citation, Person, Unreadable
from build_tools.authoring.citations.csl import read_csl
from build_tools.authoring.citations.identifiers import checked_doi, pmid_in
from build_tools.authoring.citations.ris import read_ris
from build_tools.authoring.example import example_of
from build_tools.authoring.ids import free_id, id_of
from build_tools.authoring.report_file import report_text
from build_tools.authoring.written import block
from build_tools.checks.personal import ALL, kinds_in
from build_tools.reading.records import read_all, validate
from build_tools.reading.yaml_tree import read_tree
from build_tools.records.case import Case
from build_tools.records.fields import fields
from tests.commands.test_command_line import casebook
from tests.world import World

BIBTEX = r"""
@article{key,
  title = {{\"U}ber {DNA} in {\'e}tudes: na{\"\i}ve \textit{in vivo} 5% \& more # here},
  author = {M{\"u}ller-{\L}uc, J{\"o}rg and van der Berg, Jan and others},
  journal = "Journal of Invented Hands", year = 2091, volume = {7}, number = 3, pages = {1--9},
  doi = {https://doi.org/10.5555/GLIMMER_91}, publisher = {Invented House: #1}, abstract = {Not ours.},
}
"""
NEW_CASE, NEW_REPORT = "cases/muller-luc-2091.yml", "content/reports/muller-luc-2091.yml"


def new(world: World, source: str | Path, *more: str) -> str:
    result = casebook("new", source, "--root", world.root, "--date", "2091-01-01", *more)
    assert result.exit_code == 0, result.output
    return result.output


def refused(world: World, source: str | Path, *more: str) -> str:
    """What `new` says when it refuses; it must not have written anything."""
    before = sorted(world.root.rglob("*.yml"))
    result = casebook("new", source, "--root", world.root, *more)
    assert result.exit_code in (1, 2)
    assert "Traceback" not in result.output
    assert sorted(world.root.rglob("*.yml")) == before
    return result.output


def read(world: World, file: str) -> dict[str, object]:
    found = yaml.safe_load(world.read(file))
    assert isinstance(found, dict)
    return found


@pytest.fixture
def bib(world: World) -> Path:
    return world.write("in/one.bib", BIBTEX)


def test_braces_and_accents_of_bibtex_become_letters(world: World, bib: Path) -> None:
    new(world, bib)
    report = read(world, NEW_REPORT)
    assert report["title"] == "Über DNA in études: naïve in vivo 5% & more # here"
    assert report["authors"] == [
        {"family": "Müller-Łuc", "given": "Jörg"},
        {"family": "van der Berg", "given": "Jan"},
    ]
    assert report["authors_complete"] is False
    assert (report["year"], report["volume"], report["issue"], report["page"]) == (2091, "7", "3", "1-9")
    assert report["doi"] == "10.5555/glimmer_91"


def test_what_has_no_field_is_kept_as_a_comment_and_sentences_of_the_paper_are_not(
    world: World, bib: Path
) -> None:
    new(world, bib)
    text = world.read(NEW_REPORT)
    assert '# Also in the citation, without a field here: publisher: "Invented House: #1"' in text
    assert "Not ours" not in text


def test_a_scaffold_is_refused_only_for_what_is_still_open(world: World, bib: Path) -> None:
    new(world, bib)
    problems = world.problems()
    assert {problem.file for problem in problems} == {NEW_CASE, NEW_REPORT}
    assert {problem.message for problem in problems} == {"there is no value here"}
    assert {"patient.age", "outcome.vital", "extraction.by", "read"} <= {p.field for p in problems}


def test_no_comment_of_a_scaffold_looks_as_if_it_identified_a_person(world: World, bib: Path) -> None:
    new(world, bib, "--age", "90+")
    assert [kind for line in world.read(NEW_CASE).splitlines() for kind in kinds_in(ALL, line)] == [
        "a full date"  # the day of reading, in a field that may hold it
    ]


def test_what_is_known_of_the_patient_stands_in_the_case(world: World, bib: Path) -> None:
    new(world, bib, "--age", "61", "--sex", "male", "--side", "left", "--by", "Ada: Reader")
    case = read(world, NEW_CASE)
    assert case["patient"] == {"source": None, "age": 61, "sex": "male"}
    assert case["extraction"] == {"by": ["Ada: Reader"], "date": "2091-01-01"}
    assert case["reports"] == [{"report": "muller-luc-2091", "role": "full"}]


def test_a_patient_like_this_one_is_shown(world: World, bib: Path) -> None:
    quill = "a patient like this one: cases/quill-2081.yml (male, 61 years, right)"
    assert quill in new(world, bib, "--age", "61", "--sex", "male", "--side", "right", "--id", "one")
    told_apart = new(world, bib, "--anyway", "--age", "61", "--sex", "male", "--side", "left", "--id", "two")
    assert "quill-2081" not in told_apart
    old = new(world, bib, "--anyway", "--age", "90+", "--sex", "male", "--id", "three")
    assert "(male, 90 years)" in old
    size = new(world, bib, "--anyway", "--sex", "male", "--size", "5.5 cm", "--id", "four")
    assert "cases/quill-2081.yml (male, 5.5 cm)" in size


@pytest.mark.parametrize(
    ("option", "word", "said"),
    [
        ("--age", "95", "whole years below 90, or 90+"),
        ("--age", "old", "is not an age"),
        ("--size", "large", "is not a length"),
        ("--origin", "knee", "is not a term of structure"),
        ("--id", "Müller", "can't be an id"),
        ("--id", "../x", "can't be an id"),
    ],
)
def test_a_wrong_option_is_refused_with_what_to_write(
    world: World, bib: Path, option: str, word: str, said: str
) -> None:
    assert said in refused(world, bib, option, word)


def test_a_word_that_is_no_term_is_refused_with_the_nearest(world: World, bib: Path) -> None:
    assert "did you mean 'male'?" in refused(world, bib, "--sex", "mael")


@pytest.mark.parametrize(
    "written",
    [
        "10.5555/glimmer.2081.12",
        "doi:10.5555/GLIMMER.2081.12",
        "https://doi.org/10.5555/glimmer.2081.12.",
        "http://dx.doi.org/10.5555%2Fglimmer.2081.12",
        "DOI 10.5555/glimmer.2081.12",
        "PMID: 81012",
        "000081012",
        "https://pubmed.ncbi.nlm.nih.gov/81012/",
    ],
)
def test_a_report_that_is_here_is_shown_with_its_patients(world: World, written: str) -> None:
    said = refused(world, written)
    assert "already here: content/reports/quill-2081.yml" in said
    assert "cases/quill-2081.yml" in said


def test_a_report_that_is_not_filled_in_yet_is_here_too(world: World, bib: Path) -> None:
    new(world, bib)
    assert f"already here: {NEW_REPORT} (the DOI is the same)" in refused(world, bib)


def test_one_more_patient_of_a_report_shares_its_file(world: World) -> None:
    new(world, "10.5555/glimmer.2081.12", "--anyway")
    assert read(world, "cases/quill-2081-b.yml")["reports"] == [{"report": "quill-2081", "role": "full"}]
    assert not (world.root / "content/reports/quill-2081-b.yml").exists()


def test_a_report_of_nearly_the_same_title_is_shown(world: World) -> None:
    source = world.write("in/a.bib", "@misc{a, title={A Thumb that Glowed for two nights.}}")
    assert "perhaps already here: content/reports/orrin-2083.yml (the title is nearly" in refused(
        world, source
    )


def test_a_title_alike_with_another_doi_or_year_is_told_and_written_all_the_same(world: World) -> None:
    entry = "@article{{a, title={{A thumb that glowed for two nights}}, author={{Okafor, B.}}, {}}}"
    for id, more, apart in (
        ("one", "year=1987", "another year"),
        ("two", "year=1987, doi={10.5555/other}", "another DOI and another year"),
    ):
        said = new(world, world.write("in/a.bib", entry.format(more)), "--id", id)
        assert f"orrin-2083.yml (the title is nearly the same; but {apart}, so look" in said
        (world.root / f"content/reports/{id}.yml").unlink()


def test_of_a_pubmed_id_alone_nothing_is_invented(world: World) -> None:
    said = new(world, "31234567")
    report = read(world, "content/reports/pmid-31234567.yml")
    assert report == {
        "type": None,
        "design": "unknown",
        "pmid": "31234567",
        "read": None,
        "retraction": {"state": "not_checked"},
    }
    assert "rename both files" in said


def test_no_file_is_written_over(world: World, bib: Path) -> None:
    new(world, bib)
    before = world.read(NEW_CASE)
    assert "is there already; choose another id" in refused(world, "31234567", "--id", "quill-2081")
    assert world.read(NEW_CASE) == before


def test_ids_are_plain_and_the_next_is_free() -> None:
    citation = Citation(authors=(Person("Ångström-Ößtergård O'Łuc"),), year=2020)
    assert id_of(citation) == "angstrom-osstergard-oluc-2020"
    taken = {"smith-2020", "smith-2020-b"}
    assert free_id("smith-2020", taken) == "smith-2020-c"
    assert free_id("jones-2020", taken) == "jones-2020"


BAD: dict[str, tuple[str, str | bytes, str]] = {
    "two entries": (
        "a.bib",
        "@article{a, title={x}}\n@article{b, title={y}}",
        "holds 2 entries (a, b); keep one",
    ),
    "one entry twice": ("a.bib", "@article{a, title={x}}\n@article{a, title={y}}", "keep one"),
    "an open brace": ("a.bib", "@article{a, title={x", "this is not BibTeX"),
    "no entry": ("a.bib", "hello", "holds no BibTeX entry"),
    "nothing": ("a.bib", "", "holds no BibTeX entry"),
    "a book in BibTeX": ("a.bib", "@book{a, title={x}}", "of the kind 'book'"),
    "a month without a name": ("a.bib", "@article{a, month=foo}", "this is not BibTeX"),
    "a book in RIS": ("a.ris", "TY  - BOOK\nTI  - x\nER  - \n", "of the kind 'BOOK'"),
    "RIS without an end": ("a.ris", "TY  - JOUR\nTI  - x\n", "its last line is 'ER  - '"),
    "no RIS": ("a.ris", "garbage", "begins with a line 'TY  - JOUR'"),
    "two RIS references": ("a.ris", "TY  - JOUR\nER  - \nTY  - JOUR\nER  - \n", "holds 2 references"),
    "no JSON": ("a.json", "{", "this is not JSON"),
    "a list of two": ("a.json", "[{}, {}]", "holds 2 items"),
    "an empty list": ("a.json", "[]", "holds 0 items"),
    "a number": ("a.json", "5", "this is not CSL-JSON"),
    "a title that is none": ("a.json", '{"type": "article", "title": {}}', "'title' is not text"),
    "an author that is none": ("a.json", '{"type": "article", "author": "x"}', "'author' is not a list"),
    "a kind that is none": ("a.json", '{"type": "song"}', "of the kind 'song'"),
    "brackets": ("a.json", "[" * 60_000, "nests too deep"),
    "not UTF-8": ("a.bib", b"@article{a,\n title={\xff}}", "a.bib:2: this is not UTF-8"),
    "another file": ("a.txt", "hello", "neither BibTeX, RIS"),
    "a huge file": ("a.bib", "x" * 1_000_001, "larger than"),
}


@pytest.mark.parametrize(("name", "content", "said"), BAD.values(), ids=BAD.keys())
def test_a_bad_file_is_refused_in_a_sentence(
    world: World, name: str, content: str | bytes, said: str
) -> None:
    assert said in refused(world, world.write(f"in/{name}", content))


@pytest.mark.parametrize(
    "source", ["10.x/abc", "doi:", "hello", "10.1000/<script>", "none.bib", "x" * 5_000, ""]
)
def test_what_is_no_source_is_refused_in_a_sentence(world: World, source: str) -> None:
    refused(world, source)


HOSTILE = (
    "<script>alert(1)</script> & \"quoted\" 'single'",
    "title: value # comment",
    "- a list\n- of lines",
    "{flow: mapping}",
    "!!python/object/apply:os.system [id]",
    "yes",
    "2020-01-01",
    "*alias &anchor",
    "a\\b \\n",
    "{{ blank }} {% raw %}",
    "12:30:45",
)


@pytest.mark.parametrize("title", HOSTILE)
def test_a_hostile_title_stays_text(world: World, title: str) -> None:
    item = {
        "type": "article-journal",
        "title": title,
        "author": [{"family": "Foe"}],
        "issued": {"raw": "2091"},
    }
    new(world, world.write("in/a.json", json.dumps(item)))
    assert read(world, "content/reports/foe-2091.yml")["title"] == " ".join(title.split())
    fields = {p.field for p in world.problems() if p.file == "content/reports/foe-2091.yml"}
    assert fields == {"read"}


def test_a_name_that_is_no_name_is_kept_beside_the_authors(world: World) -> None:
    item = {"type": "article", "author": [{"family": "Foe"}, {"literal": "Group <b>1</b>: x"}], "issued": {}}
    new(world, world.write("in/a.json", json.dumps(item)))
    report = read(world, "content/reports/foe-undated.yml")
    assert (report["authors"], report["authors_complete"]) == ([{"family": "Foe"}], False)
    assert "Group 1: x" in world.read("content/reports/foe-undated.yml")


def test_ris_and_csl_say_the_same_as_bibtex(world: World) -> None:
    ris = """TY  - JOUR
AU  - Quill, Ada M.
TI  - A thumb
  in two lines
T2  - Journal of Invented Hands
PY  - 2091/02/03/
VL  - 7
IS  - 3
SP  - 1
EP  - 9
DO  - 10.5555/x1
ER  -
"""
    item = {
        "type": "article-journal",
        "title": ["A thumb in two lines"],
        "author": [{"family": "Quill", "given": "Ada M."}],
        "container-title": "Journal of Invented Hands",
        "issued": {"date-parts": [[2091, 2, 3]]},
        "volume": 7,
        "issue": "3",
        "page": "1–9",
        "DOI": "10.5555/X1",
    }
    bibtex = (
        "@article{a, title={A thumb in two lines}, author={Ada M. Quill}, year={2091}, volume=7, number=3,"
    )
    bibtex += " pages={1--9}, doi={10.5555/x1}, journal={Journal of Invented Hands}}"
    texts = []
    for name, content in (("a.ris", ris), ("b.json", json.dumps(item)), ("c.bib", bibtex)):
        new(world, world.write(f"in/{name}", content), "--id", f"from-{name[0]}")
        texts.append(world.read(f"content/reports/from-{name[0]}.yml"))
        (world.root / f"content/reports/from-{name[0]}.yml").unlink()
    assert texts[0] == texts[1] == texts[2]


def test_uncommented_and_filled_a_scaffold_is_a_case(world: World, bib: Path) -> None:
    new(world, bib, "--by", "Ada")
    uncommented = re.sub(r"^( *)# (?=[ a-z_-]+:)", r"\1", world.read(NEW_CASE), flags=re.M)
    vocabularies = read_all(world.root).vocabularies
    forms = {form.path: form for top in fields(Case) for form in top.walk()}

    def filled(value: object, path: str) -> object:
        if isinstance(value, dict):
            return {key: filled(inner, f"{path}.{key}".strip(".")) for key, inner in value.items()}
        if isinstance(value, list):
            return [filled(item, path) for item in value]
        if path.endswith(".source"):
            return "smith-2020: Results"
        return example_of(forms[path], vocabularies) if value is None else value

    whole = filled(yaml.safe_load(uncommented), "")
    assert isinstance(whole, dict)
    del whole["yaml-language-server"]
    assert set(whole) == set(Case.model_fields) - {"source", "note"}
    whole["identity"]["same_patient"] = "possible"  # only then another case may be named
    tree, problems = read_tree("a.yml", "\n".join(block(whole, 0)))
    assert tree.data == whole
    assert [*problems, *validate("a.yml", tree, Case, vocabularies)[1]] == []


READERS = {"a.bib": read_bibtex, "a.ris": read_ris, "a.json": read_csl}
HOLES = {
    "a.bib": "@article{a, title={<>}, author={<>}, doi={<>}, year={<>}}",
    "a.ris": "TY  - JOUR\nTI  - <>\nAU  - <>\nDO  - <>\nPY  - <>\nER  - \n",
    "a.json": '{"type": "article", "title": "<>", "author": [{"family": "<>"}], "DOI": "<>", "PMID": "<>"}',
}


@given(st.sampled_from(sorted(HOLES)), st.text(max_size=40))
def test_whatever_a_citation_holds_the_report_is_read_back(name: str, text: str) -> None:
    try:
        citation = READERS[name](HOLES[name].replace("<>", text))
    except Unreadable:
        return
    tree, problems = read_tree("", report_text(citation, read="full"))
    # Letters of mixed scripts are reported by the check; they are kept as they came.
    assert [problem for problem in problems if problem.rank == 0] == []
    assert isinstance(tree.data, dict)
    assert tree.data.get("title", "") == citation.title


def test_outside_a_casebook_nothing_is_written(tmp_path: Path) -> None:
    assert "is no casebook" in refused(World(tmp_path), "31234567")


def test_what_is_asked_at_a_terminal_stands_in_the_files(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("build_tools.commands.new._someone_answers", lambda: True)
    answers = "61\nmale\nright\nMüller\n2091\n"
    result = CliRunner().invoke(main, ["new", "31234567", "--root", str(world.root)], input=answers)
    assert result.exit_code == 0, result.output
    assert "a patient like this one: cases/quill-2081.yml" in result.output
    assert read(world, "cases/muller-2091.yml")["patient"] == {"source": None, "age": 61, "sex": "male"}
    assert read(world, "content/reports/muller-2091.yml")["authors"] == [{"family": "Müller"}]


def test_what_can_t_be_written_is_told_without_a_trace(world: World, bib: Path) -> None:
    (world.root / "cases").rename(world.root / "c")
    world.write("cases", "a file where the folder should be")
    assert "nothing was written: " in refused(world, bib)


def test_identifiers_that_are_none() -> None:
    assert checked_doi("10.5555/(a)b).") == "10.5555/(a)b"
    assert pmid_in("1234567890") is None
    with pytest.raises(Unreadable, match="signs that no DOI has"):
        checked_doi("10.1000/<script>")
    assert read_bibtex("@article{a, author={de la Cruz, Ana}}").authors == (Person("de la Cruz", "Ana"),)
