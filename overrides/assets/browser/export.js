// The buttons that give a reader what is shown, as a file.

import { button, h } from "../form/element.js";
import { bibtex, csv, json, ris } from "./files.js";

function give(name, type, text) {
  const link = h("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

export function takeAlong(box, view) {
  const trouble = h("span", { role: "status" });
  const shown = () => {
    const { data, fields, rows } = view();
    return { data, fields, rows, ids: new Set(rows.flatMap(({ reports }) => reports)) };
  };
  const references = async (ending, type, pick) => {
    trouble.textContent = "";
    try {
      const answer = await fetch(box.dataset.references + ending);
      if (!answer.ok) throw new Error("no references");
      give("cases" + ending, type, pick(await answer.text(), shown().ids));
    } catch {
      trouble.textContent = "The references could not be loaded. Try again, or take all of them from the page Data.";
    }
  };
  return h("p", {},
    "The patients and columns shown, as ",
    button("CSV", () => give("cases.csv", "text/csv", csv(shown().fields, shown().rows))),
    " (a number is a number; state, basis and sources in columns of their own) or ",
    button("JSON", () => give("cases.json", "application/json", json(shown().fields, shown().rows, location.href))),
    "; their reports as ",
    button("BibTeX", () => references(".bib", "application/x-bibtex", bibtex)),
    " or ",
    button("RIS", () => references(".ris", "application/x-research-info-systems", ris)),
    ". ",
    trouble,
  );
}
