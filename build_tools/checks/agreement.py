"""Values of one case that follow from each other must agree, as far as no claim disputes them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from build_tools.checks.rule import Finding, rule
from build_tools.checks.sources import as_key
from build_tools.checks.undisputed import facts_at, number_at, said_at, state_at, word_at
from build_tools.problems.problem import Level
from build_tools.records.conditions import vocabularies_of
from build_tools.records.measures import In, Measure
from build_tools.records.values import State
from build_tools.review.derived import after_treatment
from build_tools.review.facts import Fact
from build_tools.review.review import PublishedCase, Review

OR_CLAIMS = "correct it; if the report itself contradicts itself, record that with 'claims'"

FNCLCC_PARTS = {"differentiation": (1, 3), "mitosis": (1, 3), "necrosis": (0, 2)}
FNCLCC_GRADES = {2: "g1", 3: "g1", 4: "g2", 5: "g2", 6: "g3", 7: "g3", 8: "g3"}
"""Parts and sums of the grade of the French cancer centres, as the PDQ of the National Cancer Institute and
the SEER manual print them; mitoses per 10 high-power fields score 1 up to 9, 2 up to 19, and 3 from 20 on."""
NECROSIS_SCORES = {"focal": (1,), "below_half": (1,), "half_or_more": (2,), "present": (1, 2)}
TEN_FIELDS = re.compile(r"\b10 ?(?:hpf|high[- ]power(?:ed)? fields?)", re.I)


@rule(
    "C511",
    cure="correct the score: differentiation 1 to 3, mitosis 1 to 3, necrosis 0 to 2",
    example="""
        pathology:
          - specimen: resection
            source: Results
            grade: {system: fnclcc, necrosis: 3}
        """,
)
def parts_of_the_grade_are_in_range(review: Review) -> Iterator[Finding]:
    """FNCLCC has no such score"""
    for case, grade in _fnclcc(review):
        for part, (low, high) in FNCLCC_PARTS.items():
            score = number_at(case, f"{grade}.{part}")
            if score is not None and not low <= score <= high:
                yield Finding(case.origin, as_key(f"{grade}.{part}"), f"{part} is {low} to {high}")


@rule(
    "C512",
    cure=OR_CLAIMS,
    example="""
        pathology:
          - specimen: resection
            source: Results
            grade: {system: fnclcc, grade: g1, differentiation: 2, mitosis: 2, necrosis: 1}
        """,
)
def parts_of_the_grade_give_the_grade(review: Review) -> Iterator[Finding]:
    """the scores of the grade give another grade than the one printed"""
    for case, grade in _fnclcc(review):
        scores = [number_at(case, f"{grade}.{part}") for part in FNCLCC_PARTS]
        ranges = FNCLCC_PARTS.values()
        known = [
            s for s, (low, high) in zip(scores, ranges, strict=True) if s is not None and low <= s <= high
        ]
        printed = word_at(case, f"{grade}.grade")
        if len(known) == len(scores) and printed in FNCLCC_GRADES.values():
            follows = FNCLCC_GRADES[sum(known)]
            if printed != follows:
                detail = f"{' + '.join(map(str, known))} = {sum(known)}, which is {follows.upper()}"
                yield Finding(case.origin, as_key(f"{grade}.grade"), detail)


@rule(
    "C513",
    cure=OR_CLAIMS,
    example="""
        pathology:
          - specimen: resection
            source: Results
            mitoses: {count: 20, field: 10 high-power fields}
            grade: {system: fnclcc, grade: g1}
        """,
)
def mitoses_agree_with_the_grade(review: Review) -> Iterator[Finding]:
    """the count of mitoses can't go with the grade"""
    for case, grade in _fnclcc(review):
        specimen = grade.rpartition(".")[0]
        counted = said_at(case, f"{specimen}.mitoses.count")
        field = word_at(case, f"{specimen}.mitoses.field")
        if counted is None or field is None or not TEN_FIELDS.search(field):
            continue
        least, most = map(_mitosis_score, _count(counted).bounds)
        score = number_at(case, f"{grade}.mitosis")
        if score is not None and not least <= score <= most:
            follows = f"{least}" if least == most else f"{least} to {most}"
            detail = f"{counted.text} per 10 fields score {follows}"
            yield Finding(case.origin, as_key(f"{grade}.mitosis"), detail)
        elif least == 3 and word_at(case, f"{grade}.grade") == "g1":
            detail = f"{counted.text} per 10 fields score 3, so the sum is 4 or more, which is no G1"
            yield Finding(case.origin, as_key(f"{grade}.grade"), detail)


