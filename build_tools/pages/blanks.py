"""The blanks of a written page: what may stand inside `{{ }}`, and what the page then needs beside it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup
from pydantic import ValidationError

from build_tools.analysis.estimates import proportion
from build_tools.analysis.spread import spread
from build_tools.analysis.tables import Table, column_title, fill
from build_tools.analysis.tallies import Tally, tally
from build_tools.charts.chart import Chart, NoSuchOption
from build_tools.checks.sources import coverage
from build_tools.cores import each
from build_tools.exports import browser_json, like_mine_json, side_by_side_json
from build_tools.pages import chart, field_reference, lists
from build_tools.pages.citation import vancouver
from build_tools.pages.context import Context
from build_tools.pages.contributors import contributor_list
from build_tools.pages.page import Download, relative_url
from build_tools.reading.prose import FrontMatter
from build_tools.records import KINDS
from build_tools.records.aggregate import Figure
from build_tools.records.conditions import wrong_in
from build_tools.records.table import TableDeclaration
from build_tools.records.values import Source
from build_tools.review.derived import summary
from build_tools.review.review import Review
from build_tools.templates.rendering import render, render_inline

MOST_NAMES = 8
"""How many patients a sentence names before it says how many more there are."""


READINGS = (
    ("in full", frozenset({"full"})),
    ("in part", frozenset({"text_only", "excerpt"})),
    ("by abstract", frozenset({"abstract"})),
    ("from another paper", frozenset({"secondary"})),
)


def reports_by_reading(review: Review) -> str:
    """How many reports were read in full, in part, by abstract, or are known from another paper."""
    reports = review.reports.values()
    counts = ((words, sum(report.read in kinds for report in reports)) for words, kinds in READINGS)
    return ", ".join(f"{count} {words}" for words, count in counts if count)


class NoSuchThing(Exception):
    """A blank asks for something that does not exist; the message names it."""


class Blanks:
    """The blanks of one page. Each public method is a blank; what they make is collected for the site."""

    def __init__(self, page: str, name: str, front: FrontMatter | None, context: Context) -> None:
        self._page, self._name, self._front, self._context = page, name, front, context
        self.tables: list[Table] = []
        self.charts: list[Chart] = []
        self.downloads: list[Download] = []
        self.cited: list[str] = []

    def names(self) -> dict[str, Any]:
        """Everything a page may name, by the name it uses."""
        review, context = self._context.review, self._context
        names: dict[str, Any] = {
            "patients": len(review.cases),
            "patients_if_split": review.persons_if_split,
            "extracted_twice": sum(
                case.record.extraction.second_reading is not None for case in review.cases.values()
            ),
            "reports": len(review.reports),
            "reports_by_reading": reports_by_reading(review),
            "trials": len(review.trials),
            "statements_count": len(review.statements),
            "coverage": coverage(review).words,
            "last_change": context.last_change,
            "data_version": context.data_version,
            "newest": context.newest,
            "summary": lambda case: summary(case, review),
            "name": context.case_name,
            "repository": context.settings.repository,
        }
        for method in (
            self.link,
            self.table,
            self.browser,
            self.side_by_side,
            self.like_mine,
            self.chart,
            self.picture,
            self.cite,
            self.figure,
            self.count,
            self.share,
            self.who,
            self.spread,
            self.value,
            self.case,
            self.trial,
            self.regimen,
            self.statements,
            self.field_reference,
            self.contributors,
        ):
            names[method.__name__] = method
        for name, function in lists.LISTS.items():
            names[name] = lambda function=function: self._list(function)
        return names

    def link(self, target: str) -> str:
        """The way from this page to an address of the site."""
        return relative_url(target, self._page)

    def table(self) -> Markup:
        """The comparison table that the page's front matter declares."""
        return self._table("table.html")

    def browser(self) -> Markup:
        """The same table with the case browser that the front matter declares around it."""
        browser = self._front.browser if self._front else None
        if browser is None:
            raise NoSuchThing("there is no 'browser' in the front matter")
        made = self._table("browser.html", browser=browser, data=browser_json.PATH)
        data = browser_json.text(self.tables[-1], self._declared, browser, self._context.review)
        self.downloads.append(Download.of(browser_json.PATH, data))
        return made

    def side_by_side(self) -> Markup:
        """The place where a reader sets cases side by side, with a file of each case for it."""
        review = self._context.review
        self.downloads.append(Download.of(side_by_side_json.INDEX, side_by_side_json.index(review)))
        texts = each(lambda case: side_by_side_json.text(case, review), tuple(review.cases.values()))
        self.downloads += [
            Download.of(side_by_side_json.path(id), text)
            for id, text in zip(review.cases, texts, strict=True)
        ]
        return render("side_by_side.html", link=self.link)

    def like_mine(self) -> Markup:
        """The place where a reader looks for cases like a patient of theirs."""
        declared = self._front.like_mine if self._front else None
        if declared is None:
            raise NoSuchThing("there is no 'like_mine' in the front matter")
        data = like_mine_json.text(declared, self._context.review)
        self.downloads.append(Download.of(like_mine_json.PATH, data))
        return render("like_mine.html", link=self.link, data=like_mine_json.PATH)

    @property
    def _declared(self) -> TableDeclaration:
        table = self._front.table if self._front else None
        if table is None:
            raise NoSuchThing("there is no 'table' in the front matter")
        return table

    def _table(self, template: str, **more: object) -> Markup:
        made = fill(self._name, self._declared, self._context.review)
        self.tables.append(made)
        return render(template, table=made, context=self._context, page=self._page, link=self.link, **more)

    def chart(self, name: str, **options: object) -> Markup:
        """A chart by its name, with whatever that chart lets a page choose."""
        try:
            made = chart.draw(name, options, self._context.review)
        except NoSuchOption as error:
            raise NoSuchThing(str(error)) from None
        if made.name in (other.name for other in self.charts):
            raise NoSuchThing(f"the chart '{made.name}' stands on this page already")
        self.charts.append(made)
        self.downloads += chart.files(made)
        return chart.html(made, self.link)

    def picture(self, page: str, name: str, **options: object) -> Markup:
        """A small picture of a chart with its finding, which leads to the page of the chart."""
        try:
            made = chart.draw(name, options, self._context.review)
        except NoSuchOption as error:
            raise NoSuchThing(str(error)) from None
        return render("picture.html", chart=made, to=f"charts/{page}/", link=self.link)

    def cite(self, *places: str) -> Markup:
        """References by number, each `report-id` or `report-id: place`; the list stands at the page's end."""
        sources = []
        for written in places:
            try:
                source = Source.model_validate(written if ": " in written else f"{written}: whole report")
            except ValidationError:
                raise NoSuchThing(f"'{written}' is no 'report-id' and no 'report-id: place'") from None
            if source.report not in self._context.review.reports:
                raise NoSuchThing(f"there is no report '{written.partition(':')[0]}' to cite")
            sources.append(source)
        return self._citation(tuple(sources))

    def figure(self, aggregate: str, id: str) -> Markup:
        """One figure of a group as its report prints it, with its citation."""
        record = self._context.review.aggregates.get(aggregate)
        if record is None:
            raise NoSuchThing(f"there is no aggregate '{aggregate}'")
        found = next((figure for figure in record.figures if figure.id == id), None)
        if found is None:
            ids = ", ".join(figure.id for figure in record.figures if figure.id)
            raise NoSuchThing(f"aggregate '{aggregate}' has no figure '{id}'; it has: {ids}")
        sources = tuple(s if s.report else Source(report=record.report, place=s.place) for s in found.source)
        return render_inline(
            "inline_figure.html", words=figure_words(found), citation=self._citation(sources)
        )

    def count(self, field: str, term: str | None = None, where: Mapping[str, str] | None = None) -> Markup:
        """How many patients of this review something holds for: 'k of n', with who they are one tap away."""
        return self._tally(field, term, where, interval=False)

    def share(self, field: str, term: str | None = None, where: Mapping[str, str] | None = None) -> Markup:
        """The same as a count, with the share and its 95 % interval (Wilson)."""
        return self._tally(field, term, where, interval=True)

    def who(self, field: str, term: str | None = None, where: Mapping[str, str] | None = None) -> Markup:
        """The patients whom a count counts, by name: 'A, B and C', or the first and how many more."""
        cases = self._counted(field, term, where).inside
        shown = cases if len(cases) <= MOST_NAMES else cases[: MOST_NAMES - 1]
        more = len(cases) - len(shown)
        return render_inline("who.html", shown=shown, more=more, context=self._context, link=self.link)

    def spread(self, field: str, where: Mapping[str, str] | None = None) -> Markup:
        """Median and range of a number, 'median 58 (range 30-79) in 11 patients', with who they are."""
        self._check_conditions(field, None, where)
        made = spread(self._context.review, field, where)
        if not made.cases:
            raise NoSuchThing(f"no patient has one number for '{field}'")
        return render_inline("spread.html", spread=made, context=self._context, link=self.link)

    def value(self, case: str, field: str) -> Markup:
        """What one case says in one field, with its source; of several, the first, or the one at an index."""
        found = self._context.review.cases.get(case)
        if found is None:
            raise NoSuchThing(f"there is no case '{case}'")
        named = (found.by_path[field],) if field in found.by_path else found.find(field)
        facts = [fact for fact in named if not fact.missing]
        if not facts:
            raise NoSuchThing(f"case '{case}' says nothing of '{field}'")
        fact = facts[0]
        return render_inline("inline_figure.html", words=fact.said, citation=self._citation(fact.sources))

    def case(self, id: str) -> Markup:
        """A link to a case by its name."""
        found = self._context.review.cases.get(id)
        if found is None:
            raise NoSuchThing(f"there is no case '{id}'")
        return self._link(f"cases/{id}/", self._context.case_name(found))

    def trial(self, id: str) -> Markup:
        """A link to a trial by its name."""
        if id not in self._context.review.trials:
            raise NoSuchThing(f"there is no trial '{id}'")
        return self._link(f"trials/{id}/", self._context.review.trials[id].title)

    def regimen(self, id: str) -> Markup:
        """A link to a treatment by its name."""
        if id not in self._context.review.regimens:
            raise NoSuchThing(f"there is no regimen '{id}'")
        return self._link(f"regimens/{id}/", self._context.review.regimens[id].title)

    def statements(self, topic: str, *kinds: str) -> Markup:
        """What reports claim on a topic, claim by claim, with who says so, contradicts or qualifies it."""
        vocabularies = self._context.review.vocabularies
        for name, word in (("topic", topic), *(("statement_kind", kind) for kind in kinds)):
            if word not in vocabularies[name].terms:
                raise NoSuchThing(f"'{word}' is not a term of {name}")
        found = {
            id: statement
            for id, statement in self._context.review.statements.items()
            if statement.topic == topic and (not kinds or statement.kind in kinds)
        }
        if not found:
            raise NoSuchThing(
                f"there is no statement on '{topic}'" + (f" of kind {', '.join(kinds)}" if kinds else "")
            )
        for statement in found.values():
            for support in (
                *statement.supported_by,
                *statement.contradicted_by,
                *statement.qualified_by,
            ):
                self._remember(support.source)
        return lists.statement_list(found, self._context, self._page)

    def field_reference(self, kind: str) -> Markup:
        """Every field of a kind of record, with what it means and what may stand there."""
        kinds = {one.name: one for one in KINDS}
        if kind not in kinds:
            raise NoSuchThing(f"there is no kind of record '{kind}'; there are: {', '.join(kinds)}")
        return field_reference.field_reference(kinds[kind], self._context, self.link)

    def contributors(self) -> Markup:
        """Everyone whom a case credits with reading its reports."""
        return contributor_list(self._context, self.link)

    def references(self) -> Markup:
        """The reports that the page cites, numbered in the order of their first citation."""
        if not self.cited:
            return Markup("")
        reports = self._context.review.reports
        rows = [
            (id, vancouver(reports[id]), self._context.report_name(id), reports[id].doi) for id in self.cited
        ]
        return render("references.html", rows=rows, link=self.link)

    def _list(self, function: lists.List) -> Markup:
        made = function(self._context, self._page)
        self.downloads += made.downloads
        return made.html

    def _link(self, target: str, words: str) -> Markup:
        return render_inline("inline_link.html", url=self.link(target), words=words)

    def _remember(self, sources: tuple[Source, ...]) -> list[int]:
        numbers = []
        for source in sources:
            if source.report is not None and source.report not in self.cited:
                self.cited.append(source.report)
            numbers.append(self.cited.index(source.report or "") + 1)
        return numbers

    def _citation(self, sources: tuple[Source, ...]) -> Markup:
        numbers = list(dict.fromkeys(self._remember(sources)))
        places = self._context.places(sources, self._page)
        return render_inline("citation.html", numbers=numbers, places=places)

    def _tally(
        self, field: str, term: str | None, where: Mapping[str, str] | None, *, interval: bool
    ) -> Markup:
        made = self._counted(field, term, where)
        estimate = proportion(len(made.inside), made.n) if interval else None
        inferred = {
            case.id
            for case in (*made.inside, *made.outside)
            for fact in case.find(field)
            if any(form.endswith("inferred") for form in fact.forms)
        }
        return render_inline(
            "tally.html",
            tally=made,
            inferred=inferred,
            estimate=estimate,
            context=self._context,
            link=self.link,
        )

    def _counted(self, field: str, term: str | None, where: Mapping[str, str] | None) -> Tally:
        self._check_conditions(field, term, where)
        made = tally(self._context.review, field, term, where)
        if not made.n:
            raise NoSuchThing(f"no patient is known for '{field}'")
        return made

    def _check_conditions(self, field: str, term: str | None, where: Mapping[str, str] | None) -> None:
        """NoSuchThing for a field or a term that does not exist."""
        for name in (field, *(where or {})):
            if column_title(name) is None:
                raise NoSuchThing(f"there is no field '{name}'")
        asked = {**(where or {}), **({field: term} if term is not None else {})}
        for name, wanted in asked.items():
            if found := wrong_in(name, wanted, self._context.review.vocabularies):
                raise NoSuchThing("; ".join(part for part in found if part))


def figure_words(figure: Figure) -> str:
    """A figure of a group as words: '33 of 48', '82%', 'median 16 (13–21) months'."""
    words = []
    if figure.count is not None:
        words.append(f"{figure.count} of {figure.of}")
    elif figure.percent is not None:
        words.append(f"{figure.percent:g}%" + (f" of {figure.of}" if figure.of else ""))
    if figure.value is not None:
        unit = figure.unit or ""
        space = "" if unit in ("", "%") else "\u00a0"
        spread = ""
        if figure.low is not None and figure.high is not None:
            spread = f" ({_number(figure.low)}–{_number(figure.high)})"
        statistic = f"{figure.statistic} " if figure.statistic in ("median", "mean") else ""
        words.append(f"{statistic}{_number(figure.value)}{spread}{space}{unit}")
    return ", ".join(words)


def _number(value: float) -> str:
    """A number as printed, with separators from ten thousand on."""
    return f"{value:,.0f}" if value >= 10_000 else f"{value:g}"
