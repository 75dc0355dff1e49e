"""The stains of the primary tumours: which marker a report names in whom, and what it showed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from build_tools.charts import matrix
from build_tools.charts.chart import Chart, Everyone
from build_tools.charts.matrix import Cell, Kind
from build_tools.charts.patients import (
    INFERRED,
    MOST_LANES,
    caption,
    grouped,
    is_inferred,
    patient,
    plain,
    silence,
)
from build_tools.records.values import State
from build_tools.review.counted import counted
from build_tools.review.facts import Fact, lower_first, state_words
from build_tools.review.review import PublishedCase, Review

FIELD = "pathology.immunohistochemistry"
PARTIAL = ("focal", "patchy", "weak")
OF_TERM = {
    "positive": "positive",
    "negative": "negative",
    "lost": "lost",
    "retained": "retained",
} | dict.fromkeys(PARTIAL, "partial")
SIGNS = {
    "positive": ("+", matrix.BLUE),
    "partial": ("±", matrix.VIOLET),
    "negative": ("\N{MINUS SIGN}", matrix.BROWN),
    "retained": ("○", matrix.TEAL),
    "lost": ("∅", matrix.RED),
    "other": ("?", matrix.ORANGE),
    "conflict": ("≠", matrix.RED),
}
TITLE = "Stains of the tumours"
UNTESTED, SILENT = "untested", "silent"
ROW_HEIGHT = 26


@dataclass(frozen=True)
class _Marker:
    """One marker: its label, and what each patient's tumour showed."""

    term: str
    label: str
    results: Mapping[str, Cell]

    def count(self, *kinds: str) -> int:
        return sum(cell.kind in kinds for cell in self.results.values())

    @property
    def positive(self) -> int:
        return self.count("positive", "partial")

    @property
    def plain(self) -> int:
        """Patients of whom a plain result is reported."""
        return self.positive + self.count("negative")

    @property
    def row(self) -> str:
        """The marker as the row names it: with its total, unless its results are of another kind."""
        return f"{self.label} {self.positive}/{self.plain}" if self.plain else self.label


def draw(review: Review) -> Chart:
    """Each column is a patient with a reported panel of the primary tumour, each row a marker with the
    patients in whom it was positive of those with a plain result; the most often reported stand first. A
    focal, patchy or weak stain counts as positive; conflicting and equivocal results, and proteins called
    lost or retained, count in neither number. An empty field is a marker that a report read in full does
    not name: not reported, neither negative nor untested; a cross is a marker that the report says was not
    tested. A small ring is a marker that may stand in a part of a report that nobody has read. A sign in
    brackets is inferred here from what the report says. Antibodies, cut-offs and panels differ between
    laboratories, and markers that fit a diagnosis are more likely to be tested and told.
    """
    panels = {case.id: panel for case in review.cases.values() if (panel := _panel(case, review))}
    name = review.names_apart
    if not panels:
        return Chart("markers", TITLE, "No patient has a reported panel of markers.", "", None)
    markers = _markers(panels, review)
    order = sorted(panels, key=lambda id: (-len(panels[id]), id))
    out = [(name[case.id], _why(case)) for case in review.cases.values() if case.id not in panels]
    heads = ("Marker", "Positive of plain results", *(patient(review.cases[id], name[id]) for id in order))
    rows = tuple(
        (marker.label, _total(marker), *(_words(marker, review.cases[id]) for id in order))
        for marker in markers
    )
    made = Chart(
        "markers",
        TITLE,
        _message(markers, len(panels), len(review.cases)),
        caption(draw),
        None,
        heads,
        rows,
        "Without a known panel: " + grouped(out) if out else "",
        facts=tuple((case, fact) for case in review.cases.values() for fact in counted(case, FIELD)),
    )
    if len(order) > MOST_LANES:
        return _counted(made, markers, order, name, review)
    return replace(made, figure=_figure(markers, order, name, review))


def _total(marker: _Marker) -> str:
    return f"{marker.positive} of {marker.plain}" if marker.plain else "no plain result"


def _counted(
    made: Chart, markers: list[_Marker], order: list[str], name: Mapping[str, str], review: Review
) -> Chart:
    """The chart of so many patients that each marker is a bar of counts."""
    kinds = {id: replace(kind, marker="square") for id, kind in _kinds(review).items()}
    kinds[SILENT] = Kind("Not reported", matrix.GREY)
    cells = {
        (marker.row, name[id]): marker.results.get(id) or _unread(review.cases[id]) or Cell(SILENT, "")
        for marker in markers
        for id in order
    }
    rows = [marker.row for marker in markers]
    found = matrix.counts(rows, [name[id] for id in order], cells, kinds)
    return replace(
        made,
        caption=f"{caption(_counted_caption)} {made.caption}",
        figure=plain(matrix.bars(rows, found, kinds, ROW_HEIGHT, len(order))),
        heads=("Marker", "Positive of plain results", *(kinds[id].words for id in found)),
        rows=tuple(
            (marker.label, _total(marker), *(str(numbers[i]) for numbers in found.values()))
            for i, marker in enumerate(markers)
        ),
        everyone=Everyone(made.heads, made.rows),
    )


