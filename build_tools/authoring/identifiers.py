"""DOIs and PubMed ids in the forms in which people copy them."""

from __future__ import annotations

import re
from urllib.parse import unquote

from pydantic import TypeAdapter, ValidationError

from build_tools.authoring.citation import Unreadable
from build_tools.records.report import Doi

_DOI = re.compile(r"(?:(?:https?://)?(?:[a-z0-9-]+\.)*doi\.org/|doi: ?|doi ?)?(10\.\d{4,9}/\S+)", re.I)
_PMID = re.compile(r"(?:pmid:? ?|(?:https?://)?pubmed\.ncbi\.nlm\.nih\.gov/)?0*([1-9]\d{0,8})/?\.?", re.I)


def doi_in(text: str) -> str | None:
    """The DOI that `text` is, in small letters and without what surrounds it; None if it is none."""
    asked = unquote(text) if "doi.org/" in text.lower() else text
    found = _DOI.fullmatch(asked.strip().strip("<>"))
    return _without_end(found[1]) if found else None


def _without_end(doi: str) -> str:
    """Without the point, comma or bracket of the sentence from which it was copied."""
    doi = doi.lower().rstrip(".,;:'\"")
    while doi.endswith(")") and doi.count(")") > doi.count("("):
        doi = doi[:-1].rstrip(".,;")
    return doi


def doi_or_nothing(text: str) -> str:
    """The DOI in a field of a citation, or nothing if the field holds something else."""
    doi = doi_in(text) or ""
    return doi if _allowed(doi) else ""


def _allowed(doi: str) -> bool:
    try:
        TypeAdapter(Doi).validate_python(doi)
    except ValidationError:
        return False
    return True


def checked_doi(text: str) -> str | None:
    """The DOI that `text` is; one with signs that no link could carry safely is refused."""
    doi = doi_in(text)
    if doi is not None and not _allowed(doi):
        raise Unreadable(
            f"the DOI {doi!r} holds signs that are not kept here (letters, digits and ._;()/:- are); "
            "give a BibTeX, RIS or CSL-JSON file instead, or the PubMed id"
        )
    return doi


def pmid_in(text: str) -> str | None:
    """The PubMed id that `text` is; None if it is none."""
    found = _PMID.fullmatch(text.strip())
    return found[1] if found else None
