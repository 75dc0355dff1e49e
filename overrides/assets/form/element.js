// Elements of the page. Text only ever becomes a text node: nothing that was typed is read as markup.

let numbered = 0;

export function fresh(name) {
  numbered += 1;
  return "form-" + name + "-" + numbered;
}

export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "value") element.value = value;
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(
    ...children.flat(Infinity).filter((child) => child !== undefined && child !== null && child !== false),
  );
  return element;
}

export function button(words, onclick, attributes = {}) {
  return h("button", { type: "button", onclick, ...attributes }, words);
}

// A button that shows and hides what belongs to it.
export function disclosure(words, content, open = false) {
  content.id ||= fresh("part");
  content.hidden = !open;
  const toggle = button(words, () => set(content.hidden), {
    class: "quiet disclosure",
    "aria-controls": content.id,
    "aria-expanded": String(open),
  });
  function set(isOpen) {
    content.hidden = !isOpen;
    toggle.setAttribute("aria-expanded", String(isOpen));
  }
  toggle.set = set;
  return toggle;
}
