"""One thing has one term: two terms of one name would count one marker twice."""

from __future__ import annotations

from collections.abc import Iterator

from build_tools.checks.rule import Finding, rule
from build_tools.reading.yaml_tree import Key
from build_tools.records.spelling import plain
from build_tools.records.terms import TermEntry
from build_tools.review.review import Review


@rule(
    "C331",
    cure="keep one of the two terms, or take the name from one of them",
    kind="vocabulary",
    example="""
        terms:
          female: {label: Woman, synonyms: [Lady]}
          male: {label: Man, synonyms: [lady]}
        """,
)
def one_name_means_one_term(review: Review) -> Iterator[Finding]:
    """two terms of one vocabulary have the same name"""
    for id, vocabulary in review.vocabularies.items():
        seen: dict[str, str] = {}
        for term, entry in vocabulary.terms.items():
            for path, name in _names(term, entry):
                other = seen.setdefault(plain(name), term)
                if other != term:
                    yield Finding(
                        review.files.records["vocabulary"][id], path, f"'{name}' means '{other}', too"
                    )
                    break


def _names(term: str, entry: TermEntry) -> Iterator[tuple[Key, str]]:
    """Every word that stands for a term, with its place."""
    yield ("terms", term), term
    yield ("terms", term, "label"), entry.label
    for index, synonym in enumerate(entry.synonyms):
        yield ("terms", term, "synonyms", index), synonym
