"""What a change does, in words: a headline in order of worth, then everything, as text or Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from build_tools.impact.change import Change, Impact
from build_tools.impact.estimates import FOLLOW_UP, MONTHS, PATIENTS, POOLED
from build_tools.problems.problem import printable
from build_tools.review.facts import lower_first

LONGEST_VALUE = 240
LONGEST_SECTION = 60_000
"""How many characters a section of the Markdown may have: a job summary holds a megabyte and no more."""
MOST_GROUPS = 3
SHARE = re.compile(r"\d+/\d+")
UNITS = (MONTHS, PATIENTS)
SIGNS = "".join(c for c in map(chr, range(33, 127)) if not c.isalnum() and c not in ",;")
ENTITIES = str.maketrans({sign: f"&#{ord(sign)};" for sign in SIGNS})
ENTITIES[ord("@")] = "&#64;&#8288;"  # a name behind it is no longer one, so that nobody is called


def headline(impact: Impact) -> str:
    """The change in a sentence: patients and facts, then the estimates that move."""
    if not impact.sections:
        return "No record changes." if impact.not_made else "Nothing changes."
    done, moved = ", ".join(_deeds(impact)), "; ".join(_moves(impact.estimates))
    done = done or "changes no patient and no fact"
    return f"{done[0].upper()}{done[1:]}{': ' if moved else ''}{moved}."


def as_text(impact: Impact) -> str:
    """The whole for a terminal: plain lines, one a change."""
    lines = [headline(impact), *_not_made(impact), "", f"Against {impact.base}:"]
    lines += [f"  {counted.name}: {counted.old} -> {counted.new}" for counted in impact.counts]
    for title, changes in impact.sections.items():
        lines += ["", f"{title} ({len(changes)})"]
        lines += ["  " + _line(change) for change in changes]
    return "".join(printable(line, 2_000) + "\n" for line in lines)


def as_markdown(impact: Impact) -> str:
    """The whole for the summary of a job; what stands in files is code there, and never markup."""
    lines = [f"**{_plain(headline(impact))}**", ""]
    lines += [f"{_plain(said)}\n" for said in _not_made(impact)]
    lines += [f"Against {_code(impact.base)}:", ""]
    lines += ["| | before | after |", "|---|--:|--:|"]
    lines += [f"| {counted.name} | {counted.old} | {counted.new} |" for counted in impact.counts]
    for title, changes in impact.sections.items():
        lines += ["", f"<details><summary>{title}: {len(changes)}</summary>", ""]
        lines += [*_capped([f"- {_code(_line(change))}" for change in changes]), "", "</details>"]
    return "\n".join(lines) + "\n"


def nothing_compared(base: str, why: str, *, markdown: bool) -> str:
    """The one sentence for an older casebook that can't be read."""
    said = f"Nothing was compared: the casebook of {printable(base, 80)} can't be read; {why}"
    return _plain(said) if markdown else printable(said, 1_000)


def _not_made(impact: Impact) -> Iterator[str]:
    if impact.not_made:
        yield f"Tables and pages were not compared: those of {impact.base} can't be made; {impact.not_made}"


def _deeds(impact: Impact) -> Iterator[str]:
    for verb, count, noun in (
        ("adds", sum(not change.old for change in impact.patients), "patient"),
        ("removes", sum(not change.new for change in impact.patients), "patient"),
        ("changes", len(impact.facts), "fact"),
    ):
        if count:
            yield f"{verb} {count} {noun}{'s' if count > 1 else ''}"


def _moves(estimates: Iterable[Change]) -> Iterator[str]:
    """Shares and follow-up that move, arm by arm, then of estimates without arms; of one name the first."""
    groups: dict[tuple[bool, str], dict[str, str]] = {}
    for change in estimates:
        title, *arms, name = change.where
        group = arms[0] if arms else title
        counts = SHARE.fullmatch(change.old) and SHARE.fullmatch(change.new) and group != POOLED
        known = name == FOLLOW_UP and change.old.endswith(MONTHS) and change.new.endswith(MONTHS)
        if counts or known:
            moved = groups.setdefault((not arms, group), {})
            moved.setdefault(name, f"{name} {_arrow(change.old, change.new)}")
    for (_, group), moved in sorted(groups.items(), key=lambda item: item[0][0])[:MOST_GROUPS]:
        yield f"{lower_first(group)}: {', '.join(moved.values())}"


def _line(change: Change) -> str:
    where = ": ".join(change.where)
    if not change.old or not change.new:
        what = f"{'added' if change.new else 'gone'}: {_short(change.new or change.old)}"
    elif change.old == change.new:
        what = "changed"
    else:
        what = _arrow(*_from_the_difference(change.old, change.new))
    line = f"{where}: {what}" + (f" [{_short(change.place)}]" if change.place else "")
    return line.replace("\u00a0", " ")


def _capped(lines: Sequence[str]) -> Iterator[str]:
    """As many lines as a section holds, and how many are left out."""
    length = 0
    for i, line in enumerate(lines):
        length += len(line)
        if length > LONGEST_SECTION:
            yield f"- and {len(lines) - i} more, which `casebook impact` prints"
            return
        yield line


def _arrow(old: str, new: str) -> str:
    """Old and new, their unit said once."""
    for unit in UNITS:
        if old.endswith(unit) and new.endswith(unit):
            old = old.removesuffix(unit)
    return f"{old} -> {new}"


def _from_the_difference(old: str, new: str) -> tuple[str, str]:
    """Two texts shortened so that what differs is seen, however late it comes."""
    if max(len(old), len(new)) <= LONGEST_VALUE:
        return old, new
    start = max(0, _same_until(old, new) - 40)
    mark = "…" if start else ""
    return _short(mark + old[start:]), _short(mark + new[start:])


def _same_until(old: str, new: str) -> int:
    """How many letters two texts begin with that are the same."""
    differing = (i for i, (one, other) in enumerate(zip(old, new, strict=False)) if one != other)
    return next(differing, min(len(old), len(new)))


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_VALUE else text[: LONGEST_VALUE - 1] + "…"


def _plain(text: str) -> str:
    """Text in which no sign is markup."""
    return printable(text, 2_000).translate(ENTITIES)


def _code(text: str) -> str:
    """Text as code, in which nobody is called by name either."""
    return f"<code>{_plain(text)}</code>"