@rule(
    "C514",
    cure=OR_CLAIMS,
    example="""
        pathology:
          - specimen: resection
            source: Results
            necrosis: absent
            grade: {system: fnclcc, necrosis: 1}
        """,
)
def necrosis_agrees_with_its_score(review: Review) -> Iterator[Finding]:
    """the necrosis that was seen has another score"""
    for case, grade in _fnclcc(review):
        seen = state_at(case, f"{grade.rpartition('.')[0]}.necrosis")
        score = number_at(case, f"{grade}.necrosis")
        if seen is None or score is None:
            continue
        none = (0,) if seen.state is State.ABSENT else (0, 1, 2)
        possible = NECROSIS_SCORES.get(str(seen.value), none)
        if score not in possible:
            words = " or ".join(map(str, possible))
            yield Finding(case.origin, as_key(f"{grade}.necrosis"), f"it scores {words}")


@rule(
    "C515",
    cure="check number and unit (mm for cm?); if the report prints both, say so in a note",
    example="""
        lesions:
          - role: primary
            source: Results
            sizes:
              - {method: mri, size: 5.5 cm}
              - {method: specimen, size: 0.5 cm}
        """,
    level=Level.WARNING,
)
def sizes_of_a_lesion_are_alike(review: Review) -> Iterator[Finding]:
    """measurements of one lesion differ more than fivefold"""
    for case in review.cases.values():
        for lesion in _items(case, "lesions"):
            sizes = [(fact, _length(fact)) for fact in facts_at(case, "lesions.sizes.size", f"{lesion}.")]
            exact = [
                (fact, m.to("cm"))
                for fact, m in sizes
                if not m.op
                and fact.note is None
                and after_treatment(case, fact.path.removesuffix(".size")) is None
            ]
            if len(exact) > 1:
                (_, most), (least_at, least) = max(exact, key=_second), min(exact, key=_second)
                if most > 5 * least:
                    detail = f"{least:g} cm and {most:g} cm"
                    yield Finding(case.origin, as_key(least_at.path), detail)


@rule(
    "C516",
    cure="check the point and the unit of each axis; if the report prints it, say so in a note",
    example="""
        lesions:
          - role: primary
            source: Results
            sizes:
              - {method: mri, size: 5.5 x 0.2 x 3.8 cm}
        """,
    level=Level.WARNING,
)
def axes_of_a_size_are_alike(review: Review) -> Iterator[Finding]:
    """one axis of a size is more than twenty times another"""
    for case in review.cases.values():
        for fact in facts_at(case, "lesions.sizes.size"):
            axes = [low for low, _ in _length(fact).axes]
            if fact.note is None and max(axes) > 20 * min(axes):
                yield Finding(case.origin, as_key(fact.path), f"{max(axes):g} beside {min(axes):g}")


@rule(
    "C517",
    cure=OR_CLAIMS,
    example="""
        surgeries:
          - {source: Results, completeness: incomplete, margins: negative}
        """,
)
def margins_agree_with_the_resection(review: Review) -> Iterator[Finding]:
    """the margins can't go with how complete the resection was"""
    for case in review.cases.values():
        for surgery in _items(case, "surgeries"):
            margins = word_at(case, f"{surgery}.margins")
            complete = word_at(case, f"{surgery}.completeness")
            if complete == "incomplete" and margins == "negative":
                detail = "residual tumour was reported, and the margins are free"
            elif complete in COMPLETE and margins == "macroscopically_positive":
                detail = "the resection was complete, and tumour was seen at the margin"
            else:
                continue
            yield Finding(case.origin, as_key(f"{surgery}.margins"), detail)


COMPLETE = ("complete", "macroscopically_complete")


@rule(
    "C518",
    cure=OR_CLAIMS,
    example="""
        surgeries:
          - {source: Results, margins: positive, margin_distance: 4 mm}
        """,
)
def positive_margins_have_no_distance(review: Review) -> Iterator[Finding]:
    """tumour at the margin is not some way from it"""
    for case in review.cases.values():
        for surgery in _items(case, "surgeries"):
            distance = said_at(case, f"{surgery}.margin_distance")
            positive = (word_at(case, f"{surgery}.margins") or "").endswith("positive")
            if positive and distance is not None:
                measure = _length(distance)
                if measure.low > 0 and not measure.op.startswith("<"):
                    yield Finding(case.origin, as_key(distance.path), "the margins are positive")


