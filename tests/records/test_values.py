"""Values: short and long forms, states, and claims in conflict mean exactly what is written."""

from __future__ import annotations

from typing import Any, ClassVar, Literal

import pytest
from jsonschema import Draft202012Validator
from pydantic import TypeAdapter, ValidationError

from build_tools.records.measures import Age
from build_tools.records.values import (
    MEANINGS,
    WORKED_OUT,
    WRITTEN_STATES,
    Mentioned,
    Rows,
    Source,
    State,
    Termed,
    Text,
    Value,
)


class Sign(Mentioned):
    """Something that was seen."""

    detail: Value[Text] | None = None


class Outcome(Termed):
    """Something with a main word."""

    main: ClassVar[str] = "word"
    word: Literal["good", "bad"]
    detail: Value[Text] | None = None


sign: TypeAdapter[Any] = TypeAdapter(Value[Sign])
outcome: TypeAdapter[Any] = TypeAdapter(Value[Outcome])
number: TypeAdapter[Any] = TypeAdapter(Value[int])
text: TypeAdapter[Any] = TypeAdapter(Value[Text])
texts: TypeAdapter[Any] = TypeAdapter(Value[Rows[Text]])
by_name: TypeAdapter[Any] = TypeAdapter(Value[dict[str, Value[int]]])
age: TypeAdapter[Any] = TypeAdapter(Value[Age])


def refusal(adapter: TypeAdapter[Any], written: object) -> str:
    with pytest.raises(ValidationError) as caught:
        adapter.validate_python(written)
    return str(caught.value)


@pytest.mark.parametrize("written", [61, {"value": 61}, {"value": 61, "source": "smith-2020: Results"}])
def test_short_and_long_form_say_the_same(written: object) -> None:
    value = number.validate_python(written)
    assert value.value == 61
    assert value.state is State.REPORTED
    assert value.used is value


@pytest.mark.parametrize("word", sorted(WRITTEN_STATES - {State.UNCLEAR}))
@pytest.mark.parametrize("adapter", [number, text, texts, by_name, age])
def test_a_state_takes_the_place_of_any_value(adapter: TypeAdapter[Any], word: str) -> None:
    for written in (word, {"value": word}, {"value": word, "note": "n"}):
        value = adapter.validate_python(written)
        assert value.state == word
        assert value.value is None


@pytest.mark.parametrize("word", sorted(WORKED_OUT))
def test_what_is_worked_out_is_never_typed(word: str) -> None:
    assert f"'{word}' is worked out, never typed; leave the field out" in refusal(text, word)
    assert "worked out" in refusal(text, {"value": word, "note": "n"})


@pytest.mark.parametrize("word", sorted(State))
def test_a_state_is_no_field_of_its_own(word: str) -> None:
    assert "a state is written as the value" in refusal(number, {"value": 1, "state": word})


def test_every_state_has_a_meaning() -> None:
    assert set(MEANINGS) == set(State)
    assert {State.REPORTED} | WRITTEN_STATES | WORKED_OUT == set(State)
    assert State.ABSENT.meaning == "The report says no, none, or negative for presence."


@pytest.mark.parametrize("written", ["unclear", {"value": "unclear"}])
def test_unclear_needs_a_note(written: object) -> None:
    assert "'unclear' needs a note; write {value: unclear, note: how it can be read}" in refusal(
        text, written
    )


def test_unclear_with_a_note_is_taken() -> None:
    value = number.validate_python({"value": "unclear", "note": "Three or eight."})
    assert (value.state, value.value, value.note) == (State.UNCLEAR, None, "Three or eight.")


def test_an_inferred_value_needs_a_note() -> None:
    assert "needs a note" in refusal(number, {"value": 3, "inferred": True})
    assert number.validate_python({"value": 3, "inferred": True, "note": "All but one."}).inferred is True


@pytest.mark.parametrize(
    ("adapter", "written"),
    [
        (number, True),
        (number, "60"),
        (number, 60.0),
        (number, 60.5),
        (number, [60]),
        (number, None),
        (number, {}),
        (number, {"valu": 60}),
        (text, 60),
        (text, True),
        (text, ""),
        (text, "x" * 601),
        (texts, "one"),
        (texts, ["one", 2]),
        (texts, {"a": "one"}),
        (by_name, [1]),
        (by_name, {"a": "1"}),
        (age, 90),
        (age, "61"),
        (age, True),
    ],
    ids=lambda written: repr(written)[:20],
)
def test_a_value_of_another_type_is_refused(adapter: TypeAdapter[Any], written: object) -> None:
    assert refusal(adapter, written)


def test_present_alone_is_a_block_of_which_nothing_more_is_said() -> None:
    assert sign.validate_python("present").value == sign.validate_python({}).value == Sign()
    assert sign.validate_python("absent").state is State.ABSENT
    assert sign.validate_python({"detail": "x"}).value.detail.value == "x"
    assert refusal(sign, "persent")


