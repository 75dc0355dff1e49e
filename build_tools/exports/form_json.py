"""What the form for a new case needs to know, as JSON: fields, terms, messages, and what is here already."""

from __future__ import annotations

import json
import re
from typing import Any

from build_tools.authoring.handed_in import HANDED_IN
from build_tools.checks import RULES, personal
from build_tools.checks.duplicates import same_label
from build_tools.problems import mistakes
from build_tools.problems.mistakes.fields import ADDING, NEAREST_TERM, NO_MEASURE, OTHER_NAME, PARTS
from build_tools.problems.problem import Mistake
from build_tools.reading.characters import FULL_WIDTH, INVISIBLE, LOST
from build_tools.reading.records import MEASURED
from build_tools.reading.scripts import GREEK_DOUBLES
from build_tools.reading.settings import Settings
from build_tools.reading.yaml_tree import MAX_BYTES
from build_tools.records.case import Case
from build_tools.records.fields import RecordField, fields
from build_tools.records.measures import TWO_BOUNDS, UNITS, In
from build_tools.records.messages import MESSAGES, SHAPES
from build_tools.records.printed import FORMS, ONE, SUPERSCRIPTS, THOUSANDS, TIDY, UNIT_NAMES
from build_tools.records.report import DOI_FORM, NAME_FORM, Report
from build_tools.records.schema import modeline
from build_tools.records.spelling import APART, SPELLINGS
from build_tools.records.states import AS_WRITTEN, HINTS, STATES, SURE, none_of
from build_tools.records.terms import RESERVED_WORDS, YAML_WORDS, TermEntry
from build_tools.records.therapy import DAYS
from build_tools.records.values import MEANINGS, WRITTEN_STATES
from build_tools.review.derived import summary
from build_tools.review.facts import state_words
from build_tools.review.review import PublishedCase, Review, report_label

Json = dict[str, Any]

PATH = "assets/form.json"

STEPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Report", ("reports", "source", "identity")),
    ("Patient", ("patient",)),
    ("Presentation", ("presentation",)),
    ("Laboratory and imaging", ("laboratory", "imaging")),
    ("Diagnosis", ("biopsy", "diagnosis", "meetings")),
    ("Tumour", ("lesions",)),
    ("Surgery", ("surgeries",)),
    ("Pathology", ("pathology", "genetics")),
    ("Therapy", ("systemic_therapy", "radiotherapy")),
    ("Course and outcome", ("time_zero", "events", "follow_up", "outcome")),
    ("Extraction", ("remarks", "note", "extraction")),
)
"""The steps of the form, as a paper reads; together they hold every field of a case."""

REFERENCES = {
    "reports.report": "reports",
    "identity.other_case": "cases",
    "systemic_therapy.regimen": "regimens",
}
"""Fields that hold the id of another record, and where its ids stand."""

FOLDED = frozenset(
    {
        "patient.ancestry", "patient.smoking", "patient.pregnancy", "patient.asa_grade",
        "presentation.previous_operations", "presentation.previous_recurrences",
        "presentation.earlier_findings", "presentation.earlier_treatments",
        "laboratory.at", "imaging.at", "biopsy.guidance", "diagnosis.doubt",
        "lesions.certainty", "lesions.location", "lesions.rupture", "lesions.shape", "lesions.number",
        "surgeries.preparation", "surgeries.anaesthesia", "surgeries.position", "surgeries.ports",
        "surgeries.incision", "surgeries.bypass", "surgeries.anhepatic_time", "surgeries.anticoagulation",
        "surgeries.drain", "surgeries.reconstruction.patency", "pathology.lesion", "pathology.regression",
        "systemic_therapy.label", "systemic_therapy.response_criteria",
        "radiotherapy.label", "radiotherapy.response_criteria",
        "events.certainty", "follow_up.method", "follow_up.schedule", "follow_up.of_group",
    }
)  # fmt: skip
"""Fields that wait behind 'More fields', for few papers tell them."""


