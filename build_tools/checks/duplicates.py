"""One person counts once: cases that are told apart by nothing but their files.

Two persons can be alike by chance, so likeness is a warning and asks for a verdict; a patient of one report
in two files is an error. The verdict of a person, in `identity` of either file, silences both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from build_tools.checks.rule import Finding, rule
from build_tools.checks.undisputed import facts_at
from build_tools.problems.problem import Level
from build_tools.records.measures import In
from build_tools.records.report import Report
from build_tools.records.values import State
from build_tools.review.facts import Fact, lower_first
from build_tools.review.review import PublishedCase, Review
from build_tools.review.times import bounds_in_months, in_months

ENOUGH = 7
"""So much must agree: sex with age and size, say, or with age, side, procedure and one thing more.

What differs takes points away: patients of one disease agree in much by chance, but not in their country.
"""
LONG_APART = 10
"""Years between two reports of which the second hardly tells of the same patient."""


@rule(
    "C611",
    cure="merge the two files, or name the case in identity.other_case with 'possible' or 'rejected'",
    example="""
        patient: {age: 62, sex: male, source: Results}
        lesions:
          - {role: primary, side: right, source: Results, sizes: [{method: mri, size: 5.4 cm}]}
        surgeries:
          - {procedures: [local_excision], source: Results}
        """,
    level=Level.WARNING,
)
def no_two_cases_are_one_person(review: Review) -> Iterator[Finding]:
    """two cases may be one person"""
    prints = {id: fingerprint(case, review) for id, case in review.cases.items()}
    for first, second in _pairs(prints):
        one, other = review.cases[first], review.cases[second]
        alike = likeness(prints[first], prints[second])
        if alike and not _told_apart(one, other):
            hint = f"merge the two files, or write identity with other_case: {one.id}"
            yield Finding(other.origin, (), f"{one.id}; both: {', '.join(alike)}", hint)


def _pairs(prints: Mapping[str, Fingerprint]) -> Iterator[tuple[str, str]]:
    """Pairs that may be alike: of one sex, and of nearly one age unless an age is not reported.

    Each pair comes once, in the order of the cases; comparing all with all would take hours with thousands.
    """
    met = defaultdict[tuple[str, int | None], dict[str, None]](dict)
    for id, own in prints.items():
        near = {age + years for age in own.ages for years in (-1, 0, 1)}
        earlier = dict[str, None]()
        for (sex, _), ids in met.items() if not near else ():
            if sex in own.sex:
                earlier |= ids
        for sex in own.sex if near else ():
            for age in (None, *near):
                earlier |= met.get((sex, age), {})
        yield from ((other, id) for other in earlier)
        for sex in own.sex:
            for age in own.ages or {None}:
                met[sex, age][id] = None


@rule(
    "C612",
    cure="keep one file for the patient, or give each the label by which the report tells them apart",
    example="""
        reports: [{report: vesper-2085, label: case 1, role: full}]
        """,
)
def a_patient_of_a_report_has_one_file(review: Review) -> Iterator[Finding]:
    """another case is the same patient of the same report"""
    seen: dict[tuple[str, str], str] = {}
    for id, case in review.cases.items():
        for index, link in enumerate(case.record.reports):
            if link.label is None:
                continue  # nothing tells whom it means; if the two are alike, C611 finds them
            key = (link.report, same_label(link.label))
            first = seen.setdefault(key, id)
            other = review.cases[first]
            if first != id and not (other_cases(case) & {first} or other_cases(other) & {id}):
                theirs = next(
                    one.label
                    for one in other.record.reports
                    if one.report == link.report and one.label and same_label(one.label) == key[1]
                )
                detail = f"{first} names {link.report} with '{theirs}'"
                detail += ", too" if theirs == link.label else f", which is '{link.label}' spelt otherwise"
                yield Finding(case.origin, ("reports", index), detail)


def same_label(label: str) -> str:
    """A label without what two readers of one report write differently: capitals and spaces."""
    return "".join(label.casefold().split())


def other_cases(case: PublishedCase) -> frozenset[str]:
    """The cases of which someone said whether they are the same person."""
    identity = case.record.identity
    return frozenset({identity.other_case} if identity and identity.other_case else ())


@dataclass(frozen=True)
class Fingerprint:
    """What tells persons apart, as sets of everything that any report says; an empty set is silence."""

    sex: frozenset[str]
    ages: frozenset[int]
    sides: frozenset[str]
    sizes: frozenset[float]
    procedure: frozenset[str]
    origin: frozenset[str]
    months: frozenset[float]
    vital: frozenset[str]
    countries: frozenset[str]
    years: frozenset[int]
    authors: frozenset[str]
    institutions: frozenset[str]
    words: Mapping[str, str]


def fingerprint(case: PublishedCase, review: Review) -> Fingerprint:
    """What the reports of a case say that tells persons apart."""
    words: dict[str, str] = {}

    def said(path: str) -> frozenset[str]:
        fact = case.by_path.get(path)
        values = [part for part in (fact.claims or (fact,)) if part.state is State.REPORTED] if fact else []
        words.update({str(part.value): part.inline or lower_first(part.text) for part in values})
        return frozenset(str(part.value) for part in values)

    primary = next((fact.path for fact in case.find("lesions") for fact in _primaries(fact)), "lesions[0]")
    main = case.by_path.get("surgeries[0].procedures")
    procedures = main.value if main is not None and isinstance(main.value, list) else []
    if main is not None and procedures:
        words[str(procedures[0])] = lower_first(main.parts[0])
    ages = {90 if age == "90+" else int(age) for age in said("patient.age")}
    last = bounds_in_months(case, "follow_up.last_contact")
    reports = [review.reports[id] for id in _own(case) if id in review.reports]
    return Fingerprint(
        said("patient.sex"),
        frozenset(ages),
        said(f"{primary}.side"),
        frozenset(_sizes(case, primary)),
        frozenset(map(str, procedures[:1])),
        said(f"{primary}.origin.structure"),
        frozenset([last[0]] if last and last[0] else []),
        said("outcome.vital"),
        said("patient.country"),
        frozenset(report.year for report in reports if report.year),
        frozenset(name for report in reports for name in _authors(report)),
        frozenset(report.institution for report in reports if report.institution),
        words,
    )


def likeness(one: Fingerprint, other: Fingerprint, enough: int = ENOUGH) -> list[str]:
    """What two cases agree in, in words; nothing if that is not enough or if anything tells them apart."""
    said, points = list[str](), 0
    if one.sides and other.sides and not one.sides & other.sides:
        return []
    ages = [(a, b) for a in one.ages for b in other.ages]
    near = sorted(pair for pair in ages if abs(pair[0] - pair[1]) <= 1)
    if (ages and not near) or not one.sex & other.sex or _outlived(one, other) or _outlived(other, one):
        return []
    said += [one.words[word] for word in sorted(one.sex & other.sex)[:1]]
    points += 1
    if near:
        a, b = sorted(near[0])
        said.append(f"{a} years" if a == b else f"{a} and {b} years")
        points += 3
    for name in ("sides", "procedure", "origin"):
        both = sorted(getattr(one, name) & getattr(other, name))
        said += [one.words[word] for word in both[:1]]
        points += 1 if both else -1 if getattr(one, name) and getattr(other, name) else 0
    if one.countries and other.countries:
        both = sorted(one.countries & other.countries)
        said += [one.words[word] for word in both[:1]]
        points += 1 if both else -3
    between = [abs(a - b) for a in one.years for b in other.years]
    points -= 2 * bool(between and min(between) > LONG_APART)
    sizes = [(a, b) for a in one.sizes for b in other.sizes]
    same = [pair for pair in sizes if abs(pair[0] - pair[1]) <= max(0.2, 0.05 * max(pair))]
    said += [f"{a:g} cm" if a == b else f"{a:g} and {b:g} cm" for a, b in sorted(same)[-1:]]
    points += 3 if same else -2 if sizes else 0
    if one.months & other.months:
        said.append(f"followed for {in_months(min(one.months))}")
        points += 2
    for name in ("authors", "institutions"):
        both = sorted(getattr(one, name) & getattr(other, name))
        said += [f"shared {name.removesuffix('s')} {who}" for who in both[:1]]
        points += 2 * bool(both)
    return said if points >= enough else []


def _outlived(one: Fingerprint, other: Fingerprint) -> bool:
    """Whether one was alive when the other had died already."""
    if one.vital != {"alive"} or other.vital != {"dead"} or not one.months or not other.months:
        return False
    return min(one.months) > max(other.months) + 1


def _told_apart(one: PublishedCase, other: PublishedCase) -> bool:
    """Whether a person gave a verdict, or one report gives both a label and so tells them apart."""
    if other_cases(one) & {other.id} or other_cases(other) & {one.id}:
        return True
    labels = {link.report: link.label for link in one.record.reports}
    # What one report calls by one name in two files, C612 finds.
    return any(labels.get(link.report) and link.label for link in other.record.reports)


def _own(case: PublishedCase) -> list[str]:
    """The reports that describe the patient themselves; a table may repeat the patients of many papers."""
    return [link.report for link in case.record.reports if link.role != "secondary"]


def _authors(report: Report) -> Iterator[str]:
    """Each author by family name and first initial; a family name alone is too many people."""
    return (f"{author.family} {author.given[0]}" for author in report.authors if author.given)


def _primaries(lesions: Fact) -> Iterator[Fact]:
    return (fact for fact in (*lesions.children, lesions) if fact.term == "primary")


def _sizes(case: PublishedCase, lesion: str) -> Iterator[float]:
    for fact in facts_at(case, "lesions.sizes.size", f"{lesion}."):
        assert isinstance(fact.value, dict)
        measure = In("length").parse(fact.value["text"])
        if not measure.op.startswith(("<", ">")):
            yield round(measure.to("cm"), 2)
