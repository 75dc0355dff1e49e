"""Citations as people hold them: every dialect is read, what has no field is told. All of it is invented."""

from __future__ import annotations

import html
import json
from pathlib import Path

import pytest

from build_tools.authoring.citations.citation import Citation, Person, Unreadable
from build_tools.authoring.citations.names import authors_of
from build_tools.authoring.citations.plain_text import from_latex, unmarked
from build_tools.authoring.citations.source import read_source
from build_tools.authoring.report_file import report_text
from build_tools.publishing.generate import generate
from build_tools.records.notice import is_notice_of_another, notice_in_note, notice_in_title
from tests.authoring.test_new import new, read, refused
from tests.world import World


def cited(folder: Path, name: str, text: str) -> Citation:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return read_source(str(path))


def bib(more: str, kind: str = "article") -> str:
    return f"@{kind}{{vesper2089,\n  title = {{A toe that hummed}},\n  year = {{2089}},\n  {more}\n}}\n"


def ris(*lines: str, kind: str = "JOUR") -> str:
    body = [f"TY  - {kind}", "TI  - A toe that hummed", "PY  - 2089", *lines, "ER  - "]
    return "\n".join(body) + "\n"


def names(citation: Citation) -> list[tuple[str, str, str]]:
    return [(one.family, one.given, one.suffix) for one in citation.authors]


QUILL, OKAFOR, PELL = ("Quill", "AM", ""), ("Okafor", "B", ""), ("Pell", "C", "")

AUTHORS: dict[str, tuple[str, str, list[tuple[str, str, str]]]] = {
    "Embase, family and initials": (
        "a.ris",
        ris("A1  - Vesper I.", "A1  - Quint-Orrin L.M.", "A1  - van der Tarn J.", "DB  - Embase"),
        [("Vesper", "I.", ""), ("Quint-Orrin", "L.M.", ""), ("van der Tarn", "J.", "")],
    ),
    "RIS, given names first": (
        "a.ris",
        ris("AU  - Ida Vesper", "AU  - M. Edwin Orrin", "AU  - Jan van der Tarn"),
        [("Vesper", "Ida", ""), ("Orrin", "M. Edwin", ""), ("van der Tarn", "Jan", "")],
    ),
    "BibTeX, two without 'and'": ("a.bib", bib("author = {Quill AM, Okafor B}"), [QUILL, OKAFOR]),
    "BibTeX, three without 'and'": (
        "a.bib",
        bib("author = {Pell C, Quill AM, Okafor B}"),
        [PELL, QUILL, OKAFOR],
    ),
    "BibTeX, five without 'and'": (
        "a.bib",
        bib("author = {Quill AM, Okafor B, Pell C, Tarn D, Vesper I}"),
        [QUILL, OKAFOR, PELL, ("Tarn", "D", ""), ("Vesper", "I", "")],
    ),
    "BibTeX, family and initials in turn": (
        "a.bib",
        bib("author = {Quill, A. M., Okafor, B., Pell, C.}"),
        [("Quill", "A. M.", ""), ("Okafor", "B.", ""), ("Pell", "C.", "")],
    ),
    "BibTeX, semicolons": ("a.bib", bib("author = {Quill AM; Okafor B; Pell C}"), [QUILL, OKAFOR, PELL]),
    "one AU of three": ("a.ris", ris("AU  - Quill AM, Okafor B, Pell C"), [QUILL, OKAFOR, PELL]),
    "one AU with 'and'": ("a.ris", ris("AU  - Quill AM, Okafor B and Pell C"), [QUILL, OKAFOR, PELL]),
    "biblatex's extended names": (
        "a.bib",
        bib("author = {family=Orrin, given=Ida, prefix=de, useprefix=false and given=Ben, family=Tarn}"),
        [("de Orrin", "Ida", ""), ("Tarn", "Ben", "")],
    ),
    "BibTeX's three forms": (
        "a.bib",
        bib("author = {Ida van Tarn and van Tarn, Ida and Tarn, Jr, Ida and {Invented Toe Group}}"),
        [
            ("van Tarn", "Ida", ""),
            ("van Tarn", "Ida", ""),
            ("Tarn", "Ida", "Jr"),
            ("Invented Toe Group", "", ""),
        ],
    ),
    "given names first, without 'and'": (
        "a.bib",
        bib("author = {A. M. Quill, B. Okafor, C. Pell}"),
        [("Quill", "A. M.", ""), ("Okafor", "B.", ""), ("Pell", "C.", "")],
    ),
    "several with 'et al.'": ("a.ris", ris("AU  - Quill AM, Okafor B, et al."), [QUILL, OKAFOR]),
    "several after '&'": (
        "a.ris",
        ris("AU  - Quill, A. M., Okafor, B., & Pell, C."),
        [("Quill", "A. M.", ""), ("Okafor", "B.", ""), ("Pell", "C.", "")],
    ),
    "two 'and' in a row": (
        "a.bib",
        bib("author = {Quill, AM and and Okafor, B}"),
        [QUILL, OKAFOR],
    ),
    "a suffix behind the family name": ("a.ris", ris("AU  - Tarn Jr., Ben A."), [("Tarn", "Ben A.", "Jr")]),
    "a suffix in RIS": ("a.ris", ris("AU  - Tarn, Ben A., Jr."), [("Tarn", "Ben A.", "Jr")]),
    "a suffix after initials": (
        "a.ris",
        ris("AU  - Tarn BA 3rd", "AU  - Pell II, C."),
        [
            ("Tarn", "BA", "3rd"),
            ("Pell", "C.", "II"),
        ],
    ),
    "a suffix in BibTeX": (
        "a.bib",
        bib("author = {Tarn, III, B. A. and Pell, C., Sr.}"),
        [
            ("Tarn", "B. A.", "III"),
            ("Pell", "C.", "Sr"),
        ],
    ),
    "initials that look like a suffix": ("a.ris", ris("AU  - Quill IV"), [("Quill", "IV", "")]),
    "a degree": ("a.ris", ris("AU  - Vesper, Ida, MD, PhD"), [("Vesper", "Ida", "")]),
    "other hyphens": (
        "a.ris",
        ris("AU  - Reyes‑Orrin, Min‐Jung", "AU  - O`Tarn, Jo"),
        [
            ("Reyes-Orrin", "Min-Jung", ""),
            ("O’Tarn", "Jo", ""),
        ],
    ),
    "entities": ("a.ris", ris("AU  - Ves&eacute;r, J&ouml;rg"), [("Vesér", "Jörg", "")]),
    "a footnote's sign": (
        "a.ris",
        ris("AU  - Vesper, Ida*", "AU  - Orrin, Ben1,2"),
        [
            ("Vesper", "Ida", ""),
            ("Orrin", "Ben", ""),
        ],
    ),
    "a group in RIS": (
        "a.ris",
        ris("AU  - Invented Toe Study Group", "AU  - Toe Society,"),
        [
            ("Invented Toe Study Group", "", ""),
            ("Toe Society", "", ""),
        ],
    ),
    "groups and particles of CSL": (
        "a.json",
        json.dumps(
            {
                "type": "article-journal",
                "issued": {"date-parts": [[2089]]},
                "author": [
                    {"name": "Invented Toe Group", "sequence": "additional", "affiliation": []},
                    {"literal": "Toe Society"},
                    {"family": "Tarn", "given": "Ida", "non-dropping-particle": "van der", "suffix": "Jr."},
                    "Pell C",
                ],
            }
        ),
        [("Invented Toe Group", "", ""), ("Toe Society", "", ""), ("van der Tarn", "Ida", "Jr"), PELL],
    ),
}


