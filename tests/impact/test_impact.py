"""What a change does: told in facts, numbers, table rows and pages, one line each, and nothing else."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from build_tools.impact.base import Older
from build_tools.impact.change import Change, Counted, Impact
from build_tools.impact.compare import compare
from build_tools.impact.facts import compare as compare_facts
from build_tools.impact.words import as_markdown, as_text, headline
from build_tools.publishing.generate import Site, generate
from build_tools.review.facts import Fact
from build_tools.review.review import Review
from tests.world import World

QUILL, ORRIN = "cases/quill-2081.yml", "cases/orrin-2083.yml"
ALIVE = "content/estimates/alive.yml"

Sections = dict[str, list[str]]


@pytest.fixture(scope="module")
def before(original: Path, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The invented casebook as it was: without its charts, which take the longest to draw."""
    return generate(
        World.like(original, tmp_path_factory.mktemp("before") / "casebook").without_charts().root
    )


@pytest.fixture
def changed(world: World) -> World:
    """The same casebook, to be changed."""
    return world.without_charts()


def told(before: Site, world: World) -> tuple[str, Sections]:
    """The headline, and the lines below each heading."""
    first, _, *rest = as_text(
        compare("main", Older(before.review, before), generate(world.root))
    ).splitlines()
    sections: Sections = {}
    title = ""
    for line in rest:
        if line.startswith("  "):
            sections[title].append(line.strip())
        elif line:
            title = re.sub(r" \(\d+\)$", "", line).removesuffix(":")
            sections[title] = []
    return first, sections


def test_nothing_changed_is_said_so(before: Site, changed: World) -> None:
    said, sections = told(before, changed)
    assert said == "Nothing changes."
    assert list(sections) == ["Against main"]
    assert "patients: 5 -> 5" in sections["Against main"]
    assert "patients if probable pairs are two: 6 -> 6" in sections["Against main"]


def test_a_sentence_that_changes_is_told_before_and_after_and_no_other(
    original: Path, tmp_path: Path
) -> None:
    """One page that counts men and one that counts nothing: only the sentence with the count is named."""
    page = "---\ntitle: {0}\ndescription: Invented.\n---\n# {0}\n\n{1} All else stays as it is.\n"
    men = page.format("Men", "Of the patients {{ count('patient.sex', 'male') }} are men.")
    worlds = [World.like(original, tmp_path / name).without_charts() for name in ("old", "new")]
    for world in worlds:
        world.write("content/men.md", men)
        world.write("content/still.md", page.format("Still", "Nothing is counted here."))
    worlds[1].replace(QUILL, "sex: male", "sex: female")
    old = generate(worlds[0].root)
    _, sections = told(old, worlds[1])
    assert sections["Sentences"] == [
        "men/: Of the patients 3 of 5 are men. -> Of the patients 2 of 5 are men."
    ]
    assert not any(line.startswith("still/") for line in sections["Pages"])


@pytest.mark.parametrize(
    ("file", "old", "new", "line"),
    [
        (QUILL, "age: 61", "age: 62", "patient.age: 61 -> 62 [quill-2081: Case report]"),
        (QUILL, "sex: male", "sex: female", "patient.sex: Man -> Woman [quill-2081: Case report]"),
        (
            QUILL,
            "  pregnancy: not_applicable\n",
            "",
            "patient.pregnancy: not applicable -> not reported [quill-2081: Case report]",
        ),
        (
            QUILL,
            "numbness: absent",
            "numbness: present",
            "presentation.symptoms.numbness: none -> present [quill-2081: Case report]",
        ),
        (
            QUILL,
            "delay: 5-6 months",
            "delay: 5-6.5 months",
            "presentation.delay: 5–6 months -> 5–6.5 months [quill-2081: Case report]",
        ),
        (
            ORRIN,
            "{value: 45, source",
            "{value: 46, source",
            "patient.age: 44 / 45 -> 44 / 46 [orrin-2083: Case; pell-2084: Thumb 2]",
        ),
        (
            ORRIN,
            "blood_loss: withheld",
            "blood_loss: 5 ml",
            "surgeries[0].blood_loss: withheld -> 5 ml [orrin-2083: Case]",
        ),
        (
            ORRIN,
            "blood_loss: withheld",
            "blood_loss: {value: 5 ml, source: 'pell-2084: Thumb 2'}",
            "surgeries[0].blood_loss: withheld -> 5 ml [orrin-2083: Case -> pell-2084: Thumb 2]",
        ),
    ],
)
def test_changing_one_fact_gives_exactly_one_line(
    before: Site, changed: World, file: str, old: str, new: str, line: str
) -> None:
    changed.replace(file, old, new)
    said, sections = told(before, changed)
    assert sections["Facts"] == [f"{file}: {line}"]
    assert said.startswith("Changes 1 fact")
    assert not sections.keys() & {"Sources", "Notes", "Other records", "Patients"}


