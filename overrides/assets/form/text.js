// Text as a file may hold it: what a paste from a paper brings along and no file may hold is mended at once.

const TO_LINE = /\r\n?|[\u2028\u2029\u0085]/g;
// A control sign is what a PDF's font makes of a ligature or a hyphen: it is reported as lost, never dropped.
const CONTROL =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const NOTHING = /(?!)/gu;
let signs = { invisible: NOTHING, lookalike: NOTHING };

// Takes over which signs nobody sees, and which pass for others, from the checks.
export function learn({ invisible, lookalike }) {
  signs = { invisible: new RegExp(invisible, "gu"), lookalike: new RegExp(lookalike, "gu") };
}

export function mended(text) {
  return String(text)
    .replace(TO_LINE, "\n")
    .replace(CONTROL, "\ufffd")
    .replace(signs.invisible, (sign) => (/\s/u.test(sign) && sign !== "\ufeff" ? " " : ""))
    .replace(signs.lookalike, (sign) => (sign === "\u2212" ? "-" : sign.normalize("NFKC")))
    .normalize("NFC");
}

export function oneLine(text) {
  return mended(text).replace(/\s+/g, " ").trim();
}

export function lowerFirst(words) {
  return /^.\p{Ll}/u.test(words) ? words[0].toLowerCase() + words.slice(1) : words;
}

// An id of the house's form from any words: "Kołodziejski 2004" -> "kolodziejski-2004".
export function asId(words) {
  return words
    .normalize("NFD")
    .toLowerCase()
    .replace(/ł/g, "l")
    .replace(/ø/g, "o")
    .replace(/ß/g, "ss")
    .replace(/æ/g, "ae")
    .replace(/\p{M}/gu, "")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 80);
}
