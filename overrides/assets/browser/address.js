// The state of the case browser as an address says it, in words: ?origin=thumb_vein,nail_bed&sort=-size

import { choices } from "./rows.js";

export const PATIENT = "patient"; // the first column, by its word

export function empty() {
  return { filter: "", facets: new Map(), sort: null, columns: null, fold: false };
}

// What an address asks for, and what of it is not here.
export function read(query, data) {
  const state = empty();
  const dropped = [];
  for (const part of query.replace(/^\?/, "").split("&").filter(Boolean)) {
    const [name, value] = [part.slice(0, part.indexOf("=") >>> 0), part.includes("=") ? part.slice(part.indexOf("=") + 1) : ""].map(decoded);
    if (name === "filter") state.filter = value;
    else if (name === "sort") state.sort = readSort(value, data, dropped);
    else if (name === "columns") state.columns = readColumns(value, data, dropped);
    else if (name === "fold") state.fold = value === "yes";
    else if (data.byWord.get(name)?.facet) readFacet(state, data.byWord.get(name), value, data, dropped);
    else if (name !== "search") dropped.push(`there is no choice called “${name}”`);
  }
  return { state, dropped };
}

function decoded(text) {
  try {
    return decodeURIComponent(text.replaceAll("+", " "));
  } catch {
    return text;
  }
}

const list = (value) => [...new Set(value.split(",").filter(Boolean))];

function readSort(value, data, dropped) {
  const word = value.replace(/^-/, "");
  if (word === PATIENT || data.byWord.has(word)) return { word, descending: value.startsWith("-") };
  dropped.push(`there is no column “${word}” to sort by`);
  return null;
}

function readColumns(value, data, dropped) {
  const known = list(value).filter((word) => data.byWord.has(word) || void dropped.push(`there is no column “${word}”`));
  return known.length ? known : null;
}

function readFacet(state, field, value, data, dropped) {
  const here = choices(data, field);
  const wanted = list(value).filter((key) => here.includes(key) || void dropped.push(`${field.title} is “${key}” in no patient`));
  if (wanted.length) state.facets.set(field.word, wanted);
}

export function write(state) {
  const parts = [];
  const add = (name, values) => parts.push(name + "=" + values.map(encodeURIComponent).join(","));
  for (const [word, wanted] of state.facets) if (wanted.length) add(word, wanted);
  if (state.filter.trim()) add("filter", [state.filter]);
  if (state.sort) add("sort", [(state.sort.descending ? "-" : "") + state.sort.word]);
  if (state.columns) add("columns", state.columns);
  if (state.fold) add("fold", ["yes"]);
  return parts.length ? "?" + parts.join("&") : "";
}
