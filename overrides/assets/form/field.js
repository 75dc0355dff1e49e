// One field: its title, its control, what may be said instead of a value, and where in the paper it stands.

import { blockFields, listOfBlocks, mappingControl } from "./blocks.js";
import { control } from "./controls.js";
import { button, fresh, h } from "./element.js";
import { errorLine } from "./errors.js";
import { placesEditor } from "./places.js";
import { statesOf } from "./states.js";

// `entry` draws the field as what a mapping says of one term: its title is the term's label.
export function fieldBox(field, holder, name, place, form, entry = null) {
  const id = fresh(field.name);
  const described = id + "-says";
  const node = field.states ? (holder[name] ??= {}) : null;
  const isBlock = field.form === "block";
  const title = entry?.title ?? field.title;
  const get = () => (node ? node.value : holder[name]);
  const set = (value) => {
    if (node) {
      node.value = value;
      if (value !== undefined && value !== "" && !(Array.isArray(value) && !value.length)) node.state = undefined;
    } else holder[name] = value;
    form.changed(place);
  };

  const attributes = { id, "aria-describedby": described + " " + id + "-error" };
  const parts = { get, set, attributes, form, place, title };
  const made = body(field, parts, node, holder, name);
  const head = h(
    "div",
    { class: "field-head" },
    made.labels ? h("label", { for: id }, title) : h("span", { class: "title", id: id + "-title" }, title),
    field.required && h("span", { class: "must" }, "needed"),
    entry && button("Remove", entry.remove, { class: "quiet remove", "aria-label": "Remove " + title }),
  );
  const says = h("p", { class: "says", id: described }, entry ? "" : field.description);
  const box = h(
    "div",
    {
      class: ["field", isBlock || field.form === "mapping" || made.wide ? "is-block" : "", entry ? "entry" : ""]
        .join(" ")
        .trim(),
      "data-place": place,
      ...(made.labels
        ? {}
        : { role: "group", "aria-labelledby": id + "-title", "aria-describedby": attributes["aria-describedby"] }),
    },
    head,
    !entry && says,
    made.element,
  );
  if (entry) box.append(says);
  if (node) {
    const states = statesOf(field, node, made.element, { form, place, entry, title });
    if (isBlock && !made.hasMain) made.element.before(states.element, states.panel);
    else box.append(states.element, states.panel);
  }
  box.append(errorLine(form, place, box, id + "-error", () => document.getElementById(id)));
  return box;
}

function body(field, parts, node, holder, name) {
  if (field.form === "source") return { element: placesEditor(holder, parts.form, "Where that stands"), labels: false };
  if (field.form === "block" && field.many) return { ...listOfBlocks(field, parts), labels: false, wide: true };
  if (field.form === "block") return { ...blockFields(field, parts), labels: false };
  if (field.form === "mapping") return { ...mappingControl(field, parts), labels: false };
  const made = control(field, parts);
  return { ...made, labels: !made.element.matches(".pills, .texts") };
}
