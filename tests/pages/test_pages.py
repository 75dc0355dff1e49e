"""Pages: every value stands on its page as text, with its place; no text of a file is ever markup."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import count, cycle, islice
from xml.etree import ElementTree

import markdown
import pytest
import yaml

from build_tools.analysis.tables import cell
from build_tools.pages import case, regimen, report, trial
from build_tools.pages.case import STRIP
from build_tools.pages.context import Context
from build_tools.pages.page import Download, Page
from build_tools.publishing.generate import Site
from build_tools.reading.settings import read_settings
from build_tools.records.values import WORKED_OUT, Source, State
from build_tools.review.facts import Fact, lower_first, state_words
from build_tools.review.review import Review, link
from build_tools.templates.rendering import as_html, as_markdown
from tests.dom import Element, flat, parse
from tests.hostile import TEXTS, hostile_to_the_last_term, review_of, review_with, rewrite, site_of
from tests.world import EXAMPLE

CASES = sorted(path.stem for path in (EXAMPLE / "cases").glob("*.yml"))
TSPAN = "{http://www.w3.org/2000/svg}tspan"
VERSION = re.compile("(?:ata version |version&#34;: &#34;)[0-9a-f]{8}")
FORMS = re.compile(r'<pre class="reference">.*?</pre>|<script type="application/ld\+json">.*?</script>', re.S)
"""References for programs: LaTeX and JSON escape in their own way; test_cite_this reads them back."""
READ_BACK = re.compile(r"data/(?:tidy/|casebook\.xlsx|cases\.atom|datapackage|openapi|phenopackets|versions)")
"""Files that are read back by libraries of their own, in tests/exports and tests/commands."""
REPORTS = sorted(path.stem for path in (EXAMPLE / "content" / "reports").glob("*.yml"))


@pytest.fixture(scope="module")
def site(example: Review) -> Site:
    return site_of(example)


def page(site: Site, path: str) -> Page:
    return next(page for page in site.pages if page.path == path)


def body(site: Site, path: str) -> Element:
    return parse(page(site, path).body)


def name(review: Review, source: Source) -> str:
    """A source as a mark names it."""
    report = review.reports[source.report or ""]
    label = report.label or f"{report.authors[0].family} {report.year}"
    return flat(f"{label}, {source.place}")


class Shown:
    """What a page says, statement by statement: its words, and the places that its marks name."""

    def __init__(self, top: Element) -> None:
        self.statements = [
            (e.text_without("mark"), [where.text for where in e.all(css_class="where")])
            for tag in ("li", "p", "dd", "h3")
            for e in top.all(tag)
        ]

    def says(self, words: Iterable[str], places: Iterable[str] = ()) -> bool:
        """Whether one statement has any of the words, and marks for all of the places."""
        return any(
            any(word in text for word in words)
            and all(any(place in where for where in marks) for place in places)
            for text, marks in self.statements
        )


def words_of(fact: Fact) -> set[str]:
    """How a page may put a fact: its text, a state's words, or the name alone of what was present."""
    if fact.state is not State.REPORTED:
        return {state_words(fact.state)}
    words = flat(fact.title if fact.text == "present" else fact.text)
    if fact.text == "present":
        return {words, lower_first(words), "yes"}
    return {words, lower_first(words), flat(fact.inline) or words}


def said(facts: Iterable[Fact]) -> Iterator[Fact]:
    """Every claim that a report makes, whether alone or against another."""
    for top in facts:
        for fact in top.walk():
            if fact.claims:
                yield from fact.claims
            elif not fact.missing and (not fact.is_group or fact.state is not State.REPORTED):
                yield fact


def outermost_missing(facts: Iterable[Fact]) -> Iterator[Fact]:
    """What no report mentions; of a block that is missing whole, the block alone."""
    for fact in facts:
        if fact.missing:
            yield fact
        else:
            yield from outermost_missing(fact.children)


@pytest.mark.parametrize("case", CASES)
def test_every_value_stands_on_its_page_with_its_place(example: Review, site: Site, case: str) -> None:
    shown = Shown(body(site, f"cases/{case}.md"))
    facts = list(said(example.cases[case].facts))
    assert len(facts) > 5
    lost = [
        f"{fact.path}: {fact.text}"
        for fact in facts
        if not shown.says(words_of(fact), [name(example, source) for source in fact.sources])
    ]
    assert not lost


