// Terms of a vocabulary: buttons where there are few, else a box to search in. The page shows a term's label;
// the draft keeps the term.

import { button, fresh, h } from "./element.js";

const FEW = 7;

function labelOf(terms, word) {
  const entry = Object.hasOwn(terms, word) ? terms[word] : null;
  return entry ? (entry.name ?? entry[0]) : word;
}

function wordsOf(term, entry) {
  const [label, definition = "", synonyms = []] = entry.name ? [entry.name, entry.title ?? ""] : entry;
  return {
    term,
    label,
    definition,
    searched: [term.replaceAll("_", " "), label, ...synonyms, entry.title ?? ""].join(" ").toLowerCase(),
  };
}

export function termControl(field, parts, terms) {
  return Object.keys(terms).length <= FEW ? pills(field, parts, terms) : searchBox(field, parts, () => terms);
}

// Other records instead of terms; there may be one more while the form is filled in.
export function referenceControl(field, parts, records) {
  const made = searchBox(field, parts, records);
  parts.form.onChange(() => made.element.contains(document.activeElement) || made.refresh());
  return made;
}

function pills(field, { get, set, attributes }, terms) {
  const name = fresh("choice");
  const { id, ...rest } = attributes;
  const inputs = Object.keys(terms).map((term, index) =>
    h("input", { type: "radio", name, value: term, id: index ? id + "-" + index : id, onchange: () => set(term) }),
  );
  const box = h(
    "div",
    { class: "pills", role: "radiogroup", "aria-label": field.title, ...rest },
    inputs.map((input) => pill(input, terms[input.value])),
  );
  const refresh = () => inputs.forEach((input) => (input.checked = input.value === get()));
  refresh();
  return { element: box, refresh };
}

function searchBox(field, { get, set, attributes }, terms) {
  const search = combobox(attributes, terms, {
    shown: () => (get() ? labelOf(terms(), get()) : ""),
    chosen: set,
    noun: field.refers,
    typed: (text) => set(text === "" ? undefined : (exact(terms(), text) ?? text)),
  });
  return { element: search.element, refresh: search.refresh };
}

// Several terms: those chosen as chips, and a box to search for more.
export function termsControl(field, parts, terms) {
  return Object.keys(terms).length <= FEW ? boxes(field, parts, terms) : chips(field, parts, terms);
}

function boxes(field, { get, set, attributes }, terms) {
  const { id, ...rest } = attributes;
  const inputs = Object.keys(terms).map((term, index) =>
    h("input", {
      type: "checkbox",
      value: term,
      id: index ? id + "-" + index : id,
      onchange: () => set(inputs.filter(({ checked }) => checked).map(({ value }) => value)),
    }),
  );
  const refresh = () => inputs.forEach((input) => (input.checked = (get() ?? []).includes(input.value)));
  refresh();
  return {
    element: h(
      "div",
      { class: "pills", role: "group", "aria-label": field.title, ...rest },
      inputs.map((input) => pill(input, terms[input.value])),
    ),
    refresh,
  };
}

function pill(input, [label, definition]) {
  return h("label", { class: "pill", title: definition || undefined }, input, h("span", {}, label));
}

function chips(field, { get, set, attributes }, terms) {
  const list = h("ul", { class: "chips" });
  const search = combobox(attributes, () => terms, {
    shown: () => "",
    chosen: add,
    typed: (text) => text && add(exact(terms, text) ?? text),
    without: () => get() ?? [],
  });
  function add(term) {
    if (!(get() ?? []).includes(term)) set([...(get() ?? []), term]);
    draw();
  }
  function draw() {
    search.refresh();
    list.replaceChildren(
      ...(get() ?? []).map((term) => {
        const label = labelOf(terms, term);
        const remove = button("×", () => {
          set((get() ?? []).filter((other) => other !== term));
          draw();
          search.focus();
        });
        remove.setAttribute("aria-label", "Remove " + label);
        return h("li", {}, h("span", {}, label), remove);
      }),
    );
    list.hidden = !list.children.length;
  }
  draw();
  return { element: h("div", { class: "many" }, list, search.element), refresh: draw };
}

