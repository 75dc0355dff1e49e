"""Measures as papers print them and people type them, and what a file has for each.

A measure in a file has one form, so that two readers write the same. What stands here leads from any usual
form to that one and never to another value: a part that has no place in the field is named with the field
that has it. The lists are data, for the form reads them as well; {1} stands for what the first group holds,
{total} for the sum of the groups times their factors.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

NUMBER_WORDS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip

TIDY: tuple[tuple[str, str], ...] = (
    ("[\u00a0\u2000-\u200a\u202f\u205f\u3000]", " "),
    ("^ +| +$", ""),
    (" +", " "),
    ("[\u2010-\u2015\u2212]", "-"),
    ("[×✕✖]", "x"),
    ("m²", "m2"),
    ("cm³", "cm3"),
    ("([0-9])[·∙](?=[0-9])", "{1}."),
    ("([0-9]) ?½", "{1}.5"),
    ("([0-9]) ?¼", "{1}.25"),
    ("([0-9]) ?¾", "{1}.75"),
    ("^½", "0.5"),
    ("^half an? (?=(?:hour|year|day)$)", "0.5 "),
    *(
        (rf"^((?:about |some |over |under |every )?){word}\b", f"{{1}}{i}")
        for i, word in enumerate(NUMBER_WORDS, 1)
    ),
    (r"^an? (?=(?:week|day|month|year|hour)\b)", "1 "),
    ("(^|[^0-9,])([1-9][0-9]{0,2}) ([0-9]{3})(?![0-9])", "{1}{2}{3}"),
    ("([0-9]) ?- ?(?=[0-9])", "{1}-"),
    ("(^[<>=~ ]*[0-9.,]+) (?:to|and) (?=[0-9.,]+ ?[a-z%]+$)", "{1}-"),
    ("([0-9.]) ?[x*] ?(?=[0-9])(?!10[ *^E0-9])", "{1} x "),
    (r"^(?:≥|⩾|=>|at least|not less than|no less than|a minimum of) ?", ">="),
    (r"^(?:≤|⩽|=<|at most|up to|not more than|no more than|a maximum of) ?", "<="),
    (r"^(?:more|greater|larger|longer|higher) than |^(?:over|above|exceeding) ", ">"),
    (r"^(?:less|fewer|smaller|shorter|lower) than |^(?:under|below) ", "<"),
    (r"^(?:≈|∼|≃|approximately|approx\.?|about|around|circa|ca\.?|c\.|roughly) ?", "~"),
    ("^([0-9.]+) ?\\+ ?(?=[a-z])", ">={1} "),
    ("(^|[^0-9.])\\.(?=[0-9])", "{1}0."),
    ("([0-9])\\.(?![0-9])", "{1}"),
    ("(^|[^0-9.,^*/E])0+(?=[0-9])", "{1}"),
    ("^([<>=~ ]*-?[0-9.,]+(?:-[0-9.,]+)?(?: x [0-9.,]+(?:-[0-9.,]+)?)*) ?(?=[a-zµμ%°])(?!x )", "{1} "),
    ("^([<>]=?|~) +", "{1}"),
)  # fmt: skip
"""Signs and words that mean the same in any measure, in the order in which they are put right."""

UNIT_NAMES: dict[str, dict[str, str]] = {
    "length": {"cm": "cms?|centimet(?:re|er)s?", "mm": "mms?|millimet(?:re|er)s?"},
    "duration": {"min": "mins?|minutes?|m|'", "h": "hs?|hrs?|hours?"},
    "period": {
        "months": "mo|mos|mon|mth|mths|months?|m",
        "weeks": "w|wk|wks|weeks?",
        "days": "d|days?",
        "years": "y|yr|yrs|years?",
        "hours": "h|hrs?|hours?",
    },
    "volume": {"ml": "mls?|ccs?|cm3|millilit(?:re|er)s?", "l": "l|lit(?:re|er)s?"},
    "blood product": {"ml": "mls?|ccs?|millilit(?:re|er)s?", "units": "u|units?"},
    "weight": {"kg": "kgs?|kilos?|kilograms?", "g": "gs?|gms?|gr|grams?", "lb": "lbs?|pounds?"},
    "dose": {"mg": "mgs?|milligrams?", "g": "g|gms?|grams?"},
    "radiation dose": {"Gy": "gys?|grays?"},
    "percent": {"%": "%|percent|per cent|pct"},
}
UNIT_NAMES["time"] = UNIT_NAMES["period"]
"""Dimension -> unit -> its other names, whatever their capitals."""

THOUSANDS = ",[0-9]{3} ?(?:mls?|ccs?|mg|min|minutes|units?|mm|days?|c[Gg]y|rads?)(?![a-z])"
"""Units in which a number with a comma before three digits is thousands; with others it may be a decimal."""


ONE = "(?<![0-9.-])(1 (?:month|week|day|year|hour|unit))s\\b"
"""One of a unit, written as several."""


class Printed(NamedTuple):
    """A form that a whole text may have, what to write for it, and the factors of its groups' sum."""

    form: str
    write: str
    factors: tuple[float, ...] = ()
    product: bool = False


