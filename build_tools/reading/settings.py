"""What the site calls itself and where its repository is, as `mkdocs.yml` says for both engines."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import yaml


@dataclass(frozen=True)
class Settings:
    """The few settings of `mkdocs.yml` that pages need too."""

    name: str
    description: str
    repository: str
    address: str = ""
    """Where the site stands on the web, or empty."""

    def edit(self, file: str) -> str:
        """Where to edit a file of the repository."""
        return f"{self.repository}/edit/main/{quote(file)}"

    def history(self, file: str) -> str:
        """All commits that touched a file of the repository."""
        return f"{self.repository}/commits/main/{quote(file)}"

    def report_error(self, file: str) -> str:
        """A new issue about a file, its name filled in."""
        return f"{self.repository}/issues/new?template=error-in-a-case.yml&title={quote('Error in ' + file)}"


def read_settings(root: Path) -> Settings:
    """The settings of the casebook below `root`."""
    given = yaml.load((root / "mkdocs.yml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return Settings(
        given["site_name"],
        given["site_description"],
        given["extra"]["repository"].rstrip("/"),
        given.get("site_url") or "",
    )
