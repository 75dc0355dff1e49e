"""Who read the reports."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.checks.rule import Finding, rule
from build_tools.records.extraction import Reader
from build_tools.review.review import Review


@rule(
    "C321",
    cure="name somebody else, or leave 'second_reading' out",
    example="""
        extraction:
          by: [First Reader]
          date: "2090-02-03"
          second_reading: {by: [First Reader]}
        """,
)
def the_second_reader_is_another(review: Review) -> Iterator[Finding]:
    """a second reading is somebody else's, and this person read the reports first"""
    for case in review.cases.values():
        read = case.record.extraction
        for i, reader in enumerate(read.second_reading.by if read.second_reading else ()):
            if any(_is_one(reader, other) for other in read.by):
                yield Finding(case.origin, ("extraction", "second_reading", "by", i))


def _is_one(reader: Reader, other: Reader) -> bool:
    if reader.orcid and other.orcid:
        return reader.orcid == other.orcid
    return reader.name.casefold() == other.name.casefold()
