// Wakes the case browser when a reader reaches for it, or comes with an address that asks for something.

import { json } from "./load.js";

function start(box) {
  const said = box.querySelector(".browser-state");
  let waking;
  box.querySelectorAll(".table-tools, .browser-tools").forEach((tools) => (tools.hidden = false));

  const wake = () => (waking ??= begin().catch(failed));

  async function begin() {
    const [{ browse }, rows] = await Promise.all([import("./browser.js"), json(box.dataset.rows)]);
    said.hidden = true;
    browse(box, rows);
  }

  function failed() {
    waking = undefined;
    const again = Object.assign(document.createElement("button"), { type: "button", textContent: "Try again" });
    again.addEventListener("click", wake);
    const words = document.createElement("p");
    words.setAttribute("role", "status");
    words.append("The browser of cases could not be loaded; the table below is whole. ", again);
    said.replaceChildren(words);
    said.hidden = false;
  }

  for (const kind of ["focusin", "pointerover", "pointerdown"]) box.addEventListener(kind, wake, { once: true });
  if (location.search.length > 1) wake();
}

document.querySelectorAll(".case-browser").forEach(start);