def test_what_is_now_withheld_is_not_repeated(before: Site, changed: World) -> None:
    changed.replace(QUILL, "age: 61", "age: withheld")
    _, sections = told(before, changed)
    hidden = "a value that is not repeated here -> withheld"
    assert sections["Facts"] == [f"{QUILL}: patient.age: {hidden} [quill-2081: Case report]"]
    assert f"cases: quill-2081: Age: {hidden}" in sections["Table rows"]
    assert "61" not in str(sections)


def with_other(fact: Fact, path: str) -> Fact:
    """The tree with another value at a path; of claims the first is another."""
    if fact.path != path:
        return replace(fact, children=tuple(with_other(child, path) for child in fact.children))
    other = replace(fact, value="other", text="other")
    if not fact.claims:
        return other
    first, *rest = fact.claims
    return replace(other, claims=(replace(first, value="other", text="other"), *rest))


def without(fact: Fact, path: str) -> Fact:
    """The tree without the entry at a path."""
    return replace(fact, children=tuple(without(c, path) for c in fact.children if c.path != path))


def test_any_one_fact_of_any_case_is_one_difference(example: Review) -> None:
    seen = 0
    for case in example.cases.values():
        for path, fact in case.by_path.items():
            if fact.missing or fact.children:
                continue
            found = compare_facts(case.facts, [with_other(top, path) for top in case.facts])
            assert [change.where for change in found.facts] == [(path,)]
            assert not found.sources
            assert not found.notes
            seen += 1
    assert seen > 200


def test_any_one_entry_taken_out_of_a_list_or_put_in_is_one_difference(example: Review) -> None:
    seen = 0
    for case in example.cases.values():
        for path in case.by_path:
            if path.endswith("]"):
                fewer = [without(top, path) for top in case.facts]
                assert len(compare_facts(case.facts, fewer).facts) == 1, path
                assert len(compare_facts(fewer, case.facts).facts) == 1, path
                seen += 1
    assert seen > 40


def test_an_event_put_between_others_is_one_line(before: Site, changed: World) -> None:
    changed.replace(
        ORRIN,
        "  - event: local_recurrence\n    at: 8-10 months",
        "  - {event: metastasis, at: 7 months, site: forearm, source: 'pell-2084: Thumb 2'}\n"
        "  - event: local_recurrence\n    at: 8-10 months",
    )
    _, sections = told(before, changed)
    (line,) = sections["Facts"]
    assert line.startswith(f"{ORRIN}: events[1]: not there -> ")
    assert line.endswith("[pell-2084: Thumb 2]")


def test_entries_in_another_order_are_one_line(before: Site, changed: World) -> None:
    one, other = "      - {method: mri, size: 2-3 cm}\n", '      - {method: palpation, size: "< 4 cm"}\n'
    changed.replace(ORRIN, one + other, other + one)
    _, sections = told(before, changed)
    (line,) = sections["Facts"]
    assert line.startswith(f"{ORRIN}: lesions[0].sizes: ")


