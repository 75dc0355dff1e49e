"""Contributors: whoever a case credits is named once, with the cases they read."""

from __future__ import annotations

from build_tools.pages.context import Context
from build_tools.pages.contributors import contributor_list, contributors
from build_tools.reading.settings import read_settings
from tests.dom import parse
from tests.world import World

TARN, ORRIN = "cases/tarn-2079.yml", "cases/orrin-2083.yml"
ORCID = "0000-0000-0000-0001"  # no one has it


def credits(world: World) -> Context:
    return Context(world.review(), read_settings(world.root))


def crediting(world: World, file: str, extraction: str) -> None:
    text = world.read(file)
    world.write(file, text[: text.index("\nextraction:")] + f"\nextraction: {extraction}\n")


def test_one_orcid_is_one_person_whatever_the_spelling(world: World) -> None:
    crediting(world, TARN, f'{{by: [{{name: Ada Quill, orcid: "{ORCID}"}}], date: "2090-01-01"}}')
    crediting(world, ORRIN, f'{{by: [{{name: A. Quill, orcid: "{ORCID}"}}], date: "2090-01-01"}}')
    (one,) = [one for one in contributors(credits(world)) if one.orcid == ORCID]
    assert {case.id for case in one.extracted} == {"tarn-2079", "orrin-2083"}


def test_a_second_reader_is_credited_with_the_second_reading(world: World) -> None:
    again = '{by: [Bo Dimm], date: "2090-01-02"}'
    crediting(world, TARN, f'{{by: [Ada Quill], date: "2090-01-01", second_reading: {again}}}')
    found = {one.name: one for one in contributors(credits(world))}
    assert [case.id for case in found["Bo Dimm"].read_again] == ["tarn-2079"]
    assert found["Bo Dimm"].extracted == []
    assert "tarn-2079" in {case.id for case in found["Ada Quill"].extracted}


def test_the_list_names_everyone_with_orcid_and_cases(world: World) -> None:
    crediting(world, TARN, f'{{by: [{{name: "<b>Ada</b>", orcid: "{ORCID}"}}], date: "2090-01-01"}}')
    shown = parse(contributor_list(credits(world), lambda target: "/" + target))
    entry = next(item for item in shown.all("li") if "<b>Ada</b>" in item.text)
    links = [link.attributes["href"] for link in entry.all("a")]
    assert links == [f"https://orcid.org/{ORCID}", "/cases/tarn-2079/"]
    assert "Extracted 1 case:" in entry.text
