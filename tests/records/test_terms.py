"""Vocabularies: a field takes their terms alone, and a wrong word is led to the right one."""

from __future__ import annotations

import re
from typing import Annotated, Any

import pytest
from pydantic import TypeAdapter, ValidationError

from build_tools.records.terms import RESERVED_WORDS, From, Term, Vocabulary, adding
from build_tools.records.values import State
from build_tools.records.words import UNDERSTOOD
from build_tools.review.review import Review
from tests.world import REPOSITORY, World

WORDS = "content/vocabulary/symptom.yml"
RECORDS = REPOSITORY / "build_tools" / "records"

markers = Vocabulary.model_validate(
    {
        "title": "Markers",
        "terms": {
            "gleam": "Gleam",
            "matt": {"label": "Matt antigen", "synonyms": ["MA-1", "Mattgen"]},
            "ki_67": {"label": "Ki-67", "definition": "A mark of growth.", "synonyms": ["MIB1"]},
        },
    }
)
adapter: TypeAdapter[Any] = TypeAdapter(Annotated[Term, From("marker")])


def read(word: object, **vocabularies: Vocabulary) -> Term:
    found: Term = adapter.validate_python(word, context={"vocabularies": vocabularies})
    return found


def test_a_term_knows_its_vocabulary() -> None:
    term = read("ki_67", marker=markers)
    assert term == "ki_67"
    assert term.vocabulary == "marker"


@pytest.mark.parametrize("word", ["Ki-67", "ki_67 ", "KI_67", "", "unknown_marker"])
def test_a_word_that_is_no_term_is_refused(word: str) -> None:
    with pytest.raises(ValidationError, match=re.escape(f"{word!r} is not a term of marker")):
        read(word, marker=markers)


@pytest.mark.parametrize("word", [67, True, None, ["gleam"], {"gleam": 1}])
def test_a_term_is_text(word: object) -> None:
    with pytest.raises(ValidationError, match="valid string"):
        read(word, marker=markers)


def test_a_vocabulary_that_is_not_there_is_named() -> None:
    with pytest.raises(ValidationError, match="marker"):
        read("gleam", sex=markers)


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("glem", "gleam"),
        ("Gleam", "gleam"),
        ("MIB1", "ki_67"),
        ("mib1", "ki_67"),
        ("MIB-1", "ki_67"),
        ("Ki-67", "ki_67"),
        ("ki67", "ki_67"),
        ("Matt antigen", "matt"),
        ("MA-1", "matt"),
        (" matt ", "matt"),
        ("haemoglobin", None),
        ("", None),
    ],
)
def test_misspelt_words_labels_and_synonyms_lead_to_the_term(word: str, meant: str | None) -> None:
    assert markers.nearest(word) == meant


WORDS_APART = Vocabulary.model_validate(
    {
        "title": "t",
        "terms": {
            "hypoglowing": "Hypoglowing", "glimmerectomy": "Glimmerectomy", "glow_53": "glow53",
            "microglimmering": "Microglimmering", "ruritania": "Ruritania", "iceland": "Iceland",
            "oedema_of_thumb": "Oedema of thumb",
        },
    }
)  # fmt: skip


@pytest.mark.parametrize(
    "word",
    ["hyperglowing", "glimmerotomy", "glimmerostomy", "macroglimmering", "glow63", "ireland", "uritania"],
)
def test_no_opposite_and_no_other_thing_is_proposed(word: str) -> None:
    assert WORDS_APART.nearest(word) is None


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("Hypoglowng", "hypoglowing"),
        ("glimmerectmy", "glimmerectomy"),
        ("Ruritanai", "ruritania"),
        ("Glow-53", "glow_53"),
        ("edema of thumb", "oedema_of_thumb"),
        ("Œdema of thumb", None),
    ],
)
def test_near_spellings_are_proposed(word: str, meant: str | None) -> None:
    assert WORDS_APART.nearest(word) == meant


