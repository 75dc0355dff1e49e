"""The fields of any format -> a citation, in which nothing that the file says is lost in silence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from build_tools.authoring.citations.citation import Citation, Unreadable
from build_tools.authoring.citations.identifiers import (
    doi_or_nothing,
    labelled_pmid_in,
    pmcid_in,
    pmid_in,
)
from build_tools.authoring.citations.names import Authors
from build_tools.authoring.citations.plain_text import clean, unmarked
from build_tools.checks.personal import ALL, kinds_in
from build_tools.records.notice import is_notice_of_another, notice_in_note, notice_in_title

LEFT_OUT = "left out"
"""The field of what is never taken over: sentences of the paper, and what a program writes for itself."""
GENERIC = "generic"
"""The type of what a program exports as anything; the other fields tell what it is."""
LONGEST = 400
"""Characters of the longest remark that is kept as a comment."""
MORE_AUTHORS = "There are more authors than those named."
"""What an export says where its format has no word for it."""
_MISSING = frozenset(
    {"NA", "N/A", "n/a", "N.A.", "NaN", "nan", "null", "NULL", "None", "undefined", "-", "–", "?"}
)
"""How programs write a value that is not there."""
_PLAIN = ("title", "container_title", "volume", "issue")
_SERVERS = re.compile(
    r"(?:medrxiv|biorxiv|arxiv|chemrxiv|psyarxiv|research square|in review|ssrn(?: electronic journal)?|"
    r"preprints?(?:\.org)?|authorea|osf(?: preprints?)?|qeios|sciety|openrxiv|(?:jmir|f1000) preprints?)"
    r"(?: \(.*\))?(?: \[preprint\])?|(?:arxiv|biorxiv|medrxiv) preprint.*|.*\[preprint\]",
    re.I,
)
_PREPRINT_DOI = re.compile(
    r"10\.1101/(?:\d{4}\.\d\d\.\d\d\.\d+|\d{6})(?:v\d+)?$|10\.64898/|10\.21203/rs|10\.48550/arxiv|10\.2139/ssrn|"
    r"10\.20944/preprints|10\.31219/osf|10\.31234/osf|10\.26434/chemrxiv|10\.22541/au|10\.2196/preprints"
)
_ARTICLE = re.compile(r"^art(?:icle|\.)?(?: (?:no\.?|number|id))? (?=\w*\d)", re.I)
_MEETING = re.compile(
    r"(?:conference|meeting|congress) (?:abstract|paper|proceeding)s?|proceedings paper|\babstract\b", re.I
)


Rest = list[tuple[str, str]]
Given = Mapping[str, Rest]


@dataclass(frozen=True)
class Said:
    """One field of a file: its name there, the field of a citation that it fills, and its text.

    Of several that fill one field the first is taken, and the others are reported.
    """

    name: str
    field: str
    text: str


def known_type(word: str, types: Mapping[str, str], what: str) -> str:
    """The CSL type of a word of another format; other kinds of publication hold no report."""
    try:
        return types[word]
    except KeyError:
        known = ", ".join(sorted(types))
        raise Unreadable(
            f"this is of the kind '{clean(word)}', which can't be a report; give the article, chapter, "
            f"conference abstract or thesis that describes the patient ({what}: {known})"
        ) from None


def year_of(text: str) -> int | None:
    """The year that a date begins with, or that stands in it."""
    found = re.search(r"(?<!\d)(1[89]\d\d|20\d\d)(?!\d)", text)
    return int(found[0]) if found else None


def gathered(kind: str, said: Iterable[Said], authors: Authors) -> Citation:
    """The citation that these fields make."""
    given: dict[str, Rest] = {}
    rest: Rest = []
    left_out: list[str] = []
    for one in said:
        text = unmarked(one.text)
        if not text or text in _MISSING:
            continue
        if one.field == LEFT_OUT:
            left_out.append(one.name)
        elif one.field:
            given.setdefault(one.field, []).append((one.name, text))
        else:
            rest.append((one.name, text))
    taken = {field: given[field][0][1] if field in given else "" for field in _PLAIN}
    for field in _PLAIN:
        rest += _different(given.get(field, [])[1:], taken[field])
    citation = Citation(
        type=kind,
        title=taken["title"],
        authors=tuple(authors.people),
        others=authors.others,
        container_title=taken["container_title"],
        volume=taken["volume"],
        issue=taken["issue"],
    )
    citation = _with_year(citation, given, rest, left_out)
    citation = _with_identifiers(citation, given, rest)
    citation = _with_pages(citation, given, rest)
    told = [
        *authors.told,
        *_notices(citation.title, [*given.get("note", ()), *given.get("genre", ()), *rest]),
    ]
    citation, guessed = _with_true_type(citation, given, rest)
    if any(text == MORE_AUTHORS for _, text in rest):
        citation = replace(citation, others=True)
        rest = [(name, text) for name, text in rest if text != MORE_AUTHORS]
    kept, left = _fit_to_stand(rest)
    return replace(
        citation,
        rest=tuple(dict.fromkeys(kept)),
        told=tuple(dict.fromkeys([*told, *guessed])),
        left_out=tuple(dict.fromkeys([*left_out, *left])),
    )


def _different(more: Iterable[tuple[str, str]], taken: str) -> list[tuple[str, str]]:
    """What further fields say that the one taken does not."""
    return [(name, text) for name, text in more if text.casefold() != taken.casefold()]


def _with_year(citation: Citation, given: Given, rest: Rest, left: list[str]) -> Citation:
    for name, text in given.get("year", ()):
        year = year_of(text)
        if year is None or (citation.year is not None and citation.year != year):
            rest.append((name, text))
            continue
        citation = replace(citation, year=year)
        if re.sub(r"[/\s-]", "", text) != str(year):
            left.append(f"{name} (its day or month)")
    return citation


def _with_identifiers(citation: Citation, given: Given, rest: Rest) -> Citation:
    found = {"doi": "", "pmid": "", "pmcid": ""}
    for field in ("doi", "pmid", "pmcid", "address", "note"):
        for name, text in given.get(field, ()):
            new = {
                "doi": doi_or_nothing(text) if field in ("doi", "address", "note") else "",
                "pmid": (pmid_in(text) if field == "pmid" else labelled_pmid_in(text)) or "",
                "pmcid": pmcid_in(text) or (f"PMC{text}" if field == "pmcid" and text.isdigit() else ""),
            }
            known = {key: value for key, value in new.items() if value}
            told = not known or any(found[key] not in ("", value) for key, value in known.items())
            found = {key: value or new[key] for key, value in found.items()}
            if told or (field == "note" and _words_beside_identifiers(text)):
                rest.append((name, text))
    return replace(citation, doi=found["doi"], pmid=found["pmid"], pmcid=found["pmcid"])


def _words_beside_identifiers(note: str) -> bool:
    """Whether a note says more than identifiers."""
    bare = re.sub(
        r"(?i)PMC ?\d+|10\.\d{4,9}/\S+|\b(?:pmid|pmcid|pmc|doi|pubmed|id)\b|https?://\S+|\d+|\[\w+\]",
        "",
        note,
    )
    return bool(re.search(r"\w", bare))


def _with_pages(citation: Citation, given: Given, rest: Rest) -> Citation:
    """Pages, or else the article number, which is cited in their place."""
    first, last = (given.get(field, []) for field in ("start_page", "end_page"))
    pages = [text for _, text in [*first[:1], *last[:1]]]
    joined = pages[0] if pages and "-" in pages[0] else "-".join(dict.fromkeys(pages))
    written = [*given.get("page", ()), *([(first[0][0] if first else "EP", joined)] if joined else ())]
    numbers = given.get("article_number", [])
    offered = [(name, re.sub(r"\s*(?:--?|[–—])\s*", "-", text)) for name, text in [*written, *numbers]]
    offered = [(name, _ARTICLE.sub("", text)) for name, text in offered]
    offered = [(name, text) for name, text in offered if not set(text.split("-")) <= _MISSING]
    offered = [one for one in offered if not _ends_doi(citation, one[1])]
    page = offered[0][1] if offered else ""
    more = [*_different(offered[1:], page), *first[1:], *last[1:]]
    rest += [one for one in more if one[1] not in page.split("-")]
    rest[:] = [one for one in rest if not _ends_doi(citation, one[1])]
    issue, volume = ("" if _ends_doi(citation, text) else text for text in (citation.issue, citation.volume))
    return replace(citation, page=page, issue=issue, volume=volume)


def _ends_doi(citation: Citation, text: str) -> bool:
    """Whether a preprint's number stands where an article has issue and pages; its DOI says it already."""
    return bool(_PREPRINT_DOI.match(citation.doi)) and f"/{text.lower()}/" in f"{citation.doi}/"


