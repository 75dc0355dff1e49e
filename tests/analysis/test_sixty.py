"""Sixty invented patients: every count, table, curve and chart, computed again from the plain records."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from math import inf
from pathlib import Path
from typing import Any

import pytest

from build_tools.analysis.cohorts import cohort
from build_tools.analysis.declared import estimate
from build_tools.analysis.estimates import Curve, FollowUp, Proportion
from build_tools.analysis.spread import spread
from build_tools.analysis.tables import fill
from build_tools.analysis.tallies import tally
from build_tools.charts import coverage, markers, survival, swimmer, vessels
from build_tools.impact.sentences import compare_sentences
from build_tools.pages.context import Context
from build_tools.pages.prose import fill_page
from build_tools.problems.problem import errors
from build_tools.publishing.generate import Site
from build_tools.reading.prose import read_prose
from build_tools.reading.settings import read_settings
from build_tools.records.table import TableDeclaration
from build_tools.review.derived import RULES
from build_tools.review.review import PublishedCase, Review
from tests.sixty import Plain, written
from tests.world import EXAMPLE, World

Answer = bool | None | str  # yes, no, not known, or "n/a"
UNKNOWN = ("unclear", "unknown", "withheld")


@pytest.fixture(scope="module")
def sixty(tmp_path_factory: pytest.TempPathFactory, original: Path) -> tuple[Review, dict[str, Plain]]:
    world = World.like(original, tmp_path_factory.mktemp("sixty") / "casebook")
    plain = written(world)
    review, problems = world.check()
    assert set(review.cases) == set(plain), [p.text() for p in errors(problems) if p.rule.startswith("C2")]
    return review, plain


# ---- what a plain record says, read without the generator ----


def word(value: Any) -> Any:
    return value["value"] if isinstance(value, dict) and "value" in value else value


def operations(record: Plain) -> list[Plain] | str | None:
    return word(record.get("surgeries"))  # type: ignore[no-any-return]


def came_back_before(record: Plain) -> bool:
    early = any(str(e.get("at", "")).startswith("-") for e in record["events"])
    return early or record.get("time_zero") == "local_recurrence" or "presentation" in record


def on_primary(record: Plain) -> list[Plain]:
    found = operations(record)
    if not isinstance(found, list):
        return []
    said = [one for one in found if one.get("lesion") == "primary"]
    if said:
        return said
    return found[:1] if "lesion" not in found[0] and not came_back_before(record) else []


def of_operations(record: Plain, ask: Callable[[Plain], Answer]) -> Answer:
    """Yes before doubt before no; who was never operated on can't be asked."""
    if operations(record) in ("not_done", "absent"):
        return "n/a"
    answers = {ask(one) for one in on_primary(record)}
    for answer in (True, "doubt", False, "n/a"):
        if answer in answers:
            return None if answer == "doubt" else answer
    return None


def margins_are(term: str) -> Callable[[Plain], Answer]:
    def ask(operation: Plain) -> Answer:
        said = word(operation.get("margins"))
        if said is None:
            return None
        return "doubt" if said in UNKNOWN else "n/a" if said == "not_done" else said == term

    return ask


def first_of(block: str, field: str, term: str) -> Callable[[Plain], Answer]:
    return lambda operation: bool(operation[block][0][field] == term) if block in operation else None


def irradiated(record: Plain) -> Answer:
    said = record.get("radiotherapy")
    if said is None:
        return None
    if isinstance(said, str):
        return False
    statuses = [word(course["status"]) for course in said]
    if any(status in ("given", "completed", "stopped", "ongoing") for status in statuses):
        return True
    return None if any(s in ("recommended", "unknown", "unclear") for s in statuses) else False


def vital(record: Plain) -> Answer:
    said = word(record["outcome"]["vital"])
    return None if said in UNKNOWN else said == "alive"


def glow(record: Plain) -> Answer:
    return bool(record["pathology"][0]["immunohistochemistry"]["glow1"] == "positive")


