"""The hook of `mkdocs.yml`: hands the generated pages to MkDocs in memory, and keeps serving on a mistake."""

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
from build_tools.publishing.generate import Site, generate

log = logging.getLogger("mkdocs.hooks.casebook")
_serving = False
_last: Site | None = None
_bodies: dict[str, Page] = {}


def on_startup(*, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
    """Remembers whether this is a server, which must survive a mistake in a file."""
    global _serving  # noqa: PLW0603  (MkDocs calls a hook's functions; the module is their memory)
    _serving = command == "serve"


def on_files(files: Files, *, config: MkDocsConfig) -> Files:
    """Puts every generated page and file in place of what the folder holds."""
    site = _generate(Path(config.config_file_path).parent)
    _bodies.clear()
    for page in site.pages:
        _replace(files, _file(page, config))
        if page.is_html:
            _bodies[page.path] = page
    for download in site.downloads:
        _replace(files, File.generated(config, download.path, content=download.content))
    return files


def on_page_markdown(markdown: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str | None:
    """A finished page has no Markdown: no text of a record passes through it."""
    return "" if page.file.src_uri in _bodies else None


def on_page_content(html: str, *, page: MkDocsPage, config: MkDocsConfig, files: Files) -> str | None:
    """The finished body of a record's page."""
    finished = _bodies.get(page.file.src_uri)
    return finished.body if finished else None


def on_post_template(output_content: str, *, template_name: str, config: MkDocsConfig) -> str | None:
    """The map of the site for search engines, without days: that of the build is no day of a page."""
    if template_name == "sitemap.xml":
        return re.sub(r"\s*<lastmod>[^<]*</lastmod>", "", output_content)
    return output_content


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


def _file(page: Page, config: MkDocsConfig) -> File:
    file = File.generated(config, page.path, content=page.markdown)
    file.edit_uri = page.source
    return file


def _replace(files: Files, file: File) -> None:
    old = files.get_file_from_path(file.src_uri)
    if old is not None:
        files.remove(old)
    files.append(file)
