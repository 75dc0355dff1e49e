"""The agreement of second readings: summed by block, what one alone says apart, patients behind counts."""

from __future__ import annotations

from build_tools.analysis.agreement import by_block, ways_of_choosing
from build_tools.pages.context import Context
from build_tools.pages.lists import second_readings
from build_tools.reading.settings import read_settings
from tests.dom import parse
from tests.world import World

QUILL, ORRIN = "cases/quill-2081.yml", "cases/orrin-2083.yml"
AGAIN = """
  second_reading:
    by: [Second Reader]
    agreement:
      - {block: outcome, both: 4, same: 3}
      - {block: patient, both: 5, same: 5, only_second: 2}"""


def context(world: World) -> Context:
    return Context(world.review(), read_settings(world.root))


def twice(world: World) -> World:
    """The example, with a second patient read twice; the first one is there already."""
    world.replace(
        ORRIN,
        'extraction: {by: [First Reader], date: "2090-02-02"}',
        f'extraction:\n  by: [First Reader]\n  date: "2090-02-02"{AGAIN}',
    )
    return world


def test_blocks_stand_in_the_order_of_a_case_and_all_of_them_at_last(world: World) -> None:
    rows = by_block(context(twice(world)).review)
    assert [(row.title, row.counts) for row in rows] == [
        ("Patient", (25, 24, 1, 2)),
        ("Tumour", (80, 79, 0, 4)),
        ("Outcome", (4, 3, 0, 0)),
        ("", (109, 106, 1, 6)),
    ]


def test_each_count_leads_to_its_patients_and_what_one_alone_says_stands_beside_it(world: World) -> None:
    made = second_readings(context(twice(world)), "methods/")
    shown = parse(made.html)
    cells = [[" ".join(cell.text.split()) for cell in row.all("td")] for row in shown.one("tbody").all("tr")]
    assert cells[-1][0].startswith("106 of 109 (97.2%)")
    assert cells[-1][1:] == ["1", "6"]
    patient = shown.one("tbody").all("tr")[0]
    assert len(patient.all("a")) == 2
    assert "5 of 5" in patient.text
    (csv,) = made.downloads
    assert "Patient,quill-2081,20,19,1,0" in csv.content.decode()


def test_how_patients_were_chosen_is_told_with_their_number(world: World) -> None:
    assert ways_of_choosing(context(world).review) == {"drawn at random with the seed 2090": 1}
    text = " ".join(parse(second_readings(context(world), "methods/").html).text.split())
    assert "How they were chosen: drawn at random with the seed 2090 (1 patient)." in text


def test_a_casebook_without_a_second_reading_says_so(world: World) -> None:
    text = world.read(QUILL)
    world.write(QUILL, text[: text.index("  second_reading:")])
    made = second_readings(context(world), "methods/")
    assert "No patient has been read a second time yet." in made.html
    assert made.downloads == []
