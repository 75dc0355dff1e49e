"""Rules over the whole review: one function a rule; its docstring is the message's first words."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from build_tools.checks import estimates, identity, links, outcome, sources
from build_tools.problems import Problem
from build_tools.review import Review

Check = Callable[[Review], Iterator[Problem]]

RULES: tuple[Check, ...] = (
    links.reports_exist,
    links.regimens_exist,
    links.aggregates_link_to_records,
    links.evidence_links_to_records,
    links.every_report_came_by_a_search,
    estimates.estimates_ask_for_fields_and_terms,
    estimates.estimates_link_to_figures,
    sources.every_value_has_a_place,
    sources.sources_name_a_report_of_the_case,
    sources.every_other_source_names_a_report,
    identity.ids_differ_between_identity_and_case,
    outcome.nothing_happens_after_death,
    outcome.last_contact_is_last,
    outcome.events_agree_with_the_outcome,
    outcome.the_dead_have_no_alive_status,
)


def run(review: Review) -> list[Problem]:
    """Every problem that any rule finds."""
    return sorted({problem for check in RULES for problem in check(review)})