@pytest.mark.parametrize(("name", "text", "expected"), AUTHORS.values(), ids=AUTHORS.keys())
def test_authors_are_read_as_they_are_written(
    tmp_path: Path, name: str, text: str, expected: list[tuple[str, str, str]]
) -> None:
    assert names(cited(tmp_path, name, text)) == expected


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (ris("AU  - Ida Vesper"), "taken as family 'Vesper', given 'Ida'"),
        (ris("AU  - Quill AM, Okafor B"), "one author field holds several"),
        (ris("AU  - Vesper, Ida, MD"), "left out beside the author 'Vesper': the degree MD"),
        (ris("AU  - Toe Study Group, T"), "looks like a group"),
        (ris("AU  - A, B, C"), "has too many commas"),
        (ris("AU  - Ida Vesper, Ben Orrin"), "may be two"),
    ],
)
def test_a_guess_about_an_author_is_told(tmp_path: Path, text: str, said: str) -> None:
    assert any(said in told for told in cited(tmp_path, "a.ris", text).told)


def test_an_empty_author_leaves_the_list_incomplete_and_is_told(world: World) -> None:
    item = {
        "type": "article-journal",
        "author": [{"family": "Orrin", "given": "Ida"}, {}, {"family": "Pell"}],
    }
    said = new(world, world.write("in/a.json", json.dumps([item | {"issued": {"date-parts": [[2017]]}}])))
    assert "look at this: author 2 is empty" in said
    assert read(world, "content/reports/orrin-2017.yml")["authors_complete"] is False


