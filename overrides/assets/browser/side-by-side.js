// Up to four cases, field by field: which they are stands in the address.

import { button, fresh, h } from "../form/element.js";
import { json } from "./load.js";
import { markOf } from "./mark.js";

const MOST = 4;
const ID = /^[a-z0-9]+(-[a-z0-9]+)*$/;

// The ids that an address asks for, each once, and what is wrong with the rest.
export function asked(query, cases) {
  const ids = [...new Set((new URLSearchParams(query).get("cases") ?? "").split(/[,\s]+/).filter(Boolean))];
  const known = ids.filter((id) => ID.test(id) && Object.hasOwn(cases, id));
  const dropped = ids.filter((id) => !known.includes(id)).map((id) => `there is no case “${id}”: it may be mistyped, renamed or withdrawn`);
  if (known.length > MOST) dropped.push(`only the first four of ${known.length} cases are shown`);
  return { ids: known.slice(0, MOST), dropped };
}

// Row by row, what each case says: entries of a list or mapping that bear a name are rows of their own.
export function rowsOf(lines, cases) {
  return lines.flatMap((line) => {
    const said = cases.map(({ known }) => known[line.path] ?? []);
    if (!said.some((entries) => entries.length)) return [];
    const keys = [...new Set(said.flat().map(({ key }) => key))];
    return keys.map((key) => {
      const cells = said.map((entries) => entries.filter((entry) => entry.key === key));
      const told = cells.filter((entries) => entries.length).map(wordsOf);
      const title = key === undefined ? line.title : `${line.title}: ${key}`;
      return { section: line.section, path: line.path, title, cells, differs: new Set(told).size > 1 };
    });
  });
}

const wordsOf = (entries) => entries.map(({ words }) => words.replace(/ \((inferred|conflicting)\)/g, "")).sort().join("; ");

// What is known where a row says nothing: the state of the block above, else what silence means.
export const silenceOf = (one, path) => one.blocks[path.split(".")[0]] ?? one.silence;

async function start(box) {
  const index = await json(box.dataset.folder + "index.json");
  const { ids, dropped } = asked(location.search, index.cases);
  const found = await Promise.all(ids.map((id) => json(box.dataset.folder + id + ".json").catch(() => id)));
  const cases = found.filter((one) => typeof one !== "string");
  for (const id of found.filter((one) => typeof one === "string")) dropped.push(`the case “${id}” could not be loaded`);
  draw(box, index, cases, dropped);
}

function goTo(ids) {
  const query = ids.length ? "?cases=" + ids.join(",") : "";
  history.pushState(null, "", location.pathname + query);
}

function draw(box, index, cases, dropped) {
  const ids = cases.map(({ id }) => id);
  const again = (next) => {
    goTo(next);
    wake(box);
  };
  const parts = [
    dropped.length && h("p", { class: "dropped", role: "status" }, `Not shown: ${dropped.join("; ")}. `, h("a", { href: box.dataset.cases }, "All cases"), "."),
    cases.length < MOST && picker(index, ids, again),
    cases.length === 1 && h("p", {}, "One more case is needed to compare."),
    cases.length > 0 && tableOf(box, index, cases, again),
  ];
  box.replaceChildren(...parts.filter(Boolean));
}

function picker(index, ids, again) {
  const names = new Map(Object.entries(index.cases).filter(([id]) => !ids.includes(id)).map(([id, name]) => [name, id]));
  const list = h("datalist", { id: fresh("cases") }, [...names.keys()].map((name) => h("option", { value: name })));
  const trouble = h("span", { role: "status" });
  const input = h("input", { list: list.id, autocomplete: "off", placeholder: `one of ${names.size} cases` });
  const add = (event) => {
    event.preventDefault();
    const id = names.get(input.value.trim()) ?? (Object.hasOwn(index.cases, input.value.trim()) ? input.value.trim() : undefined);
    if (id) again([...ids, id]);
    else trouble.textContent = "There is no case of this name. Take one of the list.";
  };
  return h("form", { class: "table-tools", onsubmit: add }, h("label", {}, "Add a case ", input), h("button", {}, "Add"), trouble, list);
}

function tableOf(box, index, cases, again) {
  const rows = rowsOf(index.lines, cases);
  const ids = cases.map(({ id }) => id);
  const heads = cases.map((one) =>
    h("th", { scope: "col" },
      h("a", { href: box.dataset.cases + one.id + "/" }, one.name), " ",
      button("Take away", () => again(ids.filter((id) => id !== one.id)), { "aria-label": "Take away " + one.name }),
      one.taken_back && h("p", { class: "dropped" }, `Withdrawn (${one.taken_back}): no count and no table holds this patient.`),
      h("p", { class: "note" }, one.summary)),
  );
  const body = h("tbody", {});
  let section;
  for (const row of rows) {
    if (row.section !== section) body.append(h("tr", { class: "group" }, h("th", { colspan: cases.length + 1, scope: "colgroup" }, row.section)));
    section = row.section;
    body.append(rowOf(box, index, cases, row));
  }
  const only = h("input", { type: "checkbox", onchange: () => body.parentElement.classList.toggle("only-differences", only.checked) });
  const differing = rows.filter(({ differs }) => differs).length;
  const silent = index.lines.filter((line) => !rows.some(({ path }) => path === line.path));
  return h("div", { class: "comparison" },
    h("p", { class: "table-tools" }, cases.length > 1 && h("label", {}, only, ` Only the ${differing} rows that differ`), h("span", {}, `${rows.length} rows; what differs is marked ≠.`)),
    h("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": "Cases side by side" },
      h("table", { class: "cases-table", style: `--columns: ${cases.length + 1}` },
        h("caption", {}, index.about),
        h("thead", {}, h("tr", {}, h("th", { scope: "col" }, "Field"), heads)),
        body)),
    h("details", { class: "left-out" }, h("summary", {}, `${silent.length} rows of which none of them tells`), h("p", {}, silent.map(({ section, title }) => (section === title ? title : `${section}: ${title}`)).join("; "))),
  );
}

function rowOf(box, index, cases, row) {
  const cells = row.cells.map((entries, at) => {
    if (!entries.length) return h("td", { class: "state" }, index.states[silenceOf(cases[at], row.path)]);
    const lines = entries.map((entry, number) => [number > 0 && h("br"), entry.words, markOf(entry, cases[at].reports, box.dataset.reports)]);
    return h("td", { class: entries.some(({ state }) => state === "reported") ? undefined : "state" }, lines);
  });
  const sign = row.differs && h("span", { class: "differs-sign", role: "img", "aria-label": "differs" }, " ≠");
  return h("tr", { class: row.differs ? "differs" : undefined }, h("th", { scope: "row" }, row.title, sign), cells);
}

function wake(box) {
  start(box).catch(() => {
    box.replaceChildren(
      h("p", { role: "status" }, "The cases could not be loaded. ", button("Try again", () => wake(box)), " or open them from ", h("a", { href: box.dataset.cases }, "the table of all cases"), "."),
    );
  });
}

if (globalThis.document) {
  const box = document.querySelector(".side-by-side");
  wake(box);
  addEventListener("popstate", () => wake(box));
}