def _counted_caption() -> None:
    """Each bar counts the patients with a reported panel, who are too many for a column each: the CSV has
    them one by one. What is said below of a field with a sign, of an empty one and of a ring holds for them.
    """


def _message(markers: list[_Marker], known: int, total: int) -> str:
    most = max(marker.plain for marker in markers)
    told = [
        f"{marker.label} {'was positive in ' if first else 'in '}{marker.positive} of {marker.plain}"
        for first, marker in zip(
            (True, False, False), (one for one in markers if one.plain == most), strict=False
        )
    ]
    first = f"{', '.join(told)} patients with a plain result. " if most else ""
    return f"{first}{known} of {total} patients have a reported panel, with {len(markers)} markers in all."


def _figure(
    markers: list[_Marker], order: list[str], name: Mapping[str, str], review: Review
) -> dict[str, Any]:
    cells = {
        (marker.row, name[id]): cell
        for marker in markers
        for id in order
        if (cell := marker.results.get(id) or _unread(review.cases[id]))
    }
    made = matrix.figure(
        [marker.row for marker in markers],
        [name[id] for id in order],
        cells,
        _kinds(review),
        ROW_HEIGHT,
        {name[id]: f"cases/{id}/" for id in order},
    )
    return plain(made)


def _kinds(review: Review) -> dict[str, Kind]:
    known = review.vocabularies["stain_result"].terms

    def words(kind: str) -> str:
        labels = [known[term].label for term, of in OF_TERM.items() if of == kind and term in known]
        return " or ".join(", ".join(lower_first(label) for label in labels).rsplit(", ", 1)).capitalize()

    kinds = {kind: Kind(words(kind), colour, sign) for kind, (sign, colour) in SIGNS.items()}
    others = [lower_first(entry.label) for term, entry in known.items() if term not in OF_TERM]
    kinds["other"] = Kind(", ".join(others).capitalize() or "Other", matrix.ORANGE, SIGNS["other"][0])
    kinds["conflict"] = Kind("Conflict or unclear", matrix.RED, SIGNS["conflict"][0])
    return kinds | {
        UNTESTED: Kind("Not tested, as the report says", matrix.GREY, marker="x"),
        "unread": Kind("Not extracted", matrix.GREY, marker="circle-open"),
    }


def _markers(panels: Mapping[str, Mapping[str, Cell]], review: Review) -> list[_Marker]:
    known = review.vocabularies["marker"].terms
    found = [
        _Marker(term, entry.label, {id: panel[term] for id, panel in panels.items() if term in panel})
        for term, entry in known.items()
    ]
    return sorted((one for one in found if one.results), key=lambda one: -len(one.results))


def _panel(case: PublishedCase, review: Review) -> dict[str, Cell]:
    """Each marker of the primary tumour with its result; of several specimens with all their results."""
    found: dict[str, list[Fact]] = {}
    for panel in counted(case, FIELD):
        if panel.state is State.REPORTED:
            for stain in panel.children:
                found.setdefault(str(stain.term), []).append(stain)
    return {term: _cell(case, stains) for term, stains in found.items()}


def _cell(case: PublishedCase, stains: list[Fact]) -> Cell:
    kinds = {_kind(case, stain) for stain in stains}
    if len(kinds) > 1:
        kinds.discard(UNTESTED)
    words = "; ".join(dict.fromkeys(_said(stain) for stain in stains))
    inferred = any(is_inferred(stain) for stain in stains)
    return Cell(kinds.pop() if len(kinds) == 1 else "conflict", words, inferred)


def _kind(case: PublishedCase, stain: Fact) -> str:
    if stain.state is State.NOT_DONE:
        return UNTESTED
    if stain.state is not State.REPORTED:
        return "conflict"
    result = case.by_path.get(f"{stain.path}.result")
    return OF_TERM.get(str(result.value if result else stain.value), "other")


def _said(stain: Fact) -> str:
    mark = f" ({INFERRED})" if is_inferred(stain) else ""
    if stain.state is State.REPORTED:
        return lower_first(stain.text) + (" (reports disagree)" if stain.claims else "") + mark
    if stain.state is State.NOT_DONE:
        return f"not tested{mark}"
    if stain.claims:
        return "reports disagree: " + " or ".join(lower_first(claim.text) for claim in stain.claims)
    return state_words(stain.state) + mark


def _unread(case: PublishedCase) -> Cell | None:
    return Cell("unread", "not extracted") if silence(case) is State.NOT_EXTRACTED else None


def _words(marker: _Marker, case: PublishedCase) -> str:
    cell = marker.results.get(case.id) or _unread(case)
    return cell.words if cell else state_words(State.NOT_REPORTED)


def _why(case: PublishedCase) -> str:
    found = counted(case, FIELD)
    return state_words(found[0].state if found else silence(case))
