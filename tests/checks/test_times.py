"""Two spellings of one printed time agree within their rounding, and no farther."""

from __future__ import annotations

import pytest

from tests.world import World

CASE = """\
reports: [{{report: quill-2081, role: full, label: case 9}}]
source: "quill-2081: Results"
time_zero: surgery
patient: {{age: 44, sex: female}}
events:
  - {{event: surgery, at: 0 days}}
  - {{event: local_recurrence, at: {event}}}
follow_up: {{last_contact: {last}}}
outcome: {{vital: alive, disease: present, local_recurrence: present}}
extraction: {{by: [A Reader], date: "2090-02-01"}}
"""


@pytest.mark.parametrize(
    ("event", "last", "contradict"),
    [
        ("31 days", "1 month", False),
        ("1 month", "30 days", False),
        ("6 months", "180 days", False),
        ("3 months", "12 weeks", False),
        ("1 year", "52 weeks", False),
        ("2 years", "24 months", False),
        ("1.5 years", "18 months", False),
        ("2 months", "30 days", True),
        ("7 months", "180 days", True),
        ("2 years", "20 months", True),
        ("7 months", "6 months", True),
        ("31 days", "30 days", True),
        ("2 days", "1 day", True),
    ],
)
def test_spellings_of_one_time_agree_and_other_times_do_not(
    world: World, event: str, last: str, contradict: bool
) -> None:
    world.write("cases/new-2090.yml", CASE.format(event=event, last=last))
    found = [p.rule for p in world.problems() if p.file == "cases/new-2090.yml" and p.rule == "C402"]
    assert found == (["C402"] if contradict else [])
