"""Measures: a number with its unit as printed, and its conversion for comparison."""

from __future__ import annotations

import re
from dataclasses import dataclass
from math import inf
from typing import Annotated, Any

from pydantic import BeforeValidator, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from build_tools.records.messages import MESSAGES, wrong
from build_tools.records.printed import tidy, to_write

MONTH_IN_DAYS = 30.4375  # a year of 365.25 days in twelve

UNITS: dict[str, dict[str, float]] = {
    "length": {"cm": 1, "mm": 0.1},
    "duration": {"min": 1, "h": 60},
    "period": {
        "months": 1,
        "month": 1,
        "days": 1 / MONTH_IN_DAYS,
        "day": 1 / MONTH_IN_DAYS,
        "weeks": 7 / MONTH_IN_DAYS,
        "week": 7 / MONTH_IN_DAYS,
        "years": 12,
        "year": 12,
        "hours": 1 / 24 / MONTH_IN_DAYS,
        "hour": 1 / 24 / MONTH_IN_DAYS,
    },
    "time": {},
    "volume": {"ml": 1, "l": 1000},
    "blood product": {"ml": 1, "units": 1, "unit": 1},
    "weight": {"kg": 1, "g": 0.001, "lb": 0.45359237},
    "dose": {"mg": 1, "g": 1000, "AUC": 1},
    "radiation dose": {"Gy": 1},
    "percent": {"%": 1},
    "laboratory": {},
    "count": {"": 1},
}
UNITS["time"] = UNITS["period"]
"""Units of each dimension with their factor to the first; units of blood are never turned into ml, nor an
area under the curve into mg. A count has no unit, and a laboratory value any, or none.

A time is a period counted from time zero, negative for what came before it.
"""

NUMBER = r"(?:0|[1-9][0-9]{0,11})(?:\.[0-9]{1,6})?"
RANGE = rf"{NUMBER}(?:-{NUMBER})?"
LAB_UNIT = (
    r"(?:x )?10[\^*]\d{1,2}(?: ?/ ?\S+| [A-Za-zµμ]\S*)?|(?!x ?[0-9])[A-Za-zµμ]\S*(?: m2)?|[%/°]\S*|10[\^*]\S+"
)
"""A unit of the laboratory: of any name, with a power of ten before it, or for so much of body surface."""
ALONE = {"dose": "AUC", "blood product": "ml"}
"""Units that don't convert to the others of their dimension."""
SIGNED = rf"(?:{RANGE}|-?{NUMBER}(?: to -?{NUMBER})?)"
TWO_BOUNDS = rf"[<>]=? ?-?{NUMBER}[^<>]*[<>]=?.*"
WHOLE = "(?:0|[1-9][0-9]{0,5})"
UNITLESS = ("count", "laboratory")
"""Dimensions whose number may stand without a unit, and so without quotes."""
WORDS = ("several", "a few", "many")
"""What a report may print in place of the number of a period or time; no number is made of it."""


@dataclass(frozen=True)
class Measure:
    """A number, a range or up to three axes with one unit, as a report prints it.

    `op` is `<`, `<=`, `>`, `>=`, `~` (about), a word that stands for the number (`several`) or empty; `axes`
    holds (low, high) for each axis, equal where the report gives one number, and nothing where it gives none.
    """

    dimension: str
    op: str
    axes: tuple[tuple[float, float], ...]
    unit: str
    text: str

    @property
    def low(self) -> float:
        """The smallest value that the largest axis may have, in the unit as printed."""
        return max((low for low, _ in self.axes), default=0)

    @property
    def high(self) -> float:
        """The largest value that the largest axis may have, in the unit as printed."""
        return max((high for _, high in self.axes), default=inf)

    @property
    def bounds(self) -> tuple[float, float]:
        """The least and the most that the largest axis can be, in the unit as printed.

        A bound is open away from zero, and never reaches beyond it: "<12 months" is 0 to 12. "About" has no
        width that a report would name, and counts as printed.
        """
        if self.op in ("<", "<="):
            return (0 if self.high >= 0 else -inf), self.high
        if self.op in (">", ">="):
            return self.low, (inf if self.low >= 0 else 0)
        return self.low, self.high

    @property
    def is_exact(self) -> bool:
        """Whether the report gives one number, be it about, and neither a range nor a bound nor a word."""
        low, high = self.bounds
        return bool(self.axes) and low == high

    def to(self, unit: str) -> float:
        """The lower bound of the largest axis, converted to `unit` of the same dimension."""
        factors = UNITS[self.dimension]
        alone = ALONE.get(self.dimension)
        if (self.unit == alone) != (unit == alone):
            raise ValueError(f"{self.unit} is never turned into {unit}")
        return self.low * factors[self.unit] / factors[unit]

    def as_json(self) -> dict[str, object]:
        """The measure in parts, for exports: what was written and what it means.

        One number or a range (low and high) is `number`; the numbers of several axes are `axes`.
        """
        parts: dict[str, object] = {"text": self.text, "unit": self.unit}
        if self.op:
            parts["op"] = self.op
        values = [low if low == high else [low, high] for low, high in self.axes]
        if len(values) == 1:
            parts["number"] = values[0]
        elif values:
            parts["axes"] = values
        return parts


