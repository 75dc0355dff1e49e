"""The patients as one Cohort of GA4GH Phenopackets, version 2: lossy by design.

`content/data/phenopackets.md` says what has no place there. Only codes that somebody looked up are given.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field

from build_tools.records.terms import Code
from build_tools.records.values import State
from build_tools.review.facts import Fact
from build_tools.review.review import PublishedCase, Review

PATH = "data/phenopackets.json"
_SEX = {"female": "FEMALE", "male": "MALE"}
_GIVEN = ("given", "completed", "stopped", "ongoing")
_VITAL = {"alive": "ALIVE", "dead": "DECEASED"}


@dataclass
class _Codes:
    """The codes of the vocabularies, and the ontologies of those that were used."""

    review: Review
    used: dict[str, str] = field(default_factory=dict)

    def of(self, fact: Fact | None) -> dict[str, str] | None:
        """The first looked-up code of a fact's term; None if it has none."""
        if fact is None or fact.term is None:
            return None
        entry = self.review.vocabularies[fact.term.vocabulary].terms[fact.term]
        code = next((code for code in entry.codes if code.verified), None)
        if code is None:
            return None
        id = curie(code)
        self.used.setdefault(id.partition(":")[0], code.system)
        return {"id": id, "label": entry.label}


def curie(code: Code) -> str:
    """A code with the prefix of its terminology."""
    return code.code if ":" in code.code else f"{code.system.replace(' ', '')}:{code.code}"


def text(review: Review, name: str, day: str) -> str:
    """The cohort; `name` is that of the site, `day` that of its data (2026-11-21)."""
    members = [_packet(case, review, name, day) for case in review.cases.values()]
    codes = _Codes(review)
    whole = {"id": "casebook", "description": name, "members": members, "metaData": _meta(codes, name, day)}
    return json.dumps(whole, indent=1, ensure_ascii=False) + "\n"


def _packet(case: PublishedCase, review: Review, name: str, day: str) -> dict[str, object]:
    codes = _Codes(review)
    packet: dict[str, object] = {"id": case.id, "subject": _subject(case)}
    if features := list(_features(case, codes)):
        packet["phenotypicFeatures"] = features
    if disease := _disease(case, codes):
        packet["diseases"] = [disease]
    if actions := list(_actions(case, codes)):
        packet["medicalActions"] = actions
    papers = [_reference(id, review) for id in case.report_ids]
    return packet | {"metaData": _meta(codes, name, day) | {"externalReferences": papers}}


def _subject(case: PublishedCase) -> dict[str, object]:
    subject: dict[str, object] = {"id": case.id}
    sex, vital = _known(case, "patient.sex"), _known(case, "outcome.vital")
    if sex is not None and str(sex.value) in _SEX:
        subject["sex"] = _SEX[str(sex.value)]
    if vital is not None and str(vital.value) in _VITAL:
        subject["vitalStatus"] = {"status": _VITAL[str(vital.value)]}
    return subject


def _features(case: PublishedCase, codes: _Codes) -> Iterator[dict[str, object]]:
    """Symptoms, signs and other illnesses; what the report denies is excluded."""
    for path in ("presentation.symptoms", "presentation.signs", "patient.comorbidities"):
        found = case.by_path.get(path)
        for fact in found.children if found else ():
            code = codes.of(fact)
            if code is None or fact.state not in (State.REPORTED, State.ABSENT):
                continue
            feature: dict[str, object] = {"type": code}
            if fact.state is State.ABSENT:
                feature["excluded"] = True
            reports = dict.fromkeys(source.report for source in fact.sources if source.report)
            told = {"id": "ECO:0000033", "label": "author statement supported by traceable reference"}
            feature["evidence"] = [
                {"evidenceCode": told, "reference": _reference(id, codes.review)} for id in reports
            ]
            codes.used.setdefault("ECO", "ECO")
            yield feature


def _disease(case: PublishedCase, codes: _Codes) -> dict[str, object] | None:
    term = codes.of(_known(case, "diagnosis.final"))
    if term is None:
        return None
    disease: dict[str, object] = {"term": term}
    age = _known(case, "patient.age")
    if age is not None and isinstance(age.value, int):
        disease["onset"] = {"age": {"iso8601duration": f"P{age.value}Y"}}
    for name, path in (("primarySite", "origin.structure"), ("laterality", "side")):
        if _is_only_primary(case) and (code := codes.of(_known(case, f"lesions[0].{path}"))):
            disease[name] = code
    return disease


def _is_only_primary(case: PublishedCase) -> bool:
    """Whether the first lesion is the primary tumour, and the only one."""
    roles = [fact.value for fact in case.find("lesions.role")]
    return roles[:1] == ["primary"] and roles.count("primary") == 1


def _actions(case: PublishedCase, codes: _Codes) -> Iterator[dict[str, object]]:
    """The drugs of each course that was given."""
    courses = case.by_path.get("systemic_therapy")
    for course in courses.children if courses else ():
        status, drugs = course.child("status"), course.child("drugs")
        if (
            status is None
            or status.value not in ("given", "completed", "stopped", "ongoing")
            or drugs is None
        ):
            continue
        for drug in drugs.children:
            if drug.state is State.REPORTED and (code := codes.of(drug)):
                yield {"treatment": {"agent": code}}


def _known(case: PublishedCase, path: str) -> Fact | None:
    """A fact with a value."""
    fact = case.by_path.get(path)
    return fact if fact is not None and fact.state is State.REPORTED else None


def _reference(id: str, review: Review) -> dict[str, str]:
    report = review.reports[id]
    reference = {"id": f"DOI:{report.doi}" if report.doi else f"PMID:{report.pmid}" if report.pmid else id}
    if report.doi:
        reference["reference"] = f"https://doi.org/{report.doi}"
    return reference | ({"description": report.title} if report.title else {})


def _meta(codes: _Codes, name: str, day: str) -> dict[str, object]:
    resources = [
        {
            "id": prefix.lower(),
            "name": system,
            "url": f"https://bioregistry.io/{prefix.lower()}",
            "version": "not recorded",
            "namespacePrefix": prefix,
            "iriPrefix": f"https://bioregistry.io/{prefix}:",
        }
        for prefix, system in sorted(codes.used.items())
    ]
    meta: dict[str, object] = {"createdBy": name, "phenopacketSchemaVersion": "2.0"}
    if resources:
        meta["resources"] = resources
    return meta | ({"created": f"{day}T00:00:00Z"} if day else {})