def test_a_source_is_no_fact_and_is_told_once_for_a_whole_block(before: Site, changed: World) -> None:
    changed.replace(
        QUILL, '  source: "quill-2081: Case report"\n  age', '  source: "quill-2081: Table 9"\n  age'
    )
    said, sections = told(before, changed)
    assert sections["Sources"] == [f"{QUILL}: patient: quill-2081: Case report -> quill-2081: Table 9"]
    assert "Facts" not in sections
    assert said == "Changes no patient and no fact."


def test_a_note_is_no_fact(before: Site, changed: World) -> None:
    changed.replace(ORRIN, "The report says that nobody asked.", "Nobody asked.")
    _, sections = told(before, changed)
    assert sections["Notes"] == [
        f"{ORRIN}: patient.pregnancy: The report says that nobody asked. -> Nobody asked."
    ]
    assert "Facts" not in sections


def test_what_a_case_says_of_itself_is_no_fact(before: Site, changed: World) -> None:
    changed.replace(ORRIN, "Age, side and the two nights agree.", "Age and side agree.")
    _, sections = told(before, changed)
    assert sections["Other records"] == [
        f"{ORRIN}: identity.evidence_for[0].text: Age, side and the two nights agree. -> Age and side agree."
    ]
    assert "Facts" not in sections


def test_a_new_label_changes_pages_and_no_fact(before: Site, changed: World) -> None:
    changed.replace("content/vocabulary/sex.yml", "label: Man\n", "label: Gentleman\n")
    _, sections = told(before, changed)
    assert sections["Other records"] == ["content/vocabulary/sex.yml: terms.male.label: Man -> Gentleman"]
    assert "cases/quill-2081/: changed" in sections["Pages"]
    assert "Facts" not in sections


def test_how_much_of_a_report_was_read_is_no_fact_of_its_patients(before: Site, changed: World) -> None:
    """Only the word for silence changes, on pages."""
    changed.replace("content/reports/orrin-2083.yml", "read: full", "read: abstract")
    _, sections = told(before, changed)
    assert sections["Other records"] == ["content/reports/orrin-2083.yml: read: full -> abstract"]
    assert "cases/orrin-2083/: changed" in sections["Pages"]
    assert "Facts" not in sections


def test_a_new_patient_moves_the_counts_the_rows_and_the_estimates(changed: World) -> None:
    patient = changed.read(QUILL)
    (changed.root / QUILL).unlink()
    changed.replace("content/statements/keep-the-thumb.yml", "case: quill-2081", "case: orrin-2083")
    fewer = generate(changed.root)
    changed.write(QUILL, patient)
    said, sections = told(fewer, changed)
    assert said == "Adds 1 patient: alive at last follow-up: alive 1/2 -> 2/3."
    assert "patients: 4 -> 5" in sections["Against main"]
    (line,) = sections["Patients"]
    assert line.startswith(f"{QUILL}: added: Man, 61")
    assert any(line.startswith("cases/quill-2081/: added: ") for line in sections["Pages"])
    assert "Alive at last follow-up: alive: 1/2 -> 2/3" in sections["Estimates"]
    assert "kept-thumb: patients: 1 of 4 -> 2 of 5" in sections["Table rows"]
    assert any(line.startswith("kept-thumb: quill-2081: added: ") for line in sections["Table rows"])
    assert "Facts" not in sections


def test_a_patient_taken_out_is_gone_everywhere(before: Site, changed: World) -> None:
    (changed.root / ORRIN).unlink()
    said, sections = told(before, changed)
    assert said.startswith("Removes 1 patient")
    assert sections["Patients"][0].startswith(f"{ORRIN}: gone: ")
    assert "patients: 5 -> 4" in sections["Against main"]
    assert [line for line in sections["Pages"] if line.startswith("cases/orrin-2083/: gone")]


