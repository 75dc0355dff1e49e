"""Names that fields had in an earlier form of the files: old name -> new name, by model."""

from __future__ import annotations

from build_tools.records.extraction import Agreement, Extraction
from build_tools.records.trial import Check
from build_tools.records.values import Record

FORMER: dict[type[Record], dict[str, str]] = {
    Extraction: {"second_reader": "second_reading"},
    Agreement: {"compared": "extraction.second_reading.settled"},
    Check: {"verdict": "claims[].verdict"},
}
"""A file that uses one is carried over by 'casebook migrate'."""
