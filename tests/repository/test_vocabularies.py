"""The vocabularies of this review: countries as ISO 3166 has them, and words that lead to the right term."""

from __future__ import annotations

import pycountry
import pytest

from build_tools.review.review import Review


def test_every_country_of_iso_3166_is_a_term_under_its_code(casebook: Review) -> None:
    terms = casebook.vocabularies["country"].terms
    codes = [code.code for entry in terms.values() for code in entry.codes if code.system == "ISO 3166-1"]
    assert sorted(codes) == sorted(country.alpha_2 for country in pycountry.countries)


def test_every_name_of_iso_3166_leads_to_the_country_of_its_code(casebook: Review) -> None:
    vocabulary = casebook.vocabularies["country"]
    for country in pycountry.countries:
        for name in (country.name, *(getattr(country, n, None) for n in ("common_name", "official_name"))):
            if name:
                term = vocabulary.nearest(name)
                assert term, name
                assert country.alpha_2 in [code.code for code in vocabulary.terms[term].codes], name


@pytest.mark.parametrize(
    ("printed", "meant"),
    [
        ("USA", "united_states"),
        ("UK", "united_kingdom"),
        ("england", "united_kingdom"),
        ("Korea", "south_korea"),
        ("Republic of Korea", "south_korea"),
        ("Türkiye", "turkey"),
        ("Taiwan, Province of China", "taiwan"),
        ("P.R. China", "china"),
        ("Czechia", "czech_republic"),
        ("Holland", "netherlands"),
        ("Côte d'Ivoire", "ivory_coast"),
        ("USSR", "soviet_union"),
    ],
)
def test_a_country_is_found_as_papers_print_it(casebook: Review, printed: str, meant: str) -> None:
    assert casebook.vocabularies["country"].nearest(printed) == meant


@pytest.mark.parametrize(
    ("vocabulary", "without", "word"),
    [
        ("drug", "carboplatin", "carboplatin"),
        ("drug", "paclitaxel", "paclitaxel"),
        ("drug", "etoposide", "etoposide"),
        ("country", "iran", "iran"),
        ("country", "pakistan", "pakistan"),
        ("country", "slovakia", "slovakia"),
        ("marker", "p63", "p63"),
        ("marker", "cd31", "cd31"),
        ("procedure", "splenectomy", "splenectomy"),
        ("imaging_finding", "hyperechoic", "hyperechoic"),
        ("imaging_finding", "t1_hypointense", "t1_hypointense"),
        ("response", "no_response", "no_response"),
        ("procedure", "nephrectomy", "nephrotomy"),
    ],
)
def test_a_word_that_is_no_term_leads_to_no_other_thing(
    casebook: Review, vocabulary: str, without: str, word: str
) -> None:
    whole = casebook.vocabularies[vocabulary]
    rest = {term: entry for term, entry in whole.terms.items() if term != without}
    assert whole.model_copy(update={"terms": rest}).nearest(word) is None


@pytest.mark.parametrize("name", ["drug", "country", "marker"])
def test_no_term_is_taken_for_another_if_it_were_missing(casebook: Review, name: str) -> None:
    whole = casebook.vocabularies[name]
    taken = {}
    for missing in whole.terms:
        rest = {term: entry for term, entry in whole.terms.items() if term != missing}
        if near := whole.model_copy(update={"terms": rest}).nearest(missing):
            taken[missing] = near
    assert taken == {}


@pytest.mark.parametrize(
    "name", ["symptom", "sign", "condition", "complication", "procedure", "drug", "marker", "structure"]
)
def test_every_term_that_a_reader_meets_has_a_definition(casebook: Review, name: str) -> None:
    terms = casebook.vocabularies[name].terms
    assert [term for term, entry in terms.items() if not entry.definition] == []