COUNTS: dict[str, tuple[str, str, Callable[[Plain], Answer]]] = {
    "margins negative": (
        "surgeries.margins",
        "negative",
        lambda r: of_operations(r, margins_are("negative")),
    ),
    "margins positive": (
        "surgeries.margins",
        "positive",
        lambda r: of_operations(r, margins_are("positive")),
    ),
    "pulp removed": (
        "surgeries.organs.thumb_pulp",
        "removed",
        lambda r: of_operations(
            r, lambda o: o["organs"]["thumb_pulp"] == "removed" if "organs" in o else None
        ),
    ),
    "repair": (
        "surgeries.reconstruction.technique",
        "suture",
        lambda r: of_operations(r, first_of("reconstruction", "technique", "suture")),
    ),
    "clamping": (
        "surgeries.vascular_control.occlusion",
        "partial",
        lambda r: of_operations(r, first_of("vascular_control", "occlusion", "partial")),
    ),
    "irradiated": ("radiotherapy.status", "given", irradiated),
    "alive": ("outcome.vital", "alive", vital),
    "glow1 of the primary": ("pathology.immunohistochemistry.glow1", "positive", glow),
    "origin in the nail bed": ("lesions.origin.structure", "nail_bed", lambda r: bool(r["lesions"])),
    "right side": ("lesions.side", "right", lambda r: len(r["lesions"]) > 2),
}


@pytest.mark.parametrize("name", COUNTS)
def test_every_count_is_that_of_the_records(sixty: tuple[Review, dict[str, Plain]], name: str) -> None:
    review, plain = sixty
    field, term, ask = COUNTS[name]
    answers = {id: ask(record) for id, record in plain.items()}
    made = tally(review, field, term)
    parts: tuple[tuple[Answer, tuple[PublishedCase, ...]], ...] = (
        (True, made.inside),
        (False, made.outside),
        (None, made.silent),
        ("n/a", made.not_applicable),
    )
    for answer, cases in parts:
        assert [case.id for case in cases] == [id for id, said in answers.items() if said == answer]
    assert made.n == sum(answer in (True, False) and answer is not None for answer in answers.values())


def test_the_sixty_answer_in_every_way(sixty: tuple[Review, dict[str, Plain]]) -> None:
    _, plain = sixty
    margins = Counter(of_operations(record, margins_are("negative")) for record in plain.values())
    assert set(margins) == {True, False, None, "n/a"}
    assert set(Counter(irradiated(record) for record in plain.values())) == {True, False, None}


@pytest.mark.parametrize("name", COUNTS)
def test_a_condition_keeps_those_who_are_counted(sixty: tuple[Review, dict[str, Plain]], name: str) -> None:
    review, plain = sixty
    field, term, ask = COUNTS[name]
    yes = [id for id, record in plain.items() if ask(record) is True]
    declaration = TableDeclaration(caption="c", where={field: term}, columns=("derived.follow_up",))
    made = fill("t", declaration, review)
    assert [row.case.id for row in made.rows] == yes
    assert sum(len(cases) for _, cases in made.left_out) == 60 - len(yes)
    found = cohort(review, "overall_survival", {field: term})
    assert {one.case.id for one in found.observed} | {one.case.id for one in found.unknown} <= set(yes)


def test_a_table_says_which_operation_it_shows(sixty: tuple[Review, dict[str, Plain]]) -> None:
    review, plain = sixty
    made = fill("t", TableDeclaration(caption="c", columns=("surgeries.margins",)), review)
    assert made.of_primary == "Shown of the primary tumour: operations on it."
    for row in made.rows:
        said = [word(one["margins"]) for one in on_primary(plain[row.case.id]) if "margins" in one]
        words = [str(one).replace("_", " ") for one in said]
        kind = operations(plain[row.case.id])
        if kind in ("not_done", "absent"):
            words = ["none" if kind == "absent" else "not done"]
        shown = row.cells[0].text.lower()
        assert all(one in shown for one in words), (row.case.id, words, shown)
        if not words:
            assert shown == "not reported"


# ---- times ----


def months(written: str | None) -> tuple[float, float, bool] | None:
    """The earliest and latest, and whether it is one number."""
    if written is None:
        return None
    if written.startswith(("several", "a few")):
        return 0, inf, False
    match = re.fullmatch(r"(<=|>=|<|>|~)? ?(-?[\d.]+)(?:-([\d.]+))? (\w+)", written)
    assert match, written
    factor = {"d": 1 / 30.4375, "m": 1, "y": 12}[match[4][0]]
    low = round(float(match[2]) * factor, 2)
    high = round(float(match[3] or match[2]) * factor, 2)
    if match[1] in ("<", "<="):
        return 0, high, False
    if match[1] in (">", ">="):
        return low, inf, False
    return low, high, low == high


