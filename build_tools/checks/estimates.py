"""What a declared estimate asks for must exist."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from build_tools.checks.links import nearest
from build_tools.checks.rule import Finding, rule
from build_tools.reading.yaml_tree import Key
from build_tools.records.case import Case
from build_tools.records.conditions import wrong_in
from build_tools.records.estimate import Estimate
from build_tools.records.shape import title_at
from build_tools.review.review import Review


@rule(
    "C801",
    cure="write field and term as a case file has them, such as patient.sex: female",
    kind="estimate",
    example="""
        where: {patient.sex: no_such_term}
        """,
)
def estimates_ask_for_fields_and_terms(review: Review) -> Iterator[Finding]:
    """an estimate asks for patients by what no case can say"""
    for id, estimate in review.estimates.items():
        file = review.files.records["estimate"][id]
        for place, condition in _conditions(estimate):
            for field, term in condition.items():
                if title_at(Case, field.split(".")) is None:
                    yield Finding(file, (*place, field), f"there is no field '{field}'")
                elif wrong := wrong_in(field, term, review.vocabularies):
                    yield Finding(file, (*place, field), *wrong)


@rule(
    "C802",
    cure="name a figure of an aggregate that gives 'count' and 'of'",
    kind="estimate",
    example="""
        pooled:
          - {aggregate: no-such-aggregate, figure: alive}
        """,
)
def estimates_link_to_figures(review: Review) -> Iterator[Finding]:
    """an estimate names a pooled count that does not exist"""
    known = review.files.ids["aggregate"]
    for id, estimate in review.estimates.items():
        file = review.files.records["estimate"][id]
        for i, pooled in enumerate(estimate.pooled):
            aggregate = review.aggregates.get(pooled.aggregate)
            if pooled.aggregate not in known:
                detail = f"there is no aggregate '{pooled.aggregate}'"
                yield Finding(file, ("pooled", i, "aggregate"), detail, nearest(pooled.aggregate, known))
            elif aggregate is not None:  # else it has problems of its own
                figures = {figure.id: figure for figure in aggregate.figures if figure.id}
                found = figures.get(pooled.figure)
                if found is None:
                    detail = f"'{pooled.aggregate}' has no figure '{pooled.figure}'"
                    yield Finding(file, ("pooled", i, "figure"), detail, nearest(pooled.figure, figures))
                elif found.count is None:
                    yield Finding(file, ("pooled", i, "figure"), f"'{pooled.figure}' is no count")


def _conditions(estimate: Estimate) -> Iterator[tuple[Key, Mapping[str, str]]]:
    """Every field -> term of an estimate, with its place in the file."""
    yield ("holds",), estimate.holds
    yield ("where",), estimate.where
    for name, arm in estimate.arms.items():
        yield ("arms", name, "where"), arm.where