@pytest.mark.parametrize("case", CASES)
def test_every_note_and_reason_stands_on_its_page(example: Review, site: Site, case: str) -> None:
    text = body(site, f"cases/{case}.md").text
    facts = example.cases[case].by_path.values()
    parts = [part for fact in facts for part in (fact, *fact.claims)]
    assert [note for part in parts for note in (part.note, part.why) if note and flat(note) not in text] == []


@pytest.mark.parametrize("case", CASES)
def test_every_field_that_no_report_mentions_is_named_as_such(example: Review, site: Site, case: str) -> None:
    silent = " ".join(e.text for e in body(site, f"cases/{case}.md").all("p", "silent"))
    missing = list(outermost_missing(example.cases[case].facts))
    assert missing
    assert [fact.path for fact in missing if fact.title not in silent] == []


def test_a_block_that_no_report_mentions_is_named(site: Site) -> None:
    section = next(
        e for e in body(site, "cases/orrin-2083.md").all("section") if e.attributes.get("id") == "pathology"
    )
    assert section.one("p", "silent").text == "Not reported: Pathology, Genetics"


def test_silence_of_a_report_that_nobody_read_in_full_reads_differently(site: Site) -> None:
    silent = body(site, "cases/tarn-2079.md").all("p", "silent")
    assert {e.text.partition(":")[0] for e in silent} == {"Not extracted"}
    silent = body(site, "cases/orrin-2083.md").all("p", "silent")
    assert {e.text.partition(":")[0] for e in silent} == {"Not reported"}


@pytest.mark.parametrize(
    ("case", "title", "words"),
    [
        ("quill-2081", "Family history", "none"),
        ("quill-2081", "Pregnancy", "not applicable"),
        ("quill-2081", "Biopsy", "not done"),
        ("orrin-2083", "Pregnancy", "unknown"),
        ("orrin-2083", "Margins", "unclear"),
        ("orrin-2083", "Blood loss", "withheld"),
    ],
)
def test_what_a_report_says_in_place_of_a_value_looks_like_no_value(
    site: Site, case: str, title: str, words: str
) -> None:
    rows = [e for e in body(site, f"cases/{case}.md").all("div", "row") if e.one("dt").text == title]
    assert [row.one(css_class="state").text for row in rows] == [words]
    assert [row.all(css_class="value") for row in rows] == [[]]


def test_no_two_states_have_the_same_words() -> None:
    words = {state_words(state) for state in State}
    assert len(words) == len(State)
    assert {state_words(state) for state in WORKED_OUT} == {"not reported", "not extracted"}


def test_all_claims_of_a_conflict_stand_side_by_side(site: Site) -> None:
    claims = body(site, "cases/quill-2081.md").one("div", "claims")
    assert [claim.one(css_class="value").text for claim in claims.all("p", "claim")] == ["200 ml", "250 ml"]
    assert [claim.one(css_class="where").text for claim in claims.all("p", "claim")] == [
        "Quill 2081, Operation",
        "Quill 2081, Table 2",
    ]
    assert claims.one("p", "used").text.endswith("used in tables")
    assert claims.one("p", "why").text == "One report says different things. The text says it twice."


def test_of_a_conflict_left_open_no_claim_is_marked_as_used(site: Site) -> None:
    claims = body(site, "cases/orrin-2083.md").one("div", "claims")
    assert [claim.one(css_class="value").text for claim in claims.all("p", "claim")] == ["44", "45"]
    assert claims.all("p", "used") == []


def test_inferred_derived_and_reported_values_carry_different_marks(site: Site) -> None:
    rows = body(site, "cases/vesper-2085-case-2.md").all("div", "row")
    marks = {row.one("dt").text: row.all("span", "mark")[0].classes for row in rows}
    assert marks["Disease"] == ["mark", "inferred"]
    assert marks["Status"] == ["mark", "derived"]
    assert marks["Sex"] == ["mark", "reported"]


