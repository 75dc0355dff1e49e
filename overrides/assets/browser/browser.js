// The case browser: choices, order, columns and files, over the rows that stand on the page.

import { button, fresh, h } from "../form/element.js";
import { PATIENT, empty, read, write } from "./address.js";
import { takeAlong } from "./export.js";
import { json } from "./load.js";
import { choiceLabel, choices, counts, kept, prepared, sorted } from "./rows.js";
import { tableOf } from "./table.js";
import { folded, matches, sameThing } from "./words.js";

const FEW = 8; // choices of a facet shown at first

let synonyms;

// What a reader's question fits: the words of a row, and other words for the same.
async function questionOf(text, address) {
  if (!folded(text)) return () => true;
  const other = await (synonyms ??= json(address).catch(() => ({})));
  const questions = [folded(text), ...sameThing(text, other)];
  return (row) => matches(row.text, questions);
}

// Fills the tools of a box with what is in `data`, and shows what the address asks for.
export function browse(box, rows) {
  const data = prepared(rows);
  const tools = box.querySelector(".browser-tools");
  const input = box.querySelector(".table-tools input");
  const output = box.querySelector(".table-tools output");
  const said = box.querySelector(".browser-state");
  const { state, dropped } = read(location.search, data);
  const table = tableOf(box, data, (word) => sortBy(word));
  let fits = () => true;
  let asked = 0;
  let found = { rows: data.cases, unknown: new Set(), missing: new Map() };
  input.value = state.filter || input.value;
  const facets = data.fields.filter(({ facet }) => facet).sort((a, b) => a.facet - b.facet);
  const boxes = facets.map((field) => facetOf(data, field, state, draw));
  const parts = {
    choosing: h("div", { class: "facets" }, boxes.map(({ element }) => element)),
    showing: h("div", {}),
    taking: takeAlong(box, () => ({ data, fields: table.fields(), rows: sorted(data, found.rows, state.sort) })),
  };
  for (const [name, part] of Object.entries(parts)) tools.querySelector(`.${name} > div`).replaceChildren(part);
  const showing = showingOf(data, state, table, draw);
  parts.showing.replaceChildren(showing.element);

  function sortBy(word) {
    const same = state.sort?.word === word;
    state.sort = { word, descending: same && !state.sort.descending };
    draw();
  }

  async function ask() {
    const mine = ++asked;
    state.filter = input.value;
    const question = await questionOf(state.filter, box.dataset.words);
    if (mine !== asked) return;
    fits = question;
    draw();
  }

  function clear() {
    Object.assign(state, empty());
    input.value = "";
    fits = () => true;
    dropped.length = 0;
    draw();
    input.focus();
  }

  function draw() {
    found = kept(data, state.facets, fits);
    table.show(sorted(data, found.rows, state.sort), state);
    boxes.forEach((one) => one.refresh(counts(data, state.facets, one.field, fits)));
    showing.refresh(table.folded());
    output.textContent = sentence(found, data, state);
    history.replaceState(null, "", location.pathname + write(state) + location.hash);
    tell();
  }

  function tell() {
    const chips = [...state.facets].flatMap(([word, wanted]) =>
      wanted.map((key) => chip(data, data.byWord.get(word), key, () => toggle(state, word, key), draw)),
    );
    const nobody = found.rows.length ? null : h("p", {}, "No patient is like this. Take a choice away, or ", button("show all patients", clear), ".");
    const lost = dropped.length
      ? h("p", { class: "dropped", role: "status" }, `This address asked for what is not here: ${dropped.join("; ")}. All else is shown as asked.`)
      : null;
    const all = chips.length ? button("Show all patients", clear, { class: "clear" }) : null;
    const onPaper = output.textContent && h("p", { class: "printed" }, `Shown: ${output.textContent}. ${chosenWords(data, state)}`);
    said.replaceChildren(...[onPaper, lost, chips.length ? h("p", { class: "chips" }, chips, " ", all) : null, nobody].filter(Boolean));
    said.hidden = !said.children.length;
  }

  input.addEventListener("input", ask);
  draw();
  if (input.value) ask();
}

function toggle(state, word, key) {
  const wanted = state.facets.get(word) ?? [];
  const now = wanted.includes(key) ? wanted.filter((one) => one !== key) : [...wanted, key];
  if (now.length) state.facets.set(word, now);
  else state.facets.delete(word);
}

