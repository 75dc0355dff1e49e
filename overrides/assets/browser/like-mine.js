// Cases like mine: what a reader enters of a patient, and the published patients nearest to it.

import { button, h } from "../form/element.js";
import { nearest, read, tally, write } from "./gower.js";
import { json } from "./load.js";
import { markOfCell } from "./mark.js";
import { prepared } from "./rows.js";

const percent = (share) => Math.round(share * 100) + " %";

async function start(box) {
  const raw = await json(box.dataset.rows);
  const data = { ...prepared(raw), nearest: raw.nearest, floor: raw.floor };
  const result = h("div", { class: "result", "aria-live": "polite" });
  let { mine, dropped } = read(location.hash, data);
  const form = formOf(data, () => mine, change);
  box.replaceChildren(form.element, result, weights(data));
  show();

  function change(word, value) {
    if (value === undefined) mine.delete(word);
    else mine.set(word, value);
    dropped = [];
    keep();
  }

  function keep() {
    history.replaceState(null, "", location.pathname + location.search + (mine.size ? "#" + write(mine) : ""));
    show();
  }

  function clear() {
    mine = new Map();
    dropped = [];
    form.refresh();
    keep();
  }

  function show() {
    const lost = dropped.length && h("p", { class: "dropped", role: "status" }, `Left out of this address: ${dropped.join("; ")}.`);
    const parts = mine.size ? answer(box, data, mine, clear) : [h("p", {}, "Enter one thing at least; the more, the better the search.")];
    result.replaceChildren(...[lost, ...parts].filter(Boolean));
  }

  addEventListener("hashchange", () => {
    ({ mine, dropped } = read(location.hash, data));
    form.refresh();
    show();
  });
}

// ---- what is entered ----

function formOf(data, mine, change) {
  const controls = data.fields.filter(({ part }) => part === "compared").map((field) => controlOf(field, mine, change));
  const element = h("form", { class: "entered", onsubmit: (event) => event.preventDefault() }, controls.map(({ element }) => element));
  return { element, refresh: () => controls.forEach(({ refresh }) => refresh()) };
}

function controlOf(field, mine, change) {
  const made = field.kind === "number" ? numberControl(field, mine, change) : field.several ? severalControl(field, mine, change) : oneControl(field, mine, change);
  made.refresh();
  return made;
}

function numberControl(field, mine, change) {
  const trouble = h("span", { class: "trouble", role: "status" });
  const input = h("input", { type: "number", min: "0", step: "any", inputmode: "decimal", oninput: enter });
  function enter() {
    trouble.textContent = input.validity.valid ? "" : "a number of 0 or more, please";
    change(field.word, input.value === "" || !input.validity.valid ? undefined : Number(input.value));
  }
  const refresh = () => (input.value = mine().get(field.word) ?? "");
  return { element: h("label", {}, field.title + (field.unit ? ` (${field.unit})` : "") + " ", input, " ", trouble), refresh };
}

function oneControl(field, mine, change) {
  const options = Object.entries(field.terms ?? {}).map(([term, label]) => h("option", { value: term }, label));
  const select = h("select", { onchange: () => change(field.word, select.value ? [select.value] : undefined) }, h("option", { value: "" }, "not known"), options);
  const refresh = () => (select.value = mine().get(field.word)?.[0] ?? "");
  return { element: h("label", {}, field.title + " ", select), refresh };
}

function severalControl(field, mine, change) {
  const inputs = Object.entries(field.terms ?? {}).map(([term, label]) => [h("input", { type: "checkbox", value: term, onchange: enter }), label]);
  const chosen = h("span", { class: "count" });
  function enter() {
    const values = inputs.filter(([input]) => input.checked).map(([input]) => input.value);
    change(field.word, values.length ? values : undefined);
    say();
  }
  function say() {
    const labels = inputs.filter(([input]) => input.checked).map(([, label]) => label);
    chosen.textContent = labels.length ? labels.join(", ") : "not known";
  }
  function refresh() {
    for (const [input] of inputs) input.checked = (mine().get(field.word) ?? []).includes(input.value);
    say();
  }
  const list = h("div", { class: "choices", role: "group", "aria-label": field.title }, inputs.map(([input, label]) => h("label", {}, input, " " + label)));
  return { element: h("details", {}, h("summary", {}, field.title + ": ", chosen), list), refresh };
}

// ---- what is answered ----

function answer(box, data, mine, clear) {
  const found = nearest(data, mine);
  const rows = found.near.map(({ row }) => row);
  const again = button("Start again", clear);
  const unranked = found.unranked ? ` ${found.unranked} others report less than ${percent(data.floor)} of what you entered, by weight, and are not ranked.` : "";
  if (!rows.length) return [h("p", {}, `No patient can be ranked.${unranked} Enter something else as well. `, again)];
  const tied = found.tied ? ` ${found.tied} more ${found.tied === 1 ? "is" : "are"} as near as the last.` : "";
  const four = rows.slice(0, 4).map(({ id }) => id).join(",");
  return [
    h("p", { class: "caveat" }, h("strong", {}, "This is no recommendation."), " Who was treated how, and who was written about, was not left to chance. The intervals tell only how few patients there are."),
    h("p", {}, `The ${rows.length} nearest of ${found.ranked} patients that can be ranked.${tied}${unranked} `, again),
    nearTable(box, data, mine, found.near),
    rows.length > 1 && h("p", {}, h("a", { href: `${box.dataset.sideBySide}?cases=${four}` }, `The nearest ${Math.min(4, rows.length)} side by side`)),
    tallies(data, "done", `What was done in the nearest ${rows.length}`, rows),
    tallies(data, "happened", `What happened to the nearest ${rows.length}`, rows),
  ].filter(Boolean);
}

