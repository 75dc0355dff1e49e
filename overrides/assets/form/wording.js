// The words of problems: templates that the checks use as well, filled as Python fills them.

export function fill(template, values) {
  return template.replace(/\{(\w+)\}/g, (blank, name) => (name in values ? String(values[name]) : blank));
}

// A value as Python's repr() shows it, cut like the checks cut it.
export function shown(value) {
  if (typeof value !== "string") return String(value);
  const signs = Array.from(value);
  return repr(signs.length <= 60 ? value : signs.slice(0, 59).join("") + "…");
}

export function repr(text) {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  const named = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t", [quote]: "\\" + quote };
  const body = Array.from(text, (sign) => {
    if (sign in named) return named[sign];
    if (sign === " " || !/[\p{C}\p{Z}]/u.test(sign)) return sign;
    const code = sign.codePointAt(0);
    const hex = code.toString(16);
    if (code < 0x100) return "\\x" + hex.padStart(2, "0");
    return code < 0x10000 ? "\\u" + hex.padStart(4, "0") : "\\U" + hex.padStart(8, "0");
  });
  return quote + body.join("") + quote;
}

// How alike two texts are, by Ratcliff and Obershelp as Python's difflib counts it: 2 * matches / lengths.
function likeness(a, b) {
  let matches = 0;
  const parts = [[0, a.length, 0, b.length]];
  while (parts.length) {
    const [aLow, aHigh, bLow, bHigh] = parts.pop();
    let [bestA, bestB, size] = [aLow, bLow, 0];
    let runs = new Map();
    for (let i = aLow; i < aHigh; i++) {
      const next = new Map();
      for (let j = bLow; j < bHigh; j++) {
        if (a[i] !== b[j]) continue;
        const run = (runs.get(j - 1) || 0) + 1;
        next.set(j, run);
        if (run > size) [bestA, bestB, size] = [i - run + 1, j - run + 1, run];
      }
      runs = next;
    }
    if (!size) continue;
    matches += size;
    parts.push([aLow, bestA, bLow, bestB], [bestA + size, aHigh, bestB + size, bHigh]);
  }
  return a.length + b.length ? (2 * matches) / (a.length + b.length) : 1;
}

// The nearest of some words, if one is near enough.
export function closest(word, words, cutoff = 0.6) {
  let best = null;
  for (const other of words) {
    const score = likeness(Array.from(other), Array.from(word));
    if (score < cutoff) continue;
    if (!best || score > best.score || (score === best.score && other > best.other)) best = { score, other };
  }
  return best && best.other;
}
