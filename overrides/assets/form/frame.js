// What stands around a step: the list of steps, the notices, and the way on.

import { button, fresh, h } from "./element.js";
import { written } from "./record.js";

export function frame(form, places) {
  const titles = [...form.data.steps.map(({ title }) => title), "Look over, hand over"];
  const body = h("div", { class: "step" });
  const top = h("div", { class: "form-top" });
  const notices = h("div", { class: "notices", role: "status" });
  const items = titles.map((title, index) => {
    const state = h("span", { class: "step-state" });
    const go = button([h("span", { class: "step-title" }, title), state], () => form.go(index));
    return { title, state, go, element: h("li", {}, go) };
  });
  const id = fresh("steps");
  const options = titles.map((title, index) =>
    h("option", { value: String(index) }, index + 1 + " of " + titles.length + ": " + title),
  );
  const select = h("select", { id, onchange: () => form.go(Number(select.value)) }, options);
  let step = 0;
  const back = button("Back", () => form.go(step - 1), { class: "back" });
  const on = button("Next", () => form.go(step + 1), { class: "next" });
  const nav = h(
    "nav",
    { class: "form-steps", "aria-label": "Steps of the form" },
    h(
      "ol",
      {},
      items.map(({ element }) => element),
    ),
  );
  const phone = h("div", { class: "form-phone-steps" }, h("label", { for: id }, "Step"), select);

  function refresh(now) {
    step = now.step;
    items.forEach((item, index) => {
      const isLast = index === titles.length - 1;
      const said = isLast ? 0 : count(form, index);
      const wrong = form.found.filter((p) => form.stepOf(p.place) === index).length;
      const told = now.seen.has(index) && wrong && !isLast;
      item.state.textContent = [said && said + " said", told && wrong + " to mend"].filter(Boolean).join(", ");
      item.element.classList.toggle("wrong", Boolean(told));
      if (index === step) item.go.setAttribute("aria-current", "step");
      else item.go.removeAttribute("aria-current");
    });
    select.value = String(step);
    back.hidden = step === 0;
    on.hidden = step === titles.length - 1;
    on.replaceChildren("Next", h("span", { class: "next-name" }, ": " + (titles[step + 1] ?? "")));
    notice("trouble", now.trouble);
  }

  function notice(name, words, ...more) {
    const old = notices.querySelector("." + name);
    if (!words) return old?.remove();
    if (old?.dataset.words === words) return undefined;
    old?.remove();
    return notices.append(h("div", { class: "notice " + name, "data-words": words }, h("p", {}, words), ...more));
  }

  if (form.left.length) {
    const area = h("textarea", {
      readonly: true,
      rows: String(Math.min(10, form.left.length + 1)),
      "aria-label": "What was left of the older draft",
    });
    area.value = form.left.join("\n");
    notice(
      "left",
      "Your draft is from an older form. What still fits was taken over; this did not, so copy what you need:",
      area,
      button("Done with it", () => notice("left", "")),
    );
  }
  const over = button(
    "Start a new case",
    () => {
      notice(
        "over",
        "Put this draft aside and start with an empty form? It can be brought back.",
        button("Put it aside", () => {
          notice("over", "");
          form.startOver();
        }),
        " ",
        button("Keep on", () => notice("over", "")),
      );
    },
    { class: "quiet" },
  );
  const again = form.bringBack && button("Bring back the draft put aside", form.bringBack, { class: "quiet" });
  return {
    body,
    top,
    refresh,
    otherWindow: () =>
      notice(
        "other",
        "This draft was changed in another window. What you write here will take its place; open the page again to take over the other.",
      ),
    elements: [
      places,
      top,
      notices,
      h(
        "div",
        { class: "form-layout" },
        nav,
        h(
          "form",
          { class: "form-main", novalidate: true, onsubmit: (event) => event.preventDefault() },
          phone,
          body,
          h("div", { class: "ways-on" }, back, on),
        ),
      ),
      h(
        "p",
        { class: "form-foot" },
        "The draft is kept in this browser as you type; once loaded, the form needs no connection. ",
        over,
        again,
      ),
    ],
  };
}

// How many values a step says.
function count(form, index) {
  const fields = form.data.steps[index].fields;
  const said = form.data.case
    .filter(({ name }) => fields.includes(name) && name !== "source")
    .map((field) => written(field, form.draft.record[field.name]));
  return said.map((value) => leaves(value)).reduce((sum, part) => sum + part, 0);
}

function leaves(value, name = "") {
  if (value === undefined || ["source", "note", "inferred", "role", "date"].includes(name)) return 0;
  if (Array.isArray(value)) return value.map((item) => leaves(item)).reduce((a, b) => a + b, 0);
  if (value && typeof value === "object")
    return Object.entries(value)
      .map(([key, inner]) => leaves(inner, key))
      .reduce((a, b) => a + b, 0);
  return 1;
}
