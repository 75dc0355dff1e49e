// The table of the case browser: the rows of the page, in another order, with more or fewer columns.

import { button, h } from "../form/element.js";
import { PATIENT } from "./address.js";
import { markOfCell } from "./mark.js";
import { holds } from "./rows.js";

export function tableOf(box, data, sortBy) {
  const table = box.querySelector("table");
  const body = table.tBodies[0];
  const heads = table.tHead.rows[0];
  const rows = new Map(Array.from(body.rows, (row) => [row.dataset.case, row]));
  const own = data.fields.filter(({ shown }) => shown).sort((a, b) => a.shown - b.shown);
  const columns = new Map(own.map((field) => [field, [heads.cells[field.shown], ...cells(field.shown)]]));
  let visible = own;
  let folded = "";

  function cells(index) {
    return Array.from(rows.values(), (row) => row.cells[index]);
  }

  // A column that the page does not have is made once, of what the data says.
  function columnOf(field) {
    if (!columns.has(field)) {
      const made = data.cases.map((row) => cellOf(field, row, box, data));
      data.cases.forEach((row, index) => rows.get(row.id)?.append(made[index]));
      const head = h("th", { scope: "col" });
      head.append(sortButton(field.word, field.title));
      heads.append(head);
      columns.set(field, [head, ...made]);
    }
    return columns.get(field);
  }

  function sortButton(word, words) {
    return button(words, () => sortBy(word), { "data-sort": word });
  }

  function wanted(state) {
    return state.columns ? state.columns.map((word) => data.byWord.get(word)) : own;
  }

  function toggle(state, field) {
    const now = wanted(state);
    const next = now.includes(field) ? now.filter((one) => one !== field) : [...now, field];
    const plain = next.length === own.length && next.every((one, index) => one === own[index]);
    state.columns = plain || !next.length ? null : next.map(({ word }) => word);
  }

  function show(shown, state) {
    const asked = wanted(state);
    visible = state.fold ? asked.filter((field) => holds(field, shown)) : asked;
    asked.forEach(columnOf);
    for (const [field, all] of columns) for (const cell of all) cell.hidden = !visible.includes(field);
    const rest = (row) => state.fold && visible.length && !visible.some((field) => holds(field, [row]));
    const empty = new Set(shown.filter(rest));
    const order = shown.map((row) => [row, rows.get(row.id)]).filter(([, element]) => element);
    for (const element of rows.values()) element.hidden = true;
    for (const [row, element] of order) element.hidden = empty.has(row);
    body.append(...order.map(([, element]) => element));
    table.style.setProperty("--columns", visible.length + 1);
    const titles = asked.filter((field) => !visible.includes(field)).map(({ title }) => title);
    folded = [titles.length && "columns: " + titles.join(", "), empty.size && `${empty.size} rows`].filter(Boolean).join("; ");
    for (const head of heads.cells) head.removeAttribute("aria-sort");
    const head = state.sort?.word === PATIENT ? heads.cells[0] : columns.get(data.byWord.get(state.sort?.word))?.[0];
    head?.setAttribute("aria-sort", state.sort.descending ? "descending" : "ascending");
  }

  heads.cells[0].replaceChildren(sortButton(PATIENT, heads.cells[0].textContent));
  own.forEach((field) => heads.cells[field.shown].replaceChildren(sortButton(field.word, heads.cells[field.shown].textContent)));

  return { show, wanted, toggle, fields: () => visible, folded: () => folded && `Folded: ${folded}.` };
}

// A cell as the page's own are: entries one below the other, and a mark that says where they stand.
function cellOf(field, row, box, data) {
  const cell = row.cells[field.index];
  const lines = cell.words.length ? cell.words : [data.states[cell.state]];
  const element = h("td", { "data-label": field.title, class: cell.state === "reported" ? undefined : "state" });
  element.append(...lines.flatMap((line, index) => (index ? [h("br"), line] : [line])));
  const mark = markOfCell(data, row, cell, box.dataset.reports);
  if (mark) element.append(mark);
  return element;
}