def test_a_claim_inside_a_list_keeps_its_own_source(example: Review) -> None:
    review = review_with(
        ("case", "quill-2081"),
        ("surgeries", 0, "preparation", 0, "duration"),
        {
            "claims": [
                {"value": "14 days", "source": "quill-2081: Operation", "note": "Or so."},
                {"value": "3 weeks", "source": "quill-2088: Letter"},
            ],
            "use": 0,
            "why": "The letter is late.",
        },
    )
    shown = Shown(body(site_of(review), "cases/quill-2081.md"))
    assert shown.says(["3 weeks"], ["Quill 2088, Letter"])
    assert shown.says(["The letter is late."])


@pytest.mark.parametrize("report", REPORTS)
def test_a_page_of_a_report_lists_its_patients(example: Review, site: Site, report: str) -> None:
    links = [e.attributes.get("href", "") for e in body(site, f"reports/{report}.md").one("article").all("a")]
    wanted = {f"../../cases/{case.id}/" for case in example.cases_of(report)}
    assert {link for link in links if link.startswith("../../cases/")} == wanted


def test_a_page_of_a_report_says_how_much_of_it_was_read(site: Site) -> None:
    assert "read in full" in body(site, "reports/orrin-2083.md").text
    assert "not read; known from another report" in body(site, "reports/tarn-2079.md").text


def test_a_group_s_numbers_stand_with_the_report_and_their_denominator(site: Site) -> None:
    text = body(site, "reports/quill-2081.md").text
    assert "5/7" in text
    assert "never add them up" in text


def received(site: Site, regimen: str) -> set[str]:
    chapters = body(site, f"regimens/{regimen}.md").all("section", "chapter")
    (chapter,) = [e for e in chapters if e.one("h2").text == "Published patients who received it"]
    return {a.attributes["href"] for h3 in chapter.all("h3") for a in h3.all("a")}


def test_a_page_of_a_regimen_lists_the_patients_who_received_it(site: Site) -> None:
    assert received(site, "dimmerin-shadex") == {"../../cases/vesper-2085-case-1/"}
    assert Shown(body(site, "regimens/dimmerin-shadex.md")).says(["75 mg"])
    assert received(site, "lamp-rays") == set()


@pytest.mark.parametrize("status", ["refused", "recommended"])
def test_a_regimen_that_was_not_given_was_not_received(status: str) -> None:
    review = review_with(("case", "vesper-2085-case-1"), ("systemic_therapy", 0, "status"), status)
    assert received(site_of(review), "dimmerin-shadex") == set()


def test_a_case_without_any_time_says_so_in_place_of_its_time_line(site: Site) -> None:
    none = body(site, "cases/tarn-2079.md").one("figure", "chart")
    assert none.all("svg") == []
    assert "No report gives a time for anything that happened." in none.text
    line = body(site, "cases/quill-2081.md").one("figure", "chart")
    assert len(line.one("table", "figures").all("tr")) == 5


def test_evidence_that_names_no_report_is_of_the_only_one(site: Site) -> None:
    sides = body(site, "cases/vesper-2085-case-2.md").one("details", "identity")
    assert [where.text for where in sides.all(css_class="where")] == ["Vesper 2085, Chapter 3"]


# ---- hostile texts ----


PICTURE = "picture: "


def drawn(picture: Element) -> list[str]:
    """What a picture is made of, and its words, which are broken and shortened as there is room."""

    def words(element: Element) -> str:
        # Words that are broken or shortened have their whole text as a title.
        whole = element.all("title") if element.tag == "text" else []
        inside = whole[0].inside if whole else element.inside
        return "".join(part if isinstance(part, str) else words(part) for part in inside)

    tags = sorted({e.tag for e in picture} - {"tspan"})
    names = sorted({name for e in picture for name in e.attributes if name.startswith("on")})
    return [f"<svg of {tags}>", f"{names}", PICTURE + words(picture)]


def loose(told: object) -> object:
    """The words of pictures without blanks, for a line may end at any of them."""
    if isinstance(told, list):
        return [loose(part) for part in told]
    return re.sub(r"\s", "", told) if isinstance(told, str) and told.startswith(PICTURE) else told


def story(html: str) -> list[str]:
    """A page as a list of its tags, attributes and texts, but for what depends on how long a text is."""
    lines: list[str] = []

    def tell(element: Element) -> None:
        for part in element.inside:
            if isinstance(part, Element) and part.tag == "svg":
                lines.extend(drawn(part))
            elif isinstance(part, Element):
                lines.append(f"<{part.tag}>")
                told = dict(part.attributes)
                if part.classes:  # long texts have a class of their own
                    told["class"] = " ".join(c for c in part.classes if c != "long")
                lines.extend(f"{name}={flat(told[name])}" for name in sorted(told.keys() - {"style"}))
                tell(part)
                lines.append(f"</{part.tag}>")
            elif flat(part):
                lines.append(flat(part))

    tell(parse(FORMS.sub("", VERSION.sub("", html))))
    return lines


