"""States as people write them lead to the state, and what may be several to all of them."""

from __future__ import annotations

import re

import pytest

from build_tools.records import KINDS
from build_tools.records.messages import MESSAGES, SHAPES
from build_tools.records.schema import _of_model
from build_tools.records.states import AS_WRITTEN, HINTS
from build_tools.records.values import WRITTEN_STATES
from tests.world import World

CASE = (
    "reports: [{report: quill-2081, role: full, label: case 9}]\nsource: 'quill-2081: Results'\n"
    'patient: {age: 44, sex: female}\nextraction: {by: [A Reader], date: "2090-02-01"}\n'
)


@pytest.mark.parametrize(
    ("line", "hint"),
    [
        ("biopsy: None", "write not_done"),
        ("biopsy: not performed", "write not_done"),
        ("surgeries: no", "write not_done"),
        ("systemic_therapy: none", "write absent"),
        ("lesions: none", "write absent"),
        ("outcome: {local_recurrence: No}", "write absent"),
        ("outcome: {metastasis: yes}", "write present"),
        ("outcome: {cause: Not applicable}", "write not_applicable"),
        ("outcome: {vital: unk}", "write unknown"),
        ("outcome: {metastasis: denied}", "write absent"),
        ("time_zero: not stated", "leave the field out if the report is silent; write unknown"),
        ("time_zero: n/a", "unknown if it says that it is unknown, not_applicable if"),
        ("outcome: {printed: Unknown}", "write unknown"),
        ("genetics: not-done", "write not_done"),
        ("follow_up: {last_contact: {value: Not known}}", "write unknown"),
    ],
)
def test_a_state_as_people_write_it_leads_to_the_state(world: World, line: str, hint: str) -> None:
    world.write("cases/new-2090.yml", CASE + line + "\n")
    (problem,) = (problem for problem in world.problems() if problem.file == "cases/new-2090.yml")
    assert hint in problem.hint


def test_a_word_that_may_be_a_text_is_no_state(world: World) -> None:
    world.write("cases/new-2090.yml", CASE + "outcome: {printed: negative}\nremarks: [none]\n")
    assert [problem for problem in world.problems() if "state" in problem.text()] == []


def test_every_meaning_is_a_state_or_has_a_hint() -> None:
    assert set(AS_WRITTEN.values()) == WRITTEN_STATES | (HINTS.keys() - {"state"})


def test_every_pattern_of_a_text_is_told_in_words() -> None:
    def untold(node: object) -> set[str]:
        if isinstance(node, list):
            return {found for inner in node for found in untold(inner)}
        if not isinstance(node, dict):
            return set()
        found = node.get("pattern")
        own = {found} if isinstance(found, str) and "patternErrorMessage" not in node else set()
        return own | {one for inner in node.values() for one in untold(inner)}

    assert {pattern for kind in KINDS for pattern in untold(_of_model(kind))} <= SHAPES.keys()


@pytest.mark.parametrize("words", [*SHAPES.values(), *(" ".join(message) for message in MESSAGES.values())])
def test_no_message_holds_a_regular_expression(words: str) -> None:
    assert not re.search(r"\\|\^|\[\^|\(\?|\]\+|\)\*", words)
