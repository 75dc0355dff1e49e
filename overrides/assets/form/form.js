// The form for a new case: it loads what it needs once, keeps the draft, and shows one step at a time. It sends nothing.

import { nameProblems, problems, reportProblems, sizeProblems } from "./checks.js";
import { adopt, discard, discarded, empty, keep, kept, onOtherWindow } from "./drafts.js";
import { fresh, h } from "./element.js";
import { files, reportIdOf, withReports } from "./files.js";
import { frame } from "./frame.js";
import { drawStep } from "./step.js";
import { learn } from "./text.js";

const WAIT = 250;

export function today() {
  return new Date().toLocaleDateString("sv"); // Swedish writes a day as 2026-11-21
}

async function start(root) {
  const answer = await fetch(root.dataset.form);
  if (!answer.ok) throw new Error("the data of the form did not load");
  const form = formOf(JSON.parse(await answer.text(), bare), root.dataset.cases);
  root.replaceChildren(...root.querySelectorAll("link"), ...form.elements);
  form.go(0, false);
}

// Data without what JavaScript gives to every object: nothing is found there that the file does not hold.
function bare(_, value) {
  return value && typeof value === "object" && !Array.isArray(value)
    ? Object.assign(Object.create(null), value)
    : value;
}

// A kept draft, as far as it can be opened; of one that can't the whole text is left.
function opened(text, data) {
  if (!text) return { draft: empty(), left: [] };
  const { draft, left } = adopt(text, data);
  try {
    problems(withReports(draft.record, ""), data);
    files(draft, data, today());
    return { draft, left };
  } catch {
    return { draft: empty(), left: [text] };
  }
}

// The form's state and everything that its parts ask of it.
function formOf(data, casesAt) {
  learn(data.signs);
  const memory = kept();
  const { draft, left } = opened(memory.text, data);
  draft.record.extraction = { date: today(), ...draft.record.extraction };
  const places = h("datalist", { id: fresh("places") });
  const targets = new Map();
  const listeners = [];
  const immediate = [];
  const touched = new Set();
  const seen = new Set();
  let trouble = memory.trouble;
  let step = 0;
  let timer;

  const form = {
    data,
    draft,
    casesAt,
    placesList: places.id,
    found: [],
    today,
    known: (kind) => (kind === "reports" ? withNew(data.reports) : data[kind]),
    label: (vocabulary, term) => data.vocabularies[vocabulary]?.terms[term]?.[0] ?? term,
    reportIds: () => (draft.record.reports ?? []).map(({ report }) => report).filter(Boolean),
    reportName: (id) => data.reports[id]?.name ?? id,
    register: (place, target) => targets.set(place, target),
    onChange: (listener) => {
      listeners.push(listener);
      listener();
    },
    atOnce: (listener) => immediate.push(listener),
    changed(place) {
      if (place) touched.add(place);
      immediate.forEach((listener) => listener());
      clearTimeout(timer);
      timer = setTimeout(settle, WAIT);
    },
    show() {
      for (const [place, target] of targets)
        if (target.box.isConnected)
          target.show(
            form.found.filter((p) => p.place === place && (seen.has(step) || (touched.has(place) && !p.waits))),
          );
    },
    settle,
    redraw: () => form.go(step, false),
    go,
    goTo,
    stepOf: (place) =>
      Math.max(
        0,
        data.steps.findIndex(({ fields }) => fields.includes(place.split(".")[0])),
      ),
    startOver() {
      discard(draft);
      replace(empty());
    },
    bringBack: discarded() && (() => replace(adopt(discarded(), data).draft)),
    left,
  };

  function withNew(reports) {
    const id = draft.report && reportIdOf(draft.report);
    if (!id) return reports;
    const made = { name: id + " (new)", title: draft.report.record.title ?? "", cases: [], labels: {} };
    return Object.assign(Object.create(null), { [id]: made }, reports);
  }

  function replace(other) {
    for (const name of Object.keys(draft)) delete draft[name];
    Object.assign(draft, other);
    draft.record.extraction = { date: today(), ...draft.record.extraction };
    seen.clear();
    touched.clear();
    settle();
    go(0);
  }

  // The case's report follows the new one, whose id comes from its first author and year.
  function linkNewReport() {
    if (!draft.report) return;
    const id = reportIdOf(draft.report);
    const link = (draft.record.reports ?? []).find(({ report }) => !report || report === draft.report.linked);
    if (link) link.report = id || undefined;
    draft.report.linked = id;
  }

  function settle() {
    clearTimeout(timer);
    linkNewReport();
    trouble = keep(draft) || "";
    const told = withReports(draft.record, form.reportIds()[0]);
    const all = { ...data, reports: withNew(data.reports) };
    form.found = [
      ...nameProblems(draft, all),
      ...(draft.report ? reportProblems(draft.report.record, all) : []),
      ...problems(told, all),
      ...sizeProblems(files(draft, data, today())[0].text, data),
    ];
    places.replaceChildren(...allPlaces(draft).map((place) => h("option", { value: place })));
    listeners.forEach((listener) => listener());
    form.show();
    look.refresh({ step, seen, trouble });
  }

  function go(next, focus = true) {
    if (next !== step) seen.add(step);
    step = Math.min(Math.max(next, 0), data.steps.length);
    targets.clear();
    listeners.length = 0;
    immediate.length = 0;
    if (step === data.steps.length) data.steps.forEach((_, index) => seen.add(index));
    settle();
    look.body.replaceChildren(...drawStep(form, step));
    form.show();
    look.refresh({ step, seen, trouble });
    if (!focus) return;
    look.body.querySelector("h2").focus({ preventScroll: true });
    look.top.scrollIntoView({ block: "start" });
  }

  // Goes to the field that a problem is about, and opens what hides it.
  function goTo(place) {
    go(form.stepOf(place));
    const steps = place.split(".");
    let target;
    while (steps.length && !(target = targets.get(steps.join(".")))) steps.pop();
    if (!target) return;
    for (let part = target.box; part; part = part.parentElement)
      if (part.hidden) document.querySelector("[aria-controls='" + part.id + "']")?.set?.(true);
    target.box.scrollIntoView({ block: "center" });
    target.box.querySelector("input, select, textarea, button")?.focus({ preventScroll: true });
  }

  const look = frame(form, places);
  form.elements = look.elements;
  window.addEventListener("pagehide", settle);
  window.addEventListener("beforeunload", (event) => {
    if (trouble && touched.size) event.preventDefault();
  });
  onOtherWindow(() => look.otherWindow());
  return form;
}

function allPlaces(node, found = new Set()) {
  if (Array.isArray(node)) node.forEach((item) => allPlaces(item, found));
  else if (node && typeof node === "object") {
    if (typeof node.place === "string" && node.place.trim()) found.add(node.place.trim());
    Object.values(node).forEach((inner) => allPlaces(inner, found));
  }
  return [...found].sort();
}

const root = document.querySelector(".case-form");
start(root).catch(() => {
  root.querySelector(".form-trouble").textContent =
    "The form could not be loaded. Look at your connection and open the page again; a draft that you had is still kept.";
});