def test_a_main_word_alone_is_the_block_of_it() -> None:
    assert outcome.validate_python("good").value == Outcome(word="good")
    assert outcome.validate_python("unknown").state is State.UNKNOWN
    assert outcome.validate_python({"word": "bad", "detail": "x"}).value.word == "bad"
    assert refusal(outcome, "goood")


@pytest.mark.parametrize("adapter", [sign, outcome])
def test_an_editor_takes_short_and_long_form_alike(adapter: TypeAdapter[Any]) -> None:
    validator = Draft202012Validator(adapter.json_schema())
    short, long = ("present", {}) if adapter is sign else ("good", {"word": "good"})
    right = [short, long, "absent", {"value": short}, {"value": long, "note": "n"}]
    assert [written for written in right if not validator.is_valid(written)] == []
    assert not validator.is_valid("goood")
    assert not validator.is_valid({"nonsense": 1})


def test_the_old_are_ninety_plus() -> None:
    assert age.validate_python("90+").value == "90+"


@pytest.mark.parametrize(("adapter", "written"), [(texts, []), (by_name, {}), (texts, {"value": []})])
def test_an_empty_list_or_mapping_is_neither_a_value_nor_a_state(
    adapter: TypeAdapter[Any], written: object
) -> None:
    assert "there is nothing in it" in refusal(adapter, written)


TWO = [{"value": 200, "source": "Text"}, {"value": 250, "source": "Table 2"}]


def test_claims_in_conflict_are_all_kept_and_one_is_used() -> None:
    value = number.validate_python({"claims": TWO, "use": 1, "why": "The table is exact."})
    assert [claim.value for claim in value.claims] == [200, 250]
    assert value.used is value.claims[1]
    assert value.value is None


def test_claims_can_be_left_open() -> None:
    assert number.validate_python({"claims": TWO, "why": "Either may be right."}).used is None


def test_a_claim_can_be_a_state() -> None:
    value = number.validate_python({"claims": [1, "absent"], "use": 1, "why": "w"})
    assert value.used.state is State.ABSENT


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ({"claims": TWO, "use": 0}, "claims in conflict need 'why'"),
        (
            {"claims": TWO, "use": 2, "why": "w"},
            "'use' names claim 2, but the last one is 1 (counted from 0)",
        ),
        ({"claims": TWO, "use": -1, "why": "w"}, "greater than or equal to 0"),
        ({"claims": TWO, "use": True, "why": "w"}, "valid integer"),
        ({"claims": TWO[:1], "use": 0, "why": "w"}, "a conflict needs two claims or more"),
        ({"claims": TWO, "value": 1, "why": "w"}, "give either 'value' or 'claims'"),
        ({"claims": TWO, "value": "absent", "why": "w"}, "give either 'value' or 'claims'"),
        ({"claims": []}, "'value' is missing"),
        ({"value": 1, "use": 0}, "'use' and 'why' belong to 'claims'"),
        ({"value": 1, "why": "w"}, "'use' and 'why' belong to 'claims'"),
        ({"claims": [{"claims": TWO, "why": "w"}, 1], "why": "w"}, "Extra inputs are not permitted"),
        ({"claims": [1, "unclear"], "why": "w"}, "'unclear' needs a note"),
    ],
)
def test_a_conflict_is_whole_or_refused(written: object, message: str) -> None:
    assert message in refusal(number, written)


@pytest.mark.parametrize(
    ("written", "sources"),
    [
        ("smith-2020: Results", [("smith-2020", "Results")]),
        ("smith-2020: Table 2: row 1", [("smith-2020", "Table 2: row 1")]),
        ("Table 2", [(None, "Table 2")]),
        ("Table 2: row 1", [(None, "Table 2: row 1")]),
        (["smith-2020: Results", "Table 2"], [("smith-2020", "Results"), (None, "Table 2")]),
    ],
)
def test_a_source_is_a_report_and_a_place(written: object, sources: list[tuple[str | None, str]]) -> None:
    value = number.validate_python({"value": 1, "source": written})
    assert [(source.report, source.place) for source in value.source] == sources


@pytest.mark.parametrize("written", ["", 3, [3], [""], [["a"]], {"place": ""}, "smith-2020:Results"])
def test_a_source_that_says_no_place_is_refused(written: object) -> None:
    assert refusal(number, {"value": 1, "source": written})


def test_what_was_read_never_changes() -> None:
    value = texts.validate_python(["one", "two"])
    assert value.value == ("one", "two")
    with pytest.raises(ValidationError, match="frozen"):
        value.note = "changed"
    with pytest.raises(ValidationError, match="frozen"):
        Source(place="Results").place = "Methods"  # type: ignore[misc]
