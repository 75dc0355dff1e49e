// What may be said instead of a value, and beside it: a state, where else it stands, a note.

import { button, disclosure, fresh, h } from "./element.js";
import { placesEditor } from "./places.js";
import { written } from "./record.js";

// What may be said with one tap; of a term in a list less has to be said.
const atOnce = (field, entry) => (!entry ? ["absent", "not_done"] : field.short === "present" ? ["absent"] : []);
const WORDS = {
  not_reported: "Not reported",
  absent: "Absent",
  not_done: "Not done",
  not_applicable: "Not applicable",
  unknown: "Unknown",
  withheld: "Withheld",
  unclear: "Unclear",
};

// The buttons of a field's states and the panel of all that is said seldom; `box` is the control that they set aside.
export function statesOf(field, node, box, { form, place, entry, title }) {
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
    button(
      "Present",
      () => {
        node.state = undefined;
        node.value = { ...node.value, present: true };
        form.changed(place);
      },
      { class: "state-button", title: "The report says that this was there, or happened." },
    );
  const panel = h("div", { class: "panel" });
  const more = disclosure("More", panel, false);
  const note = h("textarea", {
    id: fresh("note"),
    rows: "2",
    oninput: () => {
      node.note = note.value;
      form.changed(place);
    },
  });
  note.value = node.note ?? "";
  const inferred = h("input", {
    type: "checkbox",
    id: fresh("inferred"),
    onchange: () => {
      node.inferred = inferred.checked || undefined;
      form.changed(place);
    },
  });
  inferred.checked = Boolean(node.inferred);
  panel.append(
    h(
      "div",
      { class: "states", role: "group", "aria-label": title + ": rarer things to say instead" },
      others.map(make),
    ),
    placesEditor(node, form, "Where in the paper, if elsewhere than the rest"),
    h("div", { class: "note-field" }, h("label", { for: note.id }, "Note, in your own words"), note),
    h(
      "label",
      { class: "check", for: inferred.id },
      inferred,
      h("span", {}, "Not said in the paper, but follows from it (the note says how)"),
    ),
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
  function refresh() {
    const empty = written(field, { ...node, state: undefined, note: undefined, inferred: undefined }) === undefined;
    const state = node.state ?? (empty && !entry ? "not_reported" : undefined);
    for (const [name, made] of buttons) {
      made.setAttribute("aria-pressed", String(name === state));
      made.classList.toggle("by-default", name === state && !node.state);
    }
    if (present)
      present.setAttribute(
        "aria-pressed",
        String(!node.state && (Boolean(node.value?.present) || Boolean(entry) || !empty)),
      );
    means.textContent = node.state ? data.states[node.state].means : "";
    box.classList.toggle("set-aside", Boolean(node.state));
    if (field.form === "block") box.hidden = Boolean(node.state) && empty;
    const told = [
      others.includes(node.state) && WORDS[node.state],
      node.note && "note",
      node.inferred && "inferred",
      node.source?.some((entry) => entry.place) && "own place",
    ];
    more.textContent = ["More", ...told.filter(Boolean)].join(" · ");
  }
  refresh();
  form.atOnce(refresh);
  return { element, panel };
}
