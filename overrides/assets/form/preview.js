// The case as its page will show it: the same sections, states and marks. The page itself is made by the checks.

import { h } from "./element.js";
import { lowerFirst } from "./text.js";

const SILENT = "not reported";

export function preview(said, form) {
  const sections = form.data.steps
    .map(({ title, fields }) => [
      title,
      form.data.case.filter(
        ({ name, form: kind }) => fields.includes(name) && (kind === "block" || name === "time_zero"),
      ),
    ])
    .filter(([title]) => !["Report", "Extraction"].includes(title));
  return h(
    "article",
    { class: "record case preview" },
    h("p", { class: "summary-line" }, summary(said, form)),
    sections.map(([title, fields]) => section(title, fields, said, form)),
    said.remarks &&
      h(
        "section",
        { class: "chapter" },
        h("h3", {}, "About this record"),
        h(
          "ul",
          { class: "remarks" },
          said.remarks.map((remark) => h("li", {}, remark)),
        ),
      ),
  );
}

function summary(said, form) {
  const { patient = {}, lesions } = said;
  const plain = (value) => (value && typeof value === "object" && !Array.isArray(value) ? value.value : value);
  const words = (name, value) => form.label(name, plain(value));
  const lesion = Array.isArray(plain(lesions)) ? plain(lesions)[0] : {};
  const origin = plain(lesion?.origin);
  const last = plain(said.follow_up?.last_contact);
  const parts = [
    [words("sex", patient.sex), plain(patient.age)].filter((part) => part !== undefined && part !== "").join(", "),
    words("structure", typeof origin === "object" ? origin?.structure : origin),
    [words("vital_status", said.outcome?.vital), last && "at " + last].filter(Boolean).join(" "),
  ];
  return parts.filter(Boolean).join(" – ") || "Nothing said yet";
}

function section(title, fields, said, form) {
  const known = fields.filter(({ name }) => said[name] !== undefined);
  const silent = fields.filter(({ name }) => said[name] === undefined);
  return h(
    "section",
    { class: "chapter" },
    h("h3", {}, title),
    known.map((field) => top(field, said[field.name], form, field.title !== title, said.source)),
    silent.length > 0 && silence(silent),
  );
}

function silence(fields) {
  return h(
    "p",
    { class: "silent" },
    h("span", {}, SILENT[0].toUpperCase() + SILENT.slice(1) + ":"),
    " " + fields.map(({ title }) => title).join(", "),
  );
}

function isLong(value) {
  return Boolean(value) && typeof value === "object" && !Array.isArray(value) && "value" in value;
}

function top(field, value, form, isNamed, around) {
  const inner = isLong(value) ? value.value : value;
  if (Array.isArray(inner) && field.form === "block")
    return inner.map((item, index) =>
      h(
        "section",
        { class: "item" },
        h("h4", {}, heading(field, item, index, form)),
        rows(namedFields(field), item, form, sourceOf(value) ?? around),
      ),
    );
  if (inner && typeof inner === "object")
    return h(
      "section",
      { class: "item" },
      isNamed && h("h4", {}, field.title),
      rows(field.inside, inner, form, sourceOf(value) ?? around),
    );
  return h("dl", { class: "facts" }, row(field, value, form, around));
}

// The fields of an item but the one that its heading says already.
function namedFields({ inside }) {
  return inside[0].required && inside[0].vocabulary ? inside.slice(1) : inside;
}

function sourceOf(value) {
  return value && typeof value === "object" && !Array.isArray(value) ? value.source : undefined;
}

function heading(field, item, index, form) {
  const first = field.inside[0];
  const term = first.required && first.vocabulary ? form.label(first.vocabulary, item[first.name]) : "";
  return term || field.title + " " + (index + 1);
}

function rows(fields, block, form, around) {
  if (typeof block !== "object" || block === null) return h("p", {}, String(block));
  const known = fields.filter(({ name }) => block[name] !== undefined);
  const silent = fields.filter(({ name }) => block[name] === undefined && !["source", "note"].includes(name));
  return [
    block.note && h("p", { class: "note" }, block.note),
    h(
      "dl",
      { class: "facts" },
      known.map((field) => row(field, block[field.name], form, block.source ?? around)),
    ),
    silent.length > 0 && silence(silent),
  ];
}

function row(field, value, form, source) {
  return h(
    "div",
    { class: "row" },
    h("dt", {}, field.title),
    h("dd", {}, says(field, value, form), " ", mark(value, source), noteOf(value)),
  );
}

function noteOf(value) {
  return value && typeof value === "object" && !Array.isArray(value) && value.note
    ? h("span", { class: "note" }, value.note)
    : undefined;
}

// Where a value stands, as the pages show it at a mark; here it is read out in its title.
function mark(value, around) {
  const source = sourceOf(value) ?? around;
  if (!source) return undefined;
  const places = [source].flat().join("; ");
  return h("span", {
    class: "mark " + (value?.inferred ? "inferred" : "reported"),
    role: "img",
    "aria-label": places,
    title: places,
  });
}

function says(field, value, form) {
  const inner = isLong(value) ? value.value : value;
  if (typeof inner === "string" && field.states && form.data.written_states.includes(inner))
    return h("span", { class: "state" }, form.data.states[inner].words);
  if (field.form === "mapping") return entries(field, inner, form);
  if (Array.isArray(inner))
    return h(
      "ul",
      { class: "items" },
      inner.map((item) =>
        h(
          "li",
          {},
          item && typeof item === "object"
            ? details(field, item, form)
            : h("span", { class: "value" }, wordsOf(field, item, form)),
        ),
      ),
    );
  if (inner && typeof inner === "object") return details(field, inner, form);
  return h("span", { class: field.form === "text" ? "value long" : "value" }, wordsOf(field, inner, form));
}

function wordsOf(field, value, form) {
  if (field.form === "block")
    return field.short && field.short !== "present"
      ? wordsOf(
          field.inside.find(({ name }) => name === field.short),
          value,
          form,
        )
      : String(value);
  if (field.vocabulary && field.form === "term") return form.label(field.vocabulary, value);
  return typeof value === "boolean" ? (value ? "yes" : "no") : String(value);
}

// What a block says, inside a line: a term or a detail speaks for itself, anything else needs its title.
function details(field, block, form) {
  return (field.inside ?? [])
    .filter(({ name }) => block[name] !== undefined)
    .map((inner) =>
      h(
        "span",
        { class: "detail" },
        inner.form === "term" || inner.title === "Detail"
          ? undefined
          : h("span", { class: "label" }, lowerFirst(inner.title) + " "),
        says(inner, block[inner.name], form),
      ),
    );
}

function entries(field, mapping, form) {
  return h(
    "ul",
    { class: "items" },
    Object.entries(mapping).map(([key, value]) => {
      const inner = isLong(value) ? value.value : value;
      const name = h("span", { class: "name" }, form.label(field.vocabulary, key));
      const bare = inner === "present" || inner === null;
      return h(
        "li",
        { class: inner === "absent" ? "denied" : undefined },
        name,
        !bare && " ",
        !bare && says(field.entry, value, form),
        noteOf(value),
      );
    }),
  );
}