_N = "([0-9]+(?:[.][0-9]+)?)"
_R = "([0-9]+(?:[.][0-9]+)?(?:-[0-9]+(?:[.][0-9]+)?)?)"
_OP = "([<>]=?|~)? ?"
_H, _MIN = "(?:h|hrs?|hours?)[.]?", "(?:m|mins?|minutes?|')?[.]?"
_AREA = "(?:/| ?per | )(?:m2|m\\^2|sqm|sq[.]? ?m|square met(?:re|er)s?|bsa)"
_FRACTIONS = "(?: ?/ ?| ?in |,? ?[(]?)([0-9]+) ?(?:fractions?|fx|fr|f|#)[)]?"
_MITOSES = "(?:mitos[ei]s|mitotic figures|mf)"
_PER = "(?:/| ?per | in ) ?"
_DAY = ",? (?:on )?(?:d|days?) ?"
_SELDOM = "(?:twice|three times|bid|b[.]i[.]d|tid|over|flat|i[.]?v|p[.]?o).*"
_PERIODS = (
    Printed(
        f"{_OP}{_N} ?(?:y|yrs?|years?),?(?: and)? {_N} ?(?:mo|mos|mths?|months?|m)",
        "'{1}{total} months'",
        (0, 12, 1),
    ),
    Printed(
        f"{_OP}{_N} ?(?:mo|mos|mths?|months?),?(?: and)? {_N} ?(?:d|days?)",
        "'{1}{2} months', and '{3} days' in a note",
    ),
    Printed(f"{_OP}{_N} ?(?:w|wks?|weeks?),?(?: and)? {_N} ?(?:d|days?)", "'{1}{total} days'", (0, 7, 1)),
    Printed(f"q ?{_R} ?(?:w|wk|wks|weeks?)", "'{1} weeks'"),
    Printed(f"q ?{_R} ?(?:d|days?)", "'{1} days'"),
    Printed(f"q ?{_R} ?(?:m|mo|mos|months?)", "'{1} months'"),
    Printed(f"(?:once )?every {_R} ?(?:w|wks?|weeks?)|{_R}[ -]week(?:ly)?(?: cycles?)?", "'{1}{2} weeks'"),
    Printed(f"(?:once )?every {_R} ?(?:d|days?)|{_R}[ -]day(?: cycles?)?", "'{1}{2} days'"),
    Printed(f"(?:once )?every {_R} ?(?:mo|mos|months?)|{_R}[ -]month(?:ly)?(?: cycles?)?", "'{1}{2} months'"),
    Printed("(?:once )?(?:qw|weekly|every week|once a week|per week)", "'1 week'"),
    Printed("every (?:other|second) week|fortnightly|fortnight", "'2 weeks'"),
    Printed("(?:once )?(?:monthly|every month|once a month)", "'1 month'"),
    Printed("(?:once )?(?:qd|daily|every day)", "'1 day'"),
)
_AFTER = (
    r"(?:after|since|following|from|post) ?-?(?:the )?(?:surgery|operation|resection|\w+ectomy|op|time zero)"
    "|post-?op(?:eratively|erative|[.])?"
)
_TIME_FORMS = (
    Printed(f"(?:pod|post-?op(?:erative)? day|day) ?{_R}", "'{1} days', if that is counted from time zero"),
    Printed(f"(?:post-?op(?:erative)? month|month) ?{_R}", "'{1} months', if that is counted from time zero"),
    *(
        Printed(f"{_OP}{_R} ?(?:{names}) (?:{_AFTER})", f"'{{1}}{{2}} {unit}', if the operation is time zero")
        for unit, names in UNIT_NAMES["period"].items()
    ),
    *(
        Printed(
            f"{_OP}{_N} ?(?:{names}) (?:before|prior to|preceding|pre-?op).*",
            f"'{{1}}-{{2}} {unit}', if the operation is time zero",
        )
        for unit, names in UNIT_NAMES["period"].items()
    ),
)