def counted_from(record: Plain) -> str | None:
    """The event of time zero that a curve may stand on; None where the patient is in none of them."""
    zero = record.get("time_zero")
    if zero is None:
        return None
    if zero == "local_recurrence":
        return "local_recurrence"
    found = operations(record)
    if zero == "surgery" and isinstance(found, list):
        at_zero = [one.get("lesion") for one in found if one["at"] == "0 months"]
        if "primary" not in at_zero and any(one is not None for one in at_zero):
            return None
    return None if came_back_before(record) else str(zero)


def survived(record: Plain) -> tuple[float, bool] | None:
    deaths = [event for event in record["events"] if event["event"] == "death"]
    if deaths:
        time = months(deaths[0].get("at"))
        return (time[0], True) if time and time[2] else None
    time = months(record.get("follow_up", {}).get("last_contact"))
    if time is None or (time[0] == 0 and not time[2]):
        return None
    lost = "lost" in record.get("follow_up", {})
    return (time[0], False) if word(record["outcome"]["vital"]) == "alive" or lost else None


def free_of_recurrence(record: Plain) -> tuple[float, bool] | None:
    relapses = [e.get("at") for e in record["events"] if e["event"] == "local_recurrence"]
    relapses = [at for at in relapses if not str(at).startswith("-")]
    if relapses:
        times = [months(at) for at in relapses]
        if times[0] is None:
            return None
        first = min(time for time in times if time is not None)
        return (first[0], True) if first[2] and first[0] > 0 else None
    absent = record["outcome"].get("local_recurrence") == "absent"
    return survived(record) if absent or record["outcome"].get("disease") == "none" else None


def product_limit(sample: list[tuple[float, bool]]) -> list[tuple[float, int, int, float]]:
    """Kaplan and Meier by hand: time, at risk, events, survival."""
    rows, left, share = [], len(sample), 1.0
    for time in sorted({time for time, _ in sample}):
        here = [event for at, event in sample if at == time]
        share *= 1 - sum(here) / left
        rows.append((time, left, sum(here), share))
        left -= len(here)
    return rows


ENDPOINTS = {"overall_survival": survived, "recurrence_free": free_of_recurrence}


@pytest.mark.parametrize(
    ("endpoint", "zero"),
    [
        (e, z)
        for e in ENDPOINTS
        for z in ("surgery", "diagnosis", "therapy_start")
        if e[0] == "o" or z[0] == "s"
    ],
)
def test_every_curve_is_that_of_the_records(
    sixty: tuple[Review, dict[str, Plain]], endpoint: str, zero: str
) -> None:
    review, plain = sixty
    wanted = {
        id: found
        for id, record in plain.items()
        if counted_from(record) == zero and (found := ENDPOINTS[endpoint](record)) is not None
    }
    made = cohort(review, endpoint, time_zero=zero)
    assert {one.case.id: (one.months, one.event) for one in made.observed} == wanted
    assert len(made.observed) + len(made.unknown) + len(made.outside) == 60
    curve, followed = made.curve(), made.follow_up()
    assert isinstance(followed, FollowUp) == bool(wanted)
    if isinstance(curve, Curve):
        rows = product_limit(list(wanted.values()))
        assert [(s.time, s.at_risk, s.events) for s in curve.steps] == [row[:3] for row in rows]
        assert [s.survival for s in curve.steps] == pytest.approx([row[3] for row in rows])
        assert curve.median.time == next((r[0] for r in rows if r[3] <= 0.5 + 1e-9), None)
    else:
        assert len(wanted) < 5
    if isinstance(followed, FollowUp):
        turned = product_limit([(time, not event) for time, event in wanted.values()])
        assert followed.median.time == next((r[0] for r in turned if r[3] <= 0.5 + 1e-9), None)


def test_there_is_a_curve_to_compare(sixty: tuple[Review, dict[str, Plain]]) -> None:
    assert isinstance(cohort(sixty[0], "overall_survival").curve(), Curve)


def test_no_time_that_is_a_bound_ends_as_a_point(sixty: tuple[Review, dict[str, Plain]]) -> None:
    review, plain = sixty
    for id, case in review.cases.items():
        said = plain[id].get("follow_up", {}).get("last_contact")
        found = RULES["follow_up"][1](case, review)
        time = months(said)
        assert (found is None) == (said is None)
        if found is None or time is None or said is None:
            continue
        assert found.value == (time[0] if time[2] else None)
        for sign, words in (("<=", "at most"), (">=", "at least"), ("<", "less than"), (">", "more than")):
            if said.startswith(sign):
                assert found.text.startswith(words)
                break


