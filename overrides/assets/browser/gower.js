// The distance of Gower (1971) between a reader's patient and the published ones, and shares with their intervals.
// No page is touched.

// What a published patient reports in a field, as it can be compared: one number, or terms; undefined otherwise.
export function comparable(field, cell) {
  if (cell.state !== "reported") return undefined;
  if (field.kind !== "number") return cell.values.length ? cell.values : undefined;
  const [low, high] = cell.bounds ?? [null, null];
  return low !== null && low === high ? low : undefined;
}

// How far apart two values are, from 0 to 1: numbers by their range, terms by the share that only one has.
export function apart(field, mine, theirs) {
  if (field.kind === "number") return Math.min(1, Math.abs(mine - theirs) / field.range);
  const both = mine.filter((term) => theirs.includes(term)).length;
  return 1 - both / new Set([...mine, ...theirs]).size;
}

// The weighted mean over the fields that both report; `coverage` is their share of what was entered, by weight.
export function distance(fields, mine, row) {
  let sum = 0;
  let weight = 0;
  let entered = 0;
  const parts = [];
  for (const field of fields.filter(({ word }) => mine.has(word))) {
    entered += field.weight;
    const theirs = comparable(field, row.cells[field.index]);
    const far = theirs === undefined ? undefined : apart(field, mine.get(field.word), theirs);
    parts.push({ field, far });
    if (far === undefined) continue;
    sum += far * field.weight;
    weight += field.weight;
  }
  return { row, parts, distance: weight ? sum / weight : undefined, coverage: entered ? weight / entered : 0 };
}

// The nearest patients, and how many are too little known to be ranked.
export function nearest(data, mine) {
  const fields = data.fields.filter(({ part }) => part === "compared");
  const all = data.cases.map((row) => distance(fields, mine, row));
  const ranked = all
    .filter((one) => one.distance !== undefined && one.coverage >= data.floor)
    .sort((a, b) => a.distance - b.distance || b.coverage - a.coverage || (a.row.id < b.row.id ? -1 : 1));
  const near = ranked.slice(0, data.nearest);
  const last = near.at(-1)?.distance;
  const tied = ranked.slice(data.nearest).filter(({ distance }) => distance === last).length;
  return { near, tied, ranked: ranked.length, unranked: all.length - ranked.length };
}

const Z = 1.959963984540054; // of a 95 % interval

// The interval of Wilson (1927) of a share k/n.
export function wilson(k, n) {
  const share = k / n;
  const middle = (share + (Z * Z) / (2 * n)) / (1 + (Z * Z) / n);
  const half = (Z / (1 + (Z * Z) / n)) * Math.sqrt((share * (1 - share)) / n + (Z * Z) / (4 * n * n));
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}

// How often each term was seen among the patients of whom the field is known.
export function tally(field, rows) {
  const known = rows.map((row) => row.cells[field.index]).filter(({ state, values }) => state === "reported" && values.length);
  const counts = new Map();
  for (const { values } of known) for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  if (field.kind === "question") for (const value of ["yes", "no"]) if (known.length && !counts.has(value)) counts.set(value, 0);
  const shown = [...counts].filter(([value]) => field.kind !== "question" || value === "yes");
  return { n: known.length, shares: shown.sort(([, a], [, b]) => b - a).map(([value, k]) => ({ value, k, interval: wilson(k, known.length) })) };
}

// What is entered, as the part of an address after #, and back; no server ever gets it.
export function write(mine) {
  return [...mine].map(([word, value]) => `${word}=${[value].flat().map(encodeURIComponent).join(",")}`).join("&");
}

export function read(hash, data) {
  const mine = new Map();
  const dropped = [];
  const fields = new Map(data.fields.filter(({ part }) => part === "compared").map((field) => [field.word, field]));
  for (const part of hash.replace(/^#/, "").split("&").filter(Boolean)) {
    const [word, ...rest] = part.split("=");
    const field = fields.get(word);
    const values = rest.join("=").split(",").map(decoded).filter(Boolean);
    if (!field) dropped.push(`nothing called “${decoded(word)}” is compared`);
    else if (field.kind === "number") readNumber(mine, field, values[0], dropped);
    else readTerms(mine, field, values, dropped);
  }
  return { mine, dropped };
}

function readNumber(mine, field, text, dropped) {
  const number = Number(text);
  if (text && Number.isFinite(number) && number >= 0) mine.set(field.word, number);
  else dropped.push(`${field.title}: “${text ?? ""}” is no number of 0 or more`);
}

function readTerms(mine, field, values, dropped) {
  const known = values.filter((value) => Object.hasOwn(field.terms ?? {}, value) || void dropped.push(`${field.title} is “${value}” in no patient`));
  if (known.length) mine.set(field.word, known);
}

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
