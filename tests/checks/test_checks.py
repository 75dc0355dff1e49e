"""The rules over the whole review: each finds what breaks it, at its place, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from build_tools import checks
from build_tools.checks.sources import as_key, coverage
from build_tools.reading.yaml_tree import dotted
from tests.world import World

QUILL, ORRIN, TARN = "cases/quill-2081.yml", "cases/orrin-2083.yml", "cases/tarn-2079.yml"
FIRST, SECOND = "cases/vesper-2085-case-1.yml", "cases/vesper-2085-case-2.yml"
TRIAL, ADVICE = "content/trials/dimmer-1.yml", "content/statements/keep-the-thumb.yml"
CURVE, SHARE = "content/estimates/survival-by-treatment.yml", "content/estimates/alive.yml"
KEPT = "arms.kept.where.surgeries.organs.thumb_pulp"
SEARCH = "content/searches/2090-01-31-invented-library.yml"
TABLE, REGIMEN = "content/aggregates/quill-2081-table-3.yml", "content/regimens/dimmerin-shadex.yml"


@dataclass(frozen=True)
class Broken:
    """A change of the example that breaks one rule (» where), and the problem that must follow."""

    rule: str
    file: str
    changes: list[tuple[str, str]]
    field: str
    message: str
    hint: str = ""
    found: str = ""
    """The file of the problem, at the record itself, where that is another."""


BROKEN = [
    Broken(
        "reports_exist",
        TARN,
        [("report: tarn-2079", "report: »tarn-2078")],
        "reports[0].report",
        "there is no such report: 'tarn-2078'",
        "did you mean 'tarn-2079'?",
    ),
    Broken(
        "reports_exist",
        TARN,
        [("report: tarn-2079", "report: »nobody-1999")],
        "reports[0].report",
        "there is no such report: 'nobody-1999'",
        "add it to content/reports/",
    ),
    Broken(
        "regimens_exist",
        FIRST,
        [("regimen: dimmerin-shadex", "regimen: »dimerin-shadex")],
        "systemic_therapy[0].regimen",
        "there is no such regimen: 'dimerin-shadex'",
        "did you mean 'dimmerin-shadex'?",
    ),
    Broken(
        "regimens_exist",
        FIRST,
        [("regimen: dimmerin-shadex", "regimen: »{claims: [dimmerin-shadex, hot-water], use: 0, why: w}")],
        "systemic_therapy[0].regimen",
        "there is no such regimen: 'hot-water'",
        "add it to content/regimens/",
    ),
    Broken(
        "aggregates_link_to_records",
        TABLE,
        [("report: quill-2081", "report: »quil-2081")],
        "report",
        "an aggregate names a record that does not exist: 'quil-2081'",
        "did you mean 'quill-2081'?",
    ),
    Broken(
        "aggregates_link_to_records",
        TABLE,
        [("[vesper-2085-series]", "[vesper-2085-series, »vesper]")],
        "overlaps[1]",
        "does not exist: 'vesper'",
    ),
    Broken(
        "aggregates_link_to_records",
        TABLE,
        [("[tarn-2079]", "[tarn-2079, »tarn-2080]")],
        "cases[1]",
        "does not exist: 'tarn-2080'",
        "did you mean 'tarn-2079'?",
    ),
    Broken(
        "evidence_links_to_records",
        TRIAL,
        [("[dimmerin-shadex]", "[»dimmer-shade]")],
        "regimens[0]",
        "a record names another that does not exist: 'dimmer-shade'",
        "'dimmerin-shadex'?",
    ),
    Broken(
        "evidence_links_to_records",
        TRIAL,
        [("regimen: dimmerin-shadex", "regimen: »hot-water")],
        "arms.both.regimen",
        "a record names another that does not exist: 'hot-water'",
    ),
    Broken(
        "evidence_links_to_records",
        ADVICE,
        [("[dimmerin-shadex]", "[»lamp-ray]")],
        "regimens[0]",
        "a record names another that does not exist: 'lamp-ray'",
        "'lamp-rays'?",
    ),
    Broken(
        "evidence_links_to_records",
        ADVICE,
        [("[dimmer-1]", "[dimmer-1, »dimmer-2]")],
        "trials[1]",
        "a record names another that does not exist: 'dimmer-2'",
        "'dimmer-1'?",
    ),
    Broken(
        "evidence_links_to_records",
        ADVICE,
        [("case: quill-2081", "case: »quill-2018")],
        "cases[0].case",
        "a record names another that does not exist: 'quill-2018'",
        "'quill-2081'?",
    ),
    Broken(
        "evidence_links_to_records",
        SEARCH,
        [("records: 14", "records: 15"), ("quill-2088]", "quill-2088, »quill-2089]")],
        "included[5]",
        "a record names another that does not exist: 'quill-2089'",
        "did you mean 'quill-208",
    ),
    Broken(
        "every_report_came_by_a_search",
        SEARCH,
        [("known: [tarn-2079]\n", "")],
        "",
        "no search of the log names this report",
        "add it to 'included' or 'known' of a search",
        "content/reports/tarn-2079.yml",
    ),
    Broken(
        "estimates_ask_for_fields_and_terms",
        CURVE,
        [("final: glim", "finale: »glim")],
        "where.diagnosis.finale",
        "no field",
        "such as",
    ),
    Broken(
        "estimates_ask_for_fields_and_terms",
        CURVE,
        [(": preserved", ": »preserve")],
        "arms.kept.where.surgeries.organs.thumb_pulp",
        "'preserve' is not a term of organ_fate",
        "'preserved'?",
    ),
    Broken(
        "estimates_ask_for_fields_and_terms",
        SHARE,
        [(": alive}", ": »alve}")],
        "holds.outcome.vital",
        "'alve' is not a term of vital_status",
        "'alive'?",
    ),
    Broken(
        "estimates_ask_for_fields_and_terms",
        SHARE,
        [(": alive}", ": »male}")],
        "holds.outcome.vital",
        "'male' is not a term of vital_status",
    ),
    Broken(
        "estimates_ask_for_fields_and_terms",
        CURVE,
        [("organs.thumb_pulp: removed", "organs.thumb_pul: »removed")],
        "arms.lost.where.surgeries.organs.thumb_pul",
        "'thumb_pul' is not a term of structure",
        "'thumb_pulp'?",
    ),
    Broken(
        "estimates_link_to_figures",
        SHARE,
        [("alive_thumb_lost}", "»alive_thumb_los}")],
        "pooled[1].figure",
        "an estimate names a pooled count that does not exist: 'quill-2081-table-3' has no figure",
        "_lost'?",
    ),
    Broken(
        "estimates_link_to_figures",
        SHARE,
        [("alive_thumb_lost}", "»age}")],
        "pooled[1].figure",
        "an estimate names a pooled count that does not exist: 'age' is no count",
        "'count' and 'of'",
    ),
    Broken(
        "estimates_link_to_figures",
        SHARE,
        [("quill-2081-table-3, figure: alive_thumb_lost", "»quill-table-3, figure: alive_thumb_lost")],
        "pooled[1].aggregate",
        "there is no aggregate 'quill-table-3'",
        "did you mean 'quill-2081-table-3'?",
    ),
    Broken(
        "every_value_has_a_place",
        QUILL,
        [('{value: surgery, source: "quill-2081: Results"}', "»surgery")],
        "time_zero",
        "this value has no source",
        "source: report-id: place",
    ),
    Broken(
        "every_value_has_a_place",
        SECOND,
        [("surgeries: {value: not_done, source: Chapter 3,", "surgeries: »{value: not_done,")],
        "surgeries",
        "this value has no source",
    ),
    Broken(
        "every_value_has_a_place",
        QUILL,
        [
            (
                '{value: surgery, source: "quill-2081: Results"}',
                '»{claims: [{value: surgery, source: "quill-2081: Results"}, diagnosis], why: w}',
            )
        ],
        "time_zero",
        "this value has no source",
    ),
    Broken(
        "sources_name_a_report_of_the_case",
        FIRST,
        [("dose: 50.4 Gy", 'dose: »{value: 50.4 Gy, source: "quill-2081: Table 1"}')],
        "radiotherapy[0].dose",
        "a source must name one of the case's reports: 'quill-2081' is not one of them",
        "write one of vesper-2085 before the place",
    ),
    Broken(
        "sources_name_a_report_of_the_case",
        ORRIN,
        [
            (
                '{value: by_chance, source: ["orrin-2083: Case", "pell-2084: Thumb 2"]}',
                "»{value: by_chance, source: Thumb 2}",
            )
        ],
        "presentation.mode",
        "one of the case's reports: this one names none",
        "write one of orrin-2083, pell-2084",
    ),
    Broken(
        "every_other_source_names_a_report",
        REGIMEN,
        [('["quill-2081: Discussion", "vesper-2085: Chapter 4"]', '["quill-2081: Discussion", »Chapter 4]')],
        "statements[1].source[1]",
        "a source must name a report of this review: this one names none",
        "write the report's id before the place",
    ),
    Broken(
        "every_other_source_names_a_report",
        TABLE,
        [('["quill-2081: Table 3", "quill-2081: D', '["quill-2081: Table 3", »"quill-2082: D')],
        "figures[2].source[1]",
        "a source must name a report of this review: 'quill-2082' is none",
        "did you mean 'quill-20",
    ),
    Broken(
        "every_other_source_names_a_report",
        ORRIN,
        [('["orrin-2083: Case", "pell-2084: Thumb 2"]\n', "»Thumb 2\n")],
        "identity.evidence_for[0].source",
        "this one names none",
    ),
    Broken(
        "ids_differ_between_identity_and_case",
        TARN,
        [("other_case: vesper-2085-case-2", "other_case: »vesper-2085-case-3")],
        "identity.other_case",
        "the other case must be another case of this review",
        "did you mean 'vesper-2085-case-",
    ),
    Broken(
        "ids_differ_between_identity_and_case",
        TARN,
        [("other_case: vesper-2085-case-2", "other_case: »tarn-2079")],
        "identity.other_case",
        "the other case must be another case of this review",
    ),
    Broken(
        "nothing_happens_after_death",
        FIRST,
        [
            ("surgery, at: 9 months", "surgery, at: »13 months"),
            (", last_contact: 1 year}", "}"),
            ("    at: 9 months\n", "    at: 13 months\n"),
        ],
        "events[4].at",
        "something happens after the patient's death: the death is at 12 months",
    ),
    Broken(
        "nothing_happens_after_death",
        FIRST,
        [("last_contact: 1 year", "last_contact: »13 months")],
        "follow_up.last_contact",
        "something happens after the patient's death: the death is at 12 months",
    ),
    Broken(
        "last_contact_is_last",
        QUILL,
        [("imaging, at: 3 months", "imaging, at: »28 months")],
        "events[2].at",
        "something happens after last follow-up of the patient: last follow-up is at 27 months",
    ),
    Broken(
        "last_contact_is_last",
        ORRIN,
        [("at: 8-10 months", "at: »19-20 months")],
        "events[1].at",
        "last follow-up is at 18 months",
    ),
    Broken(
        "events_agree_with_the_outcome",
        QUILL,
        [("event: imaging, at: 3 months", "event: metastasis, at: »3 months")],
        "events[2].at",
        "the time line tells of a relapse that the outcome calls absent: outcome.metastasis",
    ),
    Broken(
        "events_agree_with_the_outcome",
        FIRST,
        [("event: therapy_start, at: 1", "event: relapse_unspecified, at: »5")],
        "events[1].at",
        "a relapse that the outcome calls absent: outcome.local_recurrence",
    ),
    Broken(
        "the_dead_have_no_alive_status",
        QUILL,
        [("event: last_contact", "event: death"), ("vital: alive", "vital: »alive")],
        "outcome.vital",
        "the vital status and the time line disagree on whether the patient died",
    ),
    Broken(
        "the_living_have_no_cause_of_death",
        QUILL,
        [("cause: not_applicable", "cause: »disease")],
        "outcome.cause",
        "a patient who is alive has no cause of death",
        "write not_applicable",
    ),
]


@pytest.mark.parametrize("broken", BROKEN, ids=lambda b: f"{b.rule}: {b.message[-30:]}")
def test_a_rule_finds_exactly_what_breaks_it(world: World, broken: Broken) -> None:
    places = [world.replace(broken.file, old, new) for old, new in broken.changes]
    review, (problem,) = world.check()
    assert (problem.file, problem.field) == (broken.found or broken.file, broken.field)
    place = next((place for place in places if place), (3, 1))
    assert (problem.line, problem.column) == place, problem.text()
    assert broken.message in problem.message
    assert broken.hint in problem.hint
    rule = next(rule for rule in checks.RULES if rule.name == broken.rule)
    assert list(rule.problems(review)) == [problem]


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (ORRIN, "at: 8-10 months", "at: 14 months"),
        (ORRIN, "last_contact: 12-18 months\n\n", 'last_contact: "> 10 months"\n\n'),
        (ORRIN, "last_contact: 12-18 months\n\n", "last_contact: ~ 11 months\n\n"),
        (FIRST, "death, at: 1 year", "death, at: 8-12 months"),
        (FIRST, "death, at: 1 year", 'death, at: "> 10 months"'),
        (FIRST, "surgery, at: 9 months", 'surgery, at: "< 20 months"'),
        (FIRST, "death, at: 1 year,", "death,"),
        (QUILL, "cause: not_applicable", "cause: unknown"),
        (FIRST, "source: Chapter 3, figure 4", 'source: "vesper-2085: Chapter 3"'),
        (TABLE, 'percent: 50\n    source: "quill-2081: Table 3"', "percent: 50\n    source: Table 3"),
    ],
)
def test_what_may_be_true_is_no_problem(world: World, file: str, old: str, new: str) -> None:
    world.replace(file, old, new)
    assert world.problems() == []


@pytest.mark.parametrize(
    "path", ["surgeries[0].blood_loss", "patient.comorbidities.diabetes", "time_zero", ""]
)
def test_a_facts_path_is_the_place_in_its_file(path: str) -> None:
    assert dotted(as_key(path)) == path


def test_rules_run_over_what_could_be_read(world: World) -> None:
    world.write(FIRST, "[")
    world.replace(QUILL, "cause: not_applicable", "cause: disease")
    assert {(p.file, p.field) for p in world.problems()} == {(FIRST, ""), (QUILL, "outcome.cause")}


def test_the_share_of_values_with_a_place_is_told(world: World) -> None:
    whole = coverage(world.review())
    assert whole.values == whole.with_place > 200
    assert whole.words == f"all {whole.values} values have a place in a report"
    world.replace(QUILL, '{value: surgery, source: "quill-2081: Results"}', "surgery")
    review, _ = world.check()
    assert coverage(review).words == f"{whole.values - 1} of {whole.values} values have a place in a report"
