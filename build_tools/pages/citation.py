"""A reference in Vancouver style, as the International Committee of Medical Journal Editors recommends it."""

from __future__ import annotations

import re

from build_tools.records.report import Author, Report


def vancouver(report: Report) -> str:
    """The reference as plain text; what is not known is said, never guessed."""
    names = ", ".join(_name(author) for author in report.authors[:6])
    if not report.authors:
        names = "Authors not known"
    elif not report.authors_complete or len(report.authors) > 6:
        names += ", et al"
    parts = [names, report.title.rstrip(".") if report.title else "[Title not known]"]
    journal = report.container_title or ""
    year = str(report.year) if report.year else "year not known"
    place = "".join(
        [
            f";{report.volume}" if report.volume else "",
            f"({report.issue})" if report.issue else "",
            f":{report.page}" if report.page else "",
        ]
    )
    parts += [journal] if journal else []
    parts.append(f"{year}{place}")
    return " ".join(part if part.endswith(("?", "!")) else f"{part}." for part in parts)


def _name(author: Author) -> str:
    """Family name, initials without stops, and what follows the name."""
    given = author.given or ""
    initials = "".join(part[0] for part in re.split(r"[ .-]+", given) if part)
    if given.isalpha() and given.isupper() and len(given) <= 4:
        initials = given
    suffix = _SUFFIXES.get(author.suffix or "", (author.suffix or "").rstrip("."))
    return " ".join(filter(None, (author.family, initials, suffix)))


_SUFFIXES = {"II": "2nd", "III": "3rd", "IV": "4th"}
"""As the National Library of Medicine cites them; 'Jr' stays."""
