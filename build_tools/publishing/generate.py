"""generate(root) -> the site before any engine: every page and every file, once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from build_tools.analysis.tables import Table
from build_tools.analysis.tidy import tidy_tables
from build_tools.checks.checking import check_all
from build_tools.cores import each
from build_tools.exports import (
    case_text,
    cases_atom,
    cases_json,
    datapackage_json,
    estimates_json,
    facts_csv,
    llms_txt,
    openapi_json,
    phenopackets_json,
    references_bib,
    references_csl,
    references_ris,
    table_csv,
    tidy_csv,
    tidy_parquet,
    tidy_xlsx,
    versions_json,
    words_json,
)
from build_tools.pages import case, prose, regimen, report, trial
from build_tools.pages.context import Context
from build_tools.pages.page import Download, Page, on_any_disk
from build_tools.pages.prose import Filled
from build_tools.problems.mistakes import pages as wrong
from build_tools.problems.problem import Problem, ProblemsFound, errors
from build_tools.reading.prose import read_prose
from build_tools.reading.settings import read_settings
from build_tools.reading.versions import FILE, DataVersion, NotVersions, read_versions
from build_tools.reading.versions import PATH as VERSIONS
from build_tools.records.schema import schemas
from build_tools.review.review import Review


@dataclass(frozen=True)
class Site:
    """Everything that a site is made of, with the review and the tables that its pages were made from."""

    pages: tuple[Page, ...]
    downloads: tuple[Download, ...]
    review: Review = field(repr=False, compare=False)
    tables: tuple[Table, ...] = field(repr=False, compare=False)


def check_site(root: Path) -> tuple[Review, list[Filled], list[Problem]]:
    """Everything read and checked, and the written pages filled: all problems of all files at once."""
    review, problems = check_all(root)
    written, unread = read_prose(root)
    problems += unread
    for page in written:
        problems += prose.check_written(page, review)
    filled = []
    if not errors(
        problems
    ):  # a blank asks the whole review, so there is no use in filling it from half of one
        context = Context(review, read_settings(root))
        for page in written:
            one, unfilled = prose.fill_page(page, context)
            problems += unfilled
            if one is not None:
                filled.append(one)
    return review, filled, sorted(problems)


def generate(root: Path) -> Site:
    """All there is of the casebook below `root`; ProblemsFound if any file has an error."""
    review, filled, problems = check_site(root)
    if found := errors(problems):
        raise ProblemsFound(found)
    tables = tuple(table for one in filled for table in one.tables)
    shown = _shown(filled)
    context = Context(review, read_settings(root), _versions(root))
    cases = tuple(review.cases.values())
    pairs = each(lambda one: (case.page(one, context, shown[one.id]), case.files(one, context)), cases)
    of_cases = {one.origin.file: pair for one, pair in zip(cases, pairs, strict=True)}
    pages = [
        *(one.page for one in filled),
        *(page for page, _ in of_cases.values()),
        *(report.page(id, context) for id in review.reports),
        *(regimen.page(id, context) for id in review.regimens),
        *(trial.page(id, context) for id in review.trials),
    ]
    files = {one.page.source: _files(one) for one in filled}
    files |= {file: made for file, (_, made) in of_cases.items()}
    if found := [*_same_path(pages), *_same_file(files)]:
        raise ProblemsFound(found)
    downloads = [
        Download.of(cases_json.PATH, cases_json.text(review)),
        Download.of(facts_csv.PATH, facts_csv.text(review)),
        Download.of(estimates_json.PATH, estimates_json.text(review)),
        Download.of(references_bib.PATH, references_bib.text(review)),
        Download.of(references_ris.PATH, references_ris.text(review)),
        Download.of(words_json.PATH, words_json.text(review.vocabularies)),
        Download.of(references_csl.PATH, references_csl.text(review)),
    ]
    downloads += _tidy(context)
    versions = context.versions
    downloads.append(Download.of(cases_atom.PATH, cases_atom.text(review, versions, context.settings)))
    downloads.append(Download.of(VERSIONS, versions_json.text(versions)))
    phenopackets = phenopackets_json.text(review, context.settings.name, context.last_change)
    downloads.append(Download.of(phenopackets_json.PATH, phenopackets))
    downloads.append(
        Download.of(llms_txt.PATH, llms_txt.text(review, context.settings, context.data_version))
    )
    api = openapi_json.text((file.path for file in downloads), context.settings, context.data_version)
    downloads.append(Download.of(openapi_json.PATH, api))
    downloads += [Download.of(case_text.path(c), case_text.text(c, review)) for c in review.cases.values()]
    downloads += dict.fromkeys(file for made in files.values() for file in made)
    downloads += [Download.of(f"schema/{name}", text) for name, text in schemas(review.vocabularies).items()]
    if any("data-plotly" in page.body for page in pages):
        downloads.append(Download("assets/plotly.min.js", _plotly()))
    return Site(tuple(pages), tuple(downloads), review, tables)


def _shown(filled: Iterable[Filled]) -> Mapping[str, Sequence[tuple[str, str]]]:
    """The pages with a table that a patient stands in, by title and address; not the table of all."""
    found = defaultdict[str, list[tuple[str, str]]](list)
    for one in filled:
        if one.page.url != "cases/":
            for id in dict.fromkeys(row.case.id for table in one.tables for row in table.rows):
                found[id].append((one.page.title, one.page.url))
    return found


def _versions(root: Path) -> tuple[DataVersion, ...]:
    """The released versions, the newest first; ProblemsFound if their file is broken."""
    try:
        return read_versions(root)
    except NotVersions:
        raise ProblemsFound([wrong.BROKEN_VERSIONS.at(FILE.as_posix())]) from None


def _tidy(context: Context) -> list[Download]:
    """The tidy tables, a file a table and form, all in one workbook, and what describes them."""
    tables = tidy_tables(context.review)
    csv = [Download.of(tidy_csv.path(table), tidy_csv.text(table)) for table in tables]
    name, version = context.settings.name, context.data_version
    readers = (r for case in context.review.cases.values() for r in case.record.extraction.by)
    people = tuple(dict.fromkeys(reader.name for reader in readers))
    about = datapackage_json.About(
        name, context.settings.description, version, context.last_change, context.settings.address, people
    )
    described = datapackage_json.text(tables, {file.path: file.content for file in csv}, about)
    return [
        *csv,
        *(Download(path, content) for path, content in tidy_parquet.contents(tables).items()),
        Download(tidy_xlsx.PATH, tidy_xlsx.content(tables, name, version)),
        Download.of(datapackage_json.PATH, described),
    ]


def _plotly() -> bytes:
    """The plotly.js inside the installed plotly package, so that both have one version."""
    from plotly.offline import get_plotlyjs  # noqa: PLC0415  (half a second: only where a chart is shown)

    text: str = get_plotlyjs()
    return text.encode()


def _files(filled: Filled) -> list[Download]:
    """The files that stand beside a written page: its table as CSV, and those of its charts and lists."""
    tables = [
        Download.of(path(table), text(table))
        for table in filled.tables
        for path, text in (
            (table_csv.path, table_csv.text),
            (table_csv.tidy_path, table_csv.tidy_text),
        )
    ]
    return [*tables, *filled.downloads]


def _same_file(files: Mapping[str, list[Download]]) -> list[Problem]:
    """Two pages that would write different things into one file."""
    first: dict[str, tuple[Download, str]] = {}
    problems = []
    for source, made in files.items():
        for file in made:
            same, other = first.setdefault(on_any_disk(file.path), (file, source))
            if same != file:
                problems.append(wrong.SAME_FILE.at(source, other=other, path=file.path))
    return problems


def _same_path(pages: list[Page]) -> list[Problem]:
    """Two sources that would write one page."""
    first: dict[str, Page] = {}
    problems = []
    for page in pages:
        other = first.setdefault(on_any_disk(page.url), page)
        if other is not page:
            problems.append(wrong.SAME_PAGE.at(page.source, other=other.source))
    return problems
