"""New and changed cases as an Atom feed (RFC 4287)."""

from __future__ import annotations

from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from build_tools.reading.settings import Settings
from build_tools.reading.versions import DataVersion
from build_tools.review.derived import summary
from build_tools.review.review import PublishedCase, Review

PATH = "data/cases.atom"
MOST = 50
"""Entries of the feed: the newest."""


def text(review: Review, versions: Sequence[DataVersion], settings: Settings) -> str:
    """An entry a case, dated by the last version that touched it, else by its extraction."""
    news = sorted(
        ((*_news(case, versions), case) for case in review.cases.values()),
        key=lambda one: (one[0], one[2].id),
        reverse=True,
    )[:MOST]
    address = settings.address.rstrip("/") + "/" if settings.address else ""
    feed = Element("feed", xmlns="http://www.w3.org/2005/Atom")
    _texts(
        feed, title=f"{settings.name}: new and changed cases", id=address + PATH if address else _urn(PATH)
    )
    _texts(feed, updated=_time(news[0][0] if news else "1970-01-01"))
    SubElement(SubElement(feed, "author"), "name").text = settings.name
    SubElement(feed, "link", rel="self", href=(address or "../") + PATH)
    for day, what, case in news:
        entry, page = SubElement(feed, "entry"), f"cases/{case.id}/"
        _texts(entry, title=review.names[case.id], id=address + page if address else _urn(page))
        _texts(entry, updated=_time(day), summary=f"{summary(case, review)} ({what})")
        SubElement(entry, "link", rel="alternate", href=(address or "../") + page)
    indent(feed, " ")
    return '<?xml version="1.0" encoding="utf-8"?>\n' + tostring(feed, encoding="unicode") + "\n"


def _news(case: PublishedCase, versions: Sequence[DataVersion]) -> tuple[str, str]:
    """The day of the last that happened to a case, and what it was."""
    told = (
        (v.date, f"data version {v.version}: {v.says_of(case.id)}") for v in versions if v.says_of(case.id)
    )
    return next(told, (case.record.extraction.date, "read"))


def _time(day: str) -> str:
    return f"{day}T00:00:00Z"


def _urn(path: str) -> str:
    """A name for what has no address."""
    return f"urn:casebook:{path}"


def _texts(parent: Element, **texts: str) -> None:
    for name, words in texts.items():
        SubElement(parent, name).text = words
