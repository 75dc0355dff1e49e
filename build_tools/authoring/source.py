"""What `casebook new` is given: a DOI, a PubMed id, or a file with one reference."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from build_tools.authoring.bibtex import read_bibtex
from build_tools.authoring.citation import Citation, Unreadable
from build_tools.authoring.csl import read_csl
from build_tools.authoring.identifiers import checked_doi, pmid_in
from build_tools.authoring.ris import read_ris
from build_tools.reading.yaml_tree import MAX_BYTES

READERS = {".bib": read_bibtex, ".bibtex": read_bibtex, ".ris": read_ris, ".json": read_csl}


def read_source(source: str) -> Citation:
    """The citation that `source` is or holds; nothing is looked up anywhere."""
    if Path(source).suffix.lower() in READERS or (len(source) < 250 and Path(source).is_file()):
        return _read_file(Path(source))
    doi = checked_doi(source)
    if doi is not None:
        return Citation(doi=doi)
    pmid = pmid_in(source)
    if pmid is not None:
        return Citation(pmid=pmid)
    raise Unreadable(
        f"{source[:80]!r} is neither a DOI (10.1000/xyz), nor a PubMed id (12345678), "
        f"nor a file that ends in {', '.join(READERS)}"
    )


def _read_file(path: Path) -> Citation:
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise Unreadable(f"there is no file {path}") from None
    except OSError as error:
        raise Unreadable(f"{path} can't be read: {error.strerror}") from None
    if len(content) > MAX_BYTES:
        raise Unreadable(f"{path} is larger than {MAX_BYTES // 1000} kB; give a file with one reference")
    try:
        text = content.decode("utf-8-sig").replace("\r\n", "\n").replace("\r", "\n")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise Unreadable(f"{path}:{line}: this is not UTF-8 text; save it with the encoding UTF-8") from None
    reader = READERS.get(path.suffix.lower()) or _reader_for(text)
    if reader is None:
        raise Unreadable(
            f"{path} is neither BibTeX nor RIS nor CSL-JSON; its name may end in .bib, .ris or .json"
        )
    try:
        return reader(text)
    except Unreadable as error:
        raise Unreadable(f"{path}: {error}") from None


def _reader_for(text: str) -> Callable[[str], Citation] | None:
    """The reader for a file whose name tells nothing, by its first letter."""
    return {"@": read_bibtex, "T": read_ris, "{": read_csl, "[": read_csl}.get(text.lstrip()[:1])
