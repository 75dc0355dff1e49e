// What to write for a measure as papers print it, by the lists of build_tools/records/printed.py.

import { measured } from "./measures.js";

const filled = (template, groups) => template.replace(/\{(\d)\}/g, (_, index) => groups[index - 1] ?? "");

function whole(form, text) {
  return new RegExp("^(?:" + form + ")$", "i").exec(text);
}

function tidy(text, { tidy: rules, superscripts }) {
  const raised = new RegExp("([0-9])([" + Object.keys(superscripts).join("") + "]+)", "g");
  const plain = text.replace(
    raised,
    (_, digit, signs) => digit + "^" + Array.from(signs, (sign) => superscripts[sign]).join(""),
  );
  return rules.reduce(
    (result, [form, put]) =>
      result.replace(new RegExp(form, "gi"), (...found) => {
        const end = found.findIndex((part) => typeof part === "number");
        return filled(put, found.slice(1, end));
      }),
    plain,
  );
}

// A text without commas in its numbers: read as thousands, as decimals, or as either.
function ofCommas(text) {
  if (/(?<![0-9.])[1-9][0-9]{0,2}(?:,[0-9]{3}){2,}(?![0-9])/.test(text))
    return [text.replace(/([0-9]),(?=[0-9]{3})/g, "$1")];
  const decimal = text.replace(/(?<![dD])(?<![sy] )([0-9]),(?=[0-9])/g, "$1.");
  if (/(?<![0-9.])[1-9][0-9]{0,2},[0-9]{3}(?![0-9])/.test(text))
    return [text.replace(/([0-9]),(?=[0-9]{3}(?![0-9]))/g, "$1"), decimal];
  return [decimal];
}

function written([, write, factors, product], groups) {
  const parts = groups.map((group, index) => [Number(group ?? 0), factors[index] ?? 0]).filter(([, factor]) => factor);
  const total = product
    ? parts.reduce((result, [number]) => result * number, 1)
    : parts.reduce((result, [number, factor]) => result + number * factor, 0);
  return filled(write.replace("{total}", String(Math.round(total * 1e6) / 1e6)), groups);
}

function one(dimension, measure, text, printed) {
  for (const form of printed.forms[dimension] ?? []) {
    const match = whole(form[0], text);
    if (match) return written(form, match.slice(1));
  }
  for (const [unit, names] of Object.entries(printed.units[dimension] ?? {})) {
    const found = whole("(.*[0-9]) (?:" + names + ")[.]?", text);
    if (!found) continue;
    text = found[1] + " " + (found[1] === "1" ? unit.replace(/s$/, "") : unit);
    break;
  }
  const parts = measured(text, measure);
  const units = Object.keys(measure.units);
  const isUnit = parts && (!units.length || Object.hasOwn(measure.units, parts.unit));
  return isUnit && parts.axes.length <= measure.axes ? "'" + text + "'" : null;
}

// The text to write, in quotes, or null where that can't be told for sure.
export function toWrite(dimension, measure, given, printed) {
  const text = tidy(given, printed);
  const readings = [...new Set(ofCommas(text).map((reading) => one(dimension, measure, reading, printed)))];
  const found = readings.filter((reading) => reading !== null);
  if (found.length === 2 && !new RegExp(printed.thousands, "i").test(text))
    return found[0] + ", or " + found[1] + " if the comma is a decimal one";
  return found.length ? found[0].replace(new RegExp(printed.one, "g"), "$1") : null;
}

// What to write for an age: full years, of a child below one 0; what is no one number is left out, as a remark.
export function ageToWrite(given, printed) {
  const shown = String(given);
  const text = tidy(shown, printed).toLowerCase().replace(/^(?:aged?|about the age of) /, "");
  const years = "(?:years?(?: of age| old)?|yrs?|y|yo|y/o|-?year-?old|-years?-old)?";
  const younger = "(?:months?|mos?|m|weeks?|wks?|w|days?|d|hours?|h)(?:[ -]old)?";
  const remark = "'Age as printed: " + shown + ".' under remarks, and leave the age out";
  const noted = (value, words = shown) => "{value: " + value + ", note: '" + words + "'}";
  let found = whole("([0-9]+)(?:[.]([0-9]+))?[ -]?" + years, text);
  if (found) {
    if (Number(found[1]) >= 90) return '"90+"';
    return found[2] ? noted(Number(found[1]), found[1] + "." + found[2] + " years") : String(Number(found[1]));
  }
  found = whole("([0-9]+)(?:[.][0-9]+)?[ -]?(" + younger + ")", text);
  if (found) {
    const inMonths = /^(?:mo|m\b)/.test(found[2]);
    const value = inMonths ? Math.floor(Number(found[1]) / 12) : 0;
    return value >= 90 || (found[2].startsWith("w") && Number(found[1]) >= 52) ? remark : noted(value);
  }
  found = whole("([0-9]+) ?(?:years?|yrs?|y),?(?: and)? ([0-9]+) ?(" + younger + ")", text);
  if (found) return Number(found[1]) >= 90 ? '"90+"' : noted(Number(found[1]));
  if (whole("newborn|neonate|neonatal|infant|at birth", text)) return noted(0);
  const numbers = (text.match(/[0-9]+/g) ?? []).map(Number);
  if (numbers.length && Math.min(...numbers) >= 90) return '"90+"';
  const decade = /decade|teens|twenties|thirties|forties|fifties|sixties|seventies|eighties/.test(text);
  return (decade || (numbers.length && Math.max(...numbers) < 90)) && shown.length < 40 ? remark : null;
}

// What to write for days of a cycle, such as "1, 8".
export function daysToWrite(given) {
  const text = given
    .toLowerCase()
    .replace(/[\u2010-\u2015\u2212]|(?<=\d) to (?=\d)/g, "-")
    .replace(/(?:\bon )?\bd(?:ays?)? ?(?=\d)/g, "")
    .replace(/ ?- ?/g, "-")
    .replace(/ ?(?:[,;+&]|\band\b) ?(?:and )?/g, ", ")
    .replace(/^[ .,]+|[ .,]+$/g, "");
  return /^\d+(-\d+)?(, \d+(-\d+)?)*$/.test(text) ? '"' + text + '"' : null;
}
