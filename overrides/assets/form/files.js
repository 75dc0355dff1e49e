// The files that a draft makes: the case, and for a paper that is new here its report and how it came in.

import { record } from "./record.js";
import { asId } from "./text.js";
import { yaml } from "./yaml.js";

// The draft with the first report's id at every place that names none, as the file will have it.
export function withReports(node, first) {
  if (Array.isArray(node)) return node.map((item) => withReports(item, first));
  if (!node || typeof node !== "object") return node;
  if (typeof node.place === "string") return { report: node.report || first, place: node.place };
  return Object.fromEntries(Object.entries(node).map(([name, inner]) => [name, withReports(inner, first)]));
}

export function reportIdOf(report) {
  const { authors = [], year = "", label = "" } = report.record;
  return report.id || asId([authors[0]?.family ?? label, year].filter(Boolean).join(" "));
}

export function caseIdOf(draft) {
  if (draft.id) return draft.id;
  const link = draft.record.reports?.[0] ?? {};
  if (!link.report) return "";
  const label = asId(link.label ?? "");
  return label ? link.report + "-" + label : link.report;
}

export function files(draft, data, today) {
  const { modelines, folders } = data;
  const first = draft.record.reports?.[0]?.report;
  const said = record(data.case, withReports(draft.record, first));
  const made = [
    {
      path: folders.case + "/" + (caseIdOf(draft) || "new-case") + ".yml",
      text: yaml(modelines.case, said),
      kind: "case",
      said,
    },
  ];
  if (draft.report) {
    const id = reportIdOf(draft.report) || "new-report";
    const report = record(data.report, draft.report.record);
    const wasRead = report.read !== "secondary";
    const search = {
      date: today,
      method: "supplied",
      where: "Handed in by a reader with the form of this site",
      records: 1,
      ...(wasRead ? { included: [id] } : { not_retrieved: 1, known: [id] }),
    };
    made.push({
      path: folders.report + "/" + id + ".yml",
      text: yaml(modelines.report, report),
      kind: "report",
      said: report,
    });
    made.push({
      path: folders.search + "/handed-in-" + id + ".yml",
      text: yaml(modelines.search, search),
      kind: "search",
      said: search,
    });
  }
  return made;
}
