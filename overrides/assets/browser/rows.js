// The rows of the case browser: which choices a patient falls under, who is kept, in which order. No page is touched.

import { folded } from "./words.js";

export const UNKNOWN = new Set(["not_reported", "not_extracted", "unclear", "unknown", "withheld"]);
export const OTHER = "other"; // said, but as none of the terms, or as a number that no one range holds

// The data with every cell in one form, and what is looked up in it.
export function prepared(data) {
  const fields = data.fields.map((field, index) => ({ ...field, index, choices: new Map() }));
  const cases = data.cases.map((one) => ({ ...one, cells: one.cells.map(whole) }));
  for (const field of fields) {
    field.labels = new Map(Object.entries(field.terms ?? {}));
    for (const row of cases) for (const key of choicesOf(field, row)) count(field.choices, key);
  }
  for (const row of cases) row.text = folded([row.name, row.id, ...row.cells.flatMap(({ words }) => words)].join(" "));
  return { fields, cases, states: data.states, reports: data.reports ?? {}, byWord: new Map(fields.map((field) => [field.word, field])) };
}

function whole(cell) {
  if (typeof cell === "string") return { state: cell, words: [], values: [], sources: [], forms: [], notes: [] };
  return { state: "reported", values: [], sources: [], forms: [], notes: [], ...cell };
}

function count(counts, key) {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}

// ---- choices ----

export function choicesOf(field, row) {
  const cell = row.cells[field.index];
  if (cell.state !== "reported") return [cell.state];
  if (cell.values.length) return cell.values;
  return [(field.kind === "number" && rangeOf(field.steps ?? [], cell.bounds)) || OTHER];
}

// The range that holds a number whole; of "more than 4 cm" none may.
function rangeOf(steps, bounds) {
  if (!bounds || !steps.length || bounds[0] === null) return undefined;
  const [low, high] = [bounds[0], bounds[1] ?? Infinity];
  const from = steps.findLastIndex((step) => step <= low);
  const end = steps[from + 1] ?? Infinity;
  return high < end || low === Infinity || (end === Infinity && from >= 0) ? rangeKey(steps, from) : undefined;
}

function rangeKey(steps, from) {
  if (from < 0) return "under_" + steps[0];
  return from + 1 < steps.length ? steps[from] + "-" + steps[from + 1] : steps[from] + "_and_more";
}

// All choices of a field that any patient falls under: terms or ranges first, then what is not known.
export function choices(data, field) {
  const ranges = (field.steps ?? []).map((_, from) => rangeKey(field.steps, from));
  const order = [...field.labels.keys(), ...(field.steps ? [rangeKey(field.steps, -1), ...ranges] : []), OTHER, ...Object.keys(data.states)];
  return order.filter((key) => field.choices.has(key));
}

export function choiceLabel(data, field, key) {
  if (field.labels.has(key)) return field.labels.get(key);
  if (Object.hasOwn(data.states, key)) return data.states[key];
  if (key === OTHER) return field.kind === "number" ? "a bound, a range or words" : "said otherwise";
  const unit = field.unit ? " " + field.unit : "";
  if (key.startsWith("under_")) return "under " + key.slice(6) + unit;
  if (key.endsWith("_and_more")) return key.slice(0, -9) + unit + " and more";
  return key.replace("-", " to under ") + unit;
}

// ---- who is kept ----

const has = (wanted, field, row) => choicesOf(field, row).some((key) => wanted.includes(key));

// The patients that a state of the browser keeps, and those of whom a chosen field is not known.
export function kept(data, facets, fits = () => true) {
  const asked = [...facets].map(([word, wanted]) => [data.byWord.get(word), wanted]);
  const rows = [];
  const unknown = new Set();
  const missing = new Map(asked.map(([field]) => [field, 0]));
  for (const row of data.cases.filter(fits)) {
    const failed = asked.filter(([field, wanted]) => !has(wanted, field, row)).map(([field]) => field);
    if (!failed.length) rows.push(row);
    else if (failed.every((field) => choicesOf(field, row).every((key) => UNKNOWN.has(key) || key === OTHER))) {
      unknown.add(row);
      for (const field of failed) missing.set(field, missing.get(field) + 1);
    }
  }
  return { rows, unknown, missing };
}

// How many patients each choice of a field would keep, with all other choices as they are.
export function counts(data, facets, field, fits) {
  const others = new Map([...facets].filter(([word]) => word !== field.word));
  const found = new Map();
  for (const row of kept(data, others, fits).rows) for (const key of choicesOf(field, row)) count(found, key);
  return found;
}

// ---- order ----

const compareWords = new Intl.Collator(undefined, { numeric: true }).compare;

export function sorted(data, rows, sort) {
  if (!sort) return rows;
  const field = data.byWord.get(sort.word);
  const key = (row) => (field ? sortKey(field, row.cells[field.index]) : { known: true, words: row.name });
  const keys = new Map(rows.map((row) => [row, key(row)]));
  return rows.slice().sort((one, two) => {
    const [a, b] = [keys.get(one), keys.get(two)];
    if (a.known !== b.known) return a.known ? -1 : 1; // what is not known stays last, either way
    const order = a.number === undefined || b.number === undefined ? compareWords(a.words, b.words) : a.number - b.number;
    return sort.descending ? -order : order;
  });
}

function sortKey(field, cell) {
  const number = cell.bounds?.[0] ?? cell.bounds?.[1] ?? undefined;
  const known = cell.state === "reported" && (field.kind !== "number" || number !== undefined);
  return { known, number, words: cell.words.join("; ") };
}

// Whether a column holds anything of the patients shown.
export const holds = (field, rows) => rows.some((row) => row.cells[field.index].state === "reported");