ITEMS = {
    "reports": "report",
    "identity.evidence_for": "evidence",
    "identity.evidence_against": "evidence",
    "presentation.earlier_findings": "investigation",
    "presentation.earlier_treatments": "treatment",
    "laboratory": "test",
    "imaging": "study",
    "diagnosis.suspected": "suspicion",
    "meetings": "meeting",
    "lesions": "lesion",
    "lesions.sizes": "measurement",
    "surgeries": "operation",
    "surgeries.preparation": "treatment",
    "surgeries.vascular_control": "clamp",
    "surgeries.reconstruction": "vessel",
    "surgeries.reconstruction.patency": "look",
    "surgeries.anticoagulation": "drug",
    "surgeries.transfusions": "transfusion",
    "surgeries.complications": "complication",
    "pathology": "specimen",
    "genetics": "test",
    "systemic_therapy": "course",
    "radiotherapy": "course",
    "events": "event",
    "extraction.by": "reader",
    "extraction.second_reading.by": "reader",
    "extraction.second_reading.agreement": "block",
    "authors": "author",
}
"""What one item of a list is called."""

IN_QUOTES = re.compile(r",? in quotes(: \"[^\"]*\")?")
"""Quotes are the business of who writes YAML by hand."""

FOUND = frozenset(
    {
        "NOT_A_TERM", "MISSING", "NOT_WHOLE", "FORM", "TOO_LONG", "OUT_OF_RANGE", "NO_VALUE", "NAME",
        "TOO_LARGE", "LONG_NAME", "LOST", "MIXED_SCRIPTS",
        "reports_exist", "regimens_exist", "every_value_has_a_place", "sources_name_a_report_of_the_case",
        "the_second_reader_is_another", "nothing_happens_after_death", "last_contact_is_last",
        "a_death_stands_on_the_time_line", "a_death_stands_in_the_outcome", "time_zero_is_zero",
        "the_last_follow_up_has_one_time", "the_main_symptom_is_not_denied",
        "no_more_nodes_hold_tumour_than_were_removed", "the_status_of_lymph_nodes_agrees_with_their_number",
        "a_report_is_named_once_in_a_case",
        "one_report_is_no_question_of_identity", "a_patient_of_a_report_has_one_file",
        "events_agree_with_the_outcome", "the_dead_have_no_alive_status", "the_living_have_no_cause_of_death",
        "ids_differ_between_identity_and_case",
    }
)  # fmt: skip
"""The mistakes and rules that can be found while somebody types."""

PERSONAL = {
    "no_date_is_finer_than_a_year": personal.FULL_DATES + personal.MONTHS_OF_YEARS,
    "nobody_is_named": personal.NAMES,
    "nobody_can_be_reached": personal.ADDRESSES,
    "nobody_is_numbered": personal.NUMBERS,
    "nobody_is_told_to_be_above_89": personal.AGES,
}
"""The rules that keep a person unknown, with the patterns that each looks for in a case."""

OWN = {
    "value_missing": ("a note stands here, but no value", "say what the report says, or delete the note"),
    "name_taken": ("there is a case '{id}' already", "choose another name"),
}
"""What only the form can find: what is not yet in a file."""


def text(review: Review, settings: Settings) -> str:
    """The whole file; the same review gives the same bytes."""
    whole: Json = {
        "repository": settings.repository,
        "modelines": {kind.name: modeline(kind) for kind in HANDED_IN},
        "folders": {kind.name: kind.folder for kind in HANDED_IN},
        "steps": [{"title": title, "fields": list(names)} for title, names in STEPS],
        "case": [_field(field) for field in fields(Case)],
        "report": [_field(field) for field in fields(Report)],
        "vocabularies": {
            name: {"title": vocabulary.title, "terms": {id: _term(t) for id, t in vocabulary.terms.items()}}
            for name, vocabulary in sorted(review.vocabularies.items())
        },
        "measures": {dimension: _measure(In(dimension)) for dimension in UNITS},
        "two_bounds": TWO_BOUNDS,
        "printed": {
            "tidy": TIDY,
            "units": UNIT_NAMES,
            "thousands": THOUSANDS,
            "one": ONE,
            "forms": FORMS,
            "superscripts": {chr(sign): chr(plain) for sign, plain in SUPERSCRIPTS.items()},
        },
        "shapes": SHAPES,
        "signs": {
            "invisible": INVISIBLE.pattern,
            "lookalike": FULL_WIDTH.pattern,
            "lost": LOST.pattern,
            "greek_doubles": GREEK_DOUBLES.pattern,
        },
        "as_states": {"words": AS_WRITTEN, "sure": sorted(SURE), "hints": HINTS, "states": STATES},
        "states": {str(state): {"words": state_words(state), "means": MEANINGS[state]} for state in MEANINGS},
        "written_states": sorted(WRITTEN_STATES),
        "messages": _messages(),
        "personal": [
            {"rule": name, "kind": pattern.kind, "forms": [form.pattern for form in pattern.forms]}
            for name, patterns in PERSONAL.items()
            for pattern in patterns
        ],
        "public": personal.PUBLIC_HANDLES.pattern,
        "largest": MAX_BYTES,
        "nearest": "did you mean '{nearest}'?",
        "spelling": {
            "spellings": SPELLINGS,
            "apart": APART,
            "named": OTHER_NAME,
            "nearest": NEAREST_TERM,
            "adding": ADDING,
            "reserved": sorted(RESERVED_WORDS),
            "yaml_words": sorted(YAML_WORDS),
        },
        "reports": {id: _report(id, review) for id in sorted(review.files.ids["report"])},
        "cases": {case.id: _case(case, review) for case in review.cases.values()},
        "regimens": {id: {"name": regimen.title} for id, regimen in review.regimens.items()},
    }
    return json.dumps(whole, ensure_ascii=False, separators=(",", ":"), allow_nan=False) + "\n"


