// A draft as the plain data of a file: what was said, in the short forms that people would write.
//
// A node of a draft follows its field: text for what is typed, true or false, a list for `many`, an object for
// a block, a list of {key, said} for a mapping. A field that may hold a state is {value, state, source, note,
// inferred}. Sources are lists of {report, place}.

import { mended, oneLine } from "./text.js";

const INTEGER = /^(0|-?[1-9][0-9]{0,14})$/;
const DECIMAL = /^-?(0|[1-9][0-9]{0,14})\.[0-9]{1,15}$/;
const NUMBERS = new Set(["integer", "number", "age"]);

export const NOT_FACTS = new Set(["reports", "identity", "extraction", "remarks", "source", "note"]);

export function typed(field, node) {
  if (field.form === "boolean") return typeof node === "boolean" ? node : undefined;
  if (typeof node !== "string") return undefined;
  const text = field.form === "text" ? mended(node).trim() : oneLine(node);
  if (text === "") return undefined;
  if (NUMBERS.has(field.form) && (INTEGER.test(text) || DECIMAL.test(text))) return Number(text);
  return text;
}

export function sources(node) {
  const places = (Array.isArray(node) ? node : [])
    .filter(Boolean)
    .map(({ report, place }) => ({ report, place: oneLine(place ?? "") }))
    .filter(({ place }) => place)
    .map(({ report, place }) => (report ? report + ": " + place : place));
  return places.length > 1 ? places : places[0];
}

export function note(node) {
  return typeof node === "string" && mended(node).trim() ? mended(node).trim() : undefined;
}

function one(field, node) {
  if (field.form === "block") return block(field, node);
  if (field.form === "mapping") return mapping(field, node);
  return typed(field, node);
}

function content(field, node) {
  if (field.form === "source") return sources(node);
  if (!field.many) return one(field, node);
  const items = (Array.isArray(node) ? node : []).map((item) => one(field, item)).filter((item) => item !== undefined);
  return items.length ? items : undefined;
}

function mapping(field, node) {
  const entries = (Array.isArray(node) ? node : []).map(({ key, said }) => {
    const value = written(field.entry, said);
    return [key, value === undefined ? (field.entry.short === "present" ? "present" : null) : value];
  });
  return entries.length ? Object.fromEntries(entries) : undefined;
}

function block(field, node) {
  if (!node) return undefined;
  const inside = {};
  for (const inner of field.inside) {
    const value = written(inner, node[inner.name]);
    if (value !== undefined) inside[inner.name] = value;
  }
  const names = Object.keys(inside);
  const words = field.sourced ? note(node.note) : undefined;
  if (!names.length && !words) return node.present ? "present" : undefined;
  const place = field.sourced ? sources(node.source) : undefined;
  return placed(field, inside, place, words);
}

// The block with its source behind the field that names it, and its note at the end.
function placed(field, inside, place, words) {
  const [first, ...rest] = Object.entries(inside);
  const named = first && field.inside[0].required && field.inside[0].name === first[0];
  return Object.fromEntries([
    ...(named ? [first] : []),
    ...(place === undefined ? [] : [["source", place]]),
    ...(named ? rest : Object.entries(inside)),
    ...(words === undefined ? [] : [["note", words]]),
  ]);
}

// What a field's node says, or undefined where it says nothing.
export function written(field, node) {
  if (!field.states) return shortened(field, content(field, node));
  if (!node || node.state === "not_reported") return undefined;
  const place = sources(node.source);
  const words = note(node.note);
  const value = node.state || content(field, node.value);
  if (value === undefined) return undefined;
  const isBlock = field.form === "block" && !field.many && typeof value === "object";
  if (isBlock && !node.inferred) return shortened(field, placed(field, value, place, words));
  if (place === undefined && words === undefined && !node.inferred) return shortened(field, value);
  return {
    value: shortened(field, value),
    ...(node.inferred ? { inferred: true } : {}),
    ...(place === undefined ? {} : { source: place }),
    ...(words === undefined ? {} : { note: words }),
  };
}

// A block of which only the main field is said is written as that field's term alone.
function shortened(field, value) {
  if (field.form !== "block" || field.many || !value || typeof value !== "object") return value;
  const names = Object.keys(value);
  const isMain = names.length === 1 && names[0] === field.short && field.inside.find((f) => f.name === field.short);
  return isMain && !isMain.states && typeof value[field.short] === "string" ? value[field.short] : value;
}

// The record of a draft: its fields in the order of the model, what places them behind what names them.
export function record(fields, draft) {
  const said = {};
  for (const field of fields) {
    const value = field.name === "note" ? note(draft[field.name]) : written(field, draft[field.name]);
    if (value !== undefined) said[field.name] = value;
  }
  const { reports, identity, source, note: words, extraction, ...rest } = said;
  const ordered = { reports, identity, source, ...rest, note: words, extraction };
  return Object.fromEntries(Object.entries(ordered).filter(([, value]) => value !== undefined));
}
