// What is wrong with a draft, in the same words as the checks of the repository.
//
// A problem is {place, path, message, hint, title}: `place` is the field's place in the form, `path` in the file.

import { caseIdOf } from "./files.js";
import { measured } from "./measures.js";
import { persons } from "./persons.js";
import { ageToWrite, daysToWrite, toWrite } from "./printed.js";
import { personal } from "./privacy.js";
import { NOT_FACTS, note, typed, written } from "./record.js";
import { rules } from "./rules.js";
import { isSurelyState, stateHint } from "./said.js";
import { strange } from "./signs.js";
import { adding, namedTerm, nearestTerm } from "./spelling.js";
import { closest, fill, repr, shown } from "./wording.js";

// Python's letters and digits are those of all scripts.
function pattern(source) {
  return new RegExp(
    source
      .replace(/\[\^\\W\\d_\]/g, "[\\p{Alphabetic}\\p{M}]")
      .replace(/\[\^\\W_\]/g, "[\\p{Alphabetic}\\p{M}\\p{Nd}]")
      .replace(/\\d/g, "\\p{Nd}"),
    "u",
  );
}

const LINKS = { reports: "reports_exist", regimens: "regimens_exist", cases: "ids_differ_between_identity_and_case" };

// Collects problems, each once at its place.
function collector(data) {
  const found = new Map();
  const say = (kind, place, path, titles, values = {}, hint = undefined) => {
    const [what, cure] = data.messages[kind];
    const message = fill(what, values) + (values.detail ? ": " + values.detail : "");
    const waits = kind === "every_value_has_a_place" || kind === "missing";
    const key = place + "\n" + message;
    if (!found.has(key))
      found.set(key, { place, path, title: titles.join(" › "), message, hint: hint ?? fill(cure, values), waits });
  };
  return { say, all: () => [...found.values()] };
}

// What may identify a person; who wrote a report or a file is public.
function checkPersonal(text, place, path, titles, { data, isPublic, say }) {
  if (isPublic) return;
  for (const [rule, kind] of personal(text, data)) say(rule, place, path, titles, { detail: kind });
}

function checkSigns(text, place, titles, { data, say }) {
  for (const [kind, values] of strange(text, data.signs)) say(kind, place, "", titles, values);
}

function checkNote(words, place, path, titles, context) {
  if (words === undefined) return;
  checkSigns(words, place, titles, context);
  checkLength(words, 600, place, path + ".note", titles, context);
  checkPersonal(words, place, path + ".note", titles, context);
}

function checkFields(fields, node, prefix, context) {
  for (const field of fields) {
    const place = prefix + field.name;
    if (field.required && written(field, node[field.name]) === undefined)
      context.say("missing", place, "", [field.title], { name: field.name });
    check(field, node[field.name], place, field.name, [field.title], {
      ...context,
      holder: place,
      fact: context.facts && !NOT_FACTS.has(field.name),
      isPublic: context.isPublic || field.name === "extraction",
    });
  }
}

// What is wrong with a case, given as a draft in which every place names its report.
export function problems(draft, data) {
  const { say, all } = collector(data);
  const reports = (draft.reports ?? []).map(({ report }) => report).filter(Boolean);
  checkFields(data.case, draft, "", { data, say, facts: true, sources: places(draft.source), reports });
  rules(draft, data, say);
  persons(draft, data, say);
  return all();
}

export function sizeProblems(text, data) {
  const { say, all } = collector(data);
  if (new Blob([text]).size > data.largest)
    say("too_large", "remarks", "", ["The case"], { limit: Math.floor(data.largest / 1000) });
  return all();
}

export function reportProblems(draft, data) {
  const { say, all } = collector(data);
  checkFields(data.report, draft, "report.", { data, say, facts: false, isPublic: true, sources: [], reports: [] });
  return all();
}

