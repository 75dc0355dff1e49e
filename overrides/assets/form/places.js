// Where in the paper something stands: one place or several, each in one of the case's reports.

import { button, fresh, h } from "./element.js";
import { oneLine } from "./text.js";

export function placesEditor(holder, form, words, attributes = {}) {
  const rows = h("div", { class: "places" });
  const id = fresh("place");
  const given = () => (Array.isArray(holder.source) ? holder.source : []);

  function draw(focusLast = false) {
    const entries = given().length ? given() : [{ place: "" }];
    rows.replaceChildren(...entries.map((entry, index) => row(entry, index, entries)));
    if (focusLast) rows.lastElementChild.querySelector("input").focus();
  }

  function keep(entries) {
    holder.source = entries;
    form.changed();
  }

  function row(entry, index, entries) {
    const reports = form.reportIds();
    const usual = form.draft.record.source?.map(({ place }) => place?.trim()).find(Boolean);
    const input = h("input", {
      type: "text",
      id: index ? fresh("place") : id,
      class: "wide",
      value: entry.place ?? "",
      list: form.placesList,
      autocomplete: "off",
      placeholder: usual && holder !== form.draft.record ? "As usual: " + usual : "Results, Table 2",
      "aria-label": index ? words + " " + (index + 1) : undefined,
      ...attributes,
      oninput: () => {
        entry.place = input.value;
        keep(entries);
      },
      onchange: () => {
        entry.place = input.value = oneLine(input.value);
        keep(entries);
      },
    });
    const select =
      reports.length > 1 &&
      h(
        "select",
        {
          "aria-label": "Report of this place",
          onchange: (event) => {
            entry.report = event.target.value;
            keep(entries);
          },
        },
        reports.map((report) =>
          h("option", { value: report, selected: report === (entry.report || reports[0]) }, form.reportName(report)),
        ),
      );
    const remove =
      entries.length > 1 &&
      button(
        "×",
        () => {
          keep(entries.filter((other) => other !== entry));
          draw();
        },
        { class: "quiet", "aria-label": "Remove this place" },
      );
    const add =
      index === entries.length - 1 &&
      button(
        "Another place",
        () => {
          keep([...entries, { place: "" }]);
          draw(true);
        },
        { class: "quiet" },
      );
    return h("div", { class: "place" }, select, input, remove, add);
  }

  draw();
  return h("div", { class: "where-in-paper" }, h("label", { for: id }, words), rows);
}
