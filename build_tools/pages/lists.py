"""Lists that written pages place: reports, treatments, trials, disagreements, gaps, rules and more."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from markupsafe import Markup

from build_tools.analysis import agreement
from build_tools.checks.rulebook import CHAPTERS, entries
from build_tools.exports import form_json, rows_csv
from build_tools.pages.citation import vancouver
from build_tools.pages.context import Context
from build_tools.pages.page import Download, relative_url
from build_tools.pages.regimen import courses
from build_tools.records.notice import STANDING
from build_tools.records.regimen import Regimen
from build_tools.records.report import READ, Report
from build_tools.records.statement import Statement
from build_tools.records.values import MEANINGS, Block, State
from build_tools.review.facts import Fact
from build_tools.review.review import PublishedCase
from build_tools.templates.rendering import render


@dataclass(frozen=True)
class Made:
    """A list as HTML, and the files that belong to it."""

    html: Markup
    downloads: list[Download] = field(default_factory=list)


List = Callable[[Context, str], Made]


def _made(template: str, context: Context, page: str, **values: object) -> Made:
    return Made(
        render(template, context=context, page=page, link=lambda target: relative_url(target, page), **values)
    )


def _with_csv(made: Made, name: str, heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> Made:
    return Made(made.html, [Download.of(rows_csv.path(name), rows_csv.text(heads, rows))])


def report_list(context: Context, page: str) -> Made:
    """Every report with its reference and its patients."""
    rows = [
        (id, context.report_name(id), vancouver(report), _standing(report), len(context.review.cases_of(id)))
        for id, report in sorted(
            context.review.reports.items(), key=lambda item: (item[1].read == "secondary", item[0])
        )
    ]
    return _made("report_list.html", context, page, rows=rows)


def _standing(report: Report) -> str:
    """How much of a report was read, and whether it still stands."""
    standing = STANDING.get(report.retraction.state)
    return f"{standing}; {READ[report.read]}" if standing else READ[report.read]


def regimen_list(context: Context, page: str) -> Made:
    """Every treatment by group, with its settings and how many published patients received it."""
    known = context.review.vocabularies["treatment_group"].terms if context.review.regimens else {}
    groups: dict[str, list[tuple[str, Regimen, list[str], int]]] = {
        entry.label: [] for entry in known.values()
    }
    for id, regimen in context.review.regimens.items():
        group = context.review.label("treatment_group", regimen.group) if regimen.group else "Other"
        settings = [context.review.label("therapy_timing", setting) for setting in regimen.settings]
        patients = len({course.case.id for course in courses(id, context)})
        groups.setdefault(group, []).append((id, regimen, settings, patients))
    groups = {group: rows for group, rows in groups.items() if rows}
    return _made("regimen_list.html", context, page, groups=groups)


def statement_list(statements: Mapping[str, Statement], context: Context, page: str) -> Markup:
    """Statements with who says so, who says otherwise and who qualifies them."""
    return _made("statement_list.html", context, page, statements=statements).html


def trial_table(context: Context, page: str) -> Made:
    """Every claim that reports make of a trial, a row each: the verdict on it and what was found."""
    trials = context.review.trials
    rows = [
        (
            trial.title,
            context.review.label("trial_design", trial.design),
            str(trial.patients) if trial.patients else "not reported",
            "; ".join(f"{name}, {place}" for name, place, _ in context.places(claim.source, page)),
            claim.text,
            context.review.label("verdict", claim.verdict),
            claim.why or "",
            trial.checked.finding,
        )
        for trial in trials.values()
        for claim in trial.claims
    ]
    heads = ("Trial", "Design", "Patients", "Source", "Claim", "Verdict", "Why", "What was found")
    return _with_csv(_made("trial_table.html", context, page, trials=trials), "trials", heads, rows)


def differential_table(context: Context, page: str) -> Made:
    """Every disease that reports tell the tumour apart from, with the features that tell it apart."""
    statements = {
        id: statement
        for id, statement in context.review.statements.items()
        if statement.kind == "differential_diagnosis" and statement.diagnosis is not None
    }
    suspected: dict[str, list[tuple[PublishedCase, Fact]]] = {}
    for case in context.review.cases.values():
        for fact in case.find("diagnosis.suspected"):
            for suspicion in fact.children:
                suspected.setdefault(str(suspicion.term), []).append((case, suspicion))
    rows = [
        (
            context.review.label("diagnosis", str(s.diagnosis)),
            s.title,
            "; ".join(s.points),
            "; ".join(context.report_name(p.report or "") for x in s.supported_by for p in x.source),
            "; ".join(
                f"{case.id} ({', '.join(f'{s.report}: {s.place}' for s in fact.sources)})"
                for case, fact in suspected.get(str(s.diagnosis), [])
            ),
        )
        for s in statements.values()
    ]
    heads = ("Diagnosis", "Statement", "Features", "Reports", "Suspected in patients")
    made = _made("differential_table.html", context, page, statements=statements, suspected=suspected)
    return _with_csv(made, "differential-diagnosis", heads, rows)


def disagreements(context: Context, page: str) -> Made:
    """Where reports contradict each other or themselves: statements and values of cases."""
    statements = {id: s for id, s in context.review.statements.items() if s.contradicted_by}
    qualified = {
        id: s for id, s in context.review.statements.items() if s.qualified_by and not s.contradicted_by
    }
    values = [
        (case, [fact for top in case.facts for fact in top.walk() if fact.claims])
        for case in context.review.cases.values()
    ]
    unclear = [
        (case, [fact for top in case.facts for fact in top.walk() if _is_unclear(fact)])
        for case in context.review.cases.values()
    ]
    caveats = {id: report for id, report in context.review.reports.items() if report.caveats}
    return _made(
        "disagreements.html",
        context,
        page,
        statements=statements,
        qualified=qualified,
        values=[(case, facts) for case, facts in values if facts],
        unclear=[(case, facts) for case, facts in unclear if facts],
        caveats=caveats,
    )


def _is_unclear(fact: Fact) -> bool:
    return fact.state is State.UNCLEAR and not fact.claims


def identity_ledger(context: Context, page: str) -> Made:
    """Patients that more than one report may describe, with the evidence on both sides."""
    cases = [case for case in context.review.cases.values() if case.record.identity]
    return _made("identity_ledger.html", context, page, cases=cases)


@dataclass(frozen=True)
class Coverage:
    """How much is known of one field: the number of cases that say something, of all."""

    title: str
    known: tuple[PublishedCase, ...]
    silent: tuple[PublishedCase, ...]


def completeness(context: Context, page: str) -> Made:
    """What is missing: by field, by case, and by item of the CARE guideline and the JBI questions."""
    cases = tuple(context.review.cases.values())
    read = tuple(case for case in cases if not _only_secondary(case))
    sections: list[tuple[str, list[Coverage]]] = []
    for top in cases[0].facts if cases else ():
        names = {
            f.path.rpartition(".")[2]: f.title
            for case in cases
            for t in case.facts
            if t.path == top.path
            for f in ((t,) if t.path != "patient" and not _is_block(t) else t.children)
        }
        rows = []
        for name, title in names.items():
            field = top.path if name == top.path else f"{top.path}.{name}"
            known = tuple(c for c in read if any(not f.missing for f in c.find(field)))
            rows.append(Coverage(title, known, tuple(c for c in read if c not in known)))
        sections.append((top.title, rows))
    per_case = [(case, *_known_of(case)) for case in cases]
    reports = {id: r for id, r in context.review.reports.items() if r.read != "secondary"}
    return _made(
        "completeness.html",
        context,
        page,
        sections=[(title, rows) for title, rows in sections if rows],
        read=read,
        per_case=per_case,
        reports=reports,
        care=context.review.vocabularies["care_item"].terms,
        jbi=context.review.vocabularies["jbi_item"].terms,
    )


def _is_block(fact: Fact) -> bool:
    return bool(fact.children) and not fact.children[0].path.endswith("]")


def _only_secondary(case: PublishedCase) -> bool:
    return all(link.role == "secondary" for link in case.record.reports)


def _known_of(case: PublishedCase) -> tuple[int, int]:
    """How many of the fields that every case is asked for say something, and how many there are."""
    asked = [
        fact
        for top in case.facts
        for fact in (top.children if isinstance(getattr(case.record, top.path), Block) else (top,))
    ]
    return sum(not fact.missing for fact in asked), len(asked)


def glossary(context: Context, page: str) -> Made:
    """Every term of every vocabulary that has a definition, with its synonyms and codes."""
    return _made("glossary.html", context, page, vocabularies=context.review.vocabularies)


def states(context: Context, page: str) -> Made:
    """What each state of a value means."""
    rows = [(str(state).replace("_", " "), MEANINGS[state]) for state in State]
    return _made("states.html", context, page, rows=rows)


def second_readings(context: Context, page: str) -> Made:
    """How far two readers agreed, block by block: where both speak, and what one alone says."""
    rows = agreement.by_block(context.review)
    again = agreement.read_twice(context.review)
    chosen = sorted(agreement.ways_of_choosing(context.review).items())
    made = _made("second_readings.html", context, page, rows=rows, again=again, chosen=chosen)
    if not rows:
        return made
    heads = ("Block", "Case", "Both", "Same", "First alone", "Second alone")
    lines = [(row.title, case.id, *map(str, counts)) for row in rows[:-1] for case, counts in row.cases]
    return _with_csv(made, "second-readings", heads, lines)


def case_form(context: Context, page: str) -> Made:
    """The form in which a reader writes a new case; it sends nothing anywhere."""
    made = _made("case_form.html", context, page)
    data = form_json.text(context.review, context.settings)
    return Made(made.html, [Download(form_json.PATH, data.encode())])


def rule_list(context: Context, page: str) -> Made:
    """Every rule that a file is checked by: number, level, message, cure, and an example that breaks it."""
    chapters = [
        (prefix.lower(), title, [entry for entry in entries() if entry.number.startswith(prefix)])
        for prefix, title in CHAPTERS.items()
    ]
    return _made("rule_list.html", context, page, chapters=[chapter for chapter in chapters if chapter[2]])


LISTS: dict[str, List] = {
    "report_list": report_list,
    "regimen_list": regimen_list,
    "trial_table": trial_table,
    "differential_table": differential_table,
    "disagreements": disagreements,
    "identity_ledger": identity_ledger,
    "completeness": completeness,
    "glossary": glossary,
    "states": states,
    "second_readings": second_readings,
    "case_form": case_form,
    "rule_list": rule_list,
}
"""Name -> the function behind `{{ name() }}` in a written page."""
