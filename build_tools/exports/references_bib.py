"""Every report as BibTeX."""

from __future__ import annotations

import re

from build_tools.records.notice import STANDING
from build_tools.records.report import Author, Report
from build_tools.review.review import Review

PATH = "data/references.bib"
_TYPES = {
    "article-journal": ("article", "journal"),
    "article": ("online", "journal"),
    "chapter": ("incollection", "booktitle"),
    "paper-conference": ("inproceedings", "booktitle"),
    "thesis": ("thesis", "school"),
}
_SIGNS = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    **{sign: f"\\{sign}" for sign in "{}$&%#_"},
}
_LIGATURE = re.compile(r"(?<=[-'`,!?<>])(?=[-'`,<>])")


def text(review: Review) -> str:
    """The export: one entry a report, in the order of their ids, which are the keys."""
    return "\n".join(entry(id, report) for id, report in sorted(review.reports.items()))


def entry(id: str, report: Report) -> str:
    """One report; titles keep their capitals, and a sign is written so that LaTeX prints it."""
    kind, container = _TYPES[report.type]
    title = escaped(report.title or "")
    authors = [_name(author) for author in report.authors] + ["others"] * (not report.authors_complete)
    fields = {
        "author": " and ".join(authors),
        "title": f"{{{title}}}" if title else "",
        "year": str(report.year or ""),
        container: escaped(report.container_title or ""),
        "volume": escaped(report.volume or ""),
        "number": escaped(report.issue or ""),
        "pages": escaped(report.page or "").replace("-", "--").replace("--{}--", "-{}-"),
        "doi": escaped(report.doi or ""),
        "pmid": report.pmid or "",
        "pmcid": report.pmcid or "",
        "note": STANDING.get(report.retraction.state, "").capitalize(),
    }
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    return f"@{kind}{{{id},\n{''.join(lines)}}}\n"


def escaped(plain: str) -> str:
    """Text as LaTeX: every sign of its own is escaped, and no two signs melt into one."""
    apart = _LIGATURE.sub("\ue000", plain)
    return "".join(_SIGNS.get(sign, sign) for sign in apart).replace("\ue000", "{}")


def _name(author: Author) -> str:
    """Family, suffix and given names; braces hold together what is one name."""
    family = escaped(author.family)
    if author.given is None and author.suffix is None:
        return f"{{{family}}}"
    if " and " in f" {family} ".lower():
        family = f"{{{family}}}"
    given = escaped(author.given or "") or "{}"
    return ", ".join(filter(None, (family, author.suffix, given)))
