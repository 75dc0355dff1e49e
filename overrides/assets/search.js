// The search, the same in both engines: a button in the head opens a dialog, and Pagefind answers. Nothing of it is
// loaded before a reader opens it, and then only the parts of the index that the question needs.
"use strict";

(() => {
  const root = new URL("..", document.currentScript.src);
  const MOST = 12; // pages shown; the count says how many there are
  const PLACES = 3; // places of a page
  const ICON =
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24" aria-hidden="true"><path d="M9.5 3A6.5 6.5 0 0 1 16 9.5c0 1.61-.59 3.09-1.56 4.23l.27.27h.79l5 5-1.5 1.5-5-5v-.79l-.27-.27A6.52 6.52 0 0 1 9.5 16a6.5 6.5 0 1 1 0-13m0 2a4.5 4.5 0 1 0 0 9 4.5 4.5 0 0 0 0-9"/></svg>';
  const dialog = document.createElement("dialog");
  let input, list, status, loading, asked = 0;

  function build() {
    dialog.className = "search";
    dialog.setAttribute("aria-label", "Search");
    const form = document.createElement("form");
    form.setAttribute("role", "search");
    form.method = "dialog";
    input = Object.assign(document.createElement("input"), {
      type: "search", placeholder: "Search cases, treatments, the review", autocomplete: "off", spellcheck: false,
    });
    input.setAttribute("aria-label", "Search");
    const close = Object.assign(document.createElement("button"), { type: "button", textContent: "Close" });
    close.addEventListener("click", () => dialog.close());
    form.append(input, close);
    status = document.createElement("p");
    status.setAttribute("role", "status");
    list = document.createElement("ol");
    dialog.append(form, status, list);
    document.body.append(dialog);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      list.querySelector("a")?.click();
    });
    input.addEventListener("input", () => ask(input.value));
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    dialog.addEventListener("keydown", move);
  }

  // The arrows lead from the box through the answers and back.
  function move(event) {
    if (event.key === "Escape") dialog.close(); // a search box keeps the first one for itself
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    const stops = [input, ...list.querySelectorAll("a")];
    const next = stops[stops.indexOf(document.activeElement) + step];
    if (next) next.focus();
    event.preventDefault();
  }

  function show(words = "") {
    if (!input) build();
    if (!dialog.open) dialog.showModal();
    if (words) input.value = words;
    input.focus();
    load().catch(() => (status.textContent = "The search could not be loaded."));
    if (input.value) ask(input.value);
  }

  function load() {
    loading ??= Promise.all([
      import(new URL("pagefind/pagefind.js", root)).then(async (engine) => {
        await engine.options({ baseUrl: root.pathname, excerptLength: 24 });
        await engine.init();
        return engine;
      }),
      fetch(new URL("data/words.json", root)).then((answer) => (answer.ok ? answer.json() : {})),
      import(new URL("assets/browser/words.js", root)),
    ]);
    loading.catch(() => (loading = undefined));
    return loading;
  }

  // What is asked, as Pagefind takes it: a minus excludes nothing, a long dash joins nothing, all hyphens are one.
  const cleaned = (words) =>
    words.normalize("NFC").replace(/[\u2010\u2011]/g, "-").replace(/[\u2013\u2014"()[\]]|(?<![^\s])-+/g, " ").trim();

  async function ask(words) {
    const mine = ++asked;
    if (!words.trim()) {
      list.replaceChildren();
      status.textContent = "";
      return;
    }
    await new Promise((done) => setTimeout(done, 120));
    if (mine !== asked) return;
    const [engine, other, { folded, sameThing }] = await load();
    const answers = [await engine.search(cleaned(words))];
    if (!answers[0].results.length) answers[0] = await engine.search(folded(words));
    answers.push(...(await Promise.all(sameThing(words, other).map((question) => engine.search(question)))));
    if (mine !== asked) return;
    const best = new Map();
    answers.forEach(({ results }, order) =>
      results.forEach((result) => {
        const score = result.score / (1 + order / 10);
        if (!(best.get(result.id)?.score >= score)) best.set(result.id, { score, result });
      }),
    );
    const ordered = [...best.values()].sort((a, b) => b.score - a.score);
    const pages = await Promise.all(ordered.slice(0, MOST).map(({ result }) => result.data()));
    if (mine !== asked) return;
    const n = ordered.length;
    status.textContent = n ? `${n} page${n === 1 ? "" : "s"}${n > MOST ? `, the first ${MOST} of them here` : ""}` : "Nothing found. Try fewer words, or another word for the same thing.";
    list.replaceChildren(...pages.map(item));
  }

  // A page with the places where the words stand: each leads there, and the browser marks the word.
  function item(page) {
    const entry = document.createElement("li");
    entry.append(link(page.url, page.meta.title));
    const places = new Map();
    for (const at of page.locations) {
      const anchor = page.anchors.filter((one) => one.location <= at && /^(section|h[2-6])$/.test(one.element)).at(-1);
      if (!places.has(anchor?.id)) places.set(anchor?.id, { anchor, at });
    }
    const words = page.content.split(/\s+/);
    for (const { anchor, at } of [...places.values()].slice(0, PLACES)) {
      const line = document.createElement("p");
      const said = words.slice(Math.max(at - 6, 0), at + 14);
      if (anchor) {
        const word = words[at]?.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, "") ?? "";
        const there = `${page.url}#${anchor.id}${word ? `:~:text=${encodeURIComponent(word).replace(/-/g, "%2D")}` : ""}`;
        line.append(link(there, anchor.text?.trim().split(/\s+/).slice(0, 6).join(" ") || anchor.id), " ");
      }
      said.forEach((one, index) => {
        const marked = page.locations.includes(Math.max(at - 6, 0) + index);
        line.append(marked ? Object.assign(document.createElement("mark"), { textContent: one }) : one, " ");
      });
      entry.append(line);
    }
    return entry;
  }

  const link = (href, words) => Object.assign(document.createElement("a"), { href, textContent: words });

  function start() {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "md-header__button md-icon search-open";
    button.setAttribute("aria-label", "Search");
    button.title = "Search (/)";
    button.innerHTML = ICON;
    button.addEventListener("click", () => show());
    document.querySelector(".md-header__inner")?.append(button);
    document.addEventListener("keydown", (event) => {
      const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
      if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
        event.preventDefault();
        show();
      }
    });
    const words = new URLSearchParams(location.search).get("search");
    if (words) show(words);
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
