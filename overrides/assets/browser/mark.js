// The mark after a value that opens where it stands, as the pages themselves have it.

import { h } from "../form/element.js";

// `sources` are pairs of a report's id and a place; `names` has what a report is called, where it has a name.
export function markOf({ sources = [], forms = ["reported"], notes = [] }, names, reports) {
  if (!sources.length && !notes.length) return null;
  const called = (report) => (Object.hasOwn(names, report) ? names[report] : report);
  const places = sources.map(([report, place]) => `${called(report)}, ${place}`);
  const links = sources.flatMap(([report, place], index) => [
    index ? "; " : null, h("a", { href: reports + encodeURIComponent(report) + "/" }, called(report)), ", " + place,
  ]);
  return h("span", { class: "mark " + forms.join(" ") }, "\u00a0",
    h("button", { type: "button", "aria-label": [forms.join(", ") + ":", places.join("; "), ...notes].join(" ") }),
    h("span", { class: "where" }, notes.map((note) => h("span", { class: "note" }, note, " ")), h("cite", {}, links)),
  );
}

// The mark of a cell of the rows that were loaded for a tool.
export function markOfCell(data, row, cell, reports) {
  const sources = cell.sources.map((index) => row.sources[index].split(/: (.*)/s));
  return markOf({ sources, forms: cell.forms.length ? cell.forms : undefined, notes: cell.notes }, data.reports, reports);
}
