"""Every address leads somewhere, nothing is asked of another host, and every page can be reached."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from urllib.parse import unquote, urljoin, urlsplit

from build_tools.problems import Problem
from build_tools.verification.page import BuiltPage, Place, Reference, addresses_in_style

_SOMEWHERE = "https://site.invalid/folder/"
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

    def of(self, file: str) -> str:
        """The address of a file: `cases/x/index.html` -> `https://host/cases/x/`."""
        return self.address + file.removesuffix("index.html")

    def file(self, path: str) -> str:
        """The file that a server answers with; empty if there is none."""
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
        for reference in page.references:
            target, message, hint = _follow(page.file, reference, site)
            if message:
                message = f"{reference.shown}: {message}"
                yield Problem(page.file, 4, *reference.place, "", message, hint)
            elif reference.tag in _FOLLOWED:
                ways.add(target)
    for file, css in styles.items():
        for written in addresses_in_style(css):
            _, message, hint = _follow(file, Reference(written, "style", "url", "", Place(1, 1)), site)
            if message:
                yield Problem(file, 4, 1, 1, "", f"url({written}): {message}", hint)
    reached = _reached(leads)
    for page in pages:
        if page.is_page and page.file not in reached and page.file != _NOT_FOUND:
            hint = "link to it from a page that readers come to"
            yield Problem(page.file, 4, 1, 1, "", "no link leads to this page", hint)


def _follow(file: str, reference: Reference, site: _Map) -> tuple[str, str, str]:
    """The file that an address leads to, or what is wrong with it and what to do."""
    written = reference.address
    if written.startswith("#"):
        return file, *_anchor(written[1:], file, site)
    if file == _NOT_FOUND and site.address == _SOMEWHERE:
        written = written.removeprefix("/")  # this page answers at any address, so it has to know its host
    target = urlsplit(urljoin(site.of(file), written.strip()))
    whole = target._replace(query="", fragment="").geturl()
    if whole.startswith(site.address):
        found = site.file(whole.removeprefix(site.address))
        if not found:
            return "", "nothing is there", "mend the link, or add what it should lead to"
        return found, *_anchor(target.fragment, found, site)
    if target.scheme == "data":
        wrong = reference.tag in _FOLLOWED
        return "", "a link can't lead to data" if wrong else "", ""
    if reference.tag in _FOLLOWED:
        if target.scheme in _SCHEMES and not whole.startswith(_SOMEWHERE[: -len("folder/")]):
            return "", "", ""
        return "", "this leads out of the site", "write the way from this page, or an address of the web"
    if reference.relation in _NOT_LOADED:
        return "", "", ""
    host = target.netloc or f"{target.scheme}:"
    return "", f"this asks {host} for something", "put the file into the site: readers ask no other host"


def _anchor(fragment: str, file: str, site: _Map) -> tuple[str, str]:
    """What is wrong with the part of an address behind #; only pages and drawings have anchors."""
    if not fragment or file not in site.anchors:
        return "", ""
    if fragment in site.anchors[file] or unquote(fragment) in site.anchors[file]:
        return "", ""
    return f"{file} has no place '{unquote(fragment)}'", "mend what stands behind the #"


def _reached(leads: Mapping[str, AbstractSet[str]]) -> set[str]:
    """The pages that a reader comes to by links, from the home page on."""
    reached, waiting = {_HOME}, [_HOME]
    while waiting:
        new = leads.get(waiting.pop(), set()) - reached
        reached |= new
        waiting += new
    return reached
