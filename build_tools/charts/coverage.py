"""How much is known: each field that every case is asked for, patient by patient."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from build_tools.charts import matrix
from build_tools.charts.chart import Chart, Everyone, choice
from build_tools.charts.matrix import Cell, Kind
from build_tools.charts.patients import INFERRED, MOST_LANES, caption, patient, plain, silence
from build_tools.records.values import Block, State, Value
from build_tools.review.counted import counted
from build_tools.review.facts import Fact, lower_first, state_words
from build_tools.review.review import PublishedCase, Review

TITLE = "What is known of each patient"
ROW_HEIGHT = 19
OF_STATE = {
    State.REPORTED: "known",
    State.ABSENT: "absent",
    State.NOT_DONE: "absent",
    State.NOT_APPLICABLE: "absent",
    State.UNKNOWN: "unclear",
    State.WITHHELD: "unclear",
    State.UNCLEAR: "unclear",
    State.NOT_REPORTED: "silent",
    State.NOT_EXTRACTED: "unread",
}
ANSWERS = ("known", "absent")
KINDS = {
    "known": Kind("Known", matrix.BLUE, ""),
    "absent": Kind("Absent, not done or not applicable", matrix.BROWN, "\N{MINUS SIGN}"),
    "unclear": Kind("Unclear, unknown or withheld", matrix.RED, "?"),
    "silent": Kind("Not reported", matrix.GREY, marker="x-thin"),
    "unread": Kind("Not extracted", matrix.GREY, marker="circle-open"),
}

Groups = list[tuple[str, dict[str, str]]]
"""Blocks in the order of a case: the block's title, and its fields with their titles."""


def draw(review: Review, block: str | None = None) -> Chart:
    """Each row is a field that every case is asked for, each column a patient, and the last column counts
    the patients for whom there is an answer; who is known best stands first. That something is absent, was
    not done or can't apply is an answer too. Of lesions, operations and specimens those of the primary
    tumour count. Not reported: the patient's report was read in full and is silent. Not extracted: nobody
    has read it in full, so it may say more. A field with a sign in brackets is inferred here from what the
    report says. A known field can still hold little, and an answer is not a correct answer.
    """
    if block is not None:
        choice("block", block, _blocks(review))
    groups = _groups(review) if block is None else [("", _inside_all(review, block))]
    titles = {field: title for _, group in groups for field, title in group.items()}
    if not titles:
        return Chart("coverage", TITLE, "There is nothing here that every patient is asked for.", "", None)
    heads = {
        field: f"{head}: {lower_first(title)}" if head else title
        for head, group in groups
        for field, title in group.items()
    }
    alike = Counter(titles.values())
    labels = {field: title if alike[title] == 1 else heads[field] for field, title in titles.items()}
    name = review.names_apart
    table = {field: {id: _answer(case, field) for id, case in review.cases.items()} for field in titles}
    known = Counter(id for answers in table.values() for id, fact in answers.items() if _is_answer(fact))
    order = sorted(review.cases, key=lambda id: (-known[id], id))
    counts = {field: sum(map(_is_answer, answers.values())) for field, answers in table.items()}
    rows = _rows(groups, labels)
    columns = [name[id] for id in order]
    cells = {
        (labels[field], name[id]): Cell(OF_STATE[fact.state], _words(fact), fact.inferred)
        for field, answers in table.items()
        for id, fact in answers.items()
    }
    everyone = Everyone(
        ("Field", "Answered", *(patient(review.cases[id], name[id]) for id in order)),
        tuple(
            (heads[field], f"{counts[field]} of {len(order)}", *(_words(table[field][id]) for id in order))
            for field in titles
        ),
    )
    made = Chart(
        "coverage",
        TITLE if block is None else f"{TITLE}: {lower_first(_blocks(review)[block])}",
        _message(heads, counts, len(order)),
        caption(draw),
        None,
        everyone.heads,
        everyone.rows,
    )
    if len(order) > MOST_LANES:
        found = matrix.counts(rows, columns, cells, KINDS)
        place = {row: i for i, row in enumerate(rows)}
        return replace(
            made,
            caption=f"Each bar counts patients; the CSV has them one by one. {made.caption}",
            figure=plain(matrix.bars(rows, found, KINDS, ROW_HEIGHT, len(order))),
            heads=("Field", "Answered", *(KINDS[kind].words for kind in found)),
            rows=tuple(
                (
                    heads[field],
                    f"{counts[field]} of {len(order)}",
                    *(str(numbers[place[labels[field]]]) for numbers in found.values()),
                )
                for field in titles
            ),
            everyone=everyone,
        )
    totals = (f"Answered, of {len(order)}", {labels[field]: str(count) for field, count in counts.items()})
    links = {name[id]: f"cases/{id}/" for id in order}
    return replace(made, figure=plain(matrix.figure(rows, columns, cells, KINDS, ROW_HEIGHT, links, totals)))