def by_python_markdown(page: Page) -> str:
    """The page as an engine makes it that has no hook, and reads finished HTML as a raw block."""
    return markdown.markdown(page.body, extensions=["tables", "toc", "fenced_code"])


def as_built(page: Page) -> str:
    return page.body if page.is_html else by_python_markdown(page)


def plain_cell(cell: str) -> str:
    """A cell without the sign against formulas, and one in JSON without the signs that guard its quotes."""
    cell = re.sub("^'(?=[=+@-])", "", cell)
    return re.sub(r'\\(["\\])', r"\1", cell) if cell.startswith(('"', "[", "{")) else cell


def is_text(download: Download) -> bool:
    """Whether a file is data to read: the binary ones hold what the CSV files hold (test_tidy.py), and the
    data package tells their size and digest."""
    return download.path.startswith("data/") and not download.path.endswith(
        (".parquet", ".xlsx", "/datapackage.json")
    )


def data(download: Download) -> object:
    """What a file says, without the signs that guard it against the program that reads it."""
    content = download.content.decode("utf-8-sig")
    if download.path.endswith(".svg"):  # where lines end depends on the text: it must be free of other tags
        return sorted({element.tag for element in ElementTree.fromstring(content).iter()} - {TSPAN})
    if download.path.endswith(".csv"):
        return [[plain_cell(cell) for cell in row] for row in csv.reader(io.StringIO(content))]
    if download.path.endswith(
        (".bib", ".ris")
    ):  # where lines end, and which fields there are, as in the file
        return [
            line.partition("=" if download.path.endswith(".bib") else "  - ")[0]
            for line in content.split("\n")
        ]
    return json.loads(html.unescape(content) if "/charts/" in download.path else content)


def with_texts(told: object, shift: int) -> object:
    """What the same page or file says where texts stand in the place of marks."""
    if isinstance(told, str):
        return MARK.sub(lambda mark: TEXTS[(int(mark[1]) + shift) % len(TEXTS)], told)
    if isinstance(told, list):
        return [with_texts(part, shift) for part in told]
    if isinstance(told, dict):
        return {str(with_texts(key, shift)): with_texts(part, shift) for key, part in told.items()}
    return told


MARK = re.compile("q([0-9]{4})q")
LETTERS = "qqqqqqqqqqqqqqqqqqqq"


@cache
def marked() -> tuple[dict[str, tuple[str, list[str]]], dict[str, object]]:
    """What pages and files say where a mark of its own stands in every free place of every file."""
    numbers = count()
    site = site_of(link(rewrite(lambda: f"q{next(numbers):04}q")))
    pages = {page.path: (VERSION.sub("", page.body), story(as_built(page))) for page in site.pages}
    told = [d for d in site.downloads if is_text(d) and not READ_BACK.match(d.path)]
    return pages, {d.path: data(d) for d in told}


@pytest.mark.parametrize("shift", range(0, len(TEXTS), 5))
def test_whatever_files_say_stands_everywhere_as_itself_and_is_nothing_else(shift: int) -> None:
    """The same pages and files come out as of plain marks, with the texts in their places."""
    texts = islice(cycle(TEXTS), shift, None)
    pages, files = marked()
    site = site_of(link(rewrite(lambda: next(texts))))
    for page in site.pages:
        if VERSION.sub("", page.body) != pages[page.path][0]:
            assert loose(story(as_built(page))) == loose(with_texts(pages[page.path][1], shift)), page.path
    for file in site.downloads:
        if file.path in files:
            assert loose(data(file)) == loose(with_texts(files[file.path], shift)), file.path


def records(text: str) -> dict[str, str]:
    """The page of every record of the example, with one text in every free place."""
    review = review_of(text)
    context = Context(review, read_settings(EXAMPLE))
    made = [case.page(one, context) for one in review.cases.values()]
    made += [report.page(id, context) for id in review.reports]
    made += [regimen.page(id, context) for id in review.regimens]
    made += [trial.page(id, context) for id in review.trials]
    bodies = {page.path: FORMS.sub("", VERSION.sub("", page.body)) for page in made}
    return {path: body.replace("value long", "value") for path, body in bodies.items()}