def test_another_name_of_a_term_is_no_term_to_be_added(world: World) -> None:
    path = "cases/quill-2081.yml"
    world.replace(path, "sex: male", "sex: Male")
    (problem,) = world.problems()
    assert problem.hint == "did you mean 'male'?"
    world.replace(path, "sex: Male", "sex: mael")
    (problem,) = world.problems()
    assert problem.hint.startswith("did you mean 'male'? If not, add the line '  mael: Mael'")


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("glow_99", "add the line '  glow_99: Glow 99' to content/vocabulary/marker.yml"),
        (
            "Glow-99 ",
            "write glow_99 here and add the line '  glow_99: Glow 99' to content/vocabulary/marker.yml",
        ),
        ("99", "add the line '  99: \"99\"' to content/vocabulary/marker.yml"),
        ("no", "add the line '  no: \"No\"' to content/vocabulary/marker.yml"),
        ("absent", "add a term under another name to content/vocabulary/marker.yml"),
        ("☂", "add a term under another name to content/vocabulary/marker.yml"),
    ],
)
def test_how_a_term_is_added_is_told_ready_to_paste(word: str, said: str) -> None:
    assert adding(word, "marker") == said


def test_a_term_itself_wins_over_another_terms_synonym() -> None:
    words = Vocabulary.model_validate(
        {"title": "t", "terms": {"a": {"label": "A", "synonyms": ["b"]}, "b": "B"}}
    )
    assert words.nearest("b") == "b"


def test_a_label_alone_is_a_whole_entry() -> None:
    assert markers.terms["gleam"].label == "Gleam"
    assert markers.terms["gleam"].synonyms == ()


@pytest.mark.parametrize("term", ["Gleam", "ki-67", "a b", "_a", "a_", "a__b", "", "ä", "x" * 61])
def test_a_term_is_spelt_in_small_letters_digits_and_low_lines(term: str) -> None:
    with pytest.raises(ValidationError):
        Vocabulary.model_validate({"title": "t", "terms": {term: "Label"}})


@pytest.mark.parametrize("entry", ["", 3, None, [], {}, {"labels": "A"}, {"label": "A", "codes": [{}]}])
def test_an_entry_without_a_label_is_refused(entry: object) -> None:
    with pytest.raises(ValidationError):
        Vocabulary.model_validate({"title": "t", "terms": {"a": entry}})


def test_no_term_may_be_spelt_like_a_state_or_a_long_form(world: World) -> None:
    terms = "".join(f"  {word}: Label\n" for word in sorted(RESERVED_WORDS))
    world.replace(WORDS, "  numbness: Numbness\n", f"  numbness: Numbness\n{terms}")
    refused = {p.field: (p.line, p.message) for p in world.problems() if "can't be a term" in p.message}
    assert set(refused) == {f"terms.{word}" for word in RESERVED_WORDS}
    assert all(world.place(WORDS, f"  {field[6:]}: Label")[0] == refused[field][0] for field in refused)


def test_every_state_is_reserved() -> None:
    assert set(State) <= RESERVED_WORDS


@pytest.mark.parametrize("name", UNDERSTOOD)
def test_words_that_the_generator_asks_for_may_not_go(world: World, name: str) -> None:
    file = f"content/vocabulary/{name}.yml"
    for word in UNDERSTOOD[name]:
        world.write(file, re.sub(rf"(?m)^  {word}:", f"  {word}_2:", world.read(file)))
    missing = {p.message for p in world.problems() if p.file == file}
    assert missing == {f"the term '{word}' is missing" for word in UNDERSTOOD[name]}


@pytest.mark.parametrize("name", UNDERSTOOD)
def test_a_vocabulary_that_the_generator_asks_for_may_not_go(world: World, name: str) -> None:
    (world.root / f"content/vocabulary/{name}.yml").unlink()
    assert any(
        problem.file == f"content/vocabulary/{name}.yml" and "missing or has problems" in problem.message
        for problem in world.problems()
    )


def test_the_example_has_every_vocabulary_that_a_field_asks_for(example: Review) -> None:
    asked = {
        name
        for path in RECORDS.glob("*.py")
        for name in re.findall(r'From\("(\w+)"\)', path.read_text(encoding="utf-8"))
        if path.name != "terms.py"
    }
    assert asked == set(example.vocabularies)