def test_the_chart_of_a_curve_has_its_rows_and_lists_who_is_counted_from_another_event(
    sixty: tuple[Review, dict[str, Plain]],
) -> None:
    review, plain = sixty
    id = next(id for id, record in review.estimates.items() if record.endpoint == "overall_survival")
    made = estimate(review, id)
    for group in made.survival:
        ids = {one.case.id for one in group.cohort.observed}
        assert all(counted_from(plain[id]) == "surgery" for id in ids)
    chart = survival.draw(review, estimate=id)
    rows = sum(len(g.curve.steps) for g in made.survival if isinstance(g.curve, Curve))
    assert len(chart.rows) == rows


def test_a_lane_is_as_long_as_the_records_say(sixty: tuple[Review, dict[str, Plain]]) -> None:
    review, plain = sixty
    chart = swimmer.draw(review)
    lanes = [
        time
        for record in plain.values()
        if (time := months(record.get("follow_up", {}).get("last_contact"))) and (time[0] or time[2])
    ]
    assert len(chart.rows) == len(lanes)
    dead = sum(
        record["outcome"]["vital"] == "dead"
        for record in plain.values()
        if (time := months(record.get("follow_up", {}).get("last_contact"))) and (time[0] or time[2])
    )
    longest, shortest = max(t[0] for t in lanes), min(t[0] for t in lanes)
    assert chart.message == (
        f"{len(lanes)} of 60 patients have a known follow-up, from {shortest:g} to {longest:g} months; "
        f"{dead} of the {len(lanes)} died."
    )


def test_shares_of_declared_estimates_count_those_of_whom_it_is_known(
    sixty: tuple[Review, dict[str, Plain]],
) -> None:
    review, plain = sixty
    (group,) = estimate(review, "alive").shares
    answers = [vital(record) for record in plain.values()]
    assert isinstance(group.share, Proportion)
    assert (group.share.k, group.share.n) == (answers.count(True), answers.count(True) + answers.count(False))


# ---- derived values ----


def longest(record: Plain) -> float | None:
    """The longest axis before treatment in cm; of one primary tumour that of the specimen."""
    primaries = [lesion for lesion in record["lesions"] if lesion["role"] == "primary"]
    sizes = [size for lesion in primaries for size in lesion.get("sizes", ()) if "timing" not in size]
    if len(primaries) == 1 and any(size["method"] == "specimen" for size in sizes):
        sizes = [size for size in sizes if size["method"] == "specimen"]
    exact = [size for size in sizes if not size["size"].startswith("<")] or sizes
    found = []
    for size in exact:
        number, unit = re.sub("[<>=~ ]*", "", size["size"].split(" ")[0]), size["size"].split(" ")[1]
        found.append((float(number.split("-")[0]) / (10 if unit == "mm" else 1), "-" in number))
    if not found or max(found)[1]:
        return None
    return max(found)[0]


def test_the_longest_axis_is_one_before_treatment(sixty: tuple[Review, dict[str, Plain]]) -> None:
    review, plain = sixty
    for id, case in review.cases.items():
        found = RULES["longest_axis"][1](case, review)
        assert (found.value if found else None) == longest(plain[id]), (id, found)
        assert "20 cm" not in (found.text if found else "")


def test_the_chart_of_markers_counts_the_primary_tumour_alone(sixty: tuple[Review, dict[str, Plain]]) -> None:
    review, plain = sixty
    only = replace(review, cases={id: review.cases[id] for id in plain})
    chart = markers.draw(only)
    assert chart.everyone
    (row,) = chart.rows
    positive = sum(bool(glow(record)) for record in plain.values())
    assert row[:2] == ("Glow-1", f"{positive} of {len(plain)}")
    assert positive == len(plain) / 2


def test_the_chart_of_what_is_known_counts_the_operation_on_the_primary(
    sixty: tuple[Review, dict[str, Plain]],
) -> None:
    review, plain = sixty
    only = replace(review, cases={id: review.cases[id] for id in plain})
    counts = {row[0]: row[1] for row in coverage.draw(only, block="surgeries").rows}
    answered = 0
    for record in plain.values():
        said = [word(one["margins"]) for one in on_primary(record) if "margins" in one]
        not_operated = operations(record) in ("not_done", "absent")
        answered += not_operated or any(one not in UNKNOWN for one in said)
    assert counts["Margins"] == f"{answered} of {len(plain)}"