def test_a_cell_that_moves_is_told_by_table_patient_and_column(before: Site, changed: World) -> None:
    changed.replace(QUILL, "sex: male", "sex: female")
    _, sections = told(before, changed)
    assert "kept-thumb: quill-2081: Sex: Man -> Woman" in sections["Table rows"]


def test_a_new_term_is_told_by_what_its_file_says(before: Site, changed: World) -> None:
    changed.replace("content/vocabulary/sex.yml", "terms:\n", "terms:\n  other: {label: Other}\n")
    _, sections = told(before, changed)
    assert sections["Other records"] == ["content/vocabulary/sex.yml: terms.other: not there -> Other"]


def test_a_new_record_of_another_kind_is_one_line(before: Site, changed: World) -> None:
    changed.write("content/estimates/living.yml", changed.read(ALIVE).replace("Alive at", "Living at"))
    _, sections = told(before, changed)
    assert sections["Other records"] == ["content/estimates/living.yml: added: estimate"]
    assert any(line.startswith("Living at last follow-up: alive: added: ") for line in sections["Estimates"])


def test_an_estimate_with_a_new_title_moves_no_number(before: Site, changed: World) -> None:
    changed.replace(ALIVE, "Alive at last follow-up", "Living at last follow-up")
    _, sections = told(before, changed)
    assert len(sections["Other records"]) == 1
    assert "Estimates" not in sections


def test_a_written_page_that_changes_comes_or_goes_is_told(before: Site, changed: World) -> None:
    page = "---\ntitle: Thumbs\ndescription: Invented.\n---\n# Thumbs\n"
    changed.write("content/thumbs.md", page)
    changed.write("content/review/index.md", page)
    (changed.root / "content/glossary.md").unlink()
    _, sections = told(before, changed)
    (gone,) = [line for line in sections["Pages"] if "gone" in line]
    assert gone.startswith("glossary/: gone: ")
    assert {"thumbs/: added: Thumbs", "review/: review -> Thumbs"} <= set(sections["Pages"])


def test_the_same_change_gives_the_same_words(before: Site, changed: World) -> None:
    changed.replace(QUILL, "age: 61", "age: 62")
    assert told(before, changed) == told(before, changed)


NOTHING = Impact("main", (Counted("patients", 1, 2),), (), (), (), (), (), (), (), (), ())


def only(section: str, *changes: Change) -> Impact:
    """An impact with changes in one section alone."""
    given: dict[str, Any] = {section: changes}
    return replace(NOTHING, **given)


SECTIONS = ("patients", "facts", "sources", "notes", "records", "estimates", "rows", "pages")

HOSTILE = [
    "<script>alert(1)</script>",
    "</code></details><img src=x onerror=alert(1)>",
    "@everyone see #1 and GH-1",
    "`code` and ``more``",
    "| a | b |",
    "[link](https://evil.example)",
    "https://evil.example www.evil.example",
    "**bold** _it_ ~~gone~~",
    "&lt;b&gt; &#64;ada",
    "$$x$$",
    "one\n\n# two\r\n::error::three",
    "\u202eright to left\x1b[31m",
]


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("section", SECTIONS)
def test_text_of_a_file_is_no_markup_in_markdown(text: str, section: str) -> None:
    change = Change((text, text, text), f"{text} 1/2", f"{text} 2/3", text)
    said = as_markdown(replace(only(section, change), base=text))
    (line,) = [line for line in said.splitlines() if line.startswith("- ")]
    (against,) = [line for line in said.splitlines() if line.startswith("Against ")]
    for whole in (line.removeprefix("- "), against.removeprefix("Against ").removesuffix(":")):
        inner = whole.removeprefix("<code>").removesuffix("</code>")
        assert whole == f"<code>{inner}</code>"
        assert not set(re.sub(r"&#\d+;", "", inner)) & set("<>&@`|[]()*_~#:/.!\\$-")
        assert inner.isprintable()
    assert len(said.splitlines()) == len(as_markdown(replace(NOTHING, facts=(change,))).splitlines())


