// One control for each form that a value may have. A control is {element, refresh()}; `get` and `set` reach the
// draft, and `input` holds what labels and messages point at.

import { h } from "./element.js";
import { referenceControl, termControl, termsControl } from "./terms.js";
import { mended, oneLine } from "./text.js";

export function control(field, parts) {
  if (field.refers) return referenceControl(field, parts, () => parts.form.known(field.refers));
  if (field.form === "term") {
    const { terms } = parts.form.data.vocabularies[field.vocabulary];
    return field.many ? termsControl(field, parts, terms) : termControl(field, parts, terms);
  }
  if (field.many) return textsControl(field, parts);
  if (field.form === "choice") return choiceControl(field, parts);
  if (field.form === "boolean") return booleanControl(field, parts);
  return field.form === "text" && !field.pattern && (field.longest ?? 0) > 300
    ? areaControl(field, parts)
    : lineControl(field, parts);
}

const DAY = "^\\d{4}-\\d{2}-\\d{2}$";
const HINTS = { age: "61" };

function lineControl(field, { get, set, attributes, form }) {
  const measure = field.measure && form.data.measures[field.measure];
  const input = h("input", {
    type: field.pattern === DAY ? "date" : "text",
    ...attributes,
    value: get() ?? "",
    inputmode: ["integer", "number"].includes(field.form) ? "decimal" : undefined,
    placeholder: measure ? measure.example : HINTS[field.form],
    autocomplete: "off",
    class: field.form === "text" && !field.pattern ? "wide" : "short",
    oninput: () => set(input.value),
    onchange: () => {
      if (input.value !== oneLine(input.value)) set((input.value = oneLine(input.value)));
    },
  });
  return { element: input, refresh: () => (input.value = get() ?? "") };
}

function areaControl(field, { get, set, attributes }) {
  const rows = (text) => String(Math.min(8, Math.max(1, Math.ceil(text.length / 70), text.split("\n").length)));
  const area = h("textarea", {
    ...attributes,
    rows: rows(get() ?? ""),
    oninput: () => {
      area.rows = rows(area.value);
      set(area.value);
    },
    onchange: () => {
      if (area.value !== mended(area.value)) set((area.value = mended(area.value)));
    },
  });
  area.value = get() ?? "";
  return { element: area, refresh: () => (area.value = get() ?? "") };
}

function choiceControl(field, { get, set, attributes }) {
  const options = field.choices.map((choice) => h("option", { value: choice }, choice.replaceAll("_", " ")));
  const select = h(
    "select",
    { ...attributes, onchange: () => set(select.value) },
    h("option", { value: "" }, "Choose"),
    options,
  );
  select.value = get() ?? "";
  return { element: select, refresh: () => (select.value = get() ?? "") };
}

function booleanControl(field, { get, set, attributes }) {
  const words = { true: "Yes", false: "No" };
  const select = h(
    "select",
    { ...attributes, onchange: () => set(select.value === "" ? undefined : select.value === "true") },
    ["", "true", "false"].map((value) => h("option", { value }, words[value] ?? "Not said")),
  );
  select.value = String(get() ?? "");
  return { element: select, refresh: () => (select.value = String(get() ?? "")) };
}

// Several texts: one to a line box, and always an empty one to write on.
function textsControl(field, { get, set, attributes }) {
  const box = h("div", { class: "texts" });
  const { id, ...rest } = attributes;
  const line = (index) =>
    areaControl(field, {
      get: () => (get() ?? [])[index],
      set: (value) => {
        const texts = [...(get() ?? [])];
        texts[index] = value;
        set(texts);
        if (value && index === box.children.length - 1) box.append(line(index + 1));
      },
      attributes: { ...rest, id: index ? id + "-" + index : id, "aria-label": field.title + " " + (index + 1) },
    }).element;
  const draw = () => box.replaceChildren(...[...(get() ?? []), ""].map((_, index) => line(index)));
  draw();
  return { element: box, refresh: draw };
}