def _with_true_type(citation: Citation, given: Given, rest: Rest) -> tuple[Citation, list[str]]:
    """The type that the fields tell: programs export preprints and abstracts of meetings as anything."""
    genres = [text for _, text in given.get("genre", ())]
    servers = [text for _, text in given.get("publisher", ())]
    server = next((text for text in [citation.container_title, *servers] if _SERVERS.fullmatch(text)), "")
    rest += [one for field in ("genre", "publisher") for one in given.get(field, ()) if one[1] != server]
    if (
        any("preprint" in genre.lower() for genre in genres)
        or _PREPRINT_DOI.match(citation.doi)
        or (server and not citation.volume)
        or (citation.type in ("article", GENERIC) and server)
    ):
        journal = citation.container_title or server or (servers[0] if servers else "")
        told = (
            [] if citation.type in ("article", GENERIC) else ["this is a preprint, so its type is 'article'"]
        )
        return replace(citation, type="article", container_title=journal), told
    if citation.type == "report":
        known_type("report", {}, "a report that is a preprint names its server")
    if any(map(_MEETING.search, genres)) and citation.type in ("article-journal", "article", GENERIC):
        return replace(citation, type="paper-conference"), [
            "this is a conference abstract, so its type is 'paper-conference'"
        ]
    if citation.type != GENERIC:
        return citation, []
    if citation.container_title and (citation.volume or citation.page):
        return replace(citation, type="article-journal"), [
            "it has a journal with volume or pages, so its type is 'article-journal'"
        ]
    return replace(citation, type="article"), []


