// What is shown, as files to take along: CSV, JSON, and the references of its reports.

const FORMULA = /^'*[=+\-@\t\r]/;

// A cell that a spreadsheet would take for a formula gets an apostrophe; a number stays a number.
function cellOf(value) {
  if (typeof value === "number") return String(value);
  const text = String(value ?? "");
  const safe = FORMULA.test(text) ? "'" + text : text;
  return /[",\r\n]/.test(safe) ? '"' + safe.replaceAll('"', '""') + '"' : safe;
}

const exact = ({ bounds }) => (bounds && bounds[0] === bounds[1] ? bounds[0] : null);

// The columns of one field: its value, and its words, state and sources apart.
function columnsOf(field) {
  const name = field.unit ? `${field.word}_${field.unit}` : field.word;
  const value =
    field.kind === "number"
      ? [[name, exact], [name + "_from", ({ bounds }) => bounds?.[0]], [name + "_to", ({ bounds }) => bounds?.[1]]]
      : field.kind === "text" ? [] : [[name, ({ values }) => values.join("; ")]];
  return [
    ...value,
    [field.word + "_words", ({ words }) => words.join("; ")],
    [field.word + "_state", ({ state }) => state],
    [field.word + "_basis", ({ state, forms }) => (state === "reported" ? forms.join(", ") || "reported" : "")],
  ];
}

export function csv(fields, rows) {
  const columns = fields.flatMap((field) => [
    ...columnsOf(field).map(([name, get]) => [name, (row) => get(row.cells[field.index])]),
    [field.word + "_sources", (row) => sourcesOf(row, row.cells[field.index]).join("; ")],
  ]);
  const all = [["case", (row) => row.id], ["patient", (row) => row.name], ...columns];
  const lines = [all.map(([name]) => name), ...rows.map((row) => all.map(([, get]) => get(row)))];
  return "\ufeff" + lines.map((line) => line.map(cellOf).join(",") + "\n").join("");
}

export const sourcesOf = (row, cell) => cell.sources.map((index) => row.sources[index]);

export function json(fields, rows, address) {
  const said = (row, { words, state, values, bounds, forms, notes, sources }) => ({
    state, words, values, bounds, forms, notes, sources: sources.map((index) => row.sources[index]),
  });
  const whole = {
    format: "casebook-view/1",
    address,
    fields: fields.map(({ word, title, kind, unit, terms }) => ({ word, title, kind, unit, terms })),
    cases: rows.map((row) => ({
      id: row.id,
      name: row.name,
      reports: row.reports,
      known: Object.fromEntries(fields.map((field) => [field.word, said(row, row.cells[field.index])])),
    })),
  };
  return JSON.stringify(whole, null, 1) + "\n";
}

// Of a file with all references those of some reports: an entry of BibTeX ends with a brace on a line of its
// own, one of RIS with ER.
export function bibtex(all, ids) {
  return pick(all.match(/^@\w+\{[^]*?^\}$/gm) ?? [], /^@\w+\{([^,]+),/, ids);
}

export function ris(all, ids) {
  return pick(all.match(/^TY {2}- [^]*?^ER {2}- ?$/gm) ?? [], /^ID {2}- (.+)$/m, ids);
}

function pick(entries, id, ids) {
  return entries.filter((entry) => ids.has(id.exec(entry)?.[1])).join("\n\n") + "\n";
}
