"""A report: one publication that this review has read, or knows of."""

from __future__ import annotations

import re
from typing import Annotated, Literal
from urllib.parse import unquote

from pydantic import AfterValidator, Field, StringConstraints, WithJsonSchema

from build_tools.records.messages import MESSAGES, wrong
from build_tools.records.terms import From, Term
from build_tools.records.values import Day, Record, Rows, Text, said

# A name can stand in a page's title, where a theme may undo escaping: letters and name signs only.
NAME_FORM = r"^[^\W\d_](?:[^\W\d_]|[ .'’-])*$"
_HYPHENS = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2014"), "-")


def _name(written: str) -> str:
    if re.search(NAME_FORM, written):
        return written
    mended = written.translate(_HYPHENS)
    if re.search(NAME_FORM, mended):
        raise wrong("other_hyphen", shown=repr(written), mended=repr(mended))
    other = next((sign for sign in written if not re.fullmatch(r"[^\W\d_]|[ .'’-]", sign)), written[:1])
    raise wrong("not_a_name", shown=repr(written), sign=repr(other))


Name = Annotated[
    str,
    StringConstraints(min_length=1, max_length=80),
    AfterValidator(_name),
    WithJsonSchema(
        {
            "type": "string",
            "pattern": NAME_FORM,
            "patternErrorMessage": f"{MESSAGES['not_a_name'][1]}.",
            "maxLength": 80,
        }
    ),
]

# Crossref has registered SICI forms, with <449::AID-JCC9> or [0001:ATFM] in them, and odd check signs.
_SICI = r"<[a-z0-9.]*:[a-z0-9.:-]*>|\[[a-z0-9.]*:[a-z0-9.:-]*\]"
DOI_FORM = rf"^10\.\d{{4,9}}(?:\.\d+)*/(?:[a-z0-9._;()/:#+,=*@~!$&-]|{_SICI})+$"


def _doi(written: str) -> str:
    """Refused with the DOI to write, where the text holds one."""
    if re.search(DOI_FORM, written):
        return written
    inside = re.search(r"10\.\d{4,9}(?:\.\d+)*/\S+", unquote(written).lower())
    mended = re.split(r"[?]", inside[0])[0].rstrip(".,;") if inside else ""
    if re.search(DOI_FORM, mended):
        raise wrong("doi_not_alone", shown=repr(written), mended=mended)
    raise wrong("not_a_doi", shown=repr(written))


Doi = Annotated[
    str,
    AfterValidator(_doi),
    WithJsonSchema(
        {"type": "string", "pattern": DOI_FORM, "patternErrorMessage": f"{MESSAGES['not_a_doi'][1]}."}
    ),
]
ReportType = Literal["article-journal", "article", "chapter", "paper-conference", "thesis"]

Answer = Literal["yes", "no", "unclear", "not_applicable"]


class Author(Record):
    """One author, as citations print the name."""

    family: Name = Field(title="Family name", description="Family name.")
    given: Name | None = said("Given names", "Given names or initials.")
    suffix: Annotated[str, StringConstraints(pattern=r"^[^\W_](?:[^\W_]|[ .])*$", max_length=20)] | None = (
        said("Suffix", "What follows the name, such as Jr or III; no degree.")
    )


class Retraction(Record):
    """Whether the report still stands."""

    state: Literal["none_found", "not_checked", "corrected", "concern", "retracted", "withdrawn"] = Field(
        title="State", description="What was found when someone looked."
    )
    checked: Day | None = said("Checked", "The day someone looked, in quotes.")
    note: Text | None = said("Note", "What was found and where.")


class Report(Record):
    """One publication. The file's name is the report's id. What is not known is left out, never guessed."""

    type: ReportType = Field(
        title="Type",
        description="The CSL type; a preprint is 'article', an abstract of a meeting 'paper-conference'.",
    )
    design: Literal[
        "case_report", "case_series", "case_report_with_review", "review", "trial", "registry", "unknown"
    ] = Field(title="Design", description="What kind of study it is.")
    label: (
        Annotated[str, StringConstraints(pattern=r"^[^\W_](?:[^\W_]|[ .'’()-])*$", max_length=40)] | None
    ) = said("Label", "What pages call the report where its authors or year are not known.")
    title: Text | None = said("Title", "The title as printed.")
    authors: Rows[Author] = Field(default=(), title="Authors", description="The authors in order.")
    authors_complete: bool = Field(
        default=True, title="All authors known", description="false when only some of the authors are known."
    )
    year: int | None = Field(
        default=None,
        ge=1800,
        le=2100,
        title="Year",
        description="Year of publication; left out when unknown.",
    )
    container_title: Text | None = said("Journal", "The journal, book or preprint server.")
    volume: Text | None = said("Volume", "Volume as printed, in quotes.")
    issue: Text | None = said("Issue", "Issue as printed, in quotes.")
    page: Text | None = said("Pages", "Pages or article number, in quotes.")
    doi: Doi | None = said("DOI", "The DOI alone, in small letters, without https.")
    pmid: Annotated[str, StringConstraints(pattern=r"^\d{1,9}$")] | None = said(
        "PubMed id", "The PubMed id, in quotes."
    )
    pmcid: Annotated[str, StringConstraints(pattern=r"^PMC\d{1,9}$")] | None = said(
        "PMC id", "The PubMed Central id."
    )
    licence: Text | None = said("Licence", "Licence of the text, if stated.")
    institution: Text | None = said("Institution", "Where the authors work, as the report prints it.")
    read: Literal["full", "text_only", "abstract", "excerpt", "secondary"] = Field(
        title="Read",
        description="How much was read: full; text_only (tables or figures missing); abstract; excerpt; "
        "secondary (known only from another report).",
    )
    reading_note: Text | None = said("Reading note", "What was missing when it was read.")
    retraction: Retraction = Field(title="Retraction", description=Retraction.__doc__)
    care: dict[Annotated[Term, From("care_item")], Answer] = Field(
        default={}, title="CARE", description="Which items of the CARE guideline the report covers."
    )
    jbi: dict[Annotated[Term, From("jbi_item")], Answer] = Field(
        default={},
        title="JBI",
        description="Answers to the JBI appraisal questions for its design; never summed to a score.",
    )
    caveats: Rows[Text] = Field(
        default=(),
        title="Read with care",
        description="Contradictions and slips in the report that a reader should know, in your own words.",
    )


READ = {
    "full": "read in full",
    "text_only": "text read; tables or figures were missing",
    "abstract": "abstract read",
    "excerpt": "an excerpt read",
    "secondary": "not read; known from another report",
}
"""How much of a report was read, in words."""
DESIGNS = {
    "case_report": "case report",
    "case_series": "case series",
    "case_report_with_review": "case report with a review of published cases",
    "review": "review",
    "trial": "trial",
    "registry": "registry",
    "unknown": "not known",
}
"""What kind of study a report is, in words."""
