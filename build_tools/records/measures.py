"""Measures: a number with its unit as printed, and its conversion for comparison."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Any

from pydantic import BeforeValidator, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

from build_tools.records.messages import wrong

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
    },
    "volume": {"ml": 1, "l": 1000},
    "blood product": {"ml": 1, "units": 1, "unit": 1},
    "weight": {"kg": 1, "g": 0.001},
    "dose": {"mg": 1, "g": 1000},
    "radiation dose": {"Gy": 1},
    "percent": {"%": 1},
    "laboratory": {},
}
"""Units of each dimension with their factor to the first; units of blood are never turned into ml."""

NUMBER = r"(?:0|[1-9][0-9]{0,11})(?:\.[0-9]{1,6})?"
RANGE = rf"{NUMBER}(?:-{NUMBER})?"
PATTERN = rf"(?:(?P<op><=|>=|<|>|~) ?)?(?P<axes>{RANGE}(?: x {RANGE})*) (?P<unit>\S+)"


@dataclass(frozen=True)
class Measure:
    """A number, a range or up to three axes with one unit, as a report prints it.

    `op` is `<`, `<=`, `>`, `>=`, `~` (about) or empty; `axes` holds (low, high) for each axis,
    equal where the report gives one number.
    """

    dimension: str
    op: str
    axes: tuple[tuple[float, float], ...]
    unit: str
    text: str

    @property
    def low(self) -> float:
        """The smallest value that the largest axis may have, in the unit as printed."""
        return max(low for low, _ in self.axes)

    @property
    def high(self) -> float:
        """The largest value that the largest axis may have, in the unit as printed."""
        return max(high for _, high in self.axes)

    def to(self, unit: str) -> float:
        """The lower bound of the largest axis, converted to `unit` of the same dimension."""
        factors = UNITS[self.dimension]
        if self.dimension == "blood product" and (self.unit == "ml") != (unit == "ml"):
            raise ValueError("units of blood are never turned into ml")
        return self.low * factors[self.unit] / factors[unit]

    def as_json(self) -> dict[str, object]:
        """The measure in parts, for exports: what was written and what it means."""
        parts: dict[str, object] = {"text": self.text, "unit": self.unit}
        if self.op:
            parts["op"] = self.op
        values = [low if low == high else [low, high] for low, high in self.axes]
        parts["number"] = values[0] if len(values) == 1 else values
        return parts


@dataclass(frozen=True)
class In:
    """Marks a field that holds a measure of one dimension: `Annotated[Measure, In("length")]`."""

    dimension: str

    def parse(self, written: object) -> Measure:
        """The measure that `written` means; an error says which form is wanted."""
        if isinstance(written, Measure):
            return written
        units = UNITS[self.dimension]
        match = re.fullmatch(PATTERN, written) if isinstance(written, str) else None
        if not match or (units and match["unit"] not in units):
            raise wrong(
                "not_a_measure",
                shown=repr(written),
                dimension=self.name,
                units=f" ({', '.join(units)})" if units else "",
                example=self.example,
            )
        axes = []
        for axis in match["axes"].split(" x "):
            low, _, high = axis.partition("-")
            axes.append((float(low), float(high or low)))
        if len(axes) > self.most_axes:
            raise wrong("too_many_axes")
        if any(low > high for low, high in axes):
            raise wrong("range_reversed")
        return Measure(self.dimension, match["op"] or "", tuple(axes), match["unit"], match[0])

    @property
    def name(self) -> str:
        """The dimension in a sentence."""
        return self.dimension if UNITS[self.dimension] else "laboratory value"

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
            "volume": "200 ml",
            "blood product": "2 units",
            "weight": "5 kg",
            "dose": "120 mg",
            "radiation dose": "50.4 Gy",
            "percent": "30 %",
            "laboratory": "113 g/l",
        }[self.dimension]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_plain_validator_function(
            self.parse, serialization=core_schema.plain_serializer_function_ser_schema(Measure.as_json)
        )

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        units = "|".join(sorted(map(re.escape, UNITS[self.dimension]), key=len, reverse=True))
        return {
            "type": "string",
            "pattern": rf"^((<=|>=|<|>|~) ?)?{RANGE}( x {RANGE})* ({units or r'[^ ]+'})$",
            "examples": [self.example],
        }


def _age(written: object) -> object:
    if written == "90+" or (isinstance(written, int) and not isinstance(written, bool) and 0 <= written < 90):
        return written
    raise wrong("not_an_age")


class AgeForm:
    """Marks a field that holds an age, and tells editors what that is."""

    @classmethod
    def __get_pydantic_json_schema__(
        cls, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {"anyOf": [{"type": "integer", "minimum": 0, "maximum": 89}, {"const": "90+"}]}


Age = Annotated[int | str, BeforeValidator(_age), AgeForm]
Length = Annotated[Measure, In("length")]
Duration = Annotated[Measure, In("duration")]
Period = Annotated[Measure, In("period")]
Volume = Annotated[Measure, In("volume")]
BloodProduct = Annotated[Measure, In("blood product")]
Weight = Annotated[Measure, In("weight")]
Dose = Annotated[Measure, In("dose")]
RadiationDose = Annotated[Measure, In("radiation dose")]
Percent = Annotated[Measure, In("percent")]
LabMeasure = Annotated[Measure, In("laboratory")]