// "23 of 230 patients; 40 more don't report it (Origin 25, Size 20)"
function sentence({ rows, unknown, missing }, data, state) {
  if (!state.facets.size && !state.filter.trim()) return "";
  const k = `${rows.length} of ${data.cases.length} patients`;
  const parts = [...missing].filter(([, n]) => n).map(([{ title }, n]) => `${title} ${n}`);
  return unknown.size ? `${k}; ${unknown.size} more don't report it (${parts.join(", ")})` : k;
}

// What was chosen, in a line for paper.
function chosenWords(data, state) {
  const chosen = [...state.facets].map(([word, wanted]) => {
    const field = data.byWord.get(word);
    return `${field.title}: ${wanted.map((key) => choiceLabel(data, field, key)).join(" or ")}`;
  });
  if (state.filter.trim()) chosen.push(`words: “${state.filter.trim()}”`);
  return chosen.join("; ");
}

function chip(data, field, key, remove, draw) {
  const words = `${field.title}: ${choiceLabel(data, field, key)}`;
  const take = () => {
    remove();
    draw();
  };
  return button(words + " ×", take, { class: "chip", "aria-label": `${words}; take away` });
}

// A field's choices, each with the number of patients that it would keep.
function facetOf(data, field, state, draw) {
  const keys = choices(data, field);
  const inputs = new Map();
  const lines = keys.map((key) => {
    const count = h("span", { class: "count" });
    const input = h("input", { type: "checkbox", onchange: () => (toggle(state, field.word, key), draw()) });
    inputs.set(key, { input, count });
    const rare = field.labels.has(key) && keys.indexOf(key) >= FEW;
    return h("label", { class: rare && "rare" }, input, " ", choiceLabel(data, field, key), " ", count);
  });
  const list = h("div", { id: fresh("facet"), class: "choices" }, lines);
  const chosen = h("span", { class: "count" });
  const element = h("details", {}, h("summary", {}, field.title, " ", chosen), list);
  const rare = lines.filter((line) => line.classList.contains("rare"));
  if (rare.length) {
    list.classList.add("short");
    rare.at(-1).after(button(`${rare.length} more`, ({ target }) => {
      list.classList.remove("short");
      target.remove();
      rare[0].control.focus();
    }));
  }
  element.open = state.facets.has(field.word);
  function refresh(found) {
    const wanted = state.facets.get(field.word) ?? [];
    for (const [key, { input, count }] of inputs) {
      input.checked = wanted.includes(key);
      count.textContent = String(found.get(key) ?? 0);
    }
    chosen.textContent = wanted.length ? `${wanted.length} chosen` : "";
  }
  return { element, field, refresh };
}

// Sort and columns: the same as at the heads, also where heads are not in sight.
function showingOf(data, state, table, draw) {
  const words = [[PATIENT, "Patient"], ...data.fields.map(({ word, title }) => [word, title])];
  const sort = h("select", {
    onchange: ({ target }) => {
      state.sort = target.value ? { word: target.value, descending: state.sort?.descending ?? false } : null;
      draw();
    },
  }, h("option", { value: "" }, "as the table stands"), words.map(([word, title]) => h("option", { value: word }, title)));
  const down = h("input", {
    type: "checkbox",
    onchange: ({ target }) => {
      if (state.sort) state.sort = { ...state.sort, descending: target.checked };
      draw();
    },
  });
  const fold = h("input", { type: "checkbox", onchange: ({ target }) => ((state.fold = target.checked), draw()) });
  const folded = h("span", { class: "count" });
  const columns = data.fields.map((field) => {
    const input = h("input", { type: "checkbox", onchange: () => (table.toggle(state, field), draw()) });
    return { field, input, line: h("label", {}, input, " ", field.title) };
  });
  const element = h("div", {},
    h("p", {}, h("label", {}, "Sort by ", sort), " ", h("label", {}, down, " the largest or last first")),
    h("p", {}, h("label", {}, fold, " Fold rows and columns that hold nothing "), folded),
    h("fieldset", { class: "choices columns" }, h("legend", {}, "Columns"), columns.map(({ line }) => line)),
  );
  function refresh(what) {
    sort.value = state.sort?.word ?? "";
    down.checked = Boolean(state.sort?.descending);
    down.disabled = !state.sort;
    fold.checked = state.fold;
    folded.textContent = what;
    const shown = table.wanted(state);
    for (const { field, input } of columns) input.checked = shown.includes(field);
  }
  return { element, refresh };
}
