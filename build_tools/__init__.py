"""The generator of a casebook, and the map of it.

The road of one case goes one way; each module imports only from those below it.

    commands/     what a person asks for: check, build, new ... (__main__ finds them)
    adapters/     hands pages to MkDocs, or writes them to a folder; builds the site aside and swaps it in
    impact/       two casebooks side by side: facts, numbers, tables and pages that a change moves
    reporting/    one module a format of problems: text, JSON, GitHub, SARIF
    verification/ what must hold of a built site before it takes the old one's place
    generate      generate(root) -> Site: every page and file, once
    pages/        a record as a page; written prose with its blanks filled in; templates/ hold their HTML
    charts/       one module a chart: a figure with its caption, caveat and numbers; svg/ draws it
    exports/      one module a format: JSON, CSV
    declared      the estimates that content/estimates/ asks for, worked out
    cohorts       patients in groups, with who is in, who is out, and why
    tables        a table declared in a page's front matter, in rows
    tallies       how many of how many
    rendering     Jinja templates; every value becomes plain text in HTML
    authoring/    new files from a citation; files explained, laid out, migrated, compared
    external_links/   do addresses still answer, and do reports still stand; asked weekly, never in a build
    checking      reading and checking in one go
    rulebook      every rule and mistake by number, for the page of rules and for SARIF
    checks/       one function a rule over the whole review
    derived       values that follow from facts by a named rule
    review        everything read and linked, frozen
    facts         a case as one tree of values with state, source and words
    reading/      YAML -> record, or problems with line and column
    schema        the models as JSON Schema, for editors and forms
    records/      what a file may say
    mistakes/     what the parts themselves find wrong, one module a place: number, message, cure
    estimates     the statistics: proportions, survival, tests
    settings      what mkdocs.yml says that the generator needs
    problems      a problem: file, line, field, message, hint
"""
