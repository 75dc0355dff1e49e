"""Sixty invented patients of the invented disease: every state, bound, status and time zero among them.

What is told of a patient follows from the number alone, each kind of telling in a cycle of its own length, so
that most meet most others. Tests compute every number again from these plain records.
"""

from __future__ import annotations

from typing import Any

import yaml

from tests.world import World

Plain = dict[str, Any]

MARGINS = ("negative", "positive", "close", {"value": "unclear", "note": "Two words."}, "not_done", "unknown")
STATUSES = (
    "given", "completed", "stopped", "ongoing", "planned", "refused", "recommended", "unknown", "unclear",
    "absent", "not_done", ("refused", "completed"), "silent",
)  # fmt: skip
FOLLOWED = (
    "27 months", "12-18 months", "<12 months", ">12 months", "several years", None, "~ 20 months", "2 years",
    "<=24 months", ">=3 months", "40 days",
)  # fmt: skip
DEATHS = ("11 months", "<=24 months", "6-9 months", ">5 months", None, "1 year")
RELAPSES = (
    (), ("8 months",), ("<=24 months",), ("6-10 months",), (None,), ("9 months", ">3 months"), ("-3 months",),
    ("several months",), ("0 months",),
)  # fmt: skip
SIZES: tuple[list[Plain], ...] = (
    [{"method": "mri", "size": "5 cm"}],
    [{"method": "mri", "size": "9 cm"}, {"method": "specimen", "size": "40 mm"}],
    [
        {"method": "mri", "size": "9 cm", "timing": "after_radiotherapy"},
        {"method": "ultrasound", "size": "6 cm"},
    ],
    [{"method": "mri", "size": "7 cm", "timing": "after_systemic_therapy"}],
    [{"method": "mri", "size": "<4 cm"}, {"method": "ultrasound", "size": "2-3 cm"}],
    [],
)
ZEROS = ("surgery", "surgery", "diagnosis", "surgery", "therapy_start", None, "local_recurrence")


def patients() -> dict[str, Plain]:
    """Id -> the record as it stands in the file."""
    return {f"sixty-{i:02}": _patient(i) for i in range(60)}


def written(world: World) -> dict[str, Plain]:
    """Writes the sixty into a world in the place of its own patients."""
    for file in (world.root / "cases").glob("*.yml"):
        file.unlink()
    records = patients()
    for id, record in records.items():
        world.write(f"cases/{id}.yml", yaml.safe_dump(record, sort_keys=False))
    return records


def _patient(i: int) -> Plain:
    record: Plain = {
        "source": "Chapter 3",
        "reports": [{"report": "vesper-2085", "label": f"sixty {i}", "role": "full"}],
        "patient": {"sex": ("female", "male", "unknown")[i % 3]},
        "lesions": _lesions(i),
        "events": [],
        "extraction": {"by": ["First Reader"], "date": "2090-02-03"},
    }
    if (zero := ZEROS[i % 7]) is not None:
        record["time_zero"] = zero
    if (surgeries := _surgeries(i)) is not None:
        record["surgeries"] = surgeries
    if i % 10 == 6:
        record["presentation"] = {"previous_operations": 1}
    record |= _radiotherapy(STATUSES[i % 13])
    record["pathology"] = [
        {"specimen": "resection", "immunohistochemistry": {"glow1": ("positive", "negative")[i % 2]}},
        {"specimen": "metastasis", "immunohistochemistry": {"glow1": "positive", "matt": "negative"}},
    ]
    return record | _course(i)


def _lesions(i: int) -> list[Plain]:
    primary: Plain = {"role": "primary", "origin": "nail_bed", "side": "left"}
    if SIZES[i % 6]:
        primary["sizes"] = SIZES[i % 6]
    other: Plain = {"role": "primary", "origin": "thumb_vein", "side": "right"}
    other["sizes"] = [{"method": "mri", "size": "8 cm"}]
    elsewhere = {"role": "metastasis", "side": "right", "sizes": [{"method": "mri", "size": "20 cm"}]}
    return [primary, *([other] if i % 15 == 0 else []), elsewhere]


def _surgeries(i: int) -> Any:
    def operation(lesion: str | None, at: str, margins: Any) -> Plain:
        made: Plain = {"at": at, "procedures": ["local_excision"], "margins": margins}
        made["organs"] = {"thumb_pulp": ("preserved", "removed")[i % 2]}
        made["vascular_control"] = [{"vessel": "thumb_vein", "occlusion": ("partial", "complete")[i % 2]}]
        if i % 3 == 0:
            made["reconstruction"] = [{"vessel": "thumb_vein", "technique": "suture"}]
        return made | ({} if lesion is None else {"lesion": lesion})

    margins = MARGINS[i % 6]
    match i % 10:
        case 0 | 1:
            return [operation(None if i % 10 else "primary", "0 months", margins)]
        case 2:
            return "not_done"
        case 3:
            return {"value": "absent", "note": "The report says that nobody operated."}
        case 4:
            return [
                operation("primary", "0 months", margins),
                operation("metastasis", "9 months", "positive"),
            ]
        case 5:
            return [
                operation("metastasis", "-2 months", "negative"),
                operation("primary", "0 months", margins),
            ]
        case 6:
            return [operation("recurrence", "0 months", "negative")]
        case 7:
            return [operation(None, "0 months", margins), operation(None, "9 months", "negative")]
        case 8:
            return [{"at": "0 months", "lesion": "primary"}]
    return None


def _radiotherapy(status: Any) -> Plain:
    if status == "silent":
        return {}
    if status in ("absent", "not_done"):
        return {"radiotherapy": status}
    courses = [status] if isinstance(status, str) else list(status)
    return {"radiotherapy": [{"dose": "10 Gy", "status": _said(one)} for one in courses]}


def _said(status: str) -> Any:
    return {"value": status, "note": "Left open."} if status == "unclear" else status


def _course(i: int) -> Plain:
    """The time line, the follow-up and the outcome."""
    events: list[Plain] = []
    outcome: Plain = {}
    relapses = RELAPSES[i % 9]
    for at in relapses:
        events.append({"event": "local_recurrence"} | ({"at": at} if at else {}))
    after_zero = [at for at in relapses if at is None or not at.startswith("-")]
    if after_zero:
        outcome["local_recurrence"] = "present"
    elif i % 4:
        outcome["local_recurrence"] = outcome["metastasis"] = "absent"
    if i % 4 == 1:
        outcome |= {"vital": "dead", "cause": "disease"}
        death = DEATHS[i % 6]
        events.append({"event": "death"} | ({"at": death} if death else {}))
    elif i % 4 == 3:
        outcome["vital"] = ("unknown", "withheld", {"value": "unclear", "note": "Two."})[i % 3]
    else:
        outcome |= {"vital": "alive", "disease": ("none", "present")[i % 3 % 2]}
    record: Plain = {"events": events, "outcome": outcome}
    if (last := FOLLOWED[i % 11]) is not None:
        record["follow_up"] = {"last_contact": last}
    if i % 12 == 3:
        record.setdefault("follow_up", {})["lost"] = "present"
    return record
