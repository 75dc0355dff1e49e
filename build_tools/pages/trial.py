"""A page a trial: what it found, what each report claims of it, and how the claims stand."""

from __future__ import annotations

from build_tools.pages.cite_this import cite_this
from build_tools.pages.context import Context
from build_tools.pages.page import Page, relative_url
from build_tools.templates.rendering import render


def page(id: str, context: Context) -> Page:
    """The page of one trial."""
    path = f"trials/{id}.md"
    trial = context.review.trials[id]
    file = context.review.files.records["trial"][id].file
    body = render(
        "trial.html",
        trial=trial,
        context=context,
        file=file,
        page=path,
        cite=cite_this(trial.title, path, context),
        link=lambda target: relative_url(target, path),
    )
    words = f"{trial.title}: what reports claim and what was found."
    return Page(path, trial.title, words, body, file, True, ("navigation", "toc"))
