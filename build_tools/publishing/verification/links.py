"""Every address leads somewhere, nothing is asked of another host, and every page can be reached."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from urllib.parse import unquote, urljoin, urlsplit

from build_tools.problems.mistakes import built as wrong
from build_tools.problems.problem import Problem
from build_tools.publishing.verification.page import BuiltPage, Place, Reference, addresses_in_style

_HOST = "https://site.invalid/"
_SOMEWHERE = f"{_HOST}folder/"
"""Where a site is taken to stand that has no address yet: it has to work in any folder of any host."""
_FOLLOWED = frozenset({"a", "area"})
_NOT_LOADED = frozenset({"canonical", "license", "author", "alternate", "prev", "next"})
_SCHEMES = frozenset({"https", "http", "mailto", "tel"})
_HOME, _NOT_FOUND = "index.html", "404.html"


@dataclass(frozen=True)
class _Map:
    """Where things stand: every file, the anchors of every page, and the address of the site itself."""

    files: AbstractSet[str]
    anchors: Mapping[str, AbstractSet[str]]
    address: str
    found: dict[str, str] = field(default_factory=dict)
    """The answers so far."""

    def of(self, file: str) -> str:
        """The address of a file: `cases/x/index.html` -> `https://host/cases/x/`."""
        return self.address + file.removesuffix("index.html")

    def file(self, path: str) -> str:
        """The file that a server answers with; empty if there is none."""
        if path not in self.found:
            self.found[path] = self._look(path)
        return self.found[path]

    def _look(self, path: str) -> str:
        name = unquote(path)
        inside = f"{name.rstrip('/')}/index.html".lstrip("/")
        if name in self.files:
            return name
        return inside if inside in self.files else ""


def problems(
    pages: Sequence[BuiltPage], styles: Mapping[str, str], files: AbstractSet[str], address: str
) -> Iterator[Problem]:
    """Dead addresses, other hosts that would be asked, and pages that no link leads to."""
    anchors = {page.file: {anchor.name for anchor in page.anchors} for page in pages}
    site = _Map(files, anchors, (address or _SOMEWHERE).rstrip("/") + "/")
    leads = dict[str, set[str]]()
    for page in pages:
        ways = leads.setdefault(page.file, set())
        well = set[tuple[str, str, str]]()
        for reference in page.references:
            key = (reference.address, reference.tag, reference.relation)
            if key in well:
                continue  # a page names one source many times
            found = _follow(page.file, reference, site)
            if not isinstance(found, Problem):
                well.add(key)
            if isinstance(found, Problem):
                yield found
            elif reference.tag in _FOLLOWED:
                ways.add(found)
    for file, css in styles.items():
        for written in addresses_in_style(css):
            found = _follow(file, Reference(written, "style", "", "", Place(1, 1)), site)
            if isinstance(found, Problem):
                yield found
    reached = _reached(leads)
    for page in pages:
        if page.is_page and page.file not in reached and page.file != _NOT_FOUND:
            yield wrong.ORPHAN.at(page.file)


def _follow(file: str, reference: Reference, site: _Map) -> str | Problem:
    """The file that an address leads to, empty if it is none of the site's; or what is wrong with it."""
    written = reference.address
    if written.startswith("#"):
        return _arrive(written[1:], file, file, reference, site)
    if file == _NOT_FOUND and site.address == _SOMEWHERE:
        written = written.removeprefix("/")  # this page answers at any address, so it has to know its host
    if near := _near(file, written, site):
        return _arrive(near[1], near[0], file, reference, site)
    target = urlsplit(urljoin(site.of(file), written.strip()))
    whole = target._replace(query="", fragment="").geturl()
    if whole.startswith(site.address):
        found = site.file(whole.removeprefix(site.address))
        if not found:
            return wrong.DEAD_LINK.at(file, reference.place, shown=reference.shown)
        return _arrive(target.fragment, found, file, reference, site)
    followed = reference.tag in _FOLLOWED
    if whole.startswith(_HOST) or (followed and target.scheme not in _SCHEMES):
        return wrong.LEADS_OUT.at(file, reference.place, shown=reference.shown)
    if followed or target.scheme == "data" or reference.relation in _NOT_LOADED:
        return ""
    return wrong.OTHER_HOST.at(file, reference.place, shown=reference.shown)


_NAME = r"[\w-]+(?:\.[\w-]+)*"
_NEAR = re.compile(rf"((?:\.\./)*)((?:{_NAME}/)*(?:{_NAME})?)(?:#([\w.-]*))?", re.A)
"""Steps up, then names down: most addresses are such."""


def _near(file: str, written: str, site: _Map) -> tuple[str, str] | None:
    """The file and the place of it that an address without any peculiarity leads to, if there is one."""
    steps = _NEAR.fullmatch(written)
    above = file.split("/")[:-1]
    up = len(steps[1]) // 3 if steps else 0
    if steps is None or up > len(above):
        return None
    found = site.file("/".join([*above[: len(above) - up], steps[2]]))
    return (found, steps[3] or "") if found else None


def _arrive(fragment: str, target: str, file: str, reference: Reference, site: _Map) -> str | Problem:
    """The target, unless it lacks the place behind the #; only pages and drawings have such places."""
    place = unquote(fragment)
    if not place or target not in site.anchors or site.anchors[target] & {place, fragment}:
        return target
    return wrong.DEAD_ANCHOR.at(file, reference.place, shown=reference.shown, page=target, place=place)


def _reached(leads: Mapping[str, AbstractSet[str]]) -> set[str]:
    """The pages that a reader comes to by links, from the home page on."""
    reached, waiting = {_HOME}, [_HOME]
    while waiting:
        new = leads.get(waiting.pop(), set()) - reached
        reached |= new
        waiting += new
    return reached
