// The draft: what it holds, where it is kept in this browser, and what becomes of one from an older form.

const FORMAT = 1;
const KEY = "casebook-new-case";
const DISCARDED = KEY + "-discarded";

const TROUBLE = {
  none: "This browser keeps no drafts (its storage is switched off), so hand the file over before you close the page. All else works.",
  full: "The draft could not be kept: this browser's storage is full. What you typed is still here; hand it over before you close the page.",
};

export function empty() {
  return { format: FORMAT, id: "", record: { reports: [{ role: "full" }] }, report: null };
}

// Keeps a draft; what is wrong with the storage, or nothing.
export function keep(draft, key = KEY) {
  try {
    localStorage.setItem(key, JSON.stringify(draft));
    return "";
  } catch (error) {
    return error?.name === "QuotaExceededError" ? TROUBLE.full : TROUBLE.none;
  }
}

export function kept(key = KEY) {
  try {
    return { text: localStorage.getItem(key), trouble: "" };
  } catch {
    return { text: null, trouble: TROUBLE.none };
  }
}

// Puts a draft aside, so that it can be brought back.
export function discard(draft) {
  keep(draft, DISCARDED);
  try {
    localStorage.removeItem(KEY);
  } catch {
    // Where nothing is kept, nothing has to go.
  }
}

export function discarded() {
  return kept(DISCARDED).text;
}

export function onOtherWindow(changed) {
  window.addEventListener("storage", (event) => event.key === KEY && changed());
}

// A kept text as a draft of today's form. What no longer fits is given back as text, so that nothing is lost.
export function adopt(text, data) {
  let old;
  try {
    old = JSON.parse(text);
  } catch {
    return { draft: empty(), left: [text] };
  }
  if (!old || typeof old !== "object" || typeof old.record !== "object" || old.record === null)
    return { draft: empty(), left: [text] };
  const left = [];
  const draft = empty();
  draft.id = typeof old.id === "string" ? old.id : "";
  draft.record = { ...draft.record, ...fitting(data.case, old.record, "", left) };
  if (old.report && typeof old.report === "object")
    draft.report = {
      ...texts(old.report, ["id", "linked"]),
      record: fitting(data.report, old.report.record ?? {}, "report.", left),
    };
  return { draft, left };
}

function texts(node, names) {
  return Object.fromEntries(names.filter((name) => typeof node[name] === "string").map((name) => [name, node[name]]));
}

function fitting(fields, node, path, left) {
  const fits = {};
  for (const [name, inner] of Object.entries(node)) {
    const field = fields.find((other) => other.name === name);
    const value = field ? fit(field, inner, path + name, left) : undefined;
    if (value !== undefined) fits[name] = value;
    else if (JSON.stringify(inner) !== undefined && !isBlank(inner)) left.push(path + name + ": " + words(inner));
  }
  return fits;
}

function fit(field, node, path, left) {
  if (!field.states) return fitContent(field, node, path, left);
  if (!node || typeof node !== "object" || Array.isArray(node)) return undefined;
  const value = node.value === undefined ? undefined : fitContent(field, node.value, path, left);
  if (node.value !== undefined && value === undefined && !isBlank(node.value))
    left.push(path + ": " + words(node.value));
  return { ...around(node, path, left), value };
}

// What stands around a value: its places, its note, its state, whether it is inferred.
function around({ source, note, state, inferred }, path, left) {
  const fits = {};
  const isText = (value) => typeof value === "string";
  const keep = (name, value, fitting) => {
    if (value === undefined) return;
    if (fitting !== undefined) fits[name] = fitting;
    else if (!isBlank(value)) left.push(path + "." + name + ": " + words(value));
  };
  keep("source", source, places(source, path, left));
  keep("note", note, isText(note) ? note : undefined);
  keep("state", state, isText(state) ? state : undefined);
  keep("inferred", inferred, typeof inferred === "boolean" ? inferred : undefined);
  return fits;
}

// The places of a source, without those that are none.
function places(source, path, left) {
  if (!Array.isArray(source)) return undefined;
  return source.filter((entry) => {
    const isPlace =
      entry !== null &&
      typeof entry === "object" &&
      ["place", "report"].every((name) => entry[name] === undefined || typeof entry[name] === "string");
    if (!isPlace && !isBlank(entry)) left.push(path + ".source: " + words(entry));
    return isPlace;
  });
}

function fitContent(field, node, path, left) {
  if (field.form === "source") return places(node, path, left);
  if (field.form === "mapping") {
    if (!Array.isArray(node) || !node.every((entry) => entry && typeof entry.key === "string")) return undefined;
    return node.map(({ key, said }) => ({
      key,
      said: said === undefined ? said : fit(field.entry, said, path + "." + key, left),
    }));
  }
  if (field.many)
    return Array.isArray(node)
      ? node.map((item, i) => fitOne(field, item, path + "." + i, left)).filter((item) => item !== undefined)
      : undefined;
  return fitOne(field, node, path, left);
}

function fitOne(field, node, path, left) {
  if (field.form === "block") {
    if (!node || typeof node !== "object" || Array.isArray(node)) return undefined;
    const { source, note, present, ...rest } = node;
    const named = new Set(field.inside.map(({ name }) => name));
    const told = around({ source: named.has("source") ? undefined : source, note }, path, left);
    const own = Object.fromEntries(
      Object.entries({ ...told, present }).filter(([name, value]) => value !== undefined && !named.has(name)),
    );
    return { ...own, ...fitting(field.inside, named.has("source") ? { ...rest, source } : rest, path + ".", left) };
  }
  if (field.form === "boolean") return typeof node === "boolean" ? node : undefined;
  return typeof node === "string" ? node : undefined;
}

function isBlank(node) {
  if (node === null || node === undefined || node === "") return true;
  return typeof node === "object" && Object.values(node).every(isBlank);
}

function words(node) {
  return typeof node === "string" ? node : JSON.stringify(node);
}
