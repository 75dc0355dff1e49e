"""Counts that reports print for groups of patients, as a small table beside a chart."""

from __future__ import annotations

from build_tools.analysis.declared import Estimated, PooledShare
from build_tools.analysis.estimates import Fisher
from build_tools.charts import words
from build_tools.charts.chart import Aside
from build_tools.review.review import Review, report_label


def aside(made: Estimated, review: Review) -> Aside | None:
    """The pooled counts that an estimate names, with their test; None where it names none."""
    if not made.pooled:
        return None
    names = list(dict.fromkeys(one.figure.name for one in made.pooled))
    what = names[0] if len(names) == 1 else "Counted"
    rows = tuple(_row(one, review, names) for one in made.pooled)
    sources = dict.fromkeys(source(one, review) for one in made.pooled)
    said = [words.test(made.pooled_comparison)] if made.pooled_comparison is not None else []
    ours = (
        "shares, intervals and test" if isinstance(made.pooled_comparison, Fisher) else "shares and intervals"
    )
    return Aside(
        "Pooled counts that reports print",
        ("Group", what, "Others", "Share (95% interval, Wilson, by this casebook)"),
        rows,
        " ".join([*said, overlap(made, review), f"Counts: {'; '.join(sources)}; {ours}: this casebook."])
        .strip()
        .replace("  ", " "),
    )


def source(one: PooledShare, review: Review) -> str:
    """Where a pooled count stands, in words."""
    own = review.aggregates[one.aggregate].report
    first = one.figure.source[0]
    report = first.report or own
    return f"{report_label(review.reports[report], report)}, {first.place}"


def shared(one: PooledShare, review: Review) -> int:
    """How many patients of a pooled group are patients of this review, as far as its record tells."""
    return sum(case in review.cases for case in review.aggregates[one.aggregate].cases)


def _row(one: PooledShare, review: Review, names: list[str]) -> tuple[str, ...]:
    group = one.figure.group or review.aggregates[one.aggregate].title
    found = one.share
    return (
        group if len(names) == 1 else f"{group}: {one.figure.name}",
        str(found.k),
        str(found.n - found.k),
        words.share(found),
    )


def overlap(made: Estimated, review: Review) -> str:
    """That patients of this review are in the pooled groups too."""
    sentences = []
    for id in dict.fromkeys(one.aggregate for one in made.pooled):
        one = next(pooled for pooled in made.pooled if pooled.aggregate == id)
        if both := shared(one, review):
            of = review.aggregates[id].patients
            total = f" of the {of}" if of else ""
            are = "patient is one" if both == 1 else "patients are patients"
            sentences.append(f"{both}{total} {are} of this review too, and are never added to it.")
    return " ".join(sentences)