def test_more_authors_than_those_named_are_told_of(tmp_path: Path) -> None:
    for text in ("AU  - et al.", "AU  - and others"):
        assert cited(tmp_path, "a.ris", ris("AU  - Vesper, I.", text)).others
    csl = '{"type": "article-journal", "author": [{"family": "Vesper"}, {"family": "others"}]}'
    citation = cited(tmp_path, "a.json", csl)
    assert (names(citation), citation.others) == ([("Vesper", "", "")], True)


def test_what_public_readers_drop_is_read(tmp_path: Path) -> None:
    lines = (
        "C1  - First clinic",
        "C1  - Second clinic",
        "AU  - Toe Study Group of the",
        "      Northern Valleys",
    )
    citation = cited(tmp_path, "a.ris", "\ufeff" + ris(*lines))
    assert names(citation) == [("Toe Study Group of the Northern Valleys", "", "")]
    assert citation.rest == (("C1", "First clinic"), ("C1", "Second clinic"))
    old = "PMID- 39999006\nLID - 10.5555/toe.6 [doi]\nAU  - Vesper I\nCN  - Toe Group\nCN  - Hand Group\n"
    citation = cited(tmp_path, "a.nbib", old)
    assert [name[0] for name in names(citation)] == ["Vesper", "Toe Group", "Hand Group"]
    assert citation.doi == "10.5555/toe.6"
    assert from_latex(r"p \textless{} 0.05") == "p < 0.05"


CROSSREF = {
    "type": "journal-article",
    "title": ["A toe that hummed"],
    "container-title": ["Invented Toes", "Inv Toes"],
    "DOI": "10.5555/toe.2089",
    "issued": {"date-parts": [[2089, 6, 14]]},
    "published-online": {"date-parts": [[2089, 1]]},
    "volume": "9",
    "page": "1-5",
    "reference-count": 12,
    "author": [
        {
            "given": "Ida",
            "family": "Vesper",
            "sequence": "first",
            "affiliation": [{"name": "Invented Clinic"}],
            "ORCID": "http://orcid.org/0000-0000-0000-0000",
        }
    ],
}

NBIB = """
PMID- 39999001
OWN - NLM
STAT- MEDLINE
DCOM- 20890101
VI  - 154
DP  - 2089 Sep 12
TI  - A toe that hummed: report of a case with a long title that runs
      over two lines.
PG  - 1194-205
LID - S1234-5678(89)00001-1 [pii]
LID - 10.5555/toe.2089.08.999 [doi]
AB  - Sentences of the authors.
FAU - Vesper, Ida C
AU  - Vesper IC
AD  - Invented Clinic.
FAU - Orrin, Ben Jr
AU  - Orrin B Jr
CN  - Invented Toe Study Group
PT  - Case Reports
PT  - Journal Article
TA  - Inv Toes
JT  - Invented toes
PMC - PMC3999001
SO  - Inv Toes. 2089 Sep 12;154(6):1194-205.
"""

ENDNOTE = """<?xml version="1.0" encoding="UTF-8"?>
<xml><records><record><database name="toes.enl" path="/x">toes.enl</database><rec-number>1</rec-number>
<ref-type name="Journal Article">17</ref-type>
<contributors><authors><author><style face="normal">Vesper, Ida</style></author>
<author>Toe Group,</author></authors></contributors>
<titles><title><style>A </style><style face="italic">toe</style><style> &amp; a thumb</style></title>
<secondary-title>Invented Toes</secondary-title></titles>
<pages>1-5</pages><volume>12</volume><number>3</number><dates><year>2089</year></dates>
<accession-num>39999002</accession-num><remote-database-name>PubMed</remote-database-name>
<electronic-resource-num>10.5555/toe.1</electronic-resource-num><custom2>PMC3999002</custom2>
<abstract>Sentences.</abstract><label>mine</label>
</record></records></xml>
"""

ENW = "%0 Journal Article\n%A Vesper, Ida\n%A Orrin, Ben\n%T A toe\n%J Inv Toes\n%V 12\n%P 1-5\n%D 2089\n"
SUMMARY = (
    "1: Vesper IC, Orrin B Jr. A toe that hummed: a case. Inv Toes. 2089 Mar;12(3):83-6. "
    "doi: 10.5555/toe.2. PMID: 39999003; PMCID: PMC3999003.\n"
)

