"""The findings of earlier days, in a file: JSON, one object an address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from build_tools.external_links.verdict import Finding

FINDINGS = TypeAdapter(tuple[Finding, ...])


class NoCache(Exception):
    """Raised for a file that holds something else."""


def read_cache(path: Path) -> Mapping[str, Finding]:
    """The earlier findings by address; none where there is no file yet."""
    if not path.exists():
        return {}
    try:
        return {finding.address: finding for finding in FINDINGS.validate_json(path.read_bytes())}
    except ValidationError:
        raise NoCache(f"{path} holds no findings of 'casebook links'; delete it, or name another") from None


def write_cache(path: Path, findings: Iterable[Finding]) -> None:
    """Writes the findings in the order of their addresses."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(FINDINGS.dump_json(tuple(sorted(findings)), indent=1) + b"\n")
