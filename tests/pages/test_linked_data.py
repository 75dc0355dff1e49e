"""What a page says of itself to programs, in schema.org's words."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from build_tools.pages.context import Context
from build_tools.pages.linked_data import linked_data
from build_tools.reading.settings import read_settings
from build_tools.review.review import Review
from tests.world import EXAMPLE

ADDRESS = "https://casebook.example/glimmeroma/"
OPENING, CLOSING = '<script type="application/ld+json">', "</script>"


@pytest.fixture
def context(example: Review) -> Context:
    return Context(example, replace(read_settings(EXAMPLE), address=ADDRESS))


def told(script: str) -> dict[str, Any]:
    assert script.startswith(OPENING)
    assert script.endswith(CLOSING)
    text = script[len(OPENING) : -len(CLOSING)]
    assert not set(text) & set("<>&")
    found: dict[str, Any] = json.loads(text)
    assert found["@context"] == "https://schema.org"
    return found


def test_a_case_is_a_medical_page_that_cites_its_papers(context: Context) -> None:
    page = told(linked_data("Quill 2081", "cases/quill-2081.md", context, ["quill-2081"]))
    assert (page["@type"], page["url"]) == ("MedicalWebPage", f"{ADDRESS}cases/quill-2081/")
    assert (page["version"], page["dateModified"]) == (context.data_version, context.last_change)
    (paper,) = page["citation"]
    assert paper["@type"] == "MedicalScholarlyArticle"
    assert paper["headline"] == context.review.reports["quill-2081"].title


def test_a_report_s_page_is_about_the_article(context: Context) -> None:
    page = told(linked_data("Quill 2081", "reports/quill-2081.md", context, ["quill-2081"]))
    assert page["mainEntity"]["@type"] == "MedicalScholarlyArticle"


def test_the_page_of_the_data_is_a_dataset_with_its_files(context: Context) -> None:
    page = told(linked_data("Data", "data/index.md", context))
    assert page["@type"] == "Dataset"
    assert "../data/cases.json" in {file["contentUrl"] for file in page["distribution"]}


def test_without_an_address_none_is_claimed(context: Context) -> None:
    nowhere = replace(context, settings=replace(context.settings, address=""))
    assert "url" not in told(linked_data("Quill 2081", "cases/quill-2081.md", nowhere))


@pytest.mark.parametrize("title", ["</script><b>", "a && b", "{{{{ x }}}}", 'say "so"', "ünï\u2028"])
def test_no_title_ends_the_script_or_opens_a_blank(context: Context, title: str) -> None:
    script = linked_data(title, "cases/x.md", context)
    assert "{{" not in script
    assert "}}" not in script
    assert script.count("<") == 2
    assert told(script)["name"] == title or "{" in title
