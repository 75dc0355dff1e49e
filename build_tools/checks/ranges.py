"""Plausible ranges: what no patient can have, and what few have.

The ranges catch slips (mm for cm, cGy for Gy, a point too far right); they belong to no disease, and none
is a reference value. What is possible is drawn wide: a rare thing must not be refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from build_tools.checks.rule import Finding, rule
from build_tools.checks.sources import as_key
from build_tools.checks.undisputed import facts_at
from build_tools.problems.problem import Level
from build_tools.records.measures import ALONE, UNITS, In
from build_tools.review.facts import Fact
from build_tools.review.review import PublishedCase, Review


@dataclass(frozen=True)
class Range:
    """What a field can hold and what it mostly holds, both ends included, in `unit` of a dimension.

    A field without a dimension is a whole number. `low` and `high` hold the extremes of what is possible,
    `from_` and `to` those of what is usual; `reason` says why more can't be.
    """

    fields: tuple[str, ...]
    dimension: str
    unit: str
    low: float
    from_: float
    to: float
    high: float
    reason: str


RANGES = (
    Range(("lesions.sizes.size",), "length", "cm", 0.01, 0.1, 40, 100, "no trunk holds more than a metre"),
    Range(
        ("imaging.findings.*.size", "presentation.signs.*.size", "patient.comorbidities.*.size"),
        "length", "cm", 0.01, 0.1, 40, 100, "no trunk holds more than a metre",
    ),
    Range(("surgeries.margin_distance",), "length", "cm", 0, 0, 5, 30, "the margin is the specimen's edge"),
    Range(("surgeries.duration",), "duration", "h", 0.01, 0.15, 24, 72, "no team operates for days"),
    Range(("surgeries.blood_loss",), "volume", "l", 0, 0, 20, 100, "a body holds some five litres of blood"),
    Range(
        ("surgeries.transfusions.amount",),
        "blood product", "ml", 1, 50, 15_000, 100_000, "a body holds some five litres of blood",
    ),
    Range(
        ("surgeries.transfusions.amount",),
        "blood product", "units", 0.1, 1, 60, 400, "a body holds some five litres of blood",
    ),
    Range(
        ("surgeries.anticoagulation.duration",),
        "period", "months", 0, 0, 360, 1200, "it is longer than a life after it; is it days?",
    ),
    Range(
        ("presentation.previous_operations", "presentation.previous_recurrences"),
        "", "", 0, 0, 10, 50, "no life has room for more",
    ),
    Range(("surgeries.stay",), "period", "months", 0, 0, 4, 60, "a stay ends"),
    Range(("surgeries.drain",), "period", "months", 0, 0, 3, 60, "a drain is taken out"),
    Range(("surgeries.lymph_nodes.removed",), "", "", 0, 0, 100, 300, "no dissection yields more nodes"),
    Range(
        ("radiotherapy.dose", "radiotherapy.boost.dose"),
        "radiation dose", "Gy", 0.1, 4, 80, 250, "more than the implants of brachytherapy give; is it cGy?",
    ),
    Range(
        ("radiotherapy.fractions", "radiotherapy.boost.fractions"),
        "", "", 1, 1, 45, 150, "no course has more",
    ),
    Range(
        ("systemic_therapy.drugs.*.dose",),
        "dose", "mg", 0.000_1, 0.001, 20_000, 100_000, "no drug is given by the hundred grams; is it a unit?",
    ),
    Range(("systemic_therapy.cycle_length",), "period", "weeks", 0.1, 0.9, 13, 53, "a cycle comes again"),
    Range(
        ("systemic_therapy.cycles_planned", "systemic_therapy.cycles_given"),
        "", "", 0, 0, 60, 600, "a course of that length has no room in a life",
    ),
    Range(
        ("follow_up.last_contact",),
        "period", "months", 0, 0, 360, 1200, "it is longer than a life after it; is it days?",
    ),
    Range(
        (
            "events.at", "surgeries.at", "imaging.at", "laboratory.at", "lesions.sizes.at", "meetings.at",
            "systemic_therapy.start", "radiotherapy.start", "surgeries.reconstruction.patency.at",
        ),
        "time", "months", -1200, -360, 360, 1200, "it is longer than a life before or after it; is it days?",
    ),
    Range(
        ("surgeries.vascular_control.duration", "surgeries.bypass.duration", "surgeries.anhepatic_time"),
        "duration", "min", 0, 1, 360, 4320, "no vessel is kept shut for days",
    ),
    Range(
        ("presentation.delay", "presentation.symptoms.*.duration"),
        "period", "months", 0, 0, 360, 1200, "it is longer than a life; is it days?",
    ),
    Range(("presentation.symptoms.*.amount",), "weight", "kg", 0.01, 0.1, 60, 300, "few weigh as much"),
    Range(("patient.smoking.pack_years",), "", "", 0, 0, 160, 400, "the years of a life bound it"),
    Range(("pathology.mitoses.count",), "count", "", 0, 0, 200, 2000, "no count of a few fields is so high"),
    Range(
        ("pathology.immunohistochemistry.*.percent", "pathology.regression.viable"),
        "percent", "%", 0, 0, 100, 100, "a share ends at 100 %",
    ),
)  # fmt: skip
"""Every range: fields (`*`: any term of a mapping), dimension and unit, possible from, usual from and to,
possible to, and why no more."""


@rule(
    "C501",
    cure="check number and unit; if the report really prints it, write {value: unclear, note: ...}",
    example="""
        lesions:
          - role: primary
            source: Results
            sizes:
              - {method: mri, size: 120 cm}
        """,
)
def values_are_possible(review: Review) -> Iterator[Finding]:
    """no patient can have this value"""
    for case in review.cases.values():
        for fact, range_, low, high in _measured(case):
            if low > range_.high or high < range_.low:
                span = _span(range_.low, range_.high, range_)
                yield Finding(case.origin, as_key(fact.path), f"it can be {span}; {range_.reason}")


@rule(
    "C502",
    cure="check number and unit; if the report prints it, let it stand and say so in a note",
    example="""
        surgeries:
          - {source: Results, blood_loss: 30 l}
        """,
    level=Level.WARNING,
)
def values_are_usual(review: Review) -> Iterator[Finding]:
    """this value is unusual"""
    for case in review.cases.values():
        for fact, range_, low, high in _measured(case):
            possible = low <= range_.high and high >= range_.low
            if possible and fact.note is None and (low > range_.to or high < range_.from_):
                span = _span(range_.from_, range_.to, range_)
                yield Finding(case.origin, as_key(fact.path), f"mostly it is {span}")


@rule(
    "C503",
    cure="correct the day of the extraction, or the year of the report",
    example="""
        extraction: {by: [First Reader], date: "2080-01-01"}
        """,
)
def reports_are_published_before_they_are_read(review: Review) -> Iterator[Finding]:
    """a report bears a later year than the day on which it was read"""
    for case in review.cases.values():
        read = int(case.record.extraction.date[:4])
        for id in case.report_ids:
            report = review.reports.get(id)
            # A paper is read online in the year before the one it is printed with.
            if report is not None and report.year is not None and report.year > read + 1:
                yield Finding(case.origin, ("extraction", "date"), f"{id} is of {report.year}")


def _measured(case: PublishedCase) -> Iterator[tuple[Fact, Range, float, float]]:
    """Every undisputed value with a range, and the least and the most that it can be, in the range's unit."""
    for range_ in RANGES:
        for field in range_.fields:
            for fact in facts_at(case, field):
                bounds = _bounds(fact, range_)
                if bounds is not None:
                    yield fact, range_, *bounds


def _bounds(fact: Fact, range_: Range) -> tuple[float, float] | None:
    if not range_.dimension:
        return (fact.value, fact.value) if isinstance(fact.value, int) else None
    if not isinstance(fact.value, dict):
        return None
    measure = In(range_.dimension).parse(fact.value["text"])
    factors = UNITS[range_.dimension]
    alone = ALONE.get(range_.dimension)
    if (measure.unit == alone) != (range_.unit == alone):
        return None
    factor = factors[measure.unit] / factors[range_.unit]
    low, high = measure.bounds
    return low * factor, high * factor


def _span(low: float, high: float, range_: Range) -> str:
    return f"{low:g} to {high:g} {range_.unit}".rstrip()