FORMS: dict[str, tuple[Printed, ...]] = {
    "length": (
        Printed(f"{_R} ?(cm|mm)(?: x | by ){_R} ?\\2", "'{1} x {3} {2}'"),
        Printed(f"{_R} ?(cm|mm)(?: x | by ){_R} ?\\2(?: x | by ){_R} ?\\2", "'{1} x {3} x {4} {2}'"),
        Printed(f"{_R} by {_R} ?(cm|mm)", "'{1} x {2} {3}'"),
        Printed(f"{_R} by {_R} by {_R} ?(cm|mm)", "'{1} x {2} x {3} {4}'"),
        Printed(
            f"{_R} ?(cm|mm) (?:in (?:size|diameter|length|greatest dimension|maximum diameter)|long|wide)",
            "'{1} {2}'",
        ),
    ),
    "duration": (
        Printed(f"{_OP}{_N} ?{_H},?(?: and)? ?{_N} ?{_MIN}", "'{1}{total} min'", (0, 60, 1)),
        Printed(f"{_OP}([0-9]+):([0-5][0-9]) ?(?:{_H})?", "'{1}{total} min'", (0, 60, 1)),
    ),
    "period": _PERIODS,
    "time": (*_PERIODS, *_TIME_FORMS),
    "blood product": (
        Printed(
            f"{_OP}{_R} ?(?:u|units?|packs?|bags?)(?: of)? [a-z].*",
            "'{1}{2} units'; what it was stands under product",
        ),
    ),
    "dose": (
        Printed(f"auc ?(?:of |=)? ?{_R}|{_R} ?auc", "'dose: {1}{2} AUC' and 'basis: auc'"),
        Printed(
            f"auc ?(?:of |=)? ?{_R},? (q.*|every .*)",
            "'dose: {1} AUC' and 'basis: auc'; '{2}' stands under cycle_length",
        ),
        Printed(
            f"auc ?(?:of |=)? ?{_R}{_DAY}([0-9]+(?:-[0-9]+)?)",
            "'dose: {1} AUC', 'basis: auc' and 'days: \"{2}\"'",
        ),
        *(
            form
            for mass in ("mg", "g")
            for basis, per in (("per_m2", _AREA), ("per_kg", "(?:/| ?per )(?:kg|kilogram)(?: body ?weight)?"))
            for form in (
                Printed(f"{_R} ?{mass}{per}", f"'dose: {{1}} {mass}' and 'basis: {basis}'"),
                Printed(
                    f"{_R} ?{mass}{per}(?:/| ?per | a |,? )(?:d|day|daily)",
                    f"'dose: {{1}} {mass}', 'basis: {basis}' and 'per: day'",
                ),
                Printed(
                    f"{_R} ?{mass}{per}(?:/| ?per | a )cycle",
                    f"'dose: {{1}} {mass}', 'basis: {basis}' and 'per: cycle'",
                ),
                Printed(
                    f"{_R} ?{mass}{per}{_DAY}([0-9]+(?:-[0-9]+)?)",
                    f"'dose: {{1}} {mass}', 'basis: {basis}' and 'days: \"{{2}}\"'",
                ),
                Printed(
                    f"{_R} ?{mass}{per}{_DAY}([0-9]+)(?:,| and| [+&]) ?d?([0-9]+)",
                    f"'dose: {{1}} {mass}', 'basis: {basis}' and 'days: \"{{2}}, {{3}}\"'",
                ),
                Printed(
                    f"{_R} ?{mass}{per},? (q.*|every .*)",
                    f"'dose: {{1}} {mass}' and 'basis: {basis}'; '{{2}}' stands under cycle_length",
                ),
                Printed(
                    f"{_R} ?{mass}{per}[, ]+(.+)",
                    f"'dose: {{1}} {mass}' and 'basis: {basis}', and '{{2}}' in a note",
                ),
            )
        ),
        *(
            form
            for mass in ("mg", "g")
            for form in (
                Printed(
                    f"{_R} ?{mass}(?:/|,? ?per | a |,? )(?:d|day|daily|once daily|qd|od)",
                    f"'dose: {{1}} {mass}' and 'per: day'",
                ),
                Printed(
                    f"{_R} ?{mass},? (q[0-9 ].*|every .*)",
                    f"'dose: {{1}} {mass}'; '{{2}}' stands under cycle_length",
                ),
                Printed(f"{_R} ?{mass}(?:/| ?per | a )cycle", f"'dose: {{1}} {mass}' and 'per: cycle'"),
                Printed(f"{_R} ?{mass},? ({_SELDOM})", f"'dose: {{1}} {mass}', and '{{2}}' in a note"),
            )
        ),
        Printed(f"{_N} ?(?:µg|μg|ug|mcg|micrograms?)", "'dose: {total} mg'", (0.001,)),
    ),
    "radiation dose": (
        Printed(f"{_OP}{_N} ?(?:cgy|centigrays?|rads?)", "'{1}{total} Gy'", (0, 0.01)),
        Printed(
            f"{_N} ?(?:cgy|centigrays?|rads?){_FRACTIONS}",
            "'dose: {total} Gy' and 'fractions: {2}'",
            (0.01, 0),
        ),
        Printed(f"{_N} ?gy{_FRACTIONS}(?: of .*)?", "'dose: {1} Gy' and 'fractions: {2}'"),
        Printed(f"{_N} ?gy x ([0-9]+)", "'dose: {total} Gy' and 'fractions: {2}'", (1, 1), True),
        Printed(f"([0-9]+) x {_N} ?gy", "'dose: {total} Gy' and 'fractions: {1}'", (1, 1), True),
    ),
    "laboratory": (
        Printed(f"{_OP}{_R} (?:x ?)?10([3-9]|1[0-2]) ?/ ?([a-zµμ].*)", "'{1}{2} x 10^{3}/{4}'"),
        Printed(
            f"{_OP}{_R} (?:x ?)?10(?:\\^|\\*|E|\\*\\*) ?([0-9]+) ?/? ?([a-zµμ]\\S*)", "'{1}{2} x 10^{3}/{4}'"
        ),
        Printed(f"{_OP}{_R} ([a-zµμ]\\S*) per ([0-9a-zµμ].*)", "'{1}{2} {3}/{4}'"),
        Printed(f"{_OP}{_R}(/[a-zµμ]\\S*)", "'{1}{2} {3}'"),
        Printed(f"{_OP}{_R} ([a-z%µμ]\\S*) (\\(.*)", "'{1}{2} {3}', and '{4}' in a note"),
    ),
    "count": (
        Printed("([0-9]+) to ([0-9]+)", "'{1}-{2}'"),
        Printed("([0-9]+) ?\\+", "'>={1}'"),
        Printed(f"{_OP}([0-9]+(?:-[0-9]+)?) ?{_MITOSES}?{_PER}(mm2)", "'count: {1}{2}' and 'field: 1 {3}'"),
        Printed(f"{_OP}([0-9]+(?:-[0-9]+)?) ?{_MITOSES}?{_PER}([0-9].*)", "'count: {1}{2}' and 'field: {3}'"),
        Printed(f"{_OP}([0-9]+(?:-[0-9]+)?) ?{_MITOSES}", "'count: {1}{2}'"),
    ),
}
"""Dimension -> forms of a whole text that say more than a number and a unit, or count in two units."""

