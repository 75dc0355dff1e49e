"""Patterns of what may identify a person; each is named in general words, and what it matched is told nobody.

They follow the identifiers of the HIPAA safe harbour (45 CFR 164.514(b)(2)): names, dates finer than a
year, addresses, telephone numbers, e-mail, record numbers, ages above 89. A pattern is written narrowly: a
text that is wrongly refused teaches people to get round the check.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

MONTHS = (
    "Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    "Nov(?:ember)?|Dec(?:ember)?|JAN|FEB|MAR|APR|MAY|JUN|JUL|AUG|SEP|OCT|NOV|DEC|"
    "janvier|février|mars|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|"
    "Januar|Februar|März|Mai|Juni|Juli|Oktober|Dezember|enero|febrero|marzo|abril|mayo|junio|julio|agosto|"
    "septiembre|octubre|noviembre|diciembre"
)
WHOLE_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
YEAR = r"(?:18|19|20)\d\d"
DAY, MONTH = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])"
LATE_DAY = r"(?:1[3-9]|2\d|3[01])"
"""A day that can't be a month."""
NUMBER_WORDS = "one|two|three|four|five|six|seven|eight|nine"
TITLES = "Mr|Mrs|Ms|Miss|Mx|Dr|Prof|Sig|Herrn?|Hr|Frau|Monsieur|Madame|Mme|Mlle|Señora?|Sra?"
PERSON = r"(?i:patient|man|woman|boy|girl|child|lady|gentleman|he|she)"
REGISTERS = (
    "medical record|record|hospital|inpatient|outpatient|patient|admission|registration|insurance|"
    "social security|national|passport|accession|chart|file|specimen|biopsy|pathology"
)
RECORD = r"[ :.#]*[A-Za-z]{0,4}[-/ ]?\d(?:[/ -]?\d){3,}"
CAPITAL = r"[^\W\d_a-zß-öø-ÿ]"
"""A capital letter, also one with an accent."""


@dataclass(frozen=True, eq=False)
class Pattern:
    """One kind of thing that may identify a person, and the forms in which texts print it."""

    kind: str
    forms: tuple[re.Pattern[str], ...]
    digits: bool
    """Whether each form asks for a figure, so that most texts need no second look."""

    def found_in(self, text: str) -> bool:
        """Whether the text holds such a thing."""
        if self.digits and not A_DIGIT.search(text):
            return False
        return any(form.search(text) for form in self.forms)


A_DIGIT = re.compile(r"\d")


def _pattern(kind: str, *forms: str, digits: bool = False) -> Pattern:
    return Pattern(kind, tuple(re.compile(form) for form in forms), digits)


