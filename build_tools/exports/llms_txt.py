"""`llms.txt` (llmstxt.org): what a program that reads text finds here, and how to cite it."""

from __future__ import annotations

from build_tools.exports import case_text
from build_tools.reading.settings import Settings
from build_tools.review.review import Review

PATH = "llms.txt"
_DATA = {
    "data/cases.json": "every value of every case with its state and source",
    "data/datapackage.json": "the tidy tables (CSV), each column and missing value explained",
    "data/casebook.xlsx": "the same tables in one workbook with a dictionary",
    "data/estimates.json": "every estimate with its method and patients",
    "data/references.json": "the reports as CSL-JSON",
    "data/phenopackets.json": "GA4GH Phenopackets, lossy",
    "data/openapi.json": "all of these addresses as OpenAPI",
}


def text(review: Review, settings: Settings, version: str) -> str:
    """Addresses are counted from the site's root where its own is not known."""
    root = settings.address.rstrip("/") + "/" if settings.address else ""
    lines = [
        f"# {settings.name}",
        "",
        f"> {' '.join(settings.description.split())}",
        "",
        f"Data version {version}. Cite the original paper of each patient first, then this review with its",
        "data version. What is not reported and what is not extracted are told apart. No medical advice.",
        "",
        "## Data",
        "",
        *(f"- [{path.rpartition('/')[2]}]({root}{path}): {what}" for path, what in _DATA.items()),
        "",
        "## Cases",
        "",
        *(f"- [{review.names_apart[c.id]}]({root}{case_text.path(c)})" for c in review.cases.values()),
    ]
    return "\n".join(lines) + "\n"