def _message(heads: dict[str, str], counts: dict[str, int], patients: int) -> str:
    everyone = sum(count == patients for count in counts.values())
    none = [lower_first(heads[field]) for field, count in counts.items() if not count]
    asked = f"{len(counts)} fields asked of {patients} patient{'' if patients == 1 else 's'}"
    answered = f"{sum(counts.values())} of {len(counts) * patients} have an answer"
    nobody = f", {len(none)} of nobody ({', '.join(none)})" if none else ""
    return f"{asked}: {answered}. {everyone} of the fields are known of everyone{nobody}."


def _rows(groups: Groups, labels: dict[str, str]) -> list[str]:
    """The rows from the top down: the name of a block, then its fields; a gap before what has no block."""
    rows: list[str] = []
    for i, (head, group) in enumerate(groups):
        if head:
            rows.append(f"{head}:")
        elif i:
            rows.append("\u00a0" * i)  # a label that is empty to the eye, and no other's
        rows += [labels[field] for field in group]
    return rows


def _groups(review: Review) -> Groups:
    """The fields that every case is asked for; what has no block of its own stands together."""
    groups: Groups = []
    inner = _inner(review)
    for path, title in _blocks(review).items():
        if path in inner:
            groups.append((title, inner[path]))
        elif groups and not groups[-1][0]:
            groups[-1][1][path] = title
        else:
            groups.append(("", {path: title}))
    return groups


def _blocks(review: Review) -> dict[str, str]:
    """Everything that stands at the top of a case, with its title."""
    return {top.path: top.title for case in review.cases.values() for top in case.facts}


def _inner(review: Review) -> dict[str, dict[str, str]]:
    """The fields of each block that is one for the whole patient."""
    found: dict[str, dict[str, str]] = {}
    for case in review.cases.values():
        for top in case.facts:
            if isinstance(getattr(case.record, top.path), Block):
                found.setdefault(top.path, {}).update({fact.path: fact.title for fact in top.children})
    return found


def _inside_all(review: Review, block: str) -> dict[str, str]:
    """The fields of a block, or of each item of a list of blocks, that are asked for."""
    found: dict[str, str] = {}
    for case in review.cases.values():
        held = getattr(case.record, block)
        value = held.value if isinstance(held, Value) else held
        for fact in case.find(block):
            if isinstance(value, tuple):
                for item, inner in zip(value, fact.children, strict=False):
                    found |= _asked(block, item, inner)
            else:
                found |= _asked(block, value, fact)
    return found


def _asked(block: str, record: object, fact: Fact) -> dict[str, str]:
    if not getattr(type(record), "asked", False):
        return {}
    steps = {child.path.rpartition(".")[2]: child.title for child in fact.children}
    return {
        f"{block}.{step}": title
        for step, title in steps.items()
        if isinstance(getattr(record, step), Value | None)
    }


def _answer(case: PublishedCase, field: str) -> Fact:
    """What is known in a field: of several, as for two operations, the one that says most."""
    found = counted(case, field) or (Fact(field, "", silence(case)),)
    kinds = list(KINDS)
    return min(found, key=lambda fact: kinds.index(OF_STATE[fact.state]))


def _is_answer(fact: Fact) -> bool:
    return OF_STATE[fact.state] in ANSWERS


def _words(fact: Fact) -> str:
    words = "known" if fact.state is State.REPORTED else state_words(fact.state)
    words += f" ({INFERRED})" if fact.inferred else ""
    return f"{words} (reports disagree)" if fact.claims else words
