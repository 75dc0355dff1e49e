"""Lines that begin with a tag -> each tag with its text, in order.

Read here, for public readers of RIS and of PubMed's files drop what they do not expect: a second line of a
tag, a tag that they do not know, what stands before the first.
"""

from __future__ import annotations

import re

RIS = re.compile(r"\s{0,4}([A-Z][A-Z0-9]) {0,2}-(?: |$)(.*)")
PUBMED = re.compile(r"([A-Z]{2,4}) {0,2}-(?: |$)(.*)")
ENDNOTE = re.compile(r"%([A-Z0-9@+\[(!#$&*?~^<>)\]=/:;]) (.*)")


def tagged(text: str, line_of: re.Pattern[str]) -> list[tuple[str, str]]:
    """Every (tag, text) of a file; a line without a tag goes on with the one above it."""
    found: list[tuple[str, str]] = []
    for line in text.splitlines():
        if match := line_of.fullmatch(line):
            found.append((match[1], match[2].strip()))
        elif line.strip() and found:
            tag, before = found[-1]
            found[-1] = (tag, f"{before} {line.strip()}".strip())
        elif line.strip():
            found.append(("", line.strip()))
    return found
