"""What a page is, in schema.org's words, as JSON-LD: nothing that the page does not show."""

from __future__ import annotations

import json
from collections.abc import Iterable

from markupsafe import Markup

from build_tools.exports import cases_json, datapackage_json, tidy_xlsx
from build_tools.exports.datapackage_json import LICENCE
from build_tools.pages.context import Context
from build_tools.pages.page import relative_url, url_of
from build_tools.records.report import Report

DATA_PAGE = "data/index.md"
_FORMS = {
    cases_json.PATH: "application/json",
    tidy_xlsx.PATH: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    datapackage_json.PATH: "application/json",
}
_SAFE = {"<": "\\u003c", ">": "\\u003e", "&": "\\u0026", "}}": "} }", "{{": "{ {"}
"""Signs that would end the script, and pairs that look like an open blank."""


def linked_data(title: str, path: str, context: Context, papers: Iterable[str] = ()) -> Markup:
    """The script of a page; addresses are counted from the page where the site's own is not known."""
    articles = [_article(context.review.reports[id]) for id in papers]
    page: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "Dataset" if path == DATA_PAGE else "MedicalWebPage",
        "name": title,
        "isPartOf": {"@type": "WebSite", "name": context.settings.name},
        "license": LICENCE["path"],
        "version": context.data_version,
    }
    if context.last_change:
        page["dateModified"] = context.last_change
    if context.settings.address:
        page["url"] = _address(path, context)
    if path == DATA_PAGE:
        page |= {"description": context.settings.description, "distribution": _files(path)}
        page["isPartOf"] = {"@type": "DataCatalog", "name": context.settings.name}
    else:
        page["audience"] = {"@type": "MedicalAudience", "audienceType": "Clinician"}
    if path.startswith("reports/") and articles:
        page["mainEntity"] = articles[0]
    elif articles:
        page["citation"] = articles
    text = json.dumps(page, ensure_ascii=False)
    for sign, safe in _SAFE.items():
        while sign in text:
            text = text.replace(sign, safe)
    return Markup(f'<script type="application/ld+json">{text}</script>')


def _address(path: str, context: Context) -> str:
    return context.settings.address.rstrip("/") + "/" + url_of(path)


def _files(path: str) -> list[dict[str, str]]:
    return [
        {"@type": "DataDownload", "contentUrl": relative_url(file, path), "encodingFormat": form}
        for file, form in _FORMS.items()
    ]


def _article(report: Report) -> dict[str, object]:
    """A paper; what is not known of it is left out."""
    article: dict[str, object] = {"@type": "MedicalScholarlyArticle"}
    if report.title:
        article["headline"] = report.title
    if report.authors:
        names = (" ".join(part for part in (a.given, a.family, a.suffix) if part) for a in report.authors)
        article["author"] = [{"@type": "Person", "name": name} for name in names]
    if report.year:
        article["datePublished"] = str(report.year)
    if report.container_title:
        article["isPartOf"] = {"@type": "Periodical", "name": report.container_title}
    if report.doi:
        article["sameAs"] = f"https://doi.org/{report.doi}"
    if report.design.startswith("case_report"):
        article["publicationType"] = "Case Reports"
    return article
