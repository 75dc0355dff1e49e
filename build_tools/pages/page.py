"""A page: where it goes, what it says, and the file a reader would edit."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

import yaml

_LOOKALIKES = str.maketrans({"<": "‹", ">": "›", '"': "”", "{": "(", "}": ")", "&": "and"})


def as_title(words: str) -> str:
    """Words for a title: themes print titles raw, so signs of markup give way to signs that look alike."""
    return words.translate(_LOOKALIKES)


@dataclass(frozen=True)
class Page:
    """A page of the site, before any engine has touched it.

    `path` ends in `.md` and is relative to the site's source; `body` is finished HTML where `is_html`, else
    Markdown; `source` is the file of the repository it was made from.
    """

    path: str
    title: str
    description: str
    body: str
    source: str
    is_html: bool
    hide: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        """Where the page is on the site: `cases/index.md` -> `cases/`, `methods.md` -> `methods/`."""
        return url_of(self.path)

    @property
    def file(self) -> str:
        """The file that a server answers with at the page's address."""
        return self.url + "index.html"

    @property
    def markdown(self) -> str:
        """The page as a Markdown file with front matter; finished HTML stands in one raw block."""
        meta: dict[str, object] = {"title": as_title(self.title), "description": as_title(self.description)}
        if self.hide:
            meta["hide"] = list(self.hide)
        head = yaml.safe_dump(meta, allow_unicode=True, sort_keys=False, width=1000)
        return f"---\n{head}---\n{self.body}\n"


@dataclass(frozen=True)
class Download:
    """A file of the site that is no page: data, a chart, a library."""

    path: str
    content: bytes

    @classmethod
    def of(cls, path: str, text: str) -> Download:
        """A file of text in UTF-8; a CSV begins with the mark by which Excel knows that."""
        return cls(path, text.encode("utf-8-sig" if path.endswith(".csv") else "utf-8"))


def url_of(path: str) -> str:
    """The address of a page below the site's root."""
    return re.sub(r"(^|/)index\.md$", r"\1", path) if path.endswith("index.md") else path[:-3] + "/"


def on_any_disk(path: str) -> str:
    """What a path is on a disk that knows neither capitals nor two ways to write an umlaut."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def relative_url(target: str, page: str) -> str:
    """The way from a page to an address below the site's root, so that the site works in any folder."""
    depth = url_of(page).count("/")
    return "../" * depth + target or "./"