@dataclass(frozen=True)
class In:
    """Marks a field that holds a measure of one dimension: `Annotated[Measure, In("length")]`."""

    dimension: str

    def parse(self, written: object) -> Measure:
        """The measure that `written` means; an error says which form is wanted."""
        if isinstance(written, Measure):
            return written
        if self.dimension in UNITLESS and isinstance(written, int | float) and not isinstance(written, bool):
            written = str(written)
        units = UNITS[self.dimension]
        if isinstance(written, str) and re.fullmatch(TWO_BOUNDS, written):
            raise wrong("two_bounds")
        match = re.fullmatch(self.pattern, written) if isinstance(written, str) else None
        if not match or (units and match["unit"] not in units):
            if isinstance(written, str) and (mended := to_write(self.dimension, written, self.is_written_so)):
                raise wrong("measure_otherwise", shown=repr(written), dimension=self.name, mended=mended)
            raise wrong(
                self.mistake,
                shown=repr(written),
                dimension=self.name,
                units=f" ({', '.join(units)})" if units else "",
                example=self.example,
            )
        if word := match.groupdict().get("word"):
            return Measure(self.dimension, word, (), match["unit"], match[0])
        axes = []
        for axis in match["axes"].split(" x "):
            ends = re.findall(rf"(?:^-|(?<= )-)?{NUMBER}", axis)
            axes.append((float(ends[0]), float(ends[-1])))
        if len(axes) > self.most_axes:
            if mended := to_write(self.dimension, match[0], self.is_written_so):
                raise wrong("measure_otherwise", shown=repr(written), dimension=self.name, mended=mended)
            raise wrong("too_many_axes")
        if any(low > high for low, high in axes):
            raise wrong("range_reversed")
        if match["op"] not in (None, "~") and any(low < high for low, high in axes):
            raise wrong("two_bounds")
        return Measure(self.dimension, match["op"] or "", tuple(axes), match["unit"] or "", match[0])

    def is_written_so(self, text: str) -> bool:
        """Whether a text has the form that a file wants; the ends of a range are not looked at."""
        match = re.fullmatch(self.pattern, text)
        if match is None or (match["axes"] or "").count(" x ") >= self.most_axes:
            return False
        return not UNITS[self.dimension] or match["unit"] in UNITS[self.dimension]

    @property
    def name(self) -> str:
        """The dimension in a sentence."""
        return "laboratory value" if self.dimension == "laboratory" else self.dimension

    @property
    def mistake(self) -> str:
        """The mistake of what is no such measure."""
        return {"time": "not_a_time", "count": "not_a_count", "laboratory": "not_a_result"}.get(
            self.dimension, "not_a_measure"
        )

    @property
    def pattern(self) -> str:
        """The form of such a measure, with the groups op, axes and unit, and word where one may stand."""
        if self.dimension == "count":
            return rf"(?:(?P<op><=|>=|<|>|~) ?)?(?P<axes>{WHOLE}(?:-{WHOLE})?)(?P<unit>)"
        number = SIGNED if self.dimension in ("time", "laboratory") else RANGE
        form = rf"(?:(?P<op><=|>=|<|>|~) ?)?(?P<axes>{number}(?: x {number})*)"
        if self.dimension in ("period", "time"):
            form = rf"(?:{form}|(?P<word>{'|'.join(WORDS)}))"
        if self.dimension == "laboratory":
            return rf"{form}(?: (?P<unit>{LAB_UNIT}))?"
        return rf"{form} (?P<unit>\S+)"

    @property
    def most_axes(self) -> int:
        """How many numbers may stand before the unit."""
        return 3 if self.dimension == "length" else 1

    @property
    def example(self) -> str:
        """A measure of this dimension as it may be written."""
        return {
            "length": "5.5 x 4.5 x 3.8 cm",
            "duration": "224 min",
            "period": "4 months",
            "time": "4 months",
            "volume": "200 ml",
            "blood product": "2 units",
            "weight": "5 kg",
            "dose": "120 mg",
            "radiation dose": "50.4 Gy",
            "percent": "30 %",
            "laboratory": "113 g/l",
            "count": "12",
        }[self.dimension]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            self.parse, serialization=core_schema.plain_serializer_function_ser_schema(Measure.as_json)
        )

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        units = "|".join(sorted(map(re.escape, UNITS[self.dimension]), key=len, reverse=True))
        form = re.sub(r"\?P<\w+>", "", self.pattern)
        if units:
            form = form.removesuffix(r"(\S+)") + f"({units})"
        written = {
            "type": "string",
            "pattern": rf"^{form}$",
            "patternErrorMessage": self.wanted,
            "examples": [self.example],
        }
        if self.dimension not in UNITLESS:
            return written
        return {
            "anyOf": [written, {"type": "integer" if self.dimension == "count" else "number", "minimum": 0}]
        }

    @property
    def wanted(self) -> str:
        """What to write, in words, for editors."""
        units = ", ".join(UNITS[self.dimension])
        hint = MESSAGES[self.mistake][1].format(units=f" ({units})" if units else "", example=self.example)
        return hint[:1].upper() + hint[1:] + "."