SUPERSCRIPTS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹⁻", "0123456789-")


def to_write(dimension: str, printed: str, is_measure: Callable[[str], bool]) -> str | None:
    """What to write for a measure as it is printed, in quotes; None if that can't be told for sure.

    `is_measure` tells whether a text has the form that a file wants.
    """
    text = tidy(printed)
    readings = []
    for reading in _of_commas(text):
        found = _one(dimension, reading, is_measure)
        if found is not None and found not in readings:
            readings.append(found)
    if len(readings) == 2 and not re.search(THOUSANDS, text, re.IGNORECASE):
        return f"{readings[0]}, or {readings[1]} if the comma is a decimal one"
    return re.sub(ONE, r"\1", readings[0]) if readings else None


def tidy(text: str) -> str:
    """The text with the signs and words that a file has for the same."""
    text = re.sub("([0-9])([⁰¹²³⁴-⁹⁻]+)", lambda m: f"{m[1]}^{m[2].translate(SUPERSCRIPTS)}", text)
    for form, put in TIDY:
        text = re.sub(form, lambda m, put=put: filled(put, m.groups()), text, flags=re.IGNORECASE)  # type: ignore[misc]
    return text


def filled(template: str, groups: Sequence[str | None]) -> str:
    """A template with its groups put in."""
    return re.sub(r"\{(\d)\}", lambda m: groups[int(m[1]) - 1] or "", template)


