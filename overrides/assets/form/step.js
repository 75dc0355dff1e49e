// One step of the form, drawn: the fields of its blocks, or what stands at the end.

import { fieldsOf, noteOf, placeOf } from "./blocks.js";
import { button, disclosure, h } from "./element.js";
import { said } from "./errors.js";
import { fieldBox } from "./field.js";
import { files } from "./files.js";
import { handover } from "./handover.js";
import { preview } from "./preview.js";
import { reportStep } from "./report.js";

export function drawStep(form, index) {
  const { steps } = form.data;
  if (index === steps.length) return lookOver(form);
  const { title, fields } = steps[index];
  const heading = h("h2", { tabindex: "-1" }, title);
  if (index === 0) return [heading, ...reportStep(form).filter(Boolean)];
  const named = fields.map((name) => form.data.case.find((field) => field.name === name));
  return [heading, ...named.map((field) => top(field, form, named.length > 1 || field.title !== title))];
}

function top(field, form, isNamed) {
  const { record } = form.draft;
  if (field.form !== "block" || field.many || field.states || !field.sourced)
    return h(
      "section",
      { class: isNamed ? "form-block" : "form-block titled" },
      fieldBox(field, record, field.name, field.name, form),
    );
  const holder = (record[field.name] ??= {});
  return h(
    "section",
    { class: "form-block" },
    isNamed && h("h3", {}, field.title),
    placeOf(holder, field.name, form),
    fieldsOf(field.inside, holder, field.name, form),
    noteOf(holder, form),
  );
}

function lookOver(form) {
  const made = files(form.draft, form.data, form.today());
  const shown = h("div", { class: "preview-box" }, preview(made[0].said, form));
  return [
    h("h2", { tabindex: "-1" }, "Look over, hand over"),
    toMend(form),
    h("h3", {}, "Preview"),
    h(
      "p",
      { class: "says" },
      "What the page of the case will say. The page itself is made by the checks of the repository, which look at more.",
    ),
    disclosure("Show the preview", shown, true),
    shown,
    h("h3", {}, made.length > 1 ? "The files" : "The file"),
    made.length < 2
      ? ""
      : h(
          "p",
          { class: "says" },
          "The case, its new report, and a line for the log of searches. They belong together.",
        ),
    handover(made, form),
  ];
}

function toMend(form) {
  if (!form.found.length)
    return h("p", { class: "all-well", role: "status" }, "Nothing to mend: the file says what it has to say.");
  const count = form.found.length;
  return h(
    "div",
    { class: "to-mend" },
    h(
      "p",
      {},
      h("strong", {}, count === 1 ? "One thing to mend" : count + " things to mend"),
      ". You can hand the file over as it is, too; a maintainer will ask.",
    ),
    h(
      "ul",
      {},
      form.found.map((problem) =>
        h(
          "li",
          {},
          button(problem.title || "The case", () => form.goTo(problem.place), { class: "quiet link" }),
          h("span", {}, ": " + said(problem)),
        ),
      ),
    ),
  );
}