@cache
def lettered() -> dict[str, str]:
    return records(LETTERS)


@pytest.mark.parametrize("text", TEXTS)
def test_any_text_in_any_place_of_a_record_is_escaped_alike(text: str) -> None:
    escaped = str(as_html(text))
    assert parse(f'<p title="{escaped}">{escaped}</p>').one("p").attributes == {"title": text}
    assert parse(f"<p>{escaped}</p>").one("p").inside == [text]
    assert records(text) == {path: body.replace(LETTERS, escaped) for path, body in lettered().items()}


def test_finished_html_comes_out_of_markdown_as_it_went_in() -> None:
    """An engine without our hook reads a record's page as one raw block."""
    for page in site_of(hostile_to_the_last_term()).pages:
        if page.is_html:
            assert story(by_python_markdown(page)) == story(page.body), page.path


def test_the_hostile_texts_reach_pages_of_every_kind() -> None:
    kinds = {
        page.path.partition("/")[0] for page in site_of(review_of("q" * 9)).pages if "q" * 9 in page.body
    }
    assert kinds >= {"cases", "reports", "regimens", "trials", "review", "charts", "index.md"}


@pytest.mark.parametrize("text", TEXTS)
def test_markdown_reads_nothing_in_a_text(text: str) -> None:
    everything = ["extra", "smarty", "sane_lists", "admonition", "nl2br", "wikilinks", "legacy_attrs"]
    everything += [
        f"pymdownx.{name}" for name in ("betterem", "caret", "critic", "emoji", "keys", "magiclink")
    ]
    everything += [f"pymdownx.{name}" for name in ("mark", "smartsymbols", "snippets", "tilde", "arithmatex")]

    def made(words: object, extensions: list[str]) -> list[str]:
        x = as_markdown(words)
        page = (
            f"{x}\n\n# {x}\n\n- {x}\n- *{x}* and `a` {x}\n\n1. {x}\n\n> {x}\n\n"
            f"a {x} b **{x}** [{x}](a.md)\n\n| {x} | {x} |\n| --- | --- |\n| {x} | a {x} b |\n\n{x}"
        )
        with_ids_alike = {"toc": {"slugify": lambda *_: "id", "permalink": True}}
        return story(markdown.markdown(page, extensions=extensions, extension_configs=with_ids_alike))

    for extensions in (["tables", "toc", "fenced_code"], ["toc", *everything]):
        assert made(text, extensions) == [line.replace(LETTERS, text) for line in made(LETTERS, extensions)]


@pytest.mark.parametrize(
    "text", ["a\n\n    b", "a\n- b\n- c", "  a  \nb", "    a", "a\n\n# b", "a\tb", "a\n===\n"]
)
def test_line_ends_and_blanks_of_a_text_make_nothing_of_it(text: str) -> None:
    assert story(markdown.markdown(f"x\n\n{as_markdown(text)}\n\nx {as_markdown(text)} x")) == [
        "<p>", "x", "</p>", "<p>", flat(text), "</p>", "<p>", f"x {flat(text)} x", "</p>",
    ]  # fmt: skip


def test_titles_hold_no_markup_whatever_files_say() -> None:
    for page in site_of(hostile_to_the_last_term()).pages:
        head = yaml.safe_load(page.markdown.split("---\n")[1])
        assert not set('<>&"{}') & set(head["title"] + head["description"]), page.path


@pytest.mark.parametrize("case", CASES)
def test_a_case_begins_with_what_a_reader_looks_for_first(example: Review, site: Site, case: str) -> None:
    strip = body(site, f"cases/{case}.md").one("dl", "strip")
    assert [head.text for head in strip.all("dt")] == [
        "Origin", "Size", "Treatment", "Margins", "Follow-up and status", "Paper",
    ]  # fmt: skip
    words = [value.text_without("mark") for value in strip.all("dd")]
    for column, said in zip(STRIP, words, strict=False):
        assert flat(said) == flat(
            " ".join(e.said for e in cell(example.cases[case], column, example).entries)
        )