export function nameProblems(draft, data) {
  const { say, all } = collector(data);
  const id = caseIdOf(draft);
  const title = ["Name of the file"];
  if (!id || !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(id)) say("name", "id", "", title, { joint: "hyphens" });
  else if (id.length > 80) say("long_name", "id", "", title, { limit: 80 });
  else if (Object.hasOwn(data.cases, id)) say("name_taken", "id", "", title, { id });
  return all();
}

function check(field, node, place, path, titles, context) {
  if (!field.states) return checkContent(field, node, place, path, titles, context);
  if (!node || node.state === "not_reported") return undefined;
  const words = note(node.note);
  checkNote(words, place, path, titles, context);
  checkPlaces(node.source, place, path + ".source", titles, context);
  const here = within(context, node.source);
  if (node.state) {
    if (node.state === "unclear" && words === undefined) context.say("unclear_without_note", place, path, titles);
    checkSource(place, path, titles, here);
  } else {
    checkContent(field, node.value, place, path, titles, here);
  }
  const said = written(field, node);
  if (node.inferred && said !== undefined && words === undefined)
    context.say("inferred_without_note", place, path, titles);
  if (said === undefined && (words !== undefined || node.inferred)) context.say("value_missing", place, path, titles);
  return undefined;
}

function checkContent(field, node, place, path, titles, context) {
  if (field.form === "source") checkPlaces(node, place, path, titles, context);
  else if (field.form === "mapping") checkMapping(field, node, place, path, titles, context);
  else if (field.many) {
    let written = 0;
    (Array.isArray(node) ? node : []).forEach((item, index) => {
      const at = [
        place + "." + index,
        path + "[" + written + "]",
        [...titles.slice(0, -1), titles.at(-1) + " " + (index + 1)],
      ];
      if (checkOne(field, item, ...at, { ...context, holder: field.form === "block" ? at[0] : context.holder }))
        written += 1;
    });
  } else checkOne(field, node, place, path, titles, context);
}

// Checks one value; whether there is one.
function checkOne(field, node, place, path, titles, context) {
  if (field.form === "block") return checkBlock(field, node, place, path, titles, context);
  const value = typed(field, node);
  if (value === undefined) return false;
  checkTyped(field, value, place, path, titles, context);
  checkSource(place, path, titles, context);
  return true;
}

function checkMapping(field, node, place, path, titles, context) {
  for (const { key, said } of Array.isArray(node) ? node : []) {
    const at = [place + "." + key, path + "." + key, [...titles, labelOf(field, key, context)]];
    checkTerm(field.vocabulary, key, ...at, context);
    if (written(field.entry, said) !== undefined) check(field.entry, said, ...at, context);
    else if (field.entry.short === "present") checkSource(...at, context);
    else context.say("no_value", ...at);
  }
}

function labelOf(field, key, { data }) {
  return data.vocabularies[field.vocabulary]?.terms[key]?.[0] ?? key;
}

function checkBlock(field, node, place, path, titles, context) {
  const alone = { ...field, states: false, many: false };
  if (written(alone, node) === undefined) return false;
  if (field.sourced) {
    checkNote(note(node.note), place, path, titles, context);
    checkPlaces(node.source, place, path + ".source", titles, context);
  }
  const here = field.sourced ? { ...within(context, node.source), holder: place } : context;
  if (node.present && !field.inside.some((inner) => written(inner, node[inner.name]) !== undefined))
    checkSource(place, path, titles, here);
  for (const inner of field.inside) {
    const at = [place + "." + inner.name, path + "." + inner.name, [...titles, inner.title]];
    if (inner.required && written(inner, node[inner.name]) === undefined)
      context.say("missing", at[0], path, at[2], { name: inner.name });
    check(inner, node[inner.name], ...at, here);
  }
  if (field.name === "identity") checkIdentity(node, place, path, titles, context);
  if (field.name === "agreement" && Number(node.same) > Number(node.both))
    context.say("more_same_than_both", place, path, titles);
  return true;
}

