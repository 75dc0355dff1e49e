"""A page as a reference in Vancouver style, BibTeX, RIS and CSL-JSON, after the papers that it rests on."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from build_tools.exports.references_bib import escaped
from build_tools.pages.citation import vancouver
from build_tools.pages.context import Context
from build_tools.pages.linked_data import linked_data
from build_tools.pages.page import url_of


@dataclass(frozen=True)
class CiteThis:
    """How to cite a page: `papers` are the original reports, all else is the page itself."""

    papers: tuple[str, ...]
    vancouver: str
    bibtex: str
    ris: str
    csl: str
    linked_data: Markup

    @property
    def forms(self) -> tuple[tuple[str, str], ...]:
        """The forms that programs read, by name."""
        return (("BibTeX", self.bibtex), ("RIS", self.ris), ("CSL-JSON", self.csl))


def cite_this(title: str, path: str, context: Context, papers: Iterable[str] = ()) -> CiteThis:
    """The reference of a page, with the data version and the day of its data, never of the build.

    The form of the words follows Citing Medicine (National Library of Medicine), chapter 25, for a part of a
    web site.
    """
    site, version, day = context.settings.name, context.data_version, context.last_change
    address = context.settings.address.rstrip("/") + "/" + url_of(path) if context.settings.address else ""
    key = re.sub(r"[^a-z0-9]+", "-", path.removesuffix(".md").removesuffix("/index").lower()).strip("-")
    words = f"{title}. In: {site} [Internet]. Data version {version}; {day}."
    bibtex = [f"@misc{{casebook-{key}", f"  title = {{{{{escaped(title)}}}}}"]
    bibtex += [f"  howpublished = {{In: {escaped(site)}}}", f"  note = {{Data version {version}, {day}}}"]
    ris = [("TY", "ELEC"), ("TI", title), ("T2", site), ("ET", f"Data version {version}")]
    csl: dict[str, object] = {"id": f"casebook-{key}", "type": "webpage", "title": title}
    csl |= {"container-title": site, "version": version}
    if day:
        bibtex.append(f"  year = {{{day[:4]}}}")
        ris += [("PY", day[:4]), ("DA", day.replace("-", "/"))]
        csl["issued"] = {"date-parts": [[int(part) for part in day.split("-")]]}
    if address:
        words += f" Available from: {address}"
        bibtex.append(f"  url = {{{address}}}")
        ris.append(("UR", address))
        csl["URL"] = address
    papers = tuple(papers)
    return CiteThis(
        tuple(vancouver(context.review.reports[id]) for id in papers),
        words,
        ",\n".join(bibtex) + "\n}",
        "".join(f"{tag}  - {value}\n" for tag, value in ris) + "ER  - ",
        json.dumps(csl, ensure_ascii=False),
        linked_data(title, path, context, papers),
    )
