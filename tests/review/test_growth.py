"""What must not grow faster than the review: calls at 50 and 200 invented patients are counted."""

from __future__ import annotations

import cProfile
import pstats
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest

from build_tools.checks.checking import check_all
from build_tools.pages import case
from build_tools.pages.context import Context
from build_tools.pages.page import Page
from build_tools.reading.settings import read_settings
from build_tools.review.review import Review
from tests.world import World

FEW, MANY = 50, 200


@pytest.fixture(scope="module")
def roots(original: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[int, Path]:
    """Two casebooks with copies of invented patients, of whom each is a year older than the one before."""
    made = {}
    for count in (FEW, MANY):
        world = World.like(original, tmp_path_factory.mktemp("many") / str(count))
        for number in range(count):
            world.add_case(f"copy-{number:03}", "quill-2081")
            world.replace(f"cases/copy-{number:03}.yml", "  age: 61", f"  age: {20 + number % 69}")
        made[count] = world.root
    return made


def calls(act: Callable[[Path], object], root: Path) -> Counter[str]:
    """How often each function of the generator was called, by module and name."""
    profile = cProfile.Profile()
    profile.runcall(act, root)
    counts = Counter[str]()
    for (file, _, name), (_, total, *_) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        if "build_tools" in file:
            counts[f"{Path(file).stem}.{name}"] += total
    return counts


def steepest(few: Counter[str], many: Counter[str]) -> dict[str, tuple[int, int]]:
    """The functions whose calls grew faster than the patients did."""
    limit = 1.2 * MANY / FEW
    return {name: (few[name], n) for name, n in many.items() if n > 1000 and n > limit * max(few[name], 1)}


@pytest.mark.slow
def test_nothing_is_called_more_often_a_patient_in_a_larger_review(roots: dict[int, Path]) -> None:
    few, many = (calls(_checked_and_written, root) for root in roots.values())
    # Patients of one sex and nearly one age are compared with each other, and with nobody else; what two have
    # in common is reported in words, their times among it.
    compared = ("duplicates.", "times._months")
    assert {name for name in steepest(few, many) if not name.startswith(compared)} == set()
    assert many["duplicates.likeness"] < MANY * MANY / 10


def _checked_and_written(root: Path) -> list[Page]:
    review: Review = check_all(root)[0]
    context = Context(review, read_settings(root))
    return [case.page(one, context) for one in review.cases.values()]
