"""Citations: what is known of a report in Vancouver style, and a word for what is not."""

from __future__ import annotations

import re

import pytest

from build_tools.pages.citation import vancouver
from build_tools.records.report import Report
from build_tools.review.review import Review
from tests.hostile import site_of
from tests.world import REPOSITORY


def report(**fields: object) -> Report:
    known = {"type": "article-journal", "design": "case_report", "read": "full"}
    return Report.model_validate({**known, "retraction": {"state": "not_checked"}, **fields})


def names(count: int, **fields: object) -> str:
    authors = [{"family": f"Author{chr(65 + i)}", "given": "X."} for i in range(count)]
    return vancouver(report(authors=authors, **fields)).partition(". ")[0]


@pytest.mark.parametrize(
    ("id", "reference"),
    [
        (
            "quill-2081",
            "Quill AM, O'Wick JL. Glimmeroma of the thumb: an invented case with a table of invented cases. "
            "Journal of Invented Hands. 2081;7(012):12-19.",
        ),
        (
            "orrin-2083",
            "Orrin B, Pell C Jr. A thumb that glowed for two nights. Journal of Invented Hands. 2083;9:e4.",
        ),
        ("pell-2084", "Pell C. Two glowing thumbs from one house. The Invented Handbook. 2084."),
        ("quill-2088", "Quill, et al. An invented letter on the invented thumb of 2081. 2088."),
        ("vesper-2085", "Vesper I. Three hands, two thumbs. 2085."),
        ("tarn-2079", "Tarn. [Title not known]. 2079."),
    ],
)
def test_a_report_is_cited_as_far_as_it_is_known(example: Review, id: str, reference: str) -> None:
    assert vancouver(example.reports[id]) == reference


def test_of_nothing_known_nothing_is_guessed() -> None:
    assert vancouver(report()) == "Authors not known. [Title not known]. year not known."


def test_what_follows_a_name_stands_behind_the_initials() -> None:
    authors = [
        {"family": "Tarn", "given": "John A.", "suffix": "Jr."},
        {"family": "Tarn", "given": "J. R.", "suffix": "III"},
    ]
    assert vancouver(report(authors=authors)).startswith("Tarn JA Jr, Tarn JR 3rd. ")


def test_six_authors_are_named_and_of_seven_the_first_six() -> None:
    assert names(6).endswith("AuthorF X")
    assert names(7).endswith("AuthorF X, et al")
    assert names(2, authors_complete=False).endswith("AuthorB X, et al")


@pytest.mark.parametrize(
    ("given", "initials"),
    [("Ada M.", "AM"), ("Jean-Luc", "JL"), ("J.-L.", "JL"), ("AM", "AM"), ("a b", "ab"), ("Łukasz", "Ł")],
)
def test_given_names_become_initials_without_stops(given: str, initials: str) -> None:
    author = {"family": "Family", "given": given}
    assert vancouver(report(authors=[author])).startswith(f"Family {initials}. ")


@pytest.mark.parametrize("title", ["Does it glow?", "It glows!", "It glows."])
def test_a_title_keeps_one_sign_at_its_end(title: str) -> None:
    assert vancouver(report(title=title, year=2081)) == f"Authors not known. {title} 2081."


def test_the_real_reports_are_cited_without_gaps(casebook: Review) -> None:
    for id, record in casebook.reports.items():
        text = vancouver(record)
        assert "None" not in text, id
        assert "  " not in text, id
        assert ".." not in text, id


def test_a_citation_stands_at_the_word_before_it(casebook: Review) -> None:
    cited = [page for page in site_of(casebook, REPOSITORY).pages if '<span class="mark cite">' in page.body]
    assert cited
    for page in cited:
        assert not re.search(r'\s<span class="mark cite">', page.body), page.path
