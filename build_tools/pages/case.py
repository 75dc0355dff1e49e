"""A page a patient."""

from __future__ import annotations

from dataclasses import dataclass

from build_tools.derived import RULES, STATUS_WORDS, Derived, months_of, origin, summary
from build_tools.facts import Fact
from build_tools.pages.context import Context, known, silent
from build_tools.pages.page import Page, relative_url
from build_tools.records.values import Source
from build_tools.rendering import render
from build_tools.review import PublishedCase

SECTIONS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("Presentation", ("patient", "presentation")),
    ("Investigations", ("laboratory", "imaging", "biopsy", "diagnosis")),
    ("Tumour", ("lesions",)),
    ("Surgery", ("surgeries",)),
    ("Pathology", ("pathology", "genetics")),
    ("Therapy", ("systemic_therapy", "radiotherapy")),
    ("Course", ("time_zero", "events", "follow_up", "outcome")),
)
"""The sections of a case page and the blocks in each; together they hold every block of a case."""

SHOWN_RULES = {
    "Tumour": ("origin", "longest_axis"),
    "Surgery": ("r_class",),
    "Course": ("follow_up", "status", "relapse"),
}


@dataclass(frozen=True)
class Section:
    """A heading with its blocks: what is known, what no report says, and what follows from it."""

    title: str
    blocks: tuple[Fact, ...]
    silent: tuple[Fact, ...]
    derived: tuple[tuple[str, Derived, str, tuple[Source, ...]], ...]

    @property
    def anchor(self) -> str:
        """The id of the heading."""
        return self.title.lower()


def page(case: PublishedCase, context: Context) -> Page:
    """The page of one case."""
    path = f"cases/{case.id}.md"
    name = context.case_name(case)
    place = origin(case, context.review)
    line = summary(case, context.review)
    body = render(
        "case.html",
        case=case,
        name=name,
        summary=line,
        sections=_sections(case, context),
        context=context,
        page=path,
        link=lambda target: relative_url(target, path),
        timeline=_timeline(case),
        status_words=STATUS_WORDS,
    )
    title = f"{name}: {place.text.lower()}" if place else name
    return Page(path, title, line, body, case.origin.file, True, ("navigation", "toc"))


def _sections(case: PublishedCase, context: Context) -> tuple[Section, ...]:
    tops = {fact.path: fact for fact in case.facts}
    sections = []
    for title, names in SECTIONS:
        blocks = [tops[name] for name in names if name in tops]
        derived = []
        for name in SHOWN_RULES.get(title, ()):
            head, rule = RULES[name]
            value = rule(case, context.review)
            if value is not None:
                sources = dict.fromkeys(s for path in value.inputs for s in _sources(case, path))
                derived.append((head, value, str(rule.__doc__), tuple(sources)))
        sections.append(
            Section(title, tuple(known(tuple(blocks))), tuple(silent(tuple(blocks))), tuple(derived))
        )
    return tuple(sections)


def _sources(case: PublishedCase, path: str) -> tuple[Source, ...]:
    fact = case.by_path.get(path)
    return fact.sources if fact else ()


@dataclass(frozen=True)
class Moment:
    """One time on the drawn time line: what happened then, and the months until the next."""

    words: str
    time: str
    kinds: str
    gap: float


def _timeline(case: PublishedCase) -> tuple[Moment, ...]:
    """The events with a known time in order; those at one time stand together."""
    events = next((top.children for top in case.facts if top.path == "events"), ())
    by_time: dict[float, list[Fact]] = {}
    for event in events:
        at = months_of(case, event.path + ".at")
        if at is not None:
            by_time.setdefault(at, []).append(event)
    times = sorted(by_time)
    moments = []
    for at, following in zip(times, [*times[1:], *times[-1:]], strict=True):
        together = by_time[at]
        time = together[0].child("at")
        titles = list(dict.fromkeys(event.title for event in together))
        words = ", ".join([titles[0], *(title.lower() for title in titles[1:])])
        kinds = " ".join(dict.fromkeys(str(event.term) for event in together))
        moments.append(Moment(words, time.text if time else "", kinds, round(following - at, 2)))
    return tuple(moments)