FULL_DATES = (
    _pattern(
        "a full date",
        rf"(?<![\d.-]){YEAR}([-/.]){MONTH}\1{DAY}(?![\d-])",
        rf"(?<![\d.-]){DAY}([-/.]){MONTH}\1{YEAR}(?!\d)",
        rf"(?<![\d.-]){MONTH}([-/.]){DAY}\1{YEAR}(?!\d)",
        r"(?<![\d/])[0-3]\d/[0-3]\d/\d\d(?![\d/])",
        rf"(?<![\d./-]){LATE_DAY}([./-]){MONTH}\1\d\d(?![\d./-])(?! ?[cm]m)",
        rf"(?<![\d./-]){MONTH}([./-]){LATE_DAY}\1\d\d(?![\d./-])(?! ?[cm]m)",
        rf"(?i)\b{DAY}(?:st|nd|rd|th|\.|er)?[ -]?(?:of |de )?(?:{MONTHS})\.?,?[ -](?:de )?{YEAR}\b",
        rf"(?i)\b(?:{MONTHS})\.? {DAY}(?:st|nd|rd|th)?,? {YEAR}\b",
        rf"{YEAR} ?年 ?\d{{1,2}} ?月",
        digits=True,
    ),
    _pattern(
        "a day and month",
        rf"\b[Oo]n (?:the )?{DAY}(?:st|nd|rd|th)? (?:of )?(?:{MONTHS})\b",
        rf"\b[Oo]n (?:{MONTHS})\.? {DAY}(?:st|nd|rd|th)?\b",
        rf"\b(?:{MONTHS}) {DAY}(?:st|nd|rd|th)\b",
        rf"\b{DAY}(?:st|nd|rd|th)? (?:of )?(?:{WHOLE_MONTHS})\b",
        rf"\b(?:{WHOLE_MONTHS.replace('|May|', '|')}) {DAY}\b",
        digits=True,
    ),
    _pattern(
        "a date of birth",
        r"(?i)\b(?:date of birth|birth ?date|d\.?o\.?b\.?:).{0,20}\d",
        rf"(?i)\bborn (?:in|on)\b.{{0,20}}\b{YEAR}\b",
        digits=True,
    ),
)
MONTHS_OF_YEARS = (
    _pattern(
        "a month and year",
        rf"\b(?:{MONTHS})\.?,? (?:of )?(?:{YEAR}\b|['’]\d\d\b)",
        rf"(?<![\d/]){MONTH}/{YEAR}\b",
        digits=True,
    ),
)
"""Finer than a year, but papers and approvals are dated so as well: looked for in cases alone."""
NAMES = (
    _pattern("a form of address with a name", rf"\b(?:{TITLES})\.? {CAPITAL}[\w.'’]"),
    _pattern(
        "a name",
        rf"\b{PERSON}(?: is| was|,)? (?:named|called|by the name of) {CAPITAL}[a-zß-öø-ÿ]+",
        rf"(?i:\b(?:patient|family|first|maiden|her|his)(?:'s)? name (?:is|was|:)) ?{CAPITAL}[a-zß-öø-ÿ]+",
        rf"\b[Nn]ame: ?{CAPITAL}[a-zß-öø-ÿ]+,? {CAPITAL}",
        rf"\bnée {CAPITAL}",
        rf"\bpatient,? (?!Health|Global|Reported){CAPITAL}[a-zß-öø-ÿ]+ {CAPITAL}[a-zß-öø-ÿ]+",
    ),
    _pattern(
        "initials",
        rf"\b{PERSON},? \(?{CAPITAL}\. ?{CAPITAL}\.",
        rf"(?i:\binitials?(?: (?:are|were|is|was))?:?) \(?{CAPITAL}\.? ?{CAPITAL}\b",
    ),
)
ADDRESSES = (
    _pattern(
        "an e-mail address",
        # One sign before the @ is enough; looking for all of them would take hours on a hostile comment.
        r"[\w.+%-]@[\w-]+\.\w",
        r"(?i)\w ?[\[(]at[\])] ?[\w-]+ ?(?:\.|[\[(]dot[\])]) ?[a-z]{2}",
        r"(?i)\w at [\w-]+ dot [a-z]{2}",
    ),
    _pattern(
        "a telephone number",
        r"(?<![\w.])\+\d{1,3}[ ./-]?(?:\(\d+\)[ ./-]?)?\d(?:[ ./-]?\d){5,}",
        r"(?<![\w.])\(0\d{1,4}\) ?\d(?:[ ./-]?\d){4,}",
        r"(?<![\w.])0\d{1,4}[ /-]\d{3,}(?:[ /-]?\d{2,})+\b",
        r"(?<![\w.-])(?:\([2-9]\d\d\) ?|[2-9]\d\d-)\d{3}-\d{4}\b",
        r"(?i)\b(?:tel|phone|telephone|fax)(?: ?(?:no|number)\b)?[.:]* ?\+?\(?\d[\d ()./-]{4,}\d",
        r"(?i)\b(?:mobile|cell)(?: ?(?:no|number)\b)?[.:]+ ?\+?\(?\d[\d ()./-]{4,}\d",
        r"(?<![\w.-])[2-9]\d\d\.\d{3}\.\d{4}(?![\w.-])",
        digits=True,
    ),
    _pattern(
        "an address",
        rf"\b\d{{1,5}} {CAPITAL}[\w'-]+ (?:Street|St\.|Road|Rd\.|Avenue|Ave\.|Lane|Drive|Boulevard)(?!\w)",
        rf"\b{CAPITAL}\w+(?:straße|strasse|gasse|weg) \d",
        rf"(?i:\b(?:lives?|lived|living|resident|resides?|residing|comes?|came) (?:in|of|at|from) (?:the )?"
        rf"(?:small |large )?(?:city|town|village|district) of) {CAPITAL}",
    ),
)
NUMBERS = (
    _pattern(
        "a record number",
        rf"(?i)\b(?:{REGISTERS}) ?(?:number|no\.?|nr\.?|num\.?|id)\b(?: ?(?:is|was))?{RECORD}",
        rf"\b(?:MRN|mrn|NHS|SSN){RECORD}",
        digits=True,
    ),
    _pattern(
        "a long number",
        r"(?<![\w.,/-])\d{7,}X?\b(?![,.]\d| ?/| (?:platelets|cells|copies|units|IU)\b)",
        r"(?<![\w.-])\d{3}-\d{2}-\d{4}(?![\w-])",
        r"(?<![\w.-])\d{3} \d{3} \d{4}(?![\w-])",
        r"(?<![\w.-])\d{6}-\d{4}(?![\w-])",
        r"(?<![\w.-])[A-Z]{1,3}[- ]?\d{6,}(?![\w-])",
        digits=True,
    ),
)
OLD = r"(?:9\d|1[0-2]\d)"
OLD_WORDS = rf"(?:ninety(?:[ -](?:{NUMBER_WORDS}))?|(?:a |one )?hundred(?: and \w+)?)"
OTHER_UNIT = r"(?!\+| ?(?:%|days?|weeks?|months?|hours?|min))"
AGES = (
    _pattern(
        "an age above 89",
        rf"(?i)\b{OLD}[ -]?(?:years?|yrs?)[ -]?(?:old|of age)\b",
        rf"(?i)\b{OLD} ?(?:y/o|y\.o\.|yo)(?!\w)",
        rf"(?i)\b(?:aged?|age of|age was|age is|age:) ?{OLD}\b{OTHER_UNIT}",
        rf"(?i)\b{OLD_WORDS}[ -]years?[ -](?:old|of age)\b",
        rf"(?i)\b(?:aged?|age of) {OLD_WORDS}\b{OTHER_UNIT}",
        r"(?i)\b(?:nonagenarian|centenarian|supercentenarian)",
        r"(?i)\bin (?:his|her|their) (?:nineties|90s)\b",
        rf"(?i)\b(?:{PERSON}|male|female) of {OLD}(?: years)?(?=[,.;)]|$| (?:with|who|had|was)\b)",
        rf"(?i)\bdied at {OLD}(?: years)?(?=[,.;)]|$)",
        rf"(?i)\b{OLD}(?:st|nd|rd|th) birthday\b",
        rf"(?i)\b{OLD} (?:Jahre|ans|años|anni|anos)\b",
    ),
)

