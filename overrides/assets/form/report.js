// The first step: which report tells of the patient, whether it is new here, and what the case is called.

import { fieldsOf } from "./blocks.js";
import { button, fresh, h } from "./element.js";
import { errorLine } from "./errors.js";
import { fieldBox } from "./field.js";
import { caseIdOf, reportIdOf } from "./files.js";
import { oneLine } from "./text.js";

const FIRST = [
  "type",
  "design",
  "title",
  "authors",
  "year",
  "container_title",
  "volume",
  "issue",
  "page",
  "doi",
  "pmid",
  "read",
  "reading_note",
];

const SAYS = { report: "Search the reports of this review by author, year or title." };

export function reportStep(form) {
  const { data, draft } = form;
  const reports = data.case.find(({ name }) => name === "reports");
  const identity = data.case.find(({ name }) => name === "identity");
  const inside = reports.inside.map((field) => ({ ...field, description: SAYS[field.name] ?? field.description }));
  const several = (draft.record.reports ?? []).length > 1 || draft.record.identity;
  return [
    fieldBox(
      {
        ...reports,
        inside,
        title: "Report",
        description: "The report that describes this patient; a second one if two describe the same person.",
      },
      draft.record,
      "reports",
      "reports",
      form,
    ),
    newReport(form),
    caseName(form),
    usualPlace(form),
    several ? fieldBox(identity, draft.record, "identity", "identity", form) : undefined,
  ];
}

function newReport(form) {
  const { data, draft } = form;
  const box = h("div", { class: "new-report" });
  const draw = () => {
    if (!draft.report) {
      box.replaceChildren(
        h("p", {}, "The paper is not in the list? ", button("Describe a new report", start, { class: "add" })),
      );
      return;
    }
    const fields = FIRST.map((name) => data.report.find((field) => field.name === name)).map((field) => ({
      ...field,
      folded: ["issue", "pmid", "reading_note"].includes(field.name),
    }));
    const id = h("output", { class: "file-name" });
    form.onChange(() => (id.textContent = reportIdOf(draft.report) || "… (from the first author and the year)"));
    box.replaceChildren(
      h(
        "fieldset",
        { class: "card" },
        h("legend", {}, h("span", { class: "card-title" }, "The new report")),
        button("Remove", remove, { class: "quiet remove", "aria-label": "Remove the new report" }),
        fieldsOf(fields, draft.report.record, "report", form),
        h("p", { class: "says" }, "Its id: ", id),
      ),
    );
  };
  const start = () => {
    draft.report = {
      id: "",
      record: { retraction: { state: "not_checked" }, type: "article-journal", ...draft.kept_report },
    };
    delete draft.kept_report;
    draw();
    form.changed();
    box.querySelector("select, input")?.focus();
  };
  const remove = () => {
    draft.kept_report = draft.report.record;
    for (const link of draft.record.reports ?? [])
      if (link.report === reportIdOf(draft.report)) link.report = undefined;
    draft.report = null;
    form.changed();
    form.redraw();
  };
  draw();
  return box;
}

function caseName(form) {
  const { data, draft } = form;
  const id = fresh("case-id");
  const input = h("input", {
    type: "text",
    id,
    class: "short",
    value: draft.id,
    autocapitalize: "none",
    spellcheck: "false",
    autocomplete: "off",
    "aria-describedby": id + "-says " + id + "-error",
    oninput: () => {
      draft.id = oneLine(input.value).replace(/\.yml$/, "");
      form.changed("id");
    },
  });
  const twins = h("div", { class: "twins", role: "status" });
  form.onChange(() => {
    input.placeholder = caseIdOf({ ...draft, id: "" }) || "smith-2020";
    twins.replaceChildren(...likelyTwins(form));
  });
  const box = h(
    "div",
    { class: "field", "data-place": "id" },
    h("div", { class: "field-head" }, h("label", { for: id }, "Name of the file")),
    h(
      "p",
      { class: "says", id: id + "-says" },
      "Small letters, digits and hyphens; the case's address on the site. Left empty, it is the report's id.",
    ),
    input,
  );
  box.append(
    errorLine(form, "id", box, id + "-error", () => input),
    twins,
  );
  return box;
}

// Cases that may be the same person: of the same report, or of the same age and sex.
function likelyTwins({ data, draft, casesAt }) {
  const reports = (draft.record.reports ?? [])
    .map(({ report }) => report)
    .filter((id) => Object.hasOwn(data.reports, id));
  const same = new Set(reports.flatMap((id) => data.reports[id].cases));
  const age = draft.record.patient?.age?.value;
  const sex = draft.record.patient?.sex?.value;
  for (const [id, other] of Object.entries(data.cases))
    if (age && sex && other.age === age && other.sex === sex) same.add(id);
  if (!same.size) return [];
  return [
    h(
      "p",
      {},
      "Already here, of the same report or of the same age and sex. One person is one case: is yours another?",
    ),
    h(
      "ul",
      {},
      [...same].map((id) =>
        h("li", {}, h("a", { href: casesAt + id + "/", target: "_blank", rel: "noopener" }, data.cases[id].name)),
      ),
    ),
  ];
}

function usualPlace(form) {
  const { draft } = form;
  const field = form.data.case.find(({ name }) => name === "source");
  return fieldBox(
    {
      ...field,
      title: "Usual place",
      description: "Where most of the case stands. Taken wherever you name no other place.",
    },
    draft.record,
    "source",
    "source",
    form,
  );
}
