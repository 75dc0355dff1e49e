"""The hook of `mkdocs.yml`: hands the generated pages to MkDocs in memory, and keeps serving on a mistake.

MkDocs sees the written pages and a blank one of each kind of record; `on_post_build` sets the records into
these frames. With `extra: {frames: false}` it sees each page, and makes the same site slowly.
"""

from __future__ import annotations

import logging
import re
from pathlib import Path
from typing import Any, Literal

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.structure.files import File, Files
from mkdocs.structure.pages import Page as MkDocsPage

from build_tools.pages.page import Page
from build_tools.problems.problem import ProblemsFound
from build_tools.publishing import frames, search
from build_tools.publishing.generate import Site, generate

log = logging.getLogger("mkdocs.hooks.casebook")
MADE = "casebook_site"
"""The attribute of MkDocs's settings under which a build hands over the site that it has generated."""
_serving = False
_last: Site | None = None
_bodies: dict[str, Page] = {}
_blocks: list[str] = []
_framed: dict[frames.Kind, list[Page]] = {}


def on_startup(*, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    """Remembers whether this is a server, which must survive a mistake in a file."""
    global _serving  # noqa: PLW0603  (MkDocs calls a hook's functions; the module is their memory)
    _serving = command == "serve"


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Puts every generated page and file in place of what the folder holds."""
    site = getattr(config, MADE, None) or _generate(Path(config.config_file_path).parent)
    _bodies.clear()
    _framed.clear()
    if config.extra.get("frames", True):
        _framed.update(_kinds(site, config))
    blank_for = {page.path: kind for kind, pages in _framed.items() for page in pages}
    for page in site.pages:
        kind = blank_for.get(page.path)
        if kind is not None and page is not _framed[kind][0]:
            continue  # the first page of a kind gives the blank one its place among the others
        shown = kind.blank if kind is not None else page
        _replace(files, _file(shown, config))
        if shown.is_html:
            _bodies[shown.path] = shown
    for download in site.downloads:
        _replace(files, File.generated(config, download.path, content=download.content))
    return files


def on_page_markdown(markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str | None:
    """A finished page has no Markdown: no text of a record passes through it; nor does a finished table."""
    _blocks.clear()
    if page.file.src_uri in _bodies:
        return ""
    if not config.extra.get("frames", True):
        return None

    def keep(found: re.Match[str]) -> str:
        _blocks.append(found[0])
        return _KEPT.format(len(_blocks) - 1)

    return _BLOCK.sub(keep, markdown)


_KEPT = '<div data-kept="{}"></div>'
_IS_KEPT = re.compile(r'<div data-kept="(\d+)"></div>')
_BLOCK = re.compile(
    r"(?:(?<=\n\n)|\A)<(article|details|div|dl|figure|nav|ol|section|table|ul)\b(?:[^\n\t]+\n)*[^\n\t]*</\1>(?=\n\n|\Z)"
)
"""A block of finished HTML between empty lines: Markdown would read all of it only to leave it as it is."""


def on_page_content(html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str | None:
    """The finished body of a record's page."""
    if finished := _bodies.get(page.file.src_uri):
        return finished.body
    return _IS_KEPT.sub(lambda kept: _blocks[int(kept[1])], html) if _blocks else None


def on_post_template(output_content: str, *, template_name: str, config: MkDocsConfig) -> str | None:
    """The map of the site for search engines, without days: that of the build is no day of a page."""
    if template_name == "sitemap.xml":
        output_content = re.sub(r"\s*<lastmod>[^<]*</lastmod>", "", output_content)
        for kind, pages in _framed.items():
            output_content = frames.expanded(output_content, kind, pages, _ENTRY)
    return output_content


_ENTRY = re.compile(r"\s*<url>.*?</url>", re.S)


def on_post_build(*, config: MkDocsConfig) -> None:
    """Sets the pages of records into the frames that MkDocs made, and makes the search index."""
    out = Path(config.site_dir)
    for kind, pages in _framed.items():
        blank = out / kind.blank.file
        try:
            frame = frames.Frame(blank.read_text(encoding="utf-8"))
        except frames.NoFrame:
            cure = "write 'frames: false' under 'extra' in mkdocs.yml"
            raise PluginError(f"the theme writes a title or description in an unknown form; {cure}") from None
        blank.unlink()
        blank.parent.rmdir()
        for page in pages:
            path = out / page.file
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(frame.around(page), encoding="utf-8", errors="xmlcharrefreplace", newline="\n")
    try:
        search.index(out)
    except search.NotIndexed as failed:
        raise PluginError(str(failed)) from None


def on_serve(server: Any, *, config: MkDocsConfig, builder: Any) -> Any:
    """Rebuilds when a case changes, comes or goes; content/ is watched by MkDocs itself."""
    server.watch(str(Path(config.config_file_path).parent / "cases"))
    return server


def _generate(root: Path) -> Site:
    global _last  # noqa: PLW0603
    try:
        _last = generate(root)
    except ProblemsFound as found:
        for problem in found.problems:
            log.error(problem.text())
        count = f"{len(found.problems)} problem(s) in the files above"
        if not _serving or _last is None:
            raise PluginError(f"{count}; nothing was built") from None
        log.error(f"{count}; the pages stay as they were until they are mended")
    return _last


def _kinds(site: Site, config: MkDocsConfig) -> dict[frames.Kind, list[Page]]:
    """The pages that go into frames: those that neither the navigation nor a Markdown link names."""
    linked = frames.linked_by_markdown(site.pages)
    navigation = str(config.nav)

    def one_by_one(page: Page) -> bool:
        return page.path.rpartition("/")[2] in linked or page.path in navigation

    return frames.kinds(site.pages, one_by_one)


def _file(page: Page, config: MkDocsConfig) -> File:
    file = File.generated(config, page.path, content=page.markdown)
    file.edit_uri = page.source
    return file


def _replace(files: Files, file: File) -> None:
    old = files.get_file_from_path(file.src_uri)
    if old is not None:
        files.remove(old)
    files.append(file)
