"""Two casebooks -> what a change from the one to the other does."""

from __future__ import annotations

from build_tools.impact.base import Older
from build_tools.impact.change import Impact
from build_tools.impact.estimates import compare_estimates
from build_tools.impact.pages import compare_pages
from build_tools.impact.patients import compare_facts, compare_patients, count
from build_tools.impact.records import compare_records
from build_tools.impact.sentences import compare_sentences
from build_tools.impact.tables import compare_tables
from build_tools.publishing.generate import Site


def compare(base: str, old: Older, new: Site) -> Impact:
    """What differs between two casebooks, both read by this generator; `base` is the name of the old one."""
    said = compare_facts(old.review, new.review)
    other = compare_records(old.review, new.review)
    return Impact(
        base,
        count(old.review, new.review),
        compare_patients(old.review, new.review),
        said.facts,
        said.sources + other.sources,
        said.notes + other.notes,
        other.facts,
        compare_estimates(old.review, new.review),
        compare_tables(old.site.tables, new.tables) if old.site else (),
        compare_sentences(old.site, new) if old.site else (),
        compare_pages(old.site, new) if old.site else (),
        old.why,
    )