FIELDS: dict[str, tuple[str, str, dict[str, object]]] = {
    "C5 of Embase is the PubMed id": ("a.ris", ris("C5  - 39999418", "DB  - Embase"), {"pmid": "39999418"}),
    "AN of Ovid is the PubMed id": (
        "a.ris",
        ris("AN  - 39999419", "DB  - Ovid MEDLINE(R)"),
        {"pmid": "39999419"},
    ),
    "a work of Crossref": (
        "a.json",
        json.dumps(CROSSREF),
        {
            "type": "article-journal",
            "title": "A toe that hummed",
            "container_title": "Invented Toes",
            "year": 2089,
            "volume": "9",
            "page": "1-5",
            "doi": "10.5555/toe.2089",
        },
    ),
    "Crossref's envelope": (
        "a.json",
        json.dumps({"status": "ok", "message-type": "work", "message": CROSSREF}),
        {"type": "article-journal", "container_title": "Invented Toes", "year": 2089},
    ),
    "Crossref's list": ("a.json", json.dumps({"message": {"items": [CROSSREF]}}), {"year": 2089}),
    "PubMed's nbib": (
        "a.nbib",
        NBIB,
        {
            "title": "A toe that hummed: report of a case with a long title that runs over two lines.",
            "authors": (
                Person("Vesper", "Ida C"),
                Person("Orrin", "Ben", "Jr"),
                Person("Invented Toe Study Group"),
            ),
            "year": 2089,
            "container_title": "Invented toes",
            "volume": "154",
            "page": "1194-205",
            "doi": "10.5555/toe.2089.08.999",
            "pmid": "39999001",
            "pmcid": "PMC3999001",
        },
    ),
    "PubMed's text under another name": ("a.txt", NBIB, {"pmid": "39999001", "pmcid": "PMC3999001"}),
    "a line of PubMed's summary": (
        "a.txt",
        SUMMARY,
        {
            "title": "A toe that hummed: a case.",
            "authors": (Person("Vesper", "IC"), Person("Orrin", "B", "Jr")),
            "container_title": "Inv Toes",
            "year": 2089,
            "volume": "12",
            "issue": "3",
            "page": "83-6",
            "doi": "10.5555/toe.2",
            "pmid": "39999003",
            "pmcid": "PMC3999003",
        },
    ),
    "EndNote's XML": (
        "a.xml",
        ENDNOTE,
        {
            "title": "A toe & a thumb",
            "authors": (Person("Vesper", "Ida"), Person("Toe Group")),
            "container_title": "Invented Toes",
            "year": 2089,
            "volume": "12",
            "issue": "3",
            "page": "1-5",
            "doi": "10.5555/toe.1",
            "pmid": "39999002",
            "pmcid": "PMC3999002",
        },
    ),
    "EndNote's tags": (
        "a.enw",
        ENW,
        {"authors": (Person("Vesper", "Ida"), Person("Orrin", "Ben")), "page": "1-5"},
    ),
    "entities and markup": (
        "a.ris",
        "TY  - JOUR\nTI  - Tumour of the <i>toe</i> &amp;amp; β-blockade, p&lt;0.05\nER  - \n",
        {"title": "Tumour of the toe & β-blockade, p<0.05"},
    ),
    "a preprint as a report": (
        "a.json",
        json.dumps(
            [
                {
                    "type": "report",
                    "genre": "preprint",
                    "publisher": "In Review",
                    "DOI": "10.21203/rs.3.rs-9/v1",
                }
            ]
        ),
        {"type": "article", "container_title": "In Review", "doi": "10.21203/rs.3.rs-9/v1"},
    ),
    "a preprint of Crossref": (
        "a.json",
        json.dumps({"type": "posted-content", "subtype": "preprint", "institution": [{"name": "medRxiv"}]}),
        {"type": "article", "container_title": "medRxiv"},
    ),
    "a preprint as misc": (
        "a.bib",
        bib(
            "number = {2089.01.01.29999999}, eprint = {2089.01.01.29999999}, pages = {2089.01.01.29999999}, "
            "publisher = {medRxiv}, doi = {10.1101/2089.01.01.29999999}, archiveprefix = {medRxiv}",
            "misc",
        ),
        {"type": "article", "container_title": "medRxiv", "page": "", "issue": ""},
    ),
    "a preprint as GEN": (
        "a.ris",
        ris("PB  - bioRxiv", kind="GEN"),
        {"type": "article", "container_title": "bioRxiv"},
    ),
    "a preprint as RPRT": ("a.ris", ris("PB  - Research Square", kind="RPRT"), {"type": "article"}),
    "a preprint as a journal": (
        "a.ris",
        ris("JO  - medRxiv"),
        {"type": "article", "container_title": "medRxiv"},
    ),
    "a preprint as Google Scholar has it": (
        "a.bib",
        bib("journal = {arXiv preprint arXiv:8901.00001}"),
        {"type": "article"},
    ),
    "an abstract of a meeting in a journal": (
        "a.ris",
        ris("JO  - Inv Toes", "M3  - Conference Abstract"),
        {"type": "paper-conference"},
    ),
    "an abstract of a meeting": ("a.ris", ris(kind="ABST"), {"type": "paper-conference"}),
    "a paper of a meeting in BibTeX": (
        "a.bib",
        bib("booktitle = {Proceedings}", "inproceedings"),
        {"type": "paper-conference"},
    ),
    "a paper of a meeting of Crossref": (
        "a.json",
        '{"type": "proceedings-article"}',
        {"type": "paper-conference"},
    ),
    "Scopus' article number": ("a.bib", bib("art_number = {105999}, pages = {}"), {"page": "105999"}),
    "Web of Science's article number": ("a.bib", bib("Article-Number = {{50}}"), {"page": "50"}),
    "biblatex's eid": ("a.bib", bib("eid = {e12}"), {"page": "e12"}),
    "EndNote's article number": ("a.ris", ris("C7  - e105999"), {"page": "e105999"}),
    "pages come before the article number": ("a.ris", ris("SP  - 1", "EP  - 5", "C7  - 77"), {"page": "1-5"}),
    "lines before TY": (
        "a.ris",
        "DB  - x\nTI  - A toe in a gardener\nSP  - 67-76\nTY  - JOUR\nPY  - 2086\nJO  - Inv Toes\nER  - \n",
        {"title": "A toe in a gardener", "page": "67-76", "year": 2086},
    ),
    "a DOI with angle brackets": (
        "a.bib",
        bib("doi = {10.1002/(SICI)1097-0142(19890115)18:4<449::AID-TOE9>3.0.CO;2-#}"),
        {"doi": "10.1002/(sici)1097-0142(19890115)18:4<449::aid-toe9>3.0.co;2-#"},
    ),
    "a DOI with square brackets": (
        "a.bib",
        bib("doi = {10.1647/1082-6742(2089)018[0001:ATFM]2.0.CO;2}"),
        {"doi": "10.1647/1082-6742(2089)018[0001:atfm]2.0.co;2"},
    ),
    "each keyword its own field": (
        "a.bib",
        bib("keywords = {a}, keywords = {b}, volume = 3"),
        {"volume": "3"},
    ),
    "a key with a comma": (
        "a.bib",
        "@ARTICLE{ToeGroup,T2089,\ntitle={A toe},\nyear={2089},\n}",
        {"year": 2089},
    ),
    "no key": ("a.bib", "@article{\n  title = {A toe},\n  year = 2089\n}", {"title": "A toe", "year": 2089}),
    "a key with spaces": ("a.bib", "@article{vesper 2089 (a)#,\n  title = {A toe}}", {"title": "A toe"}),
    "R's missing pages": (
        "a.bib",
        bib("pages = {NA--NA}, journal = {NULL}"),
        {"page": "", "container_title": ""},
    ),
    "an article number that says so": ("a.ris", ris("SP  - Article 55"), {"page": "55"}),
    "a preprint's number as page": (
        "a.ris",
        ris("T2  - Research Square", "SP  - rs.3.rs-1", "DO  - 10.21203/rs.3.rs-1/v1"),
        {"type": "article", "page": ""},
    ),
    "lines that are set in": ("a.ris", "  TI  - A toe\n TY  - JOUR\nER  - \n", {"title": "A toe"}),
    "digits in C2 are no PMC id": ("a.ris", ris("C2  - 399992"), {"pmcid": "", "rest": (("C2", "399992"),)}),
    "a PubMed id as eprint": (
        "a.bib",
        bib("eprint = {39999247}, eprinttype = {pubmed}"),
        {"pmid": "39999247"},
    ),
    "R's missing values": (
        "a.ris",
        ris("JO  - NA", "VL  - NA", "IS  - n/a"),
        {"container_title": "", "volume": "", "issue": ""},
    ),
    "ids in a note": (
        "a.bib",
        bib("note = {PMID: 39999247\nPMCID: PMC9999247}"),
        {"pmid": "39999247", "pmcid": "PMC9999247"},
    ),
    "ids in a note of CSL": (
        "a.json",
        '{"type": "article-journal", "note": "PMID: 39999246\\nPMCID: PMC9999246"}',
        {"pmid": "39999246", "pmcid": "PMC9999246", "rest": ()},
    ),
    "a byte order mark": ("a.ris", "\ufeff" + ris("VL  - 3"), {"volume": "3"}),
    "the wrong name for the format": ("a.bib", ris("VL  - 3"), {"volume": "3"}),
}


