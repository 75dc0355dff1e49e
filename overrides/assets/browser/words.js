// Words as people type them, and other words for the same thing: what the search and the case browser share.

// Spellings of other countries; the pages are written in British English.
const SPELLINGS = [
  [/tumor/g, "tumour"], [/hemo/g, "haemo"], [/hema/g, "haema"], [/hemi(?=a\b)/g, "haemi"], [/anem/g, "anaem"],
  [/edema/g, "oedema"], [/esophag/g, "oesophag"], [/leukem/g, "leukaem"], [/pediatr/g, "paediatr"],
  [/gynec/g, "gynaec"], [/color/g, "colour"], [/center/g, "centre"], [/fiber/g, "fibre"],
  [/isch?em/g, "ischaem"], [/uremi/g, "uraemi"], [/diarrhea/g, "diarrhoea"], [/anesth/g, "anaesth"],
];

// In small letters, without accents and signs.
export const folded = (words) =>
  words.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").replace(/[^\p{L}\p{N}]+/gu, " ").trim();

// The same question in other words, most alike first; `other` has the labels of each folded synonym.
export function sameThing(words, other) {
  const found = new Set([folded(words)]);
  const parts = [...found][0].split(" ");
  for (let from = 0; from < parts.length; from++)
    for (let to = parts.length; to > from; to--) {
      const said = parts.slice(from, to).join(" ");
      for (const label of Object.hasOwn(other, said) ? other[said] : [])
        found.add([...parts.slice(0, from), folded(label), ...parts.slice(to)].join(" "));
    }
  for (const one of [...found]) found.add(SPELLINGS.reduce((said, [here, there]) => said.replace(here, there), one));
  return [...found].slice(1, 8);
}

// Whether all words of one of the questions begin a word of a folded text, so that "male" finds no "female".
export function matches(text, questions) {
  const said = " " + text;
  return questions.some((question) => question.split(" ").every((word) => said.includes(" " + word)));
}
