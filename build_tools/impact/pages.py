"""Pages side by side: which came, which say something else, which are gone."""

from __future__ import annotations

import re
from dataclasses import replace

from build_tools.impact.change import Change
from build_tools.pages.context import Context
from build_tools.pages.page import Page
from build_tools.publishing.generate import Site
from build_tools.reading.settings import Settings

_FOOT = re.compile(r'<footer class="record-foot".*?</footer>', re.S)


def compare_pages(old: Site, new: Site) -> tuple[Change, ...]:
    """Each page that differs, by its address; the data version and the day at its foot are no difference."""
    before, after = by_url(old), by_url(new)
    changes = []
    for url in sorted({*before, *after}):
        one, other = before.get(url), after.get(url)
        if one != other:
            changes.append(Change((url or "./",), one.title if one else "", other.title if other else ""))
    return tuple(changes)


def by_url(site: Site) -> dict[str, Page]:
    """The pages by their address, without what changes with any record: the foot and the data version."""
    version = Context(site.review, Settings("", "", "")).data_version
    return {
        page.url: replace(page, body=_FOOT.sub("", page.body).replace(version, "")) for page in site.pages
    }
