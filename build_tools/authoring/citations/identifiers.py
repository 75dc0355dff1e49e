"""DOIs, PubMed and PMC ids in the forms in which people copy them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote

from pydantic import TypeAdapter, ValidationError

from build_tools.authoring.citations.citation import Unreadable
from build_tools.records.report import Doi

_DOI = re.compile(r"10\.\d{4,9}(?:\.\d+)*/\S+", re.I)
_PMID = re.compile(
    r"(?:(?:\bpm-?id|\bpubmed(?: id)?|\bmedline)\s*[:=#]?\s*|\[pmid\][:= ]*"
    r"|(?:pubmed\.ncbi\.nlm\.nih\.gov|ncbi\.nlm\.nih\.gov(?:/m)?/pubmed|pubmed\.gov|"
    r"europepmc\.org/(?:article|abstract)/med)/(?:\?term=)?|info:pmid/|pmid[/=])0*([1-9]\d{0,8})(?!\d|\.\d)"
    r"|(?<!\d)([1-9]\d{0,8}) ?\[pmid\]",
    re.I,
)
_PMID_ALONE = re.compile(r"0*([1-9]\d{0,8})\s*(?:/|\.|\[(?:pmid|uid)\])?", re.I)
_PMCID = re.compile(r"(?<![a-z0-9])PMC\s?:?\s?(?:PMC)?(\d{1,9})(?:\.\d+)?(?!\d)", re.I)
_ADDRESS = re.compile(
    r"(?:https?://|www\.|(?:[a-z0-9-]+\.)+(?:org|com|gov|edu|net|io|ac|de|uk)[/:])\S*", re.I
)
_END = re.compile(
    r"(?:/(?:full|abstract|pdf|epdf|pdfdirect|fulltext|full-text|html|meta|references|summary|figures|"
    r"tables|citedby|related|media|epub|download|suppl(?:_file)?|peer-review|information)"
    r"|[./](?:full\.pdf(?:\+html)?|full(?:-text)?|pdf|abstract|short|extract|html|xml|article-info))+/?$",
    re.I,
)
_WRAPPING = {")": "(", "]": "[", "}": "{", ">": "<"}


@dataclass(frozen=True)
class Identifiers:
    """What a text names a publication by; empty where it does not."""

    doi: str = ""
    pmid: str = ""
    pmcid: str = ""


def identifiers_in(text: str) -> Identifiers:
    """Every identifier in an address, a line of a reference, or a pasted list; each the first of its kind."""
    return Identifiers(doi_in(text) or "", labelled_pmid_in(text), pmcid_in(text))


def doi_in(text: str) -> str | None:
    """The DOI in `text`, in small letters and without what surrounds it; None if there is none."""
    address = _ADDRESS.search(text)
    if address and "10." in unquote(address[0]):
        return _in_address(address[0])
    found = _DOI.search(unquote(text) if re.search("10[.]\\d{4,9}%2f", text, re.I) else text)
    if not found:
        return None
    return _without_end(re.split(r"\?(?=\w+=)", found[0])[0], text[: found.start()])


def _in_address(address: str) -> str | None:
    """The DOI in an address: of its path, without a publisher's own words at the end, else of its query."""
    path, _, query = address.partition("?")
    path = path.partition("#")[0]
    found = _DOI.search(unquote(path))
    if found is None:
        named = re.search(r"10\.\d{4,9}(?:%2f|/)[^&#\s]+", query, re.I)
        return _without_end(unquote(named[0]), "") if named else None
    doi = found[0]
    if not re.search(r"doi[.-]org", path, re.I):
        doi = _END.sub("", doi)
        if "oup.com" in path or "oup-com" in path or "karger.com" in path:
            doi = re.sub(r"/\d+(?:/[\w-]+)?$", "", doi)
        elif re.match(r"10\.(?:1101|64898)/", doi):  # a version of a preprint has the preprint's DOI
            doi = re.sub(r"v\d+(?:\.[\w.]+)?$", "", doi)
    return _without_end(doi, "")


def _without_end(doi: str, before: str) -> str:
    """Without the point, comma or bracket of the sentence from which it was copied."""
    doi = doi.lower()
    while True:
        shorter = re.sub(r"(?:[.,;:'\"”’]|\[doi\])+$", "", doi)
        last = shorter[-1:]
        if (last in _WRAPPING and shorter.count(last) > shorter.count(_WRAPPING[last])) or (
            last == "/" and not before
        ):
            shorter = shorter[:-1]
        if shorter == doi:
            return doi
        doi = shorter


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
    """The DOI in `text`; one with signs that no link could carry safely is refused."""
    doi = doi_in(text)
    if doi is not None and not _allowed(doi):
        raise Unreadable(
            f"the DOI {doi!r} holds signs that no DOI has; copy it again, "
            "or give a BibTeX, RIS or CSL-JSON file instead, or the PubMed id"
        )
    return doi


def pmid_in(text: str) -> str | None:
    """The PubMed id that `text` is or names; None if it is none."""
    alone = _PMID_ALONE.fullmatch(text.strip()) or _PMID_ALONE.fullmatch(text.strip(" \t\n()<>[]."))
    return alone[1] if alone else labelled_pmid_in(text) or None


def labelled_pmid_in(text: str) -> str:
    """The PubMed id that stands behind 'PMID' or in an address of PubMed."""
    found = _PMID.search(text)
    return (found[1] or found[2]) if found else ""


def pmcid_in(text: str) -> str:
    """The PMC id in a text."""
    found = _PMCID.search(text)
    return f"PMC{int(found[1])}" if found else ""