@pytest.mark.parametrize(("name", "text", "expected"), FIELDS.values(), ids=FIELDS.keys())
def test_a_dialect_is_read(tmp_path: Path, name: str, text: str, expected: dict[str, object]) -> None:
    citation = cited(tmp_path, name, text)
    assert {field: getattr(citation, field) for field in expected} == expected


def test_what_a_dialect_says_beyond_the_fields_is_kept_and_told(world: World) -> None:
    said = new(
        world, world.write("in/a.json", json.dumps(CROSSREF | {"abstract": "x", "subtitle": ["And sang"]}))
    )
    text = world.read("content/reports/vesper-2089.yml")
    for kept in ("container-title: Inv Toes", "affiliation of Vesper: Invented Clinic", "subtitle: And sang"):
        assert f"kept as a comment: {kept}" in said
        assert f"# Also in the citation, without a field here: {kept}" in text
    assert "left out: abstract, issued (its day or month)" in said
    new(world, world.write("in/b.nbib", NBIB), "--anyway", "--id", "two")
    assert "Sentences" not in world.read("content/reports/two.yml")


def test_a_remark_that_may_identify_a_person_is_left_out_and_named(tmp_path: Path) -> None:
    lines = ("N1  - Retraction in: a letter of 12 March 2089", f"N1  - {'long ' * 200}")
    citation = cited(tmp_path, "a.ris", ris(*lines))
    assert citation.rest == ()
    assert "12 March" not in report_text(citation)
    assert any("'N1' says that the report is retracted" in told for told in citation.told)
    assert [name.partition(" (")[0] for name in citation.left_out] == ["N1", "N1"]


