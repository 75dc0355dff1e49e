"""Pages on disk: a source folder that Zensical builds, and that people can read and compare."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from build_tools.exports import cases_json
from build_tools.pages.page import Page
from build_tools.publishing.generate import Site
from build_tools.publishing.target import refuse

_OF_PAGES = ("mkdocs.yml", f"content/{cases_json.PATH}")


def write(site: Site, root: Path, out: Path) -> int:
    """Writes `out/content/`, `out/overrides/` and `out/mkdocs.yml`; the number of pages and files written.

    WrongFolder if `out` holds anything but older pages.
    """
    refuse(root, out, "pages", _OF_PAGES)
    content = out / "content"
    for folder in (content, out / "overrides"):
        if folder.exists():
            shutil.rmtree(folder)
    for page in site.pages:
        path = content / page.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(_from_the_file(page), encoding="utf-8", newline="\n")
    for download in site.downloads:
        path = content / download.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(download.content)
    if (root / "overrides").is_dir():
        shutil.copytree(root / "overrides", out / "overrides")
    settings = (root / "mkdocs.yml").read_text(encoding="utf-8")
    settings = re.sub(r"(?m)^(hooks|watch|exclude_docs):.*\n(?:[ -].*\n)*", "", settings)
    (out / "mkdocs.yml").write_text(settings, encoding="utf-8", newline="\n")
    return len(site.pages) + len(site.downloads)


def _from_the_file(page: Page) -> str:
    """The page with the addresses of raw HTML counted from its file, as those of Markdown are.

    `methods.md` is answered at `methods/`, one step further down. Zensical adds that step to each `href` and
    `src` by itself, also in raw HTML.
    """
    if page.path.endswith("index.md"):
        return page.markdown
    up = r"(?:\.\./|&#46;&#46;&#47;)"  # in prose, the signs of a filled blank are encoded
    return re.sub(
        rf'(?<=[\s"])(href|src)="{up}([^"]*)"',
        lambda found: f'{found[1]}="{found[2] or "./"}"',
        page.markdown,
    )