def test_an_estimate_named_by_a_stranger_is_no_markup_in_the_headline() -> None:
    change = Change(("x", "<b>@ada</b>", "*alive*"), "5/7", "6/8")
    first = as_markdown(replace(NOTHING, estimates=(change,))).splitlines()[0]
    assert first.startswith("**Changes no patient and no fact")
    assert not set(re.sub(r"&#\d+;", "", first.strip("*"))) & set("<>&@*")
    assert "&#64;&#8288;ada" in first


def test_text_of_a_file_writes_no_line_and_no_command_of_its_own() -> None:
    change = Change(("one\n::error::two",), "\x1b[31m", "\u202e")
    for line in as_text(replace(NOTHING, facts=(change,))).splitlines():
        assert line.isprintable()
        assert not line.strip().startswith("::")


@pytest.mark.parametrize("section", SECTIONS)
def test_markdown_never_outgrows_the_summary_of_a_job(section: str) -> None:
    many = (Change((str(i), "@" * 500), "<" * 500, ">" * 500, "|" * 500) for i in range(5_000))
    said = as_markdown(only(section, *many))
    assert len(said.encode()) < 1_000_000 / len(SECTIONS)
    assert re.search(r"- and \d{4} more, which `casebook impact` prints", said)


def test_a_difference_late_in_a_long_text_is_seen() -> None:
    change = Change(("a",), "x" * 500 + " old", "x" * 500 + " new")
    said = as_text(replace(NOTHING, notes=(change,)))
    assert " old -> …" in said
    assert said.endswith(" new\n")


def moved(*where: str, old: str, new: str) -> Change:
    return Change(("An estimate", *where), old, new)


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda: NOTHING, "Nothing changes."),
        (lambda: replace(NOTHING, pages=(Change(("x/",), "X", "X"),)), "Changes no patient and no fact."),
        (lambda: replace(NOTHING, patients=(Change(("x",), "", "New"),) * 2), "Adds 2 patients."),
        (
            lambda: replace(
                NOTHING,
                patients=(Change(("x",), "", "New"), Change(("y",), "Old", "")),
                facts=(Change(("z",), "1", "2"),),
            ),
            "Adds 1 patient, removes 1 patient, changes 1 fact.",
        ),
        (
            lambda: replace(
                NOTHING,
                patients=(Change(("x",), "", "New"),),
                estimates=(
                    moved("alive", old="9/9", new="10/10"),
                    moved("Thumb kept", "alive", old="5/7", new="6/8"),
                    moved("Thumb kept", "median follow-up", old="27 months", new="25 months"),
                    moved("Thumb kept", "median follow-up for recurrence", old="9 months", new="8 months"),
                    moved("pooled", "alive", old="1/2", new="2/3"),
                    moved("comparison", old="p = 1", new="p = 0.5"),
                ),
            ),
            "Adds 1 patient: thumb kept: alive 5/7 -> 6/8, median follow-up 27 -> 25 months; "
            "an estimate: alive 9/9 -> 10/10.",
        ),
    ],
)
def test_the_headline_says_first_what_matters_most(make: Callable[[], Impact], said: str) -> None:
    assert headline(make()) == said


def test_markdown_has_a_table_of_numbers_and_a_fold_for_each_heading() -> None:
    text = as_markdown(replace(NOTHING, facts=(Change(("a",), "1", "2", "Table 1"),)))
    assert text == (
        "**Changes 1 fact&#46;**\n\nAgainst <code>main</code>&#58;\n".replace("&#58;", ":")
        + "\n| | before | after |\n|---|--:|--:|\n| patients | 1 | 2 |\n"
        "\n<details><summary>Facts: 1</summary>\n\n"
        "- <code>a&#58; 1 &#45;&#62; 2 &#91;Table 1&#93;</code>\n\n</details>\n"
    )