def _messages() -> Json:
    """Every message that the form may show, by the name that the checks know it by: what, and the cure."""
    own = {
        kind: (what, hint or (NO_MEASURE if kind in MEASURED else PARTS).cure)
        for kind, (what, hint) in MESSAGES.items()
    }
    found = {
        name.lower(): (mistake.message, mistake.cure)
        for module in (mistakes.fields, mistakes.files, mistakes.yaml)
        for name, mistake in vars(module).items()
        if name in FOUND and isinstance(mistake, Mistake)
    }
    return {
        **own,
        **found,
        **{rule.name: (rule.message, rule.cure) for rule in RULES if rule.name in FOUND | PERSONAL.keys()},
        **OWN,
    }


TOLD_APART = {DAYS: "days", NAME_FORM: "name", DOI_FORM: "doi"}
"""Patterns of texts of which more can be told than that they have another form."""


def _plainly(description: str) -> str:
    """A description without what concerns only those who write YAML by hand."""
    for state in WRITTEN_STATES:
        description = description.replace(state, state.replace("_", " "))
    return IN_QUOTES.sub("", description)


def _field(field: RecordField) -> Json:
    """A field with everything that is not the usual; a block's fields inside it."""
    entry: Json = {
        "name": field.name,
        "title": field.title,
        "description": _plainly(field.description),
        "form": str(field.form),
    }
    for name in ("many", "states", "required", "vocabulary", "choices", "pattern", "longest", "sourced"):
        if value := getattr(field, name):
            entry[name] = value
    for name in ("minimum", "maximum", "short"):
        if (value := getattr(field, name)) is not None:
            entry[name] = value
    if field.pattern in TOLD_APART:
        entry["told_apart"] = TOLD_APART[field.pattern]
    if field.states:
        entry["none"] = none_of(field)
    if field.measure is not None:
        entry["measure"] = field.measure.dimension
    if field.path in REFERENCES:
        entry["refers"] = REFERENCES[field.path]
    if field.path in ITEMS:
        entry["item"] = ITEMS[field.path]
    if field.path in FOLDED:
        entry["folded"] = True
    if field.inside:
        entry["inside"] = [_field(inner) for inner in field.inside]
    if field.entry is not None:
        entry["entry"] = _field(field.entry)
    return entry


def _term(term: TermEntry) -> list[object]:
    """Label, definition, other words: as much as there is."""
    words: list[object] = [term.label, term.definition or "", list(term.synonyms)]
    while not words[-1]:
        words.pop()
    return words


def _measure(dimension: In) -> Json:
    return {
        "name": dimension.name,
        "units": UNITS[dimension.dimension],
        "example": dimension.example,
        "axes": dimension.most_axes,
        "pattern": dimension.pattern.replace("(?P<", "(?<"),
        "mistake": dimension.mistake,
    }


def _report(id: str, review: Review) -> Json:
    report = review.reports.get(id)
    return {
        "name": report_label(report, id) if report else id,
        "title": (report.title if report else None) or "",
        "cases": [case.id for case in review.cases_of(id)],
        "labels": {
            same_label(link.label): {"case": case.id, "label": link.label}
            for case in review.cases_of(id)
            for link in case.record.reports
            if link.report == id and link.label
        },
    }


def _case(case: PublishedCase, review: Review) -> Json:
    """Enough of a case to see whether a new one is the same person."""
    age, sex = case.by_path.get("patient.age"), case.by_path.get("patient.sex")
    return {
        "name": summary(case, review),
        "age": age.text if age else "",
        "sex": str(sex.value or "") if sex else "",
    }