@pytest.mark.parametrize(
    ("latex", "text"),
    [
        ("renal vein & kidney", "renal vein & kidney"),
        (r"vein \& kidney &amp; toe", "vein & kidney & toe"),
        (r"50% of {IVC} \% 5", "50% of IVC % 5"),
        (r"$\beta$-blockade, H$_2$O, 10$^{6}$, $x_{12}$", "β-blockade, H2O, 10⁶, x12"),
        ("from $5 to $10", "from $5 to $10"),
        ("~5 cm, A.~B., <5 cm and >3, a_b^c #1", "~5 cm, A. B., <5 cm and >3, a_b^c #1"),
        (r"\textless{}5, \textgreater 3, \~{}2, \textasciitilde 2", "<5, >3, ~2, ~2"),
        (r"\textsuperscript{18}F and CO\textsubscript{2}", "18F and CO2"),
        (r"M{\"u}ller-{\L}uc, {\'\i}, \v{S}imek, {\ss}", "Müller-Łuc, í, Šimek, ß"),
        (
            r"\emph{in vivo} \NoCaseChange{DNA} --- a \url{http://x.org/a_b}",
            "in vivo DNA — a http://x.org/a_b",
        ),
    ],
)
def test_latex_prints_what_its_author_wrote(latex: str, text: str) -> None:
    assert from_latex(latex) == text


def test_a_command_that_nobody_knows_keeps_the_title_as_written(tmp_path: Path) -> None:
    citation = cited(tmp_path, "a.bib", r"@article{a, title={A \inventedtoe{toe} that hummed}}")
    assert citation.title == "A toe that hummed"
    assert ("title, as written", r"A \inventedtoe{toe} that hummed") in citation.rest


@pytest.mark.parametrize(
    ("marked", "text"),
    [
        ('<jats:italic>vena</jats:italic> <span class="nocase">cava</span>', "vena cava"),
        ("10<sup>6</sup> cells of <sup>18</sup>F, CO<sub>2</sub>", "10⁶ cells of 18F, CO2"),
        ("R&D, AT&T; n<i and p<0.05 > q", "R&D, AT&T; n<i and p<0.05 > q"),
        ("&#946;-blockade &#x3b1; &quot;x&quot;", 'β-blockade α "x"'),
        ("<mml:math><mml:mi>β</mml:mi></mml:math>", "β"),
    ],
)
def test_markup_falls_away_and_an_authors_sign_stays(marked: str, text: str) -> None:
    assert unmarked(marked) == text