def _notices(title: str, notes: Iterable[tuple[str, str]]) -> list[str]:
    """What title and notes say of whether the report still stands."""
    told = []
    ask = "look it up, and write what you find under 'retraction'"
    if is_notice_of_another(title):
        told.append(f"the title is that of a notice, not of the report itself{_quoted(title)}; {ask}")
    elif state := notice_in_title(title):
        told.append(f"the title says that the report is {_WORDS[state]}{_quoted(title)}; {ask}")
    for name, note in notes:
        if is_notice_of_another(note):
            told.append(
                f"'{name}' says that this is a notice about another publication{_quoted(note)}; {ask}"
            )
        elif state := notice_in_note(note):
            told.append(f"'{name}' says that the report is {_WORDS[state]}{_quoted(note)}; {ask}")
    return told


def _quoted(text: str) -> str:
    """The beginning of a text in brackets, unless it may identify a person."""
    return "" if next(iter(kinds_in(ALL, text)), "") else f" ('{text[:80]}')"


_WORDS = {
    "retracted": "retracted",
    "withdrawn": "withdrawn",
    "corrected": "corrected",
    "concern": "under an expression of concern",
}


def _fit_to_stand(rest: Iterable[tuple[str, str]]) -> tuple[list[tuple[str, str]], list[str]]:
    """What may stand in a file as a comment, and the names of what is too long or may identify a person."""
    kept, left = [], []
    for name, text in rest:
        if len(text) > LONGEST:
            left.append(f"{name} ({len(text)} characters)")
        elif kind := next(iter(kinds_in(ALL, text)), ""):
            left.append(f"{name} (it holds {kind})")
        else:
            kept.append((name, text))
    return kept, left