def test_the_chart_of_vessels_counts_every_primary_tumour_and_no_other(
    sixty: tuple[Review, dict[str, Plain]],
) -> None:
    review, plain = sixty
    only = replace(review, cases={id: review.cases[id] for id in plain})
    wanted = Counter(
        origin
        for record in plain.values()
        for origin in {one["origin"] for one in record["lesions"] if one["role"] == "primary"}
    )
    labels = {review.label("structure", term): count for term, count in wanted.items()}
    found = {row[1]: int(row[2]) for row in vessels.draw(only).rows if row[1] in labels}
    assert found == labels


def test_who_has_two_primary_tumours_has_both_named(sixty: tuple[Review, dict[str, Plain]]) -> None:
    review, _ = sixty
    found = RULES["origin"][1](review.cases["sixty-15"], review)
    assert found
    assert found.text == "Nail bed, on the left; Right thumb vein"
    size = RULES["longest_axis"][1](review.cases["sixty-15"], review)
    assert size
    assert size.text == "8 cm (MRI)"


def test_who_was_not_operated_on_has_a_treatment(sixty: tuple[Review, dict[str, Plain]]) -> None:
    review, plain = sixty
    for id, case in review.cases.items():
        found = RULES["treatment"][1](case, review)
        given = irradiated(plain[id])
        if operations(plain[id]) in ("not_done", "absent"):
            assert found
            assert found.text == ("No operation, radiotherapy" if given else "No operation")


def test_r0_follows_from_the_margins_of_the_primary_alone(sixty: tuple[Review, dict[str, Plain]]) -> None:
    review, plain = sixty
    for id, case in review.cases.items():
        said = [word(one["margins"]) for one in on_primary(plain[id]) if "margins" in one]
        found = RULES["r_class"][1](case, review)
        assert (found is not None) == (bool(said) and set(said) == {"negative"}), id


def test_a_median_takes_no_bound(sixty: tuple[Review, dict[str, Plain]]) -> None:
    review, plain = sixty
    made = spread(review, "follow_up.last_contact")
    exact = [
        id
        for id, record in plain.items()
        if re.fullmatch(r"[\d.]+ \w+", record.get("follow_up", {}).get("last_contact", ""))
    ]
    assert [case.id for case, _ in made.cases] == exact


# ---- what one more patient changes in prose ----


def counting_page(review: Review, tmp_path: Path) -> Site:
    """A site of one page, with a sentence for each count."""
    sentences = "\n\n".join(
        f"{name.capitalize()}: {{{{ count('{field}', '{term}') }}}}."
        for name, (field, term, _) in COUNTS.items()
    )
    file = tmp_path / "content" / "counts.md"
    file.parent.mkdir(exist_ok=True)
    file.write_text(f"---\ntitle: Counts\ndescription: Invented.\n---\n{sentences}\n", encoding="utf-8")
    ((written_page,), problems) = read_prose(tmp_path)
    assert not problems
    filled, problems = fill_page(written_page, Context(review, read_settings(EXAMPLE)))
    assert filled is not None, [problem.text() for problem in problems]
    return Site((filled.page,), (), review, ())


def test_adding_each_of_the_sixty_names_exactly_the_sentences_that_change(
    sixty: tuple[Review, dict[str, Plain]], tmp_path: Path
) -> None:
    review, plain = sixty
    after = counting_page(review, tmp_path)
    changed_by_someone: set[str] = set()
    for id, record in plain.items():
        without = replace(review, cases={i: case for i, case in review.cases.items() if i != id})
        told = {
            change.new.partition(":")[0].lower(): change.new
            for change in compare_sentences(counting_page(without, tmp_path), after)
        }
        wanted = {}
        for name, (_, _, ask) in COUNTS.items():
            if ask(record) in (True, False):
                answers = [ask(other) for other in plain.values()]
                k, n = answers.count(True), answers.count(True) + answers.count(False)
                wanted[name.lower()] = f"{name.capitalize()}: {k} of {n}."
        assert told == wanted, id
        changed_by_someone |= told.keys()
    assert changed_by_someone == {name.lower() for name in COUNTS}