SOURCES: dict[str, tuple[str, str, str]] = {
    "https://pubmed.ncbi.nlm.nih.gov/39999001/?from_term=toe": ("", "39999001", ""),
    "https://www.ncbi.nlm.nih.gov/pubmed/39999001": ("", "39999001", ""),
    "https://europepmc.org/article/MED/39999001": ("", "39999001", ""),
    "PMID:39999001.": ("", "39999001", ""),
    "39999001[pmid]": ("", "39999001", ""),
    "PMID: 39999001; PMCID: PMC3999001": ("", "39999001", "PMC3999001"),
    "PMC3999001": ("", "", "PMC3999001"),
    "https://pmc.ncbi.nlm.nih.gov/articles/PMC3999001/": ("", "", "PMC3999001"),
    "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC3999001/?report=reader": ("", "", "PMC3999001"),
    "https://onlinelibrary.wiley.com/doi/10.5555/toe.25012": ("10.5555/toe.25012", "", ""),
    "https://onlinelibrary.wiley.com/doi/full/10.5555/toe.25012": ("10.5555/toe.25012", "", ""),
    "https://onlinelibrary-wiley-com.proxy.uni.edu/doi/epdf/10.5555/toe.25012": ("10.5555/toe.25012", "", ""),
    "https://doi-org.proxy.uni.edu/10.5555/toe.25012": ("10.5555/toe.25012", "", ""),
    "https://doi.org/10.5555/j.toe.2089.105999?utm_source=x": ("10.5555/j.toe.2089.105999", "", ""),
    "https://www.frontiersin.org/articles/10.5555/toe.2089.00001/full": ("10.5555/toe.2089.00001", "", ""),
    "https://link.springer.com/content/pdf/10.5555%2Fs00268-089-0001-1.pdf": (
        "10.5555/s00268-089-0001-1",
        "",
        "",
    ),
    "https://journals.plos.org/plosone/article?id=10.5555/journal.pone.01": (
        "10.5555/journal.pone.01",
        "",
        "",
    ),
    "https://www.medrxiv.org/content/10.1101/2089.01.01.21249999v1": ("10.1101/2089.01.01.21249999", "", ""),
    "https://www.medrxiv.org/content/10.1101/2089.01.01.21249999v2.full.pdf": (
        "10.1101/2089.01.01.21249999",
        "",
        "",
    ),
    "https://academic.oup.com/toe/article/doi/10.5555/toe/rjz123/5512345": ("10.5555/toe/rjz123", "", ""),
    "(10.5555/j.toe.2089.105999)": ("10.5555/j.toe.2089.105999", "", ""),
    "[10.5555/j.toe.2089.105999]": ("10.5555/j.toe.2089.105999", "", ""),
    "10.5555/j.toe.2089.105999 [doi]": ("10.5555/j.toe.2089.105999", "", ""),
    "doi:10.5555/j.toe.2089.105999.": ("10.5555/j.toe.2089.105999", "", ""),
    "info:doi/10.5555/j.toe.1": ("10.5555/j.toe.1", "", ""),
    "10.1002/(SICI)1097-0142(19890115)18:4<449::AID-TOE9>3.0.CO;2-T": (
        "10.1002/(sici)1097-0142(19890115)18:4<449::aid-toe9>3.0.co;2-t",
        "",
        "",
    ),
    "https://doi.org/10.1002/(SICI)1097-0142(19890115)18:4%3C449::AID-TOE9%3E3.0.CO;2-%23": (
        "10.1002/(sici)1097-0142(19890115)18:4<449::aid-toe9>3.0.co;2-#",
        "",
        "",
    ),
    "Vesper I. A toe. Inv Toes. 2089;1:2. doi: 10.5555/toe.1. PMID: 39999001; PMCID: PMC3999001.": (
        "10.5555/toe.1",
        "39999001",
        "PMC3999001",
    ),
}


@pytest.mark.parametrize(("source", "ids"), SOURCES.items(), ids=range(len(SOURCES)))
def test_every_identifier_is_read_as_people_paste_it(source: str, ids: tuple[str, str, str]) -> None:
    citation = read_source(source)
    assert (citation.doi, citation.pmid, citation.pmcid) == ids


def test_of_a_pmc_id_alone_nothing_is_invented(world: World) -> None:
    said = new(world, "PMC3999001")
    assert read(world, "content/reports/pmc3999001.yml")["pmcid"] == "PMC3999001"
    assert "rename both files" in said


def test_an_address_without_an_identifier_is_told(world: World) -> None:
    said = refused(world, "https://www.sciencedirect.com/science/article/pii/S2210261289000011")
    assert "copy the DOI from that page" in said


def test_an_old_doi_is_kept_and_its_link_is_encoded(world: World) -> None:
    world.replace(
        "content/reports/quill-2081.yml",
        "doi: 10.5555/glimmer.2081.12",
        "doi: 10.1002/(sici)1097-0142(19890115)18:4<449::aid-toe9>3.0.co;2-#",
    )
    body = {page.path: page.body for page in generate(world.root).pages}["reports/quill-2081.md"]
    link = "10.1002/%28sici%291097-0142%2819890115%2918%3A4%3C449%3A%3Aaid-toe9%3E3.0.co%3B2-%23"
    assert f'href="https://doi.org/{link}"' in body
    assert "18:4<449" not in body and "18:4<449::aid-toe9>3.0.co;2-#</a>" in html.unescape(str(body))