def _age(written: object) -> object:
    if written == "90+" or (isinstance(written, int) and not isinstance(written, bool) and 0 <= written < 90):
        return written
    if mended := age_to_write(written):
        raise wrong("age_otherwise", mended=mended)
    raise wrong("not_an_age")


YEARS = "(?:years?(?: of age| old)?|yrs?|y|yo|y/o|-?year-?old|-years?-old)?"
YOUNGER = "(?:months?|mos?|m|weeks?|wks?|w|days?|d|hours?|h)(?:[ -]old)?"


def age_to_write(written: object) -> str | None:
    """What to write for an age as it is printed; None where it can't be told.

    A file holds full years: of a child below one 0, of a child of 18 months 1. An age that is no one number
    is left out, and told as a remark.
    """
    if isinstance(written, bool) or not isinstance(written, int | float | str):
        return None
    shown = str(written)
    text = re.sub("^(?:aged?|about the age of) ", "", tidy(shown).lower())
    remark = f"'Age as printed: {shown}.' under remarks, and leave the age out"
    if found := re.fullmatch(rf"([0-9]+)(?:[.]([0-9]+))?[ -]?{YEARS}", text):
        years = int(found[1])
        if years >= 90:
            return '"90+"'
        return str(years) if not found[2] else f"{{value: {years}, note: '{found[1]}.{found[2]} years'}}"
    if found := re.fullmatch(rf"([0-9]+)(?:[.][0-9]+)?[ -]?({YOUNGER})", text):
        years = int(found[1]) // 12 if found[2].startswith("mo") or re.match("m\\b", found[2]) else 0
        weeks = found[2].startswith("w") and int(found[1]) >= 52
        return remark if years >= 90 or weeks else f"{{value: {years}, note: '{shown}'}}"
    if found := re.fullmatch(rf"([0-9]+) ?(?:years?|yrs?|y),?(?: and)? ([0-9]+) ?({YOUNGER})", text):
        years = int(found[1])
        return '"90+"' if years >= 90 else f"{{value: {years}, note: '{shown}'}}"
    if re.fullmatch("(?:newborn|neonate|neonatal|infant|at birth)", text):
        return f"{{value: 0, note: '{shown}'}}"
    numbers = [int(number) for number in re.findall("[0-9]+", text)]
    if numbers and min(numbers) >= 90:
        return '"90+"'
    decade = re.search("decade|teens|twenties|thirties|forties|fifties|sixties|seventies|eighties", text)
    told = decade is not None or (bool(numbers) and max(numbers) < 90)
    return remark if told and len(shown) < 40 else None


class AgeForm:
    """Marks a field that holds an age, and tells editors what that is."""

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        what, hint = MESSAGES["not_an_age"]
        return {
            "anyOf": [{"type": "integer", "minimum": 0, "maximum": 89}, {"const": "90+"}],
            "errorMessage": f"{what[:1].upper()}{what[1:]}; {hint}.",
        }


Age = Annotated[int | str, BeforeValidator(_age), AgeForm]
Length = Annotated[Measure, In("length")]
Duration = Annotated[Measure, In("duration")]
Period = Annotated[Measure, In("period")]
Time = Annotated[Measure, In("time")]
Volume = Annotated[Measure, In("volume")]
BloodProduct = Annotated[Measure, In("blood product")]
Weight = Annotated[Measure, In("weight")]
Dose = Annotated[Measure, In("dose")]
RadiationDose = Annotated[Measure, In("radiation dose")]
Percent = Annotated[Measure, In("percent")]
Tally = Annotated[Measure, In("count")]
LabMeasure = Annotated[Measure, In("laboratory")]
