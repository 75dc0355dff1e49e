"""Which files the check of some case files rests on: those cases, and whatever else may bear on them.

A rule over the review looks from a case to its reports, to the cases that it names or that name it, to other
patients of its reports, and to patients who may be the same person. All others are left unread. What can't be
told from the text of a file for sure makes the answer a yes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from build_tools.records import Kind

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_PATIENT = re.compile(r"^patient:\n((?:(?: .*)?\n)+)", re.M)
_AGE = re.compile(r"^  age: (?:\{value: )?\"?(\d{1,3})\+?\"?(?= *(?:$|[,}#]))", re.M)


def files_for(root: Path, cases: frozenset[str]) -> Callable[[Kind, Path], bool] | None:
    """Whether a file has to be read to check the cases of these ids; None if all have to be.

    Besides cases, vocabularies bear on a case, and of the reports those that it names.
    """
    texts = _texts(root / "cases")
    if not cases <= texts.keys():
        return None
    ids = {id: frozenset(_ID.findall(text)) for id, text in texts.items()}
    reports = frozenset(path.stem for path in (root / "content" / "reports").glob("*.yml"))
    own = frozenset[str]().union(*(ids[id] for id in cases))
    ages = {_age(texts[id]) for id in cases}
    if None in ages:
        return None
    needed = {
        id
        for id, text in texts.items()
        if id in cases or ids[id] & (cases | own & reports) or id in own or _alike(_age(text), ages)
    }
    needed |= {other for id in needed for other in ids[id] & texts.keys()}
    if any("\\" in texts[id] for id in needed):
        return None  # an escape can write any of this in another way
    named = frozenset[str]().union(*(ids[id] for id in needed))

    def is_needed(kind: Kind, path: Path) -> bool:
        if kind.name == "case":
            return path.stem in needed
        return kind.name == "vocabulary" or (kind.name == "report" and path.stem in named)

    return is_needed


def _texts(folder: Path) -> Mapping[str, str]:
    """The text of each file of cases by its id, if only there is one that can be read."""
    found = {}
    for path in folder.glob("*.yml"):
        if path.is_file() and not path.is_symlink():
            found[path.stem] = path.read_bytes().decode("utf-8", errors="replace").replace("\r\n", "\n")
    return found


def _age(text: str) -> int | None:
    """The patient's age in years, if it stands in its usual place and form and nothing else can be meant."""
    blocks = _PATIENT.findall(text)
    ages = _AGE.findall(blocks[0]) if len(blocks) == 1 else []
    return int(ages[0]) if len(ages) == 1 and blocks[0].count("age:") == 1 else None


def _alike(age: int | None, ages: set[int | None]) -> bool:
    return age is None or any(other is not None and abs(age - other) <= 1 for other in ages)
