// What is wrong with a field, told beneath it.

import { h } from "./element.js";

export function said({ message, hint }) {
  return message + (hint ? "; " + hint : "");
}

// The line beneath a field in which its problems are reported; `input` finds the control that they are about.
export function errorLine(form, place, box, id, input = () => null) {
  const line = h("p", { class: "error", id, "aria-live": "polite" });
  form.register(place, {
    box,
    show(problems) {
      line.replaceChildren(...problems.map((problem) => h("span", {}, said(problem))));
      box.classList.toggle("wrong", problems.length > 0);
      if (problems.length) input()?.setAttribute("aria-invalid", "true");
      else input()?.removeAttribute("aria-invalid");
    },
  });
  return line;
}
