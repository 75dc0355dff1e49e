// Cases chosen in any table, up to four, to be set side by side; kept while the window is open.

const KEY = "casebook-chosen";
const MOST = 4;
const page = document.querySelector("script[data-side-by-side]").dataset.sideBySide;
let chosen = kept();

// A browser may refuse to keep anything: then a choice lasts as long as the page.
function kept() {
  try {
    const found = JSON.parse(sessionStorage.getItem(KEY) ?? "[]");
    return new Map(found.filter((pair) => Array.isArray(pair) && pair.length === 2).slice(0, MOST));
  } catch {
    return new Map();
  }
}

function keep() {
  try {
    sessionStorage.setItem(KEY, JSON.stringify([...chosen]));
  } catch {
    // nothing is lost but the choice on the next page
  }
}

const make = (tag, properties, ...children) => {
  const element = Object.assign(document.createElement(tag), properties);
  element.append(...children);
  return element;
};

function boxOf(row) {
  const link = row.querySelector("th a");
  const input = make("input", { type: "checkbox", className: "choose-case" });
  input.setAttribute("aria-label", `${link.textContent}: set side by side`);
  input.addEventListener("change", () => {
    if (input.checked) chosen.set(row.dataset.case, link.textContent);
    else chosen.delete(row.dataset.case);
    keep();
    show();
  });
  link.before(input);
  return [row.dataset.case, input];
}

const boxes = Array.from(document.querySelectorAll(".cases-table tr[data-case]"), boxOf);
const bar = make("div", { className: "chosen-cases", hidden: true });
bar.setAttribute("role", "region");
bar.setAttribute("aria-label", "Cases to set side by side");
document.body.append(bar);

function show() {
  const full = chosen.size >= MOST;
  for (const [id, input] of boxes) {
    input.checked = chosen.has(id);
    input.disabled = full && !input.checked;
    input.title = input.disabled ? "Four cases at most" : "";
  }
  const names = [...chosen.values()].join(", ");
  const address = page + "?cases=" + [...chosen.keys()].join(",");
  const clear = make("button", { type: "button", textContent: "Clear" });
  clear.addEventListener("click", () => {
    chosen = new Map();
    keep();
    show();
  });
  const next = chosen.size > 1 ? make("a", { href: address, textContent: "Set side by side" }) : "Choose another.";
  bar.replaceChildren(make("span", {}, `${names}${full ? " (four at most)" : ""} `), next, " ", clear);
  bar.hidden = !chosen.size;
}

show();
addEventListener("pageshow", () => {
  chosen = kept();
  show();
});
