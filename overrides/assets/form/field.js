// One field: its title, its control, what may be said instead of a value, and where in the paper it stands.

import { blockFields, listOfBlocks, mappingControl } from "./blocks.js";
import { control } from "./controls.js";
import { button, disclosure, fresh, h } from "./element.js";
import { written } from "./record.js";
import { placesEditor } from "./places.js";

// What may be said with one tap; of a term in a list less has to be said.
const atOnce = (field, entry) => (!entry ? ["absent", "not_done"] : field.short === "present" ? ["absent"] : []);
const WORDS = { not_reported: "Not reported", absent: "Absent", not_done: "Not done", not_applicable: "Not applicable", unknown: "Unknown", withheld: "Withheld", unclear: "Unclear" };

// `entry` draws the field as what a mapping says of one term: its title is the term's label.
export function fieldBox(field, holder, name, place, form, entry = null) {
  const id = fresh(field.name);
  const described = id + "-says";
  const error = h("p", { class: "error", id: id + "-error", "aria-live": "polite" });
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

  const attributes = { id, "aria-describedby": described + " " + error.id };
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
      class: ["field", isBlock || field.form === "mapping" || made.wide ? "is-block" : "", entry ? "entry" : ""].join(" ").trim(),
      "data-place": place,
      ...(made.labels ? {} : { role: "group", "aria-labelledby": id + "-title", "aria-describedby": described + " " + error.id }),
    },
    head,
    !entry && says,
    made.element,
  );
  if (entry) box.append(says);
  if (node) {
    const states = stateButtons(field, node, get, made, form, place, entry, title);
    form.atOnce(states.refresh);
    if (isBlock && !made.hasMain) made.element.before(states.element, states.panel);
    else box.append(states.element, states.panel);
  }
  box.append(error);
  form.register(place, {
    box,
    show(problems) {
      error.replaceChildren(...problems.map((p) => h("span", {}, p.message + (p.hint ? "; " + p.hint : ""))));
      box.classList.toggle("wrong", problems.length > 0);
      const input = document.getElementById(id);
      if (input) problems.length ? input.setAttribute("aria-invalid", "true") : input.removeAttribute("aria-invalid");
    },
  });
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

function stateButtons(field, node, get, made, form, place, entry, title) {
  const { data } = form;
  const usual = atOnce(field, entry);
  const others = data.written_states.filter((state) => !usual.includes(state));
  const buttons = new Map();
  const choose = (state) => {
    node.state = node.state === state && state !== "not_reported" ? undefined : state;
    form.changed(place);
  };
  const make = (state) => {
    const made = button(WORDS[state], () => choose(state), { class: "state-button", title: data.states[state].means });
    buttons.set(state, made);
    return made;
  };
  const present =
    field.short === "present" &&
    button("Present", () => {
      node.state = undefined;
      node.value = { ...node.value, present: true };
      form.changed(place);
    }, { class: "state-button", title: "The report says that this was there, or happened." });
  const panel = h("div", { class: "panel" });
  const more = disclosure("More", panel, false);
  const note = h("textarea", {
    id: fresh("note"),
    rows: "2",
    oninput: () => { node.note = note.value; form.changed(place); },
  });
  note.value = node.note ?? "";
  const inferred = h("input", {
    type: "checkbox",
    id: fresh("inferred"),
    onchange: () => { node.inferred = inferred.checked || undefined; form.changed(place); },
  });
  inferred.checked = Boolean(node.inferred);
  panel.append(
    h("div", { class: "states", role: "group", "aria-label": title + ": rarer things to say instead" }, others.map(make)),
    placesEditor(node, form, "Where in the paper, if elsewhere than the rest"),
    h("div", { class: "note-field" }, h("label", { for: note.id }, "Note, in your own words"), note),
    h("label", { class: "check", for: inferred.id }, inferred, h("span", {}, "Not said in the paper, but follows from it (the note says how)")),
  );
  const means = h("p", { class: "says means" });
  const row = h(
    "div",
    { class: "states", role: "group", "aria-label": title + ": instead of a value" },
    present,
    !entry && make("not_reported"),
    usual.map(make),
    more,
  );
  const element = h("div", { class: "instead" }, row, means);
  const box = made.element;
  function refresh() {
    const isEmptyList = field.form === "block" && !node.value?.length && !(node.value && Object.keys(node.value).length);
    const empty = written({ ...field }, { ...node, state: undefined, note: undefined, inferred: undefined }) === undefined;
    const state = node.state ?? (empty && !entry ? "not_reported" : undefined);
    for (const [name, made] of buttons) {
      made.setAttribute("aria-pressed", String(name === state));
      made.classList.toggle("by-default", name === state && !node.state);
    }
    if (present) present.setAttribute("aria-pressed", String(!node.state && (Boolean(node.value?.present) || Boolean(entry) || !empty)));
    means.textContent = node.state ? data.states[node.state].means : "";
    box.classList.toggle("set-aside", Boolean(node.state));
    if (isEmptyList) box.hidden = Boolean(node.state);
    const more_said = [others.includes(node.state) && WORDS[node.state], node.note && "note", node.inferred && "inferred", node.source?.some(({ place }) => place) && "own place"];
    more.textContent = ["More", ...more_said.filter(Boolean)].join(" · ");
  }
  refresh();
  return { element, panel, refresh };
}
