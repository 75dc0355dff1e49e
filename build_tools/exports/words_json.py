"""Other words for terms, by which the search finds a term as papers and other countries print it."""

from __future__ import annotations

import json
import unicodedata
from collections import defaultdict
from collections.abc import Mapping

from build_tools.records.terms import Vocabulary

PATH = "data/words.json"


def text(vocabularies: Mapping[str, Vocabulary]) -> str:
    """A JSON object: each synonym of the vocabularies, folded -> the labels of the terms that bear it."""
    found = defaultdict[str, dict[str, None]](dict)
    for vocabulary in vocabularies.values():
        for entry in vocabulary.terms.values():
            for synonym in entry.synonyms:
                if (word := folded(synonym)) and word != folded(entry.label):
                    found[word][entry.label] = None
    ordered = {word: list(labels) for word, labels in sorted(found.items())}
    return json.dumps(ordered, ensure_ascii=False, separators=(",", ":"))


def folded(words: str) -> str:
    """Words as the search compares them: small letters and figures, without accents."""
    plain = unicodedata.normalize("NFKD", words.casefold())
    signs = (sign if sign.isalnum() else " " for sign in plain if not unicodedata.combining(sign))
    return " ".join("".join(signs).split())