export function exact(terms, text) {
  const wanted = text.trim().toLowerCase();
  const all = Object.entries(terms).map(([term, entry]) => [term, entry.name ? [entry.name] : entry]);
  const found =
    all.find(([term]) => term === wanted) ??
    all.find(([, [label]]) => label.toLowerCase() === wanted) ??
    all.find(([, [, , synonyms = []]]) => synonyms.some((name) => name.toLowerCase() === wanted));
  return found && found[0];
}

// A box to search terms in, by mouse, touch and keyboard (the combobox of the ARIA authoring practices).
export function combobox(attributes, terms, { shown, chosen, typed, without = () => [], noun = "terms" }) {
  const list = h("ul", { class: "options", role: "listbox", id: fresh("list"), hidden: true, "aria-label": "Terms" });
  const input = h("input", {
    type: "text",
    ...attributes,
    role: "combobox",
    autocomplete: "off",
    autocapitalize: "none",
    spellcheck: "false",
    "aria-expanded": "false",
    "aria-controls": list.id,
    "aria-autocomplete": "list",
    placeholder: "Search " + Object.keys(terms()).length + " " + noun,
  });
  let at = -1;

  function open() {
    const words = input.value === shown() ? [] : input.value.toLowerCase().split(/\s+/).filter(Boolean);
    const rank = (entry) => (entry.label.toLowerCase().startsWith(words[0] ?? "") ? 0 : 1);
    const found = Object.entries(terms())
      .map(([term, entry]) => wordsOf(term, entry))
      .filter((entry) => !without().includes(entry.term) && words.every((word) => entry.searched.includes(word)))
      .sort((a, b) => rank(a) - rank(b));
    list.replaceChildren(
      ...found.map((entry) =>
        h(
          "li",
          {
            role: "option",
            id: fresh("option"),
            "data-term": entry.term,
            "aria-selected": "false",
            onpointerdown: (event) => event.preventDefault(),
            onclick: () => choose(entry.term),
          },
          h("span", { class: "label" }, entry.label),
          entry.definition && h("span", { class: "definition" }, entry.definition),
        ),
      ),
    );
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    mark(words.length && found.length ? 0 : -1);
  }

  function close() {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    mark(-1);
  }

  function mark(index) {
    at = index;
    Array.from(list.children).forEach((option, i) => option.setAttribute("aria-selected", String(i === index)));
    const option = list.children[index];
    if (option) {
      input.setAttribute("aria-activedescendant", option.id);
      option.scrollIntoView({ block: "nearest" });
    } else input.removeAttribute("aria-activedescendant");
  }

  function choose(term) {
    close();
    chosen(term);
    refresh();
  }

  function refresh() {
    input.value = shown();
  }

  input.addEventListener("input", () => {
    open();
  });
  input.addEventListener("click", () => (list.hidden ? open() : undefined));
  input.addEventListener("blur", () => {
    close();
    if (input.value !== shown()) typed(input.value.trim());
    refresh();
  });
  input.addEventListener("keydown", (event) => {
    const last = list.children.length - 1;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) open();
      else mark(event.key === "ArrowDown" ? Math.min(at + 1, last) : Math.max(at - 1, 0));
    } else if (event.key === "Enter" && !list.hidden && at >= 0) {
      event.preventDefault();
      choose(list.children[at].dataset.term);
    } else if (event.key === "Enter") {
      event.preventDefault();
      typed(input.value.trim());
      refresh();
    } else if (event.key === "Escape") {
      close();
      refresh();
    }
  });
  refresh();
  return { element: h("div", { class: "search" }, input, list), refresh, focus: () => input.focus() };
}
