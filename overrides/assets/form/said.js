// A state as people write it (No, none, n/a, not performed), by the list of build_tools/records/states.py.

export function plainly(word, { words }) {
  const text = String(word).toLowerCase().replace(/[_-]/g, " ").split(/\s+/).filter(Boolean).join(" ") || "-";
  return Object.hasOwn(words, text) ? text : text.replace(/\.+$/, "");
}

// What to write for a state that a field may hold; null if the word is none.
export function stateHint(word, field, asStates) {
  const { words, hints } = asStates;
  if (!field.states || typeof word !== "string" || asStates.states.includes(word)) return null;
  const text = plainly(word, asStates);
  if (!Object.hasOwn(words, text)) return null;
  const meant = words[text];
  if (meant === "present") return field.short === "present" ? hints.present : null;
  return Object.hasOwn(hints, meant)
    ? hints[meant].replace("{none}", field.none)
    : hints.state.replace("{state}", meant);
}

// Whether a word never is a text of its own.
export function isSurelyState(word, asStates) {
  return asStates.sure.includes(plainly(word, asStates));
}