NOTICES = {
    "RETRACTED: A toe that hummed": "retracted",
    "RETRACTED A toe that hummed": "retracted",
    "[Retracted] A toe": "retracted",
    "Retracted Article: A toe": "retracted",
    "A toe (Retracted article. See vol. 12, pg. 3, 2090)": "retracted",
    "A toe [retracted]": "retracted",
    "WITHDRAWN: A toe": "withdrawn",
    "Expression of Concern: A toe": "concern",
    "Corrigendum to: A toe": "corrected",
    "Erratum: A toe": "corrected",
    "A toe with a retracted nail": "",
    "Retraction of the liver in surgery of the vena cava": "",
    "Correction of a toe: a case": "",
    "Concern about a toe": "",
}


@pytest.mark.parametrize(("title", "state"), NOTICES.items())
def test_a_title_tells_whether_the_report_stands(title: str, state: str) -> None:
    assert notice_in_title(title) == state


@pytest.mark.parametrize(
    ("note", "state"),
    [
        ("Retraction in: Inv Toes 2092;13:1", "retracted"),
        ("Retracted", "retracted"),
        ("Retracted Publication", "retracted"),
        ("Expression of concern in: Inv Toes 2092", "concern"),
        ("Erratum in: Inv Toes 2092", "corrected"),
        ("Cited by: 12", ""),
        ("the nail was retracted and sewn", ""),
    ],
)
def test_a_note_tells_whether_the_report_stands(note: str, state: str) -> None:
    assert notice_in_note(note) == state


def test_a_notice_is_told_from_the_report_it_is_about() -> None:
    assert is_notice_of_another("Retraction notice to: A toe")
    assert is_notice_of_another("Erratum for: Inv Toes 2089")
    assert not is_notice_of_another("Retracted: A toe")


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        (
            "a.ris",
            "TY  - JOUR\nTI  - RETRACTED: A toe\nAU  - Vesper, I\nPY  - 2089\nER  - \n",
            "the title says",
        ),
        ("a.bib", bib("author={Vesper, I}, note={Retraction in: Inv Toes 2092;13:1}"), "'note' says"),
        (
            "a.json",
            '{"type": "article-journal", "title": "[Retracted] A toe", "author": [{"family": "Vesper"}], '
            '"issued": {"raw": "2089"}}',
            "the title says",
        ),
        (
            "a.nbib",
            "PMID- 39999004\nTI  - A toe.\nAU  - Vesper I\nDP  - 2089\nRIN - Toes. 2092. PMID: 39999005\n",
            "'RIN' says",
        ),
    ],
)
def test_a_retraction_in_a_citation_is_told_and_stands_in_the_file(
    world: World, name: str, text: str, said: str
) -> None:
    out = new(world, world.write(f"in/{name}", text))
    assert f"look at this: {said} that the report is retracted" in out
    assert said in world.read("content/reports/vesper-2089.yml")
    assert read(world, "content/reports/vesper-2089.yml")["retraction"] == {"state": "not_checked"}


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("a.json", '{"type": "report", "title": "x"}', "of the kind 'report'"),
        ("a.nbib", NBIB + NBIB, "holds 2 records"),
        ("a.xml", "<xml><records></records></xml>", "holds no <record>"),
        ("a.xml", "<xml>", "this is not XML"),
        ("a.xml", '<!DOCTYPE x [<!ENTITY a "b">]><xml/>', "defines no entities"),
        ("a.enw", ENW + ENW, "holds 2 references"),
    ],
)
def test_what_cannot_be_a_report_is_refused_in_a_sentence(
    world: World, name: str, text: str, said: str
) -> None:
    assert said in refused(world, world.write(f"in/{name}", text))


def test_no_author_is_lost_whatever_a_name_holds(tmp_path: Path) -> None:
    citation = cited(tmp_path, "a.ris", ris("AU  - Toe & Thumb 1 Group", "AU  - Vesper, I"))
    assert "Toe & Thumb 1 Group" in report_text(citation)
    assert names(citation)[1] == ("Vesper", "I", "")


def test_a_file_that_holds_no_reference_is_refused() -> None:
    with pytest.raises(Unreadable, match="neither a DOI"):
        read_source("A toe that hummed")


def test_two_ways_to_name_an_author_give_one_list() -> None:
    assert authors_of(["Quill AM, Okafor B"]).people == authors_of(["Quill AM", "Okafor B"]).people
