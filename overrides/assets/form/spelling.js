// Which term a word most likely means, and never another thing: the rules of build_tools/records/spelling.py, whose
// lists come with the form's data.

function words(name, spellings) {
  let letters = name.toLowerCase().replaceAll("ß", "ss").normalize("NFKD").replace(/\p{M}/gu, "");
  for (const [british, american] of spellings) letters = letters.replaceAll(british, american);
  return letters.match(/[\p{L}\p{N}]+/gu) ?? [];
}

// How many letters have to be put in, left out, changed, or swapped with the next.
function edits(one, other) {
  let [before, last] = [[], Array.from({ length: other.length + 1 }, (_, j) => j)];
  one.forEach((a, i) => {
    const row = [i + 1];
    other.forEach((b, j) => {
      let cost = Math.min(last[j + 1] + 1, row[j] + 1, last[j] + (a === b ? 0 : 1));
      if (i && j && a === other[j - 1] && one[i - 1] === b) cost = Math.min(cost, before[j - 1] + 1);
      row.push(cost);
    });
    [before, last] = [last, row];
  });
  return last.at(-1);
}

function apart(one, other, parts) {
  const mine = parts.filter((part) => one.includes(part));
  const theirs = parts.filter((part) => other.includes(part));
  return mine.some((part) => !theirs.includes(part)) && theirs.some((part) => !mine.includes(part));
}

function mayBeOne(one, other, letters, rules) {
  const [mine, theirs] = [Array.from(one), Array.from(other)];
  const shorter = Math.min(mine.length, theirs.length);
  const digits = (word) => word.replace(/\P{Nd}/gu, "");
  if (shorter < 3 || mine[0] !== theirs[0] || digits(one) !== digits(other)) return false;
  if (rules.apart.some((parts) => apart(one, other, parts))) return false;
  if (shorter < 8) {
    const swapped = shorter > 3 && mine.sort().join("") === theirs.sort().join("");
    return letters === 1 && (mine.length !== theirs.length || swapped);
  }
  return letters <= (shorter < 12 ? 1 : 2);
}

function distance(one, other, rules) {
  let total = 0;
  for (let i = 0; i < Math.max(one.length, other.length); i++) {
    const [a, b] = [one[i] ?? "", other[i] ?? ""];
    if (a === b) continue;
    const letters = edits(Array.from(a), Array.from(b));
    if (!mayBeOne(a, b, letters, rules)) return 0;
    total += letters;
  }
  return total <= 2 ? total : 0;
}

function between(word, name, rules) {
  const far = (spellings) => distance(words(word, spellings), words(name, spellings), rules);
  return far([]) || far(rules.spellings);
}

function namesOf(terms) {
  const names = new Map(Object.keys(terms).map((term) => [term, term]));
  for (const [term, [label]] of Object.entries(terms)) if (!names.has(label)) names.set(label, term);
  for (const [term, [, , synonyms = []]] of Object.entries(terms))
    for (const name of synonyms) if (!names.has(name)) names.set(name, term);
  return names;
}

// The term of which a word is another name.
export function namedTerm(word, terms, rules) {
  const plain = (name) => words(name, rules.spellings).join("") || name.trim();
  const wanted = plain(word);
  for (const [name, term] of namesOf(terms)) if (wanted && plain(name) === wanted) return term;
  return null;
}

// The term of which a word is another name, or a name misspelt.
export function nearestTerm(word, terms, rules) {
  const names = namesOf(terms);
  const own = namedTerm(word, terms, rules);
  if (own) return own;
  let best = null;
  for (const name of names.keys()) {
    const far = between(word, name, rules);
    if (far && (!best || far < best.far || (far === best.far && name < best.name))) best = { far, name };
  }
  return best && names.get(best.name);
}

function asTerm(word) {
  const letters = word.normalize("NFKD").replace(/[^\x00-\x7f]/g, "").toLowerCase();
  return letters
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "")
    .slice(0, 60)
    .replace(/_+$/, "");
}

// How a word becomes a term of its own: the line, and the file it goes into.
export function adding(word, vocabulary, { adding: says, reserved, yaml_words: yamlWords }) {
  const term = asTerm(word);
  if (!term || reserved.includes(term)) return [says.no_name, { vocabulary }];
  const label = term[0].toUpperCase() + term.slice(1).replaceAll("_", " ");
  const line = "  " + term + ": " + (/^[a-z]/.test(term) && !yamlWords.includes(term) ? label : JSON.stringify(label));
  return [term === word ? says.line : says.line_and_name, { vocabulary, line, term }];
}
