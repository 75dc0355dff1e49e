"""Rules over the whole review: one function a rule; its docstring is the message."""

from __future__ import annotations

from collections.abc import Iterable

from build_tools.checks import (
    agreement,
    course,
    duplicates,
    estimates,
    extraction,
    identity,
    links,
    operations,
    outcome,
    privacy,
    ranges,
    retraction,
    sources,
    vocabularies,
)
from build_tools.checks.rule import Rule
from build_tools.problems.mistakes.run import CRASHED, NOTHING_CHECKED
from build_tools.problems.problem import Problem
from build_tools.review.review import Review

RULES: tuple[Rule, ...] = (
    links.reports_exist,
    links.regimens_exist,
    links.aggregates_link_to_records,
    links.evidence_links_to_records,
    links.every_report_came_by_a_search,
    sources.every_value_has_a_place,
    sources.sources_name_a_report_of_the_case,
    sources.every_other_source_names_a_report,
    extraction.the_second_reader_is_another,
    vocabularies.one_name_means_one_term,
    retraction.reports_still_stand,
    retraction.titles_agree_with_the_state,
    retraction.a_notice_is_no_report,
    outcome.nothing_happens_after_death,
    outcome.last_contact_is_last,
    outcome.events_agree_with_the_outcome,
    outcome.the_dead_have_no_alive_status,
    outcome.the_living_have_no_cause_of_death,
    course.a_death_stands_on_the_time_line,
    course.a_death_stands_in_the_outcome,
    course.the_dead_have_a_cause_of_death,
    course.the_outcome_agrees_with_the_printed_status,
    course.a_therapy_ends_after_it_began,
    course.a_tumour_comes_back_after_it_was_removed,
    course.time_zero_is_zero,
    course.operations_stand_on_the_time_line,
    course.the_last_follow_up_has_one_time,
    operations.a_second_operation_has_a_first,
    operations.an_operation_is_at_time_zero,
    operations.each_of_several_operations_names_its_lesion,
    operations.sizes_stand_before_or_after_treatment,
    ranges.values_are_possible,
    ranges.values_are_usual,
    ranges.reports_are_published_before_they_are_read,
    agreement.parts_of_the_grade_are_in_range,
    agreement.parts_of_the_grade_give_the_grade,
    agreement.mitoses_agree_with_the_grade,
    agreement.necrosis_agrees_with_its_score,
    agreement.sizes_of_a_lesion_are_alike,
    agreement.axes_of_a_size_are_alike,
    agreement.margins_agree_with_the_resection,
    agreement.positive_margins_have_no_distance,
    agreement.the_main_symptom_is_not_denied,
    agreement.no_more_nodes_hold_tumour_than_were_removed,
    agreement.sex_agrees_with_what_one_sex_alone_has,
    agreement.the_status_of_lymph_nodes_agrees_with_their_number,
    identity.ids_differ_between_identity_and_case,
    identity.a_report_is_named_once_in_a_case,
    identity.one_report_is_no_question_of_identity,
    identity.a_doubt_stands_in_both_files,
    duplicates.no_two_cases_are_one_person,
    duplicates.a_patient_of_a_report_has_one_file,
    privacy.no_date_is_finer_than_a_year,
    privacy.nobody_is_named,
    privacy.nobody_can_be_reached,
    privacy.nobody_is_numbered,
    privacy.nobody_is_told_to_be_above_89,
    estimates.estimates_ask_for_fields_and_terms,
    estimates.estimates_link_to_figures,
)
"""Every rule, by number."""


def run(review: Review, rules: Iterable[Rule] = RULES) -> list[Problem]:
    """Every problem that any rule finds; a rule that fails, or a run that checks nothing, is one as well."""
    problems, ran = set[Problem](), 0
    for rule in rules:
        try:
            problems.update(rule.problems(review))
        except Exception as error:  # whatever it is, the other rules still have their say
            problems.add(_crashed(rule, error))
        ran += 1
    if not ran or not any(review.files.ids.values()):
        what = "no file was read" if ran else "there is no rule"
        problems.add(NOTHING_CHECKED.at(".", what=what))
    return sorted(problems)


def _crashed(rule: Rule, error: Exception) -> Problem:
    """A rule that failed, at its own place; the error's words may repeat a file's text and are left out."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f" in line {trace.tb_lineno} of {trace.tb_frame.f_globals.get('__name__')}" if trace else ""
    return CRASHED.at(
        rule.find.__module__.replace(".", "/") + ".py",
        (rule.find.__code__.co_firstlineno, 1),
        number=rule.number,
        name=rule.name,
        error=type(error).__name__ + place,
    )