@rule(
    "C519",
    cure=OR_CLAIMS,
    example="""
        presentation:
          source: Results
          symptoms: {pain: absent}
          main_symptom: pain
        """,
)
def the_main_symptom_is_not_denied(review: Review) -> Iterator[Finding]:
    """the main symptom is one that the report denies"""
    for case in review.cases.values():
        main = word_at(case, "presentation.main_symptom")
        whole = state_at(case, "presentation.symptoms")
        denied = state_at(case, f"presentation.symptoms.{main}") or whole
        if main is not None and denied is not None and denied.state is State.ABSENT:
            yield Finding(case.origin, ("presentation", "main_symptom"))


@rule(
    "C520",
    cure=OR_CLAIMS,
    example="""
        surgeries:
          - {source: Results, lymph_nodes: {removed: 3, positive: 4}}
        """,
)
def no_more_nodes_hold_tumour_than_were_removed(review: Review) -> Iterator[Finding]:
    """more lymph nodes hold tumour than were examined"""
    for case in review.cases.values():
        for surgery in _items(case, "surgeries"):
            removed = number_at(case, f"{surgery}.lymph_nodes.removed")
            positive = number_at(case, f"{surgery}.lymph_nodes.positive")
            if removed is not None and positive is not None and positive > removed:
                path = as_key(f"{surgery}.lymph_nodes.positive")
                yield Finding(case.origin, path, f"{positive} of {removed}")


@rule(
    "C521",
    cure=OR_CLAIMS,
    example="""
        patient: {sex: male, pregnancy: In the third month., source: Results}
        """,
)
def sex_agrees_with_what_one_sex_alone_has(review: Review) -> Iterator[Finding]:
    """a patient of this sex can't have this"""
    for case in review.cases.values():
        sex = word_at(case, "patient.sex")
        if sex == "male" and said_at(case, "patient.pregnancy") is not None:
            yield Finding(case.origin, ("patient", "pregnancy"), "the patient is male")
        for fact in (fact for top in case.facts for fact in top.walk()) if sex is not None else ():
            for vocabulary, term in _terms(fact):
                only = review.vocabularies[vocabulary].terms[term].only_sex
                if only not in (None, sex) and said_at(case, fact.path) is not None:
                    yield Finding(case.origin, as_key(fact.path), f"'{term}' is {only}, the patient {sex}")


def _terms(fact: Fact) -> Iterator[tuple[str, str]]:
    """The terms that a fact says, each with its vocabulary: one, or those of a list."""
    if fact.term is not None:
        yield fact.term.vocabulary, fact.term
    elif isinstance(fact.value, list):
        field = re.sub(r"\[\d+\]", "", fact.path)
        for vocabulary in vocabularies_of(field)[:1]:
            yield from ((vocabulary, str(term)) for term in fact.value)


def _fnclcc(review: Review) -> Iterator[tuple[PublishedCase, str]]:
    """The path of every grade by FNCLCC."""
    for case in review.cases.values():
        for specimen in _items(case, "pathology"):
            if word_at(case, f"{specimen}.grade.system") == "fnclcc":
                yield case, f"{specimen}.grade"


def _items(case: PublishedCase, field: str) -> Iterator[str]:
    """The paths of the items of a list."""
    top = state_at(case, field)
    for item in top.children if top is not None else ():
        yield item.path


def _length(fact: Fact) -> Measure:
    assert isinstance(fact.value, dict)
    return In("length").parse(fact.value["text"])


def _count(fact: Fact) -> Measure:
    assert isinstance(fact.value, dict)
    return In("count").parse(fact.value["text"])


def _mitosis_score(count: float) -> int:
    return 1 + (count > 9) + (count > 19)


def _second(pair: tuple[Fact, float]) -> float:
    return pair[1]


@rule(
    "C522",
    cure=OR_CLAIMS,
    example="""
        surgeries:
          - {source: Results, lymph_nodes: {status: negative, positive: 2}}
        """,
)
def the_status_of_lymph_nodes_agrees_with_their_number(review: Review) -> Iterator[Finding]:
    """the status of the lymph nodes and the number that held tumour can't both be right"""
    for case in review.cases.values():
        for surgery in _items(case, "surgeries"):
            status = word_at(case, f"{surgery}.lymph_nodes.status")
            positive = number_at(case, f"{surgery}.lymph_nodes.positive")
            if (status, positive) == ("positive", 0) or (status == "negative" and positive):
                path = as_key(f"{surgery}.lymph_nodes.status")
                yield Finding(case.origin, path, f"{status}, and {positive} held tumour")
