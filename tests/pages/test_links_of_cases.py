"""A case's page leads on: to its values, its treatments, its tables, other cases, and what became of it."""

from __future__ import annotations

import re

import pytest

from build_tools.exports import versions_json
from build_tools.publishing.generate import Site, generate
from build_tools.reading.versions import FILE, DataVersion
from tests.world import World


@pytest.fixture
def site(world: World) -> Site:
    world.write(
        FILE.as_posix(), versions_json.text([DataVersion("1.0", "2090-01-02", "x", 5, ("quill-2081",))])
    )
    return generate(world.without_charts().root)


def body(site: Site, path: str) -> str:
    return next(page.body for page in site.pages if page.path == path)


def test_a_value_has_an_address_that_its_title_leads_to_and_each_is_there_once(site: Site) -> None:
    for page in site.pages:
        if page.path.startswith("cases/") and page.path != "cases/index.md":
            ids = re.findall(r'id="([^"]+)"', page.body)
            assert len(ids) == len(set(ids)), page.path
            led = re.findall(r'<a class="own" href="#([^"]+)">', page.body)
            assert led
            assert set(led) <= set(ids)
    quill = body(site, "cases/quill-2081.md")
    assert '<a class="own" href="#value-surgeries-0-blood_loss">Blood loss</a>' in quill


def test_a_case_leads_to_the_case_before_and_the_case_after(site: Site) -> None:
    quill = body(site, "cases/quill-2081.md")
    assert 'href="../../cases/orrin-2083/">Previous case: ' in quill
    assert 'href="../../cases/tarn-2079/">Next case: ' in quill
    assert "Previous case" not in body(site, "cases/orrin-2083.md")


def test_a_treatment_and_its_patients_lead_to_each_other(site: Site) -> None:
    pairs = 0
    for page in site.pages:
        if page.path.startswith("cases/"):
            for id in re.findall(r'href="../../regimens/([^/"]+)/"', page.body):
                pairs += 1
                case = page.path.removesuffix(".md")
                assert f'href="../../{case}/"' in body(site, f"regimens/{id}.md")
    assert pairs


def test_a_case_leads_to_the_pages_of_the_tables_that_it_stands_in(site: Site) -> None:
    assert any(row.case.id == "quill-2081" for table in site.tables for row in table.rows)
    assert "In tables: " in body(site, "cases/quill-2081.md")


def test_a_case_tells_which_data_version_brought_it_and_where_its_history_is(site: Site) -> None:
    quill = body(site, "cases/quill-2081.md")
    assert "Data version 1.0, 2090-01-02: added." in quill
    assert "/commits/main/cases/quill-2081.yml" in quill
    assert "Data version 1.0, 2090" not in body(site, "cases/tarn-2079.md")
