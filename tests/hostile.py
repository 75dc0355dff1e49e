"""Texts that a stranger could write into a file, and a casebook that holds them wherever text may stand."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import replace
from functools import cache
from itertools import chain, cycle
from pathlib import Path
from typing import Any
from unittest.mock import patch

from build_tools.publishing.generate import Site, generate
from build_tools.reading.records import Files, RecordFile, read_all, validate
from build_tools.reading.yaml_tree import Key, Tree
from build_tools.records.terms import Vocabulary
from build_tools.records.values import WRITTEN_STATES
from build_tools.review.review import Review, link
from tests.world import EXAMPLE, World

SCRIPTS = (
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "<svg onload=alert(1)>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<details open ontoggle=alert(1)>",
    "</p></dd></article><h1 onclick=alert(1)>",
    "<!-- <script> --> alert(1)",
    "<![CDATA[<script>alert(1)</script>]]>",
    '" onmouseover="alert(1)',
    "' autofocus onfocus='alert(1)",
    '"><img src=x onerror=alert(1)>',
    "`onmouseover=alert(1)`",
    "[x](javascript:alert(1))",
    "![x](x){ onerror=alert(1) }",
    "[x][1] and [1]: javascript:alert(1)",
    "<javascript:alert(1)>",
    "<a href='https://evil.example'>good</a>",
    "&lt;img src=x onerror=alert(1)&gt;",
    "&#60;script&#62;alert(1)&#60;/script&#62;",
    "&amp;lt;script&amp;gt;",
    r"$\href{javascript:alert(1)}{x}$",
    r"\(\href{javascript:alert(1)}{y}\)",
    "%{customdata.x} %{y} <br> <b>x</b>",
)
"""Each would run something if it ever became markup."""

TEMPLATES = (
    "{{ 7*7 }}",
    "{% raw %} {{ 7*7 }}",
    "{% include 'case.html' %}",
    "{# gone #} stays",
    "${{ github.token }}",
    "{{ cycler.__init__.__globals__.os.popen('id').read() }}",
    '--8<-- "mkdocs.yml"',
    "=1+1|cmd",
    "@SUM(1,1)",
    "::error file=x::taken over",
)
"""Each would be computed or replaced if a template or a spreadsheet ever read it."""

CLINICAL = (
    ">5 cm in CT",
    "- negative",
    "+ positive",
    "10. 5 cm wide",
    "5~6~7 and ~~8~~",
    "{--not--} malignant, {++so++}",
    "--not-- (c) +/- 1/2",
    "2*3*4 and **5** and _6_ and __7__",
    "p<b and c>d",
    "CD34 <focal> positive",
    "| a | b |",
    "# not a heading",
    "=== not a heading",
    "Age: 45",
    "*[LMS]: leiomyosarcoma",
    "[^1] and ^2^ and H~2~O",
    ":smile: :warning:",
    r"C:\new\table \* \n",
    "!!! note",
    "``` mermaid",
    "~~~ and --- and ***",
    "| --- |",
    "https://example.org/x?a=1&b=2 or www.example.org",
    "@someone on a line",
    "Grüße, Kołodziejski, Ångström",
    "平滑筋肉腫 и лейомиосаркома",
    "ساركوما ملساء",
    "λειομυοσάρκωμα, p ≤ 0·05, 5 µm",
    "🩻 👩🏽 ok",
    "' \" ” ’ ‚ ´",
)
"""Each is what a report may say, and each loses something where Markdown reads it."""

TEXTS = SCRIPTS + TEMPLATES + CLINICAL


OUTLAWS = """() => {
  const all = [], walk = node => {
    for (const e of node.querySelectorAll("*")) { all.push(e); if (e.shadowRoot) walk(e.shadowRoot); }
  };
  walk(document);
  const to = e => (e.getAttribute("href") || "") + (e.getAttribute("xlink:href") || "");
  const bad = e =>
    e.matches("iframe, object, embed, article img:not([src^='../data/charts/']), img[src='x']") ||
    (e.matches("script:not([type='application/ld+json'])") && e.textContent.includes("alert(1)")) ||
    (e.matches("a") && /^(javascript|data):|^[^#]*evil\\.example/i.test(to(e))) ||
    Array.from(e.attributes).some(a => /^on/i.test(a.name));
  return all.filter(bad).map(e => e.outerHTML.slice(0, 120));
}"""
"""Elements of a page that only a text that has become markup can have made; a script for the browser."""

CONDITIONS = {"where", "holds"}
"""Blocks whose texts are terms that a rule looks up."""


@cache
def _files() -> Files:
    return read_all(EXAMPLE)


def _leaves(value: object, path: Key = ()) -> Iterator[tuple[Key, str]]:
    if isinstance(value, dict | list):
        for step, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _leaves(inner, (*path, step))
    elif isinstance(value, str):
        yield path, value


def _put(data: Any, path: Key, value: object) -> Any:
    """The data with another value at one place."""
    data = deepcopy(data)
    here = data
    for step in path[:-1]:
        here = here[step]
    here[path[-1]] = value
    return data


def _after_id(old: str, text: str) -> str:
    """A text in the place of an old one; the id of a report before a place stays."""
    id = re.match(r"[a-z0-9]+(-[a-z0-9]+)*: ", old)
    return (id[0] if id else "") + text


@cache
def _free(kind: str, id: str) -> tuple[tuple[Key, str], ...]:
    """Where any text may stand in a record of the example: whatever the model lets through."""
    files = _files()
    file = files.records[kind][id]

    def takes(path: Key, old: str) -> bool:
        if old in WRITTEN_STATES:  # a state is no text, and a rule may hold it there
            return False
        tree = Tree(_put(file.tree.data, path, _after_id(old, SCRIPTS[0])))
        return validate(file.file, tree, file.kind.model, files.vocabularies)[0] is not None

    return tuple(leaf for leaf in _leaves(file.tree.data) if not CONDITIONS & {*leaf[0]} and takes(*leaf))


def _read(file: RecordFile, data: Any, files: Files) -> RecordFile:
    record, problems = validate(file.file, Tree(data), file.kind.model, files.vocabularies)
    assert record is not None, problems
    return replace(file, record=record, tree=Tree(data))


def _rewritten(file: RecordFile, text: Callable[[], str], files: Files) -> RecordFile:
    data = file.tree.data
    for path, old in _free(file.kind.name, file.id):
        data = _put(data, path, _after_id(old, text()))
    return _read(file, data, files)


def rewrite(text: Callable[[], str], *, terms_too: bool = False) -> Files:
    """The example with `text()` wherever a file may hold any text; in vocabularies only if asked for."""
    files = _files()
    records: dict[str, dict[str, RecordFile]] = {}
    for kind, found in files.records.items():
        if kind == "vocabulary" and not terms_too:
            records[kind] = dict(found)
        else:
            records[kind] = {id: _rewritten(file, text, files) for id, file in found.items()}
    vocabularies = {
        id: file.record for id, file in records["vocabulary"].items() if isinstance(file.record, Vocabulary)
    }
    return replace(files, records=records, vocabularies=vocabularies)


def review_of(text: str) -> Review:
    """The example's review with one text in every free place of every file but the vocabularies."""
    return link(rewrite(lambda: text))


def hostile_to_the_last_term() -> Review:
    """The example's review with the texts, one after the other, in every free place of every file."""
    texts = cycle(TEXTS)
    return link(rewrite(lambda: next(texts), terms_too=True))


def review_with(record: tuple[str, str], path: Key, value: object) -> Review:
    """The example's review with another value at one place of one record."""
    files, (kind, id) = _files(), record
    file = files.records[kind][id]
    changed = _read(file, _put(file.tree.data, path, value), files)
    return link(replace(files, records={**files.records, kind: {**files.records[kind], id: changed}}))


def site_of(review: Review, root: Path = EXAMPLE) -> Site:
    """All pages and files of a review that stands in no folder, framed by the written pages of one."""
    with (
        patch("build_tools.publishing.generate.check_all", return_value=(review, [])),
        patch("build_tools.publishing.generate.schemas", return_value={}),
    ):
        return generate(root)


def hostile_world(world: World) -> World:
    """Writes the texts, one after the other, into every free place of every file of a world.

    From the second round on each has a number behind it, for no vocabulary may hold a name twice.
    """
    later = (f"{text} {number}" for number, text in enumerate(cycle(TEXTS), 1000))
    texts = chain(TEXTS, later)
    for found in rewrite(lambda: next(texts), terms_too=True).records.values():
        for file in found.values():
            # JSON is YAML with every text in quotes.
            world.write(file.file, json.dumps(file.tree.data, ensure_ascii=False, indent=1) + "\n")
    return world
