"""Cite this page: the original papers first, then the page with its data version, also for programs."""

from __future__ import annotations

import io
import json
from dataclasses import replace

import pytest
import rispy
from pybtex.database import parse_string

from build_tools.pages.citation import vancouver
from build_tools.pages.cite_this import cite_this
from build_tools.pages.context import Context
from build_tools.publishing.generate import generate
from build_tools.reading.settings import read_settings
from build_tools.review.review import Review
from tests.world import EXAMPLE, World

ADDRESS = "https://casebook.example/glimmeroma/"


@pytest.fixture
def context(example: Review) -> Context:
    return Context(example, replace(read_settings(EXAMPLE), address=ADDRESS))


def test_the_reference_names_page_site_version_day_and_address(context: Context) -> None:
    made = cite_this("Quill 2081", "cases/quill-2081.md", context, ["quill-2081"])
    assert made.papers == (vancouver(context.review.reports["quill-2081"]),)
    assert made.vancouver == (
        f"Quill 2081. In: {context.settings.name} [Internet]. Data version {context.data_version}; "
        f"{context.last_change}. Available from: {ADDRESS}cases/quill-2081/"
    )


@pytest.mark.parametrize("title", ["Quill 2081", "50% & {more} _of_ them #1", "Müldner: ein Fall"])
def test_every_form_is_read_back_by_a_library_of_its_own(context: Context, title: str) -> None:
    made = cite_this(title, "cases/quill-2081.md", context)
    address = f"{ADDRESS}cases/quill-2081/"
    (ris,) = rispy.load(io.StringIO(made.ris))
    assert (ris["title"], ris["urls"], ris["year"]) == (title, [address], context.last_change[:4])
    csl = json.loads(made.csl)
    assert (csl["title"], csl["URL"], csl["version"]) == (title, address, context.data_version)
    ((key, entry),) = parse_string(made.bibtex, "bibtex").entries.items()
    assert (key, entry.fields["url"]) == ("casebook-cases-quill-2081", address)
    assert context.data_version in entry.fields["note"]


def test_without_an_address_none_is_invented(example: Review) -> None:
    made = cite_this(
        "Quill 2081", "cases/quill-2081.md", Context(example, replace(read_settings(EXAMPLE), address=""))
    )
    assert "Available from" not in made.vancouver
    assert not any("http" in text for _, text in made.forms)


def test_every_page_says_how_to_cite_it(world: World) -> None:
    site = generate(world.without_charts().root)
    assert [page.path for page in site.pages if page.body.count('class="cite-this"') != 1] == []
    (case,) = [page for page in site.pages if page.path == "cases/quill-2081.md"]
    assert case.body.index("Original paper:") < case.body.index("This page:")
