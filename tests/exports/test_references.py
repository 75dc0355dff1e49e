"""References: a report goes out as BibTeX, RIS and CSL-JSON, and comes back as it was."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator

import pybtex.database
import pytest
import rispy
import yaml

from build_tools.authoring.citations.bibtex import read_bibtex
from build_tools.authoring.citations.citation import Citation
from build_tools.authoring.citations.csl import read_csl
from build_tools.authoring.citations.ris import read_ris
from build_tools.authoring.report_file import report_text
from build_tools.exports import references_bib, references_csl, references_ris
from build_tools.publishing.generate import generate
from build_tools.records.report import Report
from build_tools.review.review import Review
from tests.world import World

SIZE = 400
"""Reports of the invented corpus."""
FAMILIES = (
    *("Vesper", "Quint-Orrin", "O'Wick", "O’Tarn", "van der Tarn", "de la Cruz", "D'Orrin"),
    *("Müller-Łuc", "Ångström", "Đặng", "Ng", "Şimşek", "Ćosić", "Þórsdóttir", "Œuvray", "ﬀoulkes"),
    *("Pell y Orrin", "St. Vesper", "Ó Tarn", "Ii", "Иванова", "山田", "Le", "Das", "De"),
    *("von Tarn und zu Orrin", "Sands and Orrin", "ten Vesper", "al-Tarn", "Li"),
)
GIVENS = (
    *("Ida", "I.", "IC", "I. C.", "Ida Clara", "Min-Jung", "J.-L.", "Łukasz", "Ádám", "MD", "IV"),
    *("María José", "X", "Yu.", "Jean d’Arc", "K-H", "太郎", "Åse", "MS", "Jo"),
)
GROUPS = (
    *("Invented Toe Study Group", "Collaborators of the Toe", "Society for Toes"),
    *("Hand and Foot Foundation", "Madonna", "Toe Alliance Alpha", "Group B"),
)
WORDS = (
    *("toe", "of", "the", "renal vein", "&", "p<0.05", ">5 cm", "50%", "β-blockade", "≥", "±"),
    *("2×3", "~5 cm", "$5", "from $5 to $10", "#1", "a_b", "x^2", "10⁶", "CO₂", "{IVC}", "\\n"),
    *('"hummed"', "‘sang’", "it's", "''", "``", "--", "—", "—a case—", "[18F]FDG", "(IVC)", "A/B"),
    *("R&D", "AT&T;", "naïve", "Ünal", "Ki-67", "CD34+", "?", "!", "IIb", "d'une", "a:b", "a;b"),
    *("<1", "n<i and b>c", "|x|", "@home", "*", "=", "…", "¿qué?", "µm", "°C", "½", "§", "病例"),
    *("случай", "ß", "ı", "ø", "%", "_", "^", "\\textbf", "\\&", "'quoted'", "e.g.", ",", "!`"),
    *("?`", "<<"),
)
DOIS = (
    *("10.5555/toe.2089.12", "10.1002/(sici)1097-0142(19890115)18:4<449::aid-toe9>3.0.co;2-#"),
    *("10.5555/a_b(1)x", "10.1647/1082-6742(2089)018[0001:atfm]2.0.co;2"),
    *("10.5555/s0022-5347(05)68890-8", "10.5555/x--y", "10.5555/a&b=c"),
)
JOURNALS = ("Invented Toes", "Hand & Foot: Ärzte <b", "Toes. Part_A", "足")
STATES = ("none_found", "not_checked", "retracted", "withdrawn", "concern", "corrected")
TOLD = STATES[2:]
PAGES = (
    *("83-86", "83", "e105999", "S12-S19", "12-19, 24", "1194-205", "CD001", "105999", "iv-ix"),
    *("5-5",),
)


def corpus(seed: int = 1) -> Iterator[Report]:
    """Invented reports, each with other fields and other difficulties; the same in every run."""
    dice = random.Random(seed)

    def maybe(value: object, share: float = 0.7) -> object:
        return value if dice.random() < share else None

    def author() -> dict[str, str]:
        if dice.random() < 0.15:
            return {"family": dice.choice(GROUPS)}
        name = {"family": dice.choice(FAMILIES), "given": dice.choice(GIVENS)}
        if dice.random() < 0.15:
            name["suffix"] = dice.choice(("Jr", "Sr", "II", "III", "IV", "3rd"))
        return name

    for _ in range(SIZE):
        title = "A toe " + " ".join(dice.sample(WORDS, dice.randint(1, 8)))
        fields = {
            "type": dice.choice(("article-journal", "article", "chapter", "paper-conference", "thesis")),
            "design": "case_report",
            "title": maybe(title, 0.95),
            "authors": [author() for _ in range(dice.choice((0, 1, 1, 2, 3, 7)))],
            "authors_complete": maybe(False, 0.2),
            "year": maybe(dice.randint(1850, 2089), 0.9),
            "container_title": maybe(
                dice.choice(("Invented Toes", "Hand & Foot: Ärzte <b", "Toes. Part_A", "足"))
            ),
            "volume": maybe(dice.choice(("12", "12A", "54 Suppl 1", "IX"))),
            "issue": maybe(dice.choice(("3", "3-4", "Suppl 1", "012"))),
            "page": maybe(dice.choice(PAGES)),
            "doi": maybe(dice.choice(DOIS), 0.6),
            "pmid": maybe(str(dice.randint(1, 99_999_999)), 0.5),
            "pmcid": maybe(f"PMC{dice.randint(1, 9_999_999)}", 0.3),
            "read": "full",
            "retraction": {
                "state": dice.choice(("none_found", "not_checked", "retracted", "concern", "corrected"))
            },
        }
        yield Report.model_validate({name: value for name, value in fields.items() if value is not None})


def as_file(report: Report) -> dict[str, object]:
    """What a citation can say of a report, as its file says it."""
    fields = Report.model_fields.keys() - {"design", "read", "retraction"}
    return report.model_dump(include=set(fields), exclude_none=True, exclude_defaults=True)


ROUNDS: dict[str, tuple[Callable[[str, Report], str], Callable[[str], Citation]]] = {
    "BibTeX": (references_bib.entry, read_bibtex),
    "RIS": (references_ris.reference, read_ris),
    "CSL-JSON": (lambda id, report: json.dumps(references_csl.item(id, report)), read_csl),
}


@pytest.mark.parametrize("name", ROUNDS)
def test_no_report_loses_anything_on_its_way_out_and_back(name: str) -> None:
    write, read = ROUNDS[name]
    lost = []
    for number, report in enumerate(corpus()):
        out = write(f"toe-{number}", report)
        citation = read(out)
        back = yaml.safe_load(report_text(citation, read="full"))
        again = Report.model_validate(back | {"authors": tuple(back.get("authors", ()))})
        if not report.authors:  # without a name, the file has no place for 'not all of them'
            again = again.model_copy(update={"authors_complete": report.authors_complete})
        if as_file(again) != as_file(report):
            lost.append((out, as_file(report), as_file(again)))
        state = report.retraction.state
        told = any("the report is" in line for line in citation.told)
        assert told == (state in TOLD), out
    assert lost == []


def test_the_corpus_is_large_and_varied() -> None:
    reports = list(corpus())
    assert len({as_file(report)["title"] for report in reports if report.title}) > 300
    for field in ("authors", "container_title", "volume", "issue", "page", "doi", "pmid", "pmcid"):
        assert 50 < sum(bool(getattr(report, field)) for report in reports) < SIZE


def test_public_readers_read_every_reference(example: Review) -> None:
    entries = pybtex.database.parse_string(references_bib.text(example), "bibtex").entries
    assert list(entries) == sorted(example.reports)
    references = rispy.loads(references_ris.text(example))
    assert [one["id"] for one in references] == sorted(example.reports)
    items = json.loads(references_csl.text(example))
    assert [one["id"] for one in items] == sorted(example.reports)
    for id, reference, item in zip(sorted(example.reports), references, items, strict=True):
        assert reference.get("title") == item.get("title") == example.reports[id].title


def test_the_references_are_downloads_of_the_site(world: World) -> None:
    paths = {download.path for download in generate(world.root).downloads}
    assert {"data/references.bib", "data/references.ris", "data/references.json"} <= paths
