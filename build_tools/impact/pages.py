"""Pages side by side: which came, which say something else, which are gone."""

from __future__ import annotations

from dataclasses import replace

from build_tools.impact.change import Change
from build_tools.pages.context import Context
from build_tools.pages.page import Page
from build_tools.publishing.generate import Site
from build_tools.reading.settings import Settings


def compare_pages(old: Site, new: Site) -> tuple[Change, ...]:
    """Each page that differs, by its address; the data version at its foot is no difference."""
    before, after = _by_url(old), _by_url(new)
    changes = []
    for url in sorted({*before, *after}):
        one, other = before.get(url), after.get(url)
        if one != other:
            changes.append(Change((url or "./",), one.title if one else "", other.title if other else ""))
    return tuple(changes)


def _by_url(site: Site) -> dict[str, Page]:
    version = Context(site.review, Settings("", "", "")).data_version
    return {page.url: replace(page, body=page.body.replace(version, "")) for page in site.pages}
