"""The generator of a casebook, and the map of it.

The road of one case goes one way; each room imports only from those below it.

    commands/     what a person asks for, one module a command: check, build, new ... (__main__ finds them)
    impact/       two casebooks side by side: facts, numbers, tables and pages that a change moves
    reporting/    one module a format of problems: text, JSON, GitHub, SARIF
    publishing/   generate(root) -> Site, once; the engines' adapters; verification/; lock and swap
    pages/        a record as a page; written prose with its blanks filled in
    charts/       one module a chart: a figure with its caption, caveat and numbers; svg/ draws it
    exports/      one module a format: JSON, CSV
    analysis/     what is worked out from many patients: tables, tallies, cohorts, estimates
    authoring/    new files from a citation; files explained, laid out, migrated, compared
    external_links/   do addresses still answer, and do reports still stand; asked weekly, never in a build
    templates/    the HTML of pages and pictures, and what fills it in: every value becomes plain text
    checks/       one function a rule over the whole review; the book of rules
    review/       everything read and linked, frozen: facts, derived values
    reading/      YAML -> record, Markdown -> written page, or problems with line and column
    records/      what a file may say: models, value states, vocabularies, their JSON Schema
    problems/     a problem: file, line, field, message, hint; mistakes/, one module a place
    cores.py      the same work for many things, on all cores where that pays
"""
