"""The addresses that a casebook points at: each with the file and line where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote, urlsplit

from build_tools.reading.records import Files, RecordFile
from build_tools.records.report import Report
from build_tools.records.trial import Trial

WRITTEN = re.compile(r"https?://[^\s<>\"'`{}|\\^]+")
REGISTERED = re.compile(r"NCT\d{8}")
# Names that RFC 2606 keeps for examples: nobody is there.
RESERVED = re.compile(r"(^|\.)(example\.(com|net|org)|example|invalid|test|localhost)$")


@dataclass(frozen=True, order=True)
class Link:
    """One address at one place; `line` counts from 1."""

    address: str
    file: str
    line: int


def links_of(files: Files) -> tuple[Link, ...]:
    """Every address of the casebook in order: those written out, and those that pages make of ids."""
    found = {*_written(files.root)}
    for kind in ("report", "trial"):
        for file in files.records[kind].values():
            found.update(Link(address, file.file, line) for address, line in _of_ids(file))
    return tuple(sorted(found))


def doi_address(doi: str) -> str:
    """The address of a DOI, as pages write it."""
    return f"https://doi.org/{quote(doi, safe='/')}"


def _of_ids(file: RecordFile) -> Iterator[tuple[str, int]]:
    """The addresses behind the ids of a record, with the line of each id."""
    record = file.record
    if isinstance(record, Report):
        if record.doi:
            yield doi_address(record.doi), file.tree.mark(("doi",))[0]
        if record.pmid:
            yield f"https://pubmed.ncbi.nlm.nih.gov/{record.pmid}/", file.tree.mark(("pmid",))[0]
        if record.pmcid:
            yield f"https://pmc.ncbi.nlm.nih.gov/articles/{record.pmcid}/", file.tree.mark(("pmcid",))[0]
    elif isinstance(record, Trial):
        for number in REGISTERED.findall(record.registration or ""):
            yield f"https://clinicaltrials.gov/study/{number}", file.tree.mark(("registration",))[0]


def _written(root: Path) -> Iterator[Link]:
    for path in _texts(root):
        file = path.relative_to(root).as_posix()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            for match in WRITTEN.finditer(line):
                address = _without_end(match[0])
                if not RESERVED.search(_host(address)):
                    yield Link(address, file, number)


def _texts(root: Path) -> Iterator[Path]:
    """The files that people write: records, prose, and what says who and where the casebook is."""
    patterns = ("*.md", "*.cff", "mkdocs.yml", "cases/*.yml", "content/**/*.md", "content/**/*.yml")
    for pattern in (*patterns, ".github/*.md", ".github/ISSUE_TEMPLATE/*"):
        for path in sorted(root.glob(pattern)):
            if path.is_file() and not path.is_symlink():
                yield path


def _without_end(address: str) -> str:
    """The address without what ends the sentence or the Markdown link that it stands in."""
    while address[-1] in ".,;:!?*_)]":
        opened = {")": "(", "]": "["}.get(address[-1])
        if opened and address.count(opened) >= address.count(address[-1]):
            break
        address = address[:-1]
    return address


def _host(address: str) -> str:
    try:
        return urlsplit(address).hostname or ""
    except ValueError:  # such as an opened bracket; the client says what is wrong with it
        return ""
