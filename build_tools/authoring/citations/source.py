"""What `casebook new` is given: an identifier, an address, a pasted reference, or a file with one."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from build_tools.authoring.citations.bibtex import read_bibtex
from build_tools.authoring.citations.citation import Citation, Unreadable
from build_tools.authoring.citations.csl import read_csl
from build_tools.authoring.citations.endnote import read_endnote
from build_tools.authoring.citations.identifiers import checked_doi, pmcid_in, pmid_in
from build_tools.authoring.citations.pubmed import read_pubmed, read_summary
from build_tools.authoring.citations.ris import read_enw, read_ris

READERS = {
    ".bib": read_bibtex,
    ".bibtex": read_bibtex,
    ".biblatex": read_bibtex,
    ".ris": read_ris,
    ".json": read_csl,
    ".nbib": read_pubmed,
    ".medline": read_pubmed,
    ".xml": read_endnote,
    ".enw": read_enw,
}
LARGEST = 1_000_000
"""Bytes of the largest file with one reference; Crossref lists all that a paper cites."""
FORMATS = "BibTeX, RIS, CSL-JSON, EndNote or PubMed"


def read_source(source: str) -> Citation:
    """The citation that `source` is or holds; nothing is looked up anywhere."""
    if not re.match(r"https?://|doi:|10\.", source.strip(), re.I) and (
        Path(source).suffix.lower() in READERS or (len(source) < 250 and Path(source).is_file())
    ):
        return _read_file(Path(source))
    return _named(source)


def _named(text: str) -> Citation:
    """The citation of what is no file: what names a publication in the text."""
    citation = Citation(doi=checked_doi(text) or "", pmid=pmid_in(text) or "", pmcid=pmcid_in(text))
    if citation.doi or citation.pmid or citation.pmcid:
        return citation
    hint = "; an address with 'pii' holds no DOI: copy the DOI from that page" if "/pii/" in text else ""
    raise Unreadable(
        f"{text[:80]!r} is neither a DOI (10.1000/xyz), nor a PubMed id (12345678), "
        f"nor a PMC id (PMC1234567), nor a file that ends in {', '.join(READERS)}{hint}"
    )


def _read_file(path: Path) -> Citation:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise Unreadable(f"there is no file {path}") from None
    except OSError as error:
        raise Unreadable(f"{path} can't be read: {error.strerror}") from None
    if len(content) > LARGEST:
        raise Unreadable(f"{path} is larger than {LARGEST // 1000} kB; give a file with one reference")
    try:
        encoding = "utf-16" if content[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
        text = content.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise Unreadable(f"{path}:{line}: this is not UTF-8 text; save it with the encoding UTF-8") from None
    readers = dict.fromkeys(filter(None, (_reader_for(text), READERS.get(path.suffix.lower()))))
    if not readers:
        return _pasted(path, text)
    try:
        return next(iter(readers))(text)
    except Unreadable as error:
        raise Unreadable(f"{path}: {error}") from None


def _pasted(path: Path, text: str) -> Citation:
    """The citation of a text that is in no format: a reference in words, or a line with an identifier."""
    if len([line for line in text.split("\n\n") if line.strip()]) == 1:
        try:
            return read_summary(text)
        except Unreadable:
            pass
        try:
            return _named(text)
        except Unreadable:
            pass
    raise Unreadable(
        f"{path} is neither {FORMATS.replace(' or ', ' nor ')}; its name may end in {', '.join(READERS)}"
    )


_SIGNS: tuple[tuple[str, Callable[[str], Citation]], ...] = (
    (r"\s*[{\[]", read_csl),
    (r"\s*<", read_endnote),
    (r"(?s)(?:.*\n)?PMID ?- ", read_pubmed),
    (r"(?s)(?:.*\n)?TY {0,2}-", read_ris),
    (r"\s*%0 ", read_enw),
    (r"(?s)(?:.*\n)?\s*@\s*\w+\s*[{(]", read_bibtex),
)


def _reader_for(text: str) -> Callable[[str], Citation] | None:
    """The reader of what stands in the file, whatever its name says."""
    return next((reader for sign, reader in _SIGNS if re.match(sign, text)), None)