def _of_commas(text: str) -> tuple[str, ...]:
    """A text without commas in its numbers: read as thousands, as decimals, or as either."""
    if re.search("(?<![0-9.])[1-9][0-9]{0,2}(?:,[0-9]{3}){2,}(?![0-9])", text):
        return (re.sub("([0-9]),(?=[0-9]{3})", r"\1", text),)
    decimal = re.sub("(?<![dD])(?<![sy] )([0-9]),(?=[0-9])", r"\1.", text)  # days 1,8 are two
    if re.search("(?<![0-9.])[1-9][0-9]{0,2},[0-9]{3}(?![0-9])", text):
        return re.sub("([0-9]),(?=[0-9]{3}(?![0-9]))", r"\1", text), decimal
    return (decimal,)


def _one(dimension: str, text: str, is_measure: Callable[[str], bool]) -> str | None:
    for form in FORMS.get(dimension, ()):
        if match := re.fullmatch(form.form, text, re.IGNORECASE):
            return _written(form, match.groups())
    for unit, names in UNIT_NAMES.get(dimension, {}).items():
        if found := re.fullmatch(f"(.*[0-9]) (?:{names})[.]?", text, re.IGNORECASE):
            text = f"{found[1]} {unit.removesuffix('s') if found[1] == '1' else unit}"
            break
    return f"'{text}'" if is_measure(text) else None


def _written(form: Printed, groups: Sequence[str | None]) -> str:
    total = 1.0 if form.product else 0.0
    for group, factor in zip(groups, form.factors, strict=False):
        if factor and form.product:
            total *= float(group or 0)
        elif factor:
            total += float(group or 0) * factor
    shown = f"{total:.6f}".rstrip("0").rstrip(".")
    return filled(form.write.replace("{total}", shown), groups)