function checkIdentity(node, place, path, titles, { say }) {
  const apart = node.same_patient === "possible" || node.same_patient === "rejected";
  if (!node.same_patient) return;
  if (apart && !node.other_case) say("other_case_missing", place + ".other_case", path, titles);
  if (!apart && node.other_case) say("other_case_superfluous", place + ".other_case", path, titles);
}

function checkPlaces(source, place, path, titles, context) {
  const given = places(source);
  given.forEach((entry) => checkSigns(entry.place, place, titles, context));
  given.forEach((entry, index) =>
    checkPersonal(entry.place, place, path + (given.length > 1 ? "[" + index + "]" : ""), titles, context),
  );
}

function places(source) {
  return (Array.isArray(source) ? source : []).filter((entry) => entry?.place?.trim());
}

// What holds inside something that names its own places.
function within(context, source) {
  const own = places(source);
  return own.length ? { ...context, sources: own } : context;
}

function checkSource(place, path, titles, { fact, sources, reports, holder, say }) {
  if (!fact) return;
  for (const { report } of sources)
    if (report && !reports.includes(report))
      say(
        "sources_name_a_report_of_the_case",
        holder,
        path,
        titles,
        { detail: "'" + report + "' is not one of them" },
        "write one of " + reports.join(", ") + " before the place",
      );
  if (sources.length) return;
  const depth = holder.split(".").filter((step) => !/^[0-9]+$/.test(step)).length;
  say("every_value_has_a_place", holder, path, titles.slice(0, depth));
}

// Says a mistake with the state that was meant, where a state as people write it made it.
function withState(field, value, { data, say }) {
  const state = stateHint(value, field, data.as_states);
  return state ? (kind, place, path, titles, values) => say(kind, place, path, titles, values, state) : say;
}

function checkTyped(field, value, place, path, titles, given) {
  const { data } = given;
  const say = withState(field, value, given);
  const context = { ...given, say };
  const at = [place, path, titles];
  if (typeof value === "string") checkSigns(value, place, titles, given);
  if (field.form === "term") checkTerm(field.vocabulary, value, ...at, context);
  else if (field.form === "measure") checkMeasure(field.measure, value, ...at, context);
  else if (field.form === "age") {
    if (!(value === "90+" || (Number.isInteger(value) && value >= 0 && value < 90))) {
      const mended = ageToWrite(value, data.printed);
      say(mended ? "age_otherwise" : "not_an_age", ...at, { mended });
    }
  } else if (field.form === "integer") {
    if (!Number.isInteger(value)) say("not_whole", ...at, { shown: shown(value) });
    else checkBounds(field, value, ...at, context);
  } else if (field.form === "text") {
    if (field.refers && !Object.hasOwn(data[field.refers], value)) {
      const detail = field.refers === "cases" ? "" : "'" + value + "'";
      say(LINKS[field.refers], ...at, { detail }, hintFor(value, data[field.refers], context));
    }
    checkLength(value, field.longest, ...at, context);
    if (!field.refers) checkPersonal(value, ...at, context);
    const apart = TOLD_APART[field.told_apart];
    if (apart) apart(field, value, ...at, context);
    else if (field.pattern && !pattern(field.pattern).test(value))
      say("form", ...at, { shown: shown(value), shape: data.shapes[field.pattern] });
    else if (field.states && isSurelyState(value, data.as_states))
      say("state_otherwise", ...at, { shown: repr(value) });
    else if (field.name === "orcid" && !isOrcid(value)) say("not_an_orcid", ...at, { shown: repr(value) });
  }
}

function hintFor(value, ids, { data }) {
  const close = closest(value, Object.keys(ids).sort());
  return close ? fill(data.nearest, { nearest: close }) : undefined;
}

// The last character of an ORCID iD follows from the others: ISO 7064, MOD 11-2.
function isOrcid(text) {
  const digits = text.replaceAll("-", "");
  const total = Array.from(digits.slice(0, -1)).reduce((sum, digit) => (sum + Number(digit)) * 2, 0);
  const rest = (12 - (total % 11)) % 11;
  return digits.at(-1) === (rest === 10 ? "X" : String(rest));
}

