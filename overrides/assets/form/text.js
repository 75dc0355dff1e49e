// Text as a file may hold it: what a paste from a paper brings along and no file may hold is mended at once.

const TO_SPACE = /[\u00a0\u202f\u205f]/g;
const TO_LINE = /\r\n?|[\u2028\u2029\u0085]/g;
const DROPPED =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]|[\u{e0000}-\u{e007f}]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/gu;
const FULL_WIDTH = /[\uff01-\uff5e]/g;

export function mended(text) {
  return String(text)
    .replace(TO_LINE, "\n")
    .replace(TO_SPACE, " ")
    .replace(DROPPED, "")
    .replace(/\u2212/g, "-")
    .replace(FULL_WIDTH, (sign) => sign.normalize("NFKC"))
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
