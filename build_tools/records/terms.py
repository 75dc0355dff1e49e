"""Vocabularies: the terms a field may hold, kept as data in `content/vocabulary/`."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BeforeValidator, Field, GetCoreSchemaHandler, GetJsonSchemaHandler, StringConstraints
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from build_tools.problems.mistakes.fields import ADDING
from build_tools.records.messages import wrong
from build_tools.records.spelling import named, nearest
from build_tools.records.values import MEANINGS, Record, Rows, Text, said

V = TypeVar("V")

TermId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(_[a-z0-9]+)*$", min_length=1, max_length=60)]


class Code(Record):
    """A code of a term in a published terminology."""

    system: Text = Field(title="System", description="The terminology, such as HPO or ICD-O-3.")
    code: Text = Field(title="Code", description="The code as the terminology writes it.")
    verified: bool = Field(
        title="Verified", description="true when someone looked the code up in the terminology itself."
    )


def _from_label(value: object) -> object:
    return {"label": value} if isinstance(value, str) else value


class _OrLabel:
    """Lets an editor know that a label alone may be written."""

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"anyOf": [{"type": "string", "minLength": 1}, handler(schema)]}


class TermEntry(Record):
    """A term: the word pages show, what it means, and how reports print it."""

    label: Text = Field(title="Label", description="The word as pages show it.")
    definition: Text | None = said("Definition", "What the term means, in a sentence.")
    synonyms: Rows[Text] = Field(
        default=(), title="Synonyms", description="Other words for it, also as misprinted in reports."
    )
    proper: bool = Field(
        default=False,
        title="Proper",
        description="true for a label that begins with a proper name and keeps its capital inside a line.",
    )
    unpaired: bool = Field(
        default=False,
        title="Unpaired",
        description="true for an organ or vessel of which there is one: a side is the tumour's, not its own.",
    )
    only_sex: Literal["female", "male"] | None = said(
        "Only sex", "female or male for what patients of one sex alone can have, such as an organ."
    )
    codes: Rows[Code] = Field(default=(), title="Codes", description="Codes in published terminologies.")


class Vocabulary(Record):
    """The allowed terms of one field."""

    title: Text = Field(title="Title", description="What the terms are, as a glossary heading.")
    definition: Text | None = said("Definition", "What belongs in this vocabulary.")
    standard: Text | None = said(
        "Standard", "The published standard that the terms follow, and where in it they stand."
    )
    terms: dict[TermId, Annotated[TermEntry, BeforeValidator(_from_label), _OrLabel]] = Field(
        title="Terms", description="Each allowed term with its label, definition and synonyms."
    )

    def nearest(self, word: str) -> str | None:
        """The term of which `word` is another name, or a name misspelt; None rather than another thing."""
        return nearest(word, self._names())

    def named(self, word: str) -> str | None:
        """The term of which `word` is another name; no term of its own can be made of it."""
        return named(word, self._names())

    def _names(self) -> dict[str, str]:
        names = {term: term for term in self.terms}
        names |= {entry.label: term for term, entry in self.terms.items() if entry.label not in names}
        for term, entry in self.terms.items():
            for name in entry.synonyms:
                names.setdefault(name, term)
        return names


def adding(word: str, vocabulary: str) -> str:
    """How a word becomes a term of a vocabulary: the line, and the file it goes into."""
    term = slug(word)
    if not term or term in RESERVED_WORDS:
        return ADDING["no_name"].format(vocabulary=vocabulary)
    label = term.replace("_", " ").capitalize()
    plainly = term[0].isalpha() and term not in YAML_WORDS
    line = f"  {term}: {label if plainly else json.dumps(label)}"
    return ADDING["line" if term == word else "line_and_name"].format(
        term=term, line=line, vocabulary=vocabulary
    )


def slug(word: str) -> str:
    """A word spelt as a term: small letters without accents, digits and low lines."""
    letters = unicodedata.normalize("NFKD", word).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "_", letters).strip("_")[:60].rstrip("_")


YAML_WORDS = frozenset({"true", "false", "yes", "no", "on", "off", "null", "y", "n"})
"""Words that YAML does not read as text."""
RESERVED_WORDS = frozenset(str(state) for state in MEANINGS) | {"value", "claims"}
"""No term may be spelt like a state (`absent` always means that the report says no) or like a long form."""


class Term(str):
    """A word that is a term of a vocabulary, and knows of which."""

    __slots__ = ("vocabulary",)
    vocabulary: str

    @classmethod
    def of(cls, vocabulary: str, word: str) -> Term:
        """The term `word` of `vocabulary`."""
        term = cls(word)
        term.vocabulary = vocabulary
        return term


@dataclass(frozen=True)
class From:
    """Marks a field whose words come from the vocabulary of that name: `Annotated[Term, From("sex")]`."""

    vocabulary: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        def check(word: str, info: core_schema.ValidationInfo) -> Term:
            known: Mapping[str, Vocabulary] = (info.context or {}).get("vocabularies", {})
            vocabulary = known.get(self.vocabulary)
            if vocabulary is None:
                raise PydanticCustomError(
                    "no_vocabulary",
                    "there is no vocabulary '{name}'; add content/vocabulary/{name}.yml",
                    {"name": self.vocabulary},
                )
            if word not in vocabulary.terms:
                raise wrong(
                    "not_a_term",
                    shown=repr(word),
                    name=self.vocabulary,
                    nearest=vocabulary.nearest(word),
                    is_name=vocabulary.named(word) is not None,
                    terms=tuple(vocabulary.terms),
                )
            return Term.of(self.vocabulary, word)

        return core_schema.with_info_after_validator_function(check, core_schema.str_schema(strict=True))

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"type": "string", "x-vocabulary": self.vocabulary}