ALL = FULL_DATES + MONTHS_OF_YEARS + NAMES + ADDRESSES + NUMBERS + AGES

PUBLIC_HANDLES = re.compile(
    r"(?:\b(?:PMID|PMCID|PMC|NCT|ISRCTN|EudraCT|ChiCTR\w*|DRKS|ICD|MONDO|UBERON|HPO|HP|ORPHA)[:. ]{0,2}\d+"
    r"|\b10\.\d{4,9}/\S+|https?://\S+"
    r"|\b(?:[Aa]rticle|[Aa]rt\.|[Ee]location|[Ee][Ii][Dd]|ISSN|ISBN)"
    r"(?: ?(?:[Nn]umber|[Nn]o\.?|[Nn]r\.?|I[Dd]|id))?[:. ]{0,2}[A-Za-z]{0,6}-?\d[\w-]*)"
)
"""Public handles of publications, trials and terms: what looks like a number there identifies no person."""


@lru_cache(maxsize=50_000)
def kinds_in(patterns: tuple[Pattern, ...], text: str) -> tuple[str, ...]:
    """The kinds of things in a text that may identify a person; never the things themselves."""
    rest = PUBLIC_HANDLES.sub(" ", text)
    return tuple(pattern.kind for pattern in patterns if pattern.found_in(rest))
