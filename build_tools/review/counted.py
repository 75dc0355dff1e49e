"""What a count reads of a patient: of operations, lesions and specimens those of the primary tumour."""

from __future__ import annotations

from build_tools.review.facts import Fact
from build_tools.review.review import PublishedCase
from build_tools.review.times import is_before_zero

GIVEN = frozenset({"given", "completed", "stopped", "ongoing"})
"""The states of a treatment that a patient received; planned and refused are not."""
NOT_TOLD = frozenset({"recommended"})
"""The states of a treatment that leave open whether it was given."""
ELSEWHERE = frozenset({"recurrence", "metastasis"})
"""Specimens that are not of the primary tumour by their very name."""


def counted(case: PublishedCase, field: str) -> tuple[Fact, ...]:
    """The facts of a field (`surgeries.margins`) that a count, a table and a condition read.

    Below `surgeries`, `lesions` and `pathology` these are the facts of the primary tumour; what is known of
    the whole block (`surgeries: not_done`) stands for what is inside.
    """
    block, _, inside = field.partition(".")
    if not inside or block not in OF_PRIMARY or field in TELLS_WHICH:
        return case.find(field)
    kept = tuple(f"{block}[{index}]." for index in OF_PRIMARY[block](case))
    others = tuple(f"{block}[{index}]." for index in range(len(_items(case, block))))
    return case.find(field, lambda path: path.startswith(kept) or not path.startswith(others))


TELLS_WHICH = frozenset({"surgeries.lesion", "lesions.role", "pathology.lesion", "pathology.specimen"})
"""The fields that say to which lesion an item belongs: asked of all of them."""


def operations_on_primary(case: PublishedCase) -> tuple[int, ...]:
    """Which operations were on the primary tumour, counted from 0.

    Those that say so; if none does, the first one, unless it says that it was on another lesion or the
    tumour had come back before.
    """
    lesions = [_word(item, "lesion") for item in _items(case, "surgeries")]
    if "primary" in lesions:
        return tuple(i for i, lesion in enumerate(lesions) if lesion == "primary")
    return (0,) if lesions and lesions[0] is None and not enters_at_recurrence(case) else ()


def enters_at_recurrence(case: PublishedCase) -> bool:
    """Whether the tumour had been treated, or had come back, before the case's time zero."""
    zero = case.by_path.get("time_zero")
    if zero is not None and zero.value in RETURNS:
        return True
    for name in ("previous_operations", "previous_recurrences"):
        fact = case.by_path.get(f"presentation.{name}")
        if fact is not None and isinstance(fact.value, int) and fact.value > 0:
            return True
    return any(
        event.term in RETURNS and is_before_zero(case, f"{event.path}.at") for event in _items(case, "events")
    )


RETURNS = frozenset({"local_recurrence", "metastasis", "relapse_unspecified"})


def was_given(course: Fact) -> bool | None:
    """Whether a patient received a course of treatment; None if that is not reported."""
    status = course.child("status")
    if status is None or status.value is None or status.value in NOT_TOLD:
        return None
    return status.value in GIVEN


def treatments_given(case: PublishedCase, block: str) -> tuple[Fact, ...]:
    """The courses of `systemic_therapy` or `radiotherapy` that the patient received."""
    return tuple(course for course in _items(case, block) if was_given(course))


def _primary_lesions(case: PublishedCase) -> tuple[int, ...]:
    roles = [_word(item, "role") for item in _items(case, "lesions")]
    return tuple(i for i, role in enumerate(roles) if role == "primary")


def _specimens_of_primary(case: PublishedCase) -> tuple[int, ...]:
    found = []
    for i, item in enumerate(_items(case, "pathology")):
        lesion = _word(item, "lesion")
        if lesion == "primary" or (lesion is None and _word(item, "specimen") not in ELSEWHERE):
            found.append(i)
    return tuple(found)


OF_PRIMARY = {
    "surgeries": operations_on_primary,
    "lesions": _primary_lesions,
    "pathology": _specimens_of_primary,
}
"""Block -> which of its items are of the primary tumour."""


def _items(case: PublishedCase, block: str) -> tuple[Fact, ...]:
    return next((top.children for top in case.facts if top.path == block), ())


def _word(item: Fact, name: str) -> str | None:
    fact = item.child(name)
    return str(fact.value) if fact is not None and fact.value is not None else None
