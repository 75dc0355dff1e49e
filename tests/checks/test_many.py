"""The many invented patients that other tests count with."""

from __future__ import annotations

from tests.many import add_patients
from tests.world import World


def test_the_many_invented_patients_pass_all_checks(world: World) -> None:
    before = len(world.review().cases)
    add_patients(world.root, 200)
    assert len(world.review().cases) == before + 200