function nearTable(box, data, mine, near) {
  const heads = ["Patient", "Distance", "Why", "What was done", "What happened"];
  const of = (part) => data.fields.filter((field) => field.part === part);
  const body = near.map((one) => {
    const name = h("th", { scope: "row" }, h("a", { href: box.dataset.cases + one.row.id + "/" }, one.row.name));
    const cells = [distanceOf(one), why(box, data, mine, one), ...["done", "happened"].map((part) => lines(known(box, data, of(part), one.row)))];
    return h("tr", {}, name, cells.map((inside, index) => h("td", { "data-label": heads[index + 1] }, inside)));
  });
  return h("div", { class: "comparison" }, h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "The nearest patients" },
    h("table", { class: "cases-table", style: "--columns: 7" }, h("thead", {}, h("tr", {}, heads.map((head) => h("th", { scope: "col" }, head)))), h("tbody", {}, body))));
}

function distanceOf({ distance, coverage, parts }) {
  const compared = parts.filter(({ far }) => far !== undefined).length;
  return `${distance.toFixed(2)}, from ${compared} of ${parts.length} fields (${percent(coverage)} by weight)`;
}

// Fields that agree, differ, and are not compared, each with what the patient's report says and where.
function why(box, data, mine, { parts, row }) {
  const groups = [["Agrees", (far) => far === 0], ["Differs", (far) => far > 0], ["Not compared", (far) => far === undefined]];
  return lines(groups.flatMap(([name, fits]) => {
    const here = parts.filter(({ far }) => fits(far));
    const said = here.map(({ field, far }, index) => [index > 0 && "; ", field.title + ": ", wordsOf(box, data, field, row), far > 0 && yours(field, far, mine)]);
    return here.length ? [[name, said]] : [];
  }));
}

const lines = (pairs) => pairs.map(([name, inside], index) => [index > 0 && h("br"), h("b", {}, name), ": ", inside]);

// What is known of some fields, a line each, and in one line what is not.
function known(box, data, fields, row) {
  const isKnown = (field) => row.cells[field.index].state === "reported";
  const silent = new Map();
  for (const field of fields.filter((one) => !isKnown(one))) {
    const words = data.states[row.cells[field.index].state];
    silent.set(words, [...(silent.get(words) ?? []), field.title]);
  }
  const first = (words) => words[0].toUpperCase() + words.slice(1);
  const told = fields.filter(isKnown).map((field) => [field.title, wordsOf(box, data, field, row)]);
  return [...told, ...[...silent].map(([words, titles]) => [first(words), titles.join(", ")])];
}

// What a report says in a field, with the mark that opens where.
function wordsOf(box, data, field, row) {
  const cell = row.cells[field.index];
  const plain = field.kind === "question" && cell.values.length;
  return [plain ? cell.values[0] : cell.words.join(", ") || data.states[cell.state], markOfCell(data, row, cell, box.dataset.reports)];
}

// ", yours 6 cm (0.13 apart)"
function yours(field, far, mine) {
  const own = [mine.get(field.word)].flat().map((value) => field.terms?.[value] ?? value + (field.unit ? " " + field.unit : ""));
  return `, yours ${own.join(", ")} (${far.toFixed(2)} apart)`;
}

function tallies(data, part, title, rows) {
  const lines = data.fields.filter((field) => field.part === part).map((field) => {
    const { n, shares } = tally(field, rows);
    const words = shares.map(({ value, k, interval }) => `${field.kind === "question" ? "" : (field.terms[value] ?? value) + " in "}${k} of ${n} (${interval.map((end) => Math.round(end * 100)).join("–")} %)`);
    const silent = rows.length - n;
    return h("li", {}, h("b", {}, field.title), ": ", words.join("; ") || "not known of any", silent && n ? `; not known of ${silent}` : "");
  });
  return h("section", {}, h("h2", {}, title), h("ul", {}, lines), h("p", { class: "note" }, "In brackets the 95 % interval of each share (Wilson)."));
}

function weights(data) {
  const fields = data.fields.filter(({ part }) => part === "compared");
  const line = ({ title, weight, range, unit }) => h("li", {}, `${title}: weight ${weight}` + (range ? `, range ${range}${unit ? " " + unit : ""}` : ""));
  return h("details", { class: "numbers" }, h("summary", {}, "Weights and ranges"), h("ul", {}, fields.map(line)));
}

function wake(box) {
  start(box).catch(() => {
    box.replaceChildren(
      h("p", { role: "status" }, "The patients could not be loaded. ", button("Try again", () => wake(box)), " or look through ", h("a", { href: box.dataset.cases }, "the table of all cases"), "."),
    );
  });
}

wake(document.querySelector(".like-mine"));
