"""Pages of records set into a frame that the engine renders once a kind of page, not once a page.

The engine gets a blank page of each kind: its name, title, description and body are signs that stand nowhere
else. What comes out is the frame, and each page is the frame with its own words in the place of the signs,
byte for byte what the engine would have made of it.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from build_tools.pages.page import Page, as_title

_NAME, _TITLE, _DESCRIPTION, _BODY = (f"blank{what}of7frames" for what in ("name", "title", "about", "body"))


class NoFrame(Exception):
    """The engine did something to the signs of a blank page that is not understood: pages go one by one."""


@dataclass(frozen=True)
class Kind:
    """Pages that one frame fits: of one folder, hiding the same parts of the theme."""

    folder: str
    hide: tuple[str, ...]

    @property
    def blank(self) -> Page:
        """The page of which the engine makes the frame; the apostrophes tell how it escapes words."""
        path = f"{self.folder}/{_NAME}.md"
        return Page(path, f"'{_TITLE}'", f"'{_DESCRIPTION}'", f"<h1>{_BODY}</h1>", "", True, self.hide)


def kinds(pages: Iterable[Page], one_by_one: Callable[[Page], bool]) -> dict[Kind, list[Page]]:
    """The pages that need a frame alone, by kind; `one_by_one` says which the engine must see."""
    found: dict[Kind, list[Page]] = {}
    for page in pages:
        if page.is_html and "<h1" in page.body and not one_by_one(page):
            folder = PurePosixPath(page.path).parent.as_posix()
            found.setdefault(Kind(folder, page.hide), []).append(page)
    return found


def linked_by_markdown(pages: Iterable[Page]) -> frozenset[str]:
    """The names of the files that written pages link to, so that the engine can look for them."""
    return frozenset(
        name for page in pages if not page.is_html for name in re.findall(r"([\w.-]+\.md)\b", page.body)
    )


class Frame:
    """A page as the engine made it of a blank one."""

    def __init__(self, made: str) -> None:
        self._parts = _SIGNS.split(made)
        plain = "".join(self._parts[::2])
        if any(sign in plain for sign in (_NAME, _TITLE, _DESCRIPTION, _BODY)):
            raise NoFrame
        if self._parts.count(f"<h1>{_BODY}</h1>") != 1:
            raise NoFrame

    def around(self, page: Page) -> str:
        """The page as the engine would have made it."""
        words = _words(page)
        return "".join(words[part] if i % 2 else part for i, part in enumerate(self._parts))


def _words(page: Page) -> Mapping[str, str]:
    """What stands on a page in the place of each sign of a blank one."""
    words = {_NAME: PurePosixPath(page.path).stem, f"<h1>{_BODY}</h1>": page.body}
    for sign, said in ((_TITLE, page.title), (_DESCRIPTION, page.description)):
        for mark, form in _FORMS.items():
            words[f"{mark}{sign}{mark}"] = form(as_title(said))
    return words


def _escaped(words: str) -> str:
    """Words after Jinja's `striptags` and `escape`."""
    return html.escape(" ".join(words.split())).replace("&#x27;", "&#39;").replace("&quot;", "&#34;")


def _in_script(words: str) -> str:
    """Words after Jinja's `tojson`, without its quotes."""
    return json.dumps(words)[1:-1].replace("'", "\\u0027")


_FORMS: Mapping[str, Callable[[str], str]] = {"'": str, "&#39;": _escaped, "\\u0027": _in_script}
"""The apostrophe of a blank page's title, as a template has written it -> how it writes words."""


def _signs() -> Iterator[str]:
    yield re.escape(_NAME)
    yield re.escape(f"<h1>{_BODY}</h1>")
    for mark in _FORMS:
        yield from (re.escape(f"{mark}{sign}{mark}") for sign in (_TITLE, _DESCRIPTION))


_SIGNS = re.compile(f"({'|'.join(_signs())})")


def expanded(text: str, kind: Kind, pages: Iterable[Page], entry: re.Pattern[str]) -> str:
    """A list of pages (a map of the site) with an entry for each page in the place of the blank one's."""
    mine = f"{kind.folder}/{_NAME}"

    def each(found: re.Match[str]) -> str:
        if mine not in found[0]:
            return found[0]
        return "".join(found[0].replace(_NAME, PurePosixPath(page.path).stem) for page in pages)

    return entry.sub(each, text)
