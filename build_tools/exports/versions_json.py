"""The released data versions as JSON, the newest first."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict

from build_tools.reading.versions import FORMAT, DataVersion


def text(versions: Iterable[DataVersion]) -> str:
    """The file that `casebook release` keeps and the site publishes."""
    whole = {"format": FORMAT, "versions": [asdict(version) for version in versions]}
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"
