// Signs that were lost on the way into a text, and letters that pass for those of another script.

const SCRIPTS = ["Cyrillic", "Armenian", "Cherokee", "Coptic", "Latin", "Greek"];
const OF = SCRIPTS.map((script) => [script, new RegExp("\\p{Script=" + script + "}", "u")]);

const code = (sign) => "U+" + sign.codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
const scriptOf = (letter) => OF.find(([, form]) => form.test(letter))?.[0];

// Each [kind, values] of a problem that a text's signs make.
export function strange(text, { lost, greek_doubles: doubles }) {
  const found = Array.from(text.matchAll(new RegExp(lost, "gu")), ([signs]) => [
    "lost",
    { code: code(Array.from(signs)[0]), what: "" },
  ]);
  for (const [word] of text.matchAll(/[\p{L}\p{N}_]+/gu))
    for (const letter of foreign(word, doubles))
      found.push(["mixed_scripts", { code: code(letter), what: scriptOf(letter) }]);
  return found;
}

function foreign(word, doubles) {
  const letters = Array.from(word);
  const counts = new Map();
  for (const script of letters.map(scriptOf).filter(Boolean)) counts.set(script, (counts.get(script) ?? 0) + 1);
  if (counts.size < 2) return [];
  if ([...counts.keys()].every((script) => script === "Latin" || script === "Greek"))
    return Array.from(word.matchAll(new RegExp(doubles, "gu")), ([letter]) => letter);
  const [[rare]] = [...counts].sort((a, b) => a[1] - b[1] || (a[0] === "Latin") - (b[0] === "Latin"));
  return letters.filter((letter) => scriptOf(letter) === rare);
}
