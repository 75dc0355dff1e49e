// Fields that hold fields: a block, a list of blocks, and a mapping from terms to what is said of each.

import { button, disclosure, h } from "./element.js";
import { errorLine } from "./errors.js";
import { fieldBox } from "./field.js";
import { placesEditor } from "./places.js";
import { written } from "./record.js";
import { combobox, exact } from "./terms.js";

// The fields of a block, those that papers seldom tell behind a button.
export function fieldsOf(fields, holder, place, form) {
  const usual = fields.filter((field) => !field.folded);
  const folded = fields.filter((field) => field.folded);
  const isSaid = (field) => written(field, holder[field.name]) !== undefined || holder[field.name]?.state;
  const boxes = usual.map((field) => fieldBox(field, holder, field.name, place + "." + field.name, form));
  if (!folded.length) return boxes;
  const more = h(
    "div",
    { class: "folded" },
    folded.map((field) => fieldBox(field, holder, field.name, place + "." + field.name, form)),
  );
  const names = folded.map((field) => field.title.toLowerCase()).join(", ");
  return [...boxes, disclosure("More fields: " + names, more, folded.some(isSaid)), more];
}

export function blockFields(field, { get, set, form, place }) {
  if (typeof get() !== "object" || get() === null) set({});
  const holder = get();
  if (!field.states && (field.required || !place.includes(".")))
    return {
      element: h("div", { class: "inside" }, fieldsOf(field.inside, holder, place, form)),
      refresh: () => undefined,
    };
  const mainFirst = field.inside.filter((f) => f.name === field.short);
  const rest = field.inside.filter((f) => f.name !== field.short);
  const isSaid = rest.some((f) => written(f, holder[f.name]) !== undefined || holder[f.name]?.state);
  const more = h("div", { class: "inside" }, fieldsOf(rest, holder, place, form));
  return {
    element: h(
      "div",
      { class: "block-body" },
      mainFirst.map((f) => fieldBox({ ...f, description: "" }, holder, f.name, place + "." + f.name, form)),
      disclosure(rest.length === 1 ? rest[0].title : "Tell more", more, isSaid),
      more,
    ),
    hasMain: mainFirst.length > 0,
    refresh: () => undefined,
  };
}

// A card for each item, and a button for one more; a removed item can be brought back.
export function listOfBlocks(field, { get, set, form, place, title }) {
  const box = h("div", { class: "cards" });
  const item = field.item ?? title.toLowerCase();
  const named = (index) => item[0].toUpperCase() + item.slice(1) + " " + (index + 1);
  const isOuter = !place.includes(".");
  const sources = () =>
    (get() ?? []).map((item) => item.source).filter((source) => source?.some((entry) => entry.place));

  function draw(focus = -1) {
    if (field.required && !get()?.length) set([{}]);
    const items = get() ?? [];
    box.replaceChildren(
      ...items.map((given, index) => card(given, index)),
      button((items.length ? "Add another " : "Add " + (/^[aeiou]/.test(item) ? "an " : "a ")) + item, add, {
        class: "add",
      }),
    );
    if (focus >= 0) box.children[focus]?.querySelector("input, select, textarea, button")?.focus();
    form.show();
  }

  function add() {
    const last = sources().at(-1);
    set([...(get() ?? []), field.sourced && last && isOuter ? { source: structuredClone(last) } : {}]);
    draw(get().length - 1);
  }

  function card(holder, index) {
    const at = place + "." + index;
    return h(
      "fieldset",
      { class: "card", "data-place": at },
      h("legend", { class: "card-title" }, named(index)),
      button("Remove", () => remove(index), {
        class: "quiet remove",
        "aria-label": "Remove " + named(index).toLowerCase(),
      }),
      field.sourced && isOuter && placeOf(holder, at, form),
      fieldsOf(field.inside, holder, at, form),
      field.sourced && noteOf(holder, form, isOuter ? null : at),
    );
  }

  function remove(index) {
    const removed = get()[index];
    set(get().filter((_, i) => i !== index));
    draw();
    const back = h(
      "p",
      { class: "undo", role: "status" },
      named(index) + " was removed. ",
      button(
        "Bring it back",
        () => {
          const items = [...(get() ?? [])];
          items.splice(index, 0, removed);
          set(items);
          draw(index);
        },
        { class: "quiet" },
      ),
    );
    box.append(back);
    back.querySelector("button").focus();
  }

  draw();
  return { element: box, refresh: draw };
}

// The place that holds for a whole block, where a missing one is reported as well.
export function placeOf(holder, place, form) {
  const box = h(
    "div",
    { class: "block-place", "data-place": place + ".source" },
    placesEditor(holder, form, "Where in the paper (holds for all below)"),
  );
  box.append(errorLine(form, place, box));
  return box;
}

// The note on a block, and for a small one its place as well.
export function noteOf(holder, form, place = null) {
  const area = h("textarea", {
    rows: "1",
    oninput: () => {
      holder.note = area.value;
      form.changed();
    },
  });
  area.value = holder.note ?? "";
  const label = h("label", { class: "block-note" }, h("span", {}, "Note on all of this, in your own words"), area);
  const more = h(
    "div",
    { class: "panel" },
    place && placesEditor(holder, form, "Where in the paper, if elsewhere than the rest"),
    label,
  );
  const isOpen = Boolean(holder.note || (place && holder.source?.some((entry) => entry.place)));
  return h("div", { class: "block-note-box" }, disclosure(place ? "Place and note" : "Note", more, isOpen), more);
}

// Chosen terms one below the other, each with what is said of it.
export function mappingControl(field, { get, set, attributes, form, place }) {
  const { terms } = form.data.vocabularies[field.vocabulary];
  const entries = h("div", { class: "entries" });
  const search = combobox({ ...attributes, "aria-label": "Add to " + field.title.toLowerCase() }, () => terms, {
    shown: () => "",
    chosen: (term) => add(term),
    typed: (text) => text && add(exact(terms, text) ?? text),
    without: () => (get() ?? []).map(({ key }) => key),
  });

  function add(key) {
    if (!(get() ?? []).some((other) => other.key === key))
      set([...(get() ?? []), { key, said: field.entry.states ? {} : undefined }]);
    draw();
    search.refresh();
  }

  function draw() {
    entries.replaceChildren(
      ...(get() ?? []).map((entry) =>
        fieldBox(field.entry, entry, "said", place + "." + entry.key, form, {
          title: Object.hasOwn(terms, entry.key) ? terms[entry.key][0] : entry.key,
          remove: () => {
            set((get() ?? []).filter((other) => other !== entry));
            draw();
            search.focus();
          },
        }),
      ),
    );
    form.show();
  }

  draw();
  return { element: h("div", { class: "mapping" }, entries, search.element), refresh: draw };
}