function checkBounds(field, value, place, path, titles, { say }) {
  const low = field.minimum !== undefined && value < field.minimum;
  const high = field.maximum !== undefined && value > field.maximum;
  if (low)
    say("out_of_range", place, path, titles, {
      shown: shown(value),
      bound: "should be greater than or equal to " + field.minimum,
    });
  if (high)
    say("out_of_range", place, path, titles, {
      shown: shown(value),
      bound: "should be less than or equal to " + field.maximum,
    });
}

function checkLength(text, longest, place, path, titles, { say }) {
  if (longest && Array.from(text).length > longest) say("too_long", place, path, titles, { limit: longest });
}

function checkTerm(vocabulary, word, place, path, titles, { data, say }) {
  const terms = data.vocabularies[vocabulary].terms;
  if (Object.hasOwn(terms, word)) return;
  const nearest = nearestTerm(word, terms, data.spelling);
  const add = fill(...adding(word, vocabulary, data.spelling));
  const all = Object.keys(terms);
  const some = all.slice(0, 12).join(", ") + (all.length > 12 ? " and " + (all.length - 12) + " more" : "");
  const near = namedTerm(word, terms, data.spelling) ? data.spelling.named : data.spelling.nearest;
  const hint = nearest ? fill(near, { nearest, adding: add }) : undefined;
  say("not_a_term", place, path, titles, { shown: repr(word), vocabulary, terms: some, adding: add }, hint);
}

// Texts of which more can be told than that they have another form.
const TOLD_APART = {
  days(field, text, place, path, titles, { say }) {
    if (pattern(field.pattern).test(text)) return;
    const mended = daysToWrite(text);
    say(mended ? "days_otherwise" : "not_days", place, path, titles, { shown: repr(text), mended });
  },
  doi(field, text, place, path, titles, { say }) {
    const form = pattern(field.pattern);
    if (form.test(text)) return;
    const inside = /10\.\d{4,9}(?:\.\d+)*\/\S+/.exec(decoded(text).toLowerCase());
    const mended = inside ? inside[0].split("?")[0].replace(/[.,;]+$/, "") : "";
    say(form.test(mended) ? "doi_not_alone" : "not_a_doi", place, path, titles, { shown: repr(text), mended });
  },
  name(field, text, place, path, titles, { say }) {
    const form = pattern(field.pattern);
    if (form.test(text)) return;
    const mended = text.replace(/[\u2010-\u2014]/g, "-");
    const sign = Array.from(text).find((one) => !/[\p{Alphabetic}\p{M} .'’-]/u.test(one)) ?? Array.from(text)[0];
    const kind = form.test(mended) ? "other_hyphen" : "not_a_name";
    say(kind, place, path, titles, { shown: repr(text), mended: repr(mended), sign: repr(sign) });
  },
};

function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function checkMeasure(dimension, text, place, path, titles, { data, say }) {
  const measure = data.measures[dimension];
  const units = Object.keys(measure.units);
  const found = measured(text, measure);
  const isNone = !found || (units.length && !Object.hasOwn(measure.units, found.unit));
  const wrong = isNone || found.axes.length > measure.axes;
  const mended = wrong && toWrite(dimension, measure, text, data.printed);
  if (pattern(data.two_bounds).test(text)) say("two_bounds", place, path, titles);
  else if (mended)
    say("measure_otherwise", place, path, titles, { shown: repr(text), dimension: measure.name, mended });
  else if (isNone)
    say(measure.mistake, place, path, titles, {
      shown: repr(text),
      dimension: measure.name,
      units: units.length ? " (" + units.join(", ") + ")" : "",
      example: measure.example,
    });
  else if (found.axes.length > measure.axes) say("too_many_axes", place, path, titles);
  else if (found.axes.some(([low, high]) => low > high)) say("range_reversed", place, path, titles);
  else if (!["", "~"].includes(found.op) && found.axes.some(([low, high]) => low < high))
    say("two_bounds", place, path, titles);
}
