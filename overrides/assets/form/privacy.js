// What may identify a person, looked for by the patterns of the checks while somebody types.

// A pattern of Python in the browser's form; one that this browser can't read is left to the checks.
function compiled(source) {
  const ignoresCase = source.startsWith("(?i)");
  let form = (ignoresCase ? source.slice(4) : source).replaceAll("[^\\W\\d_a-zß-öø-ÿ]", "\\p{Lu}");
  let inClass = false;
  form = form.replace(/\\.|\[|\]/g, (sign) => {
    if (sign === "[") inClass = true;
    else if (sign === "]") inClass = false;
    else if (sign === "\\w") return inClass ? "\\p{L}\\p{N}_" : "[\\p{L}\\p{N}_]";
    return sign;
  });
  try {
    return new RegExp(form, ignoresCase ? "iu" : "u");
  } catch {
    return null;
  }
}

let known;

function patterns(data) {
  known ??= data.personal.map(({ rule, kind, forms }) => ({ rule, kind, forms: forms.map(compiled).filter(Boolean) }));
  return known;
}

// Each rule that a text breaks, with the first kind of thing that breaks it.
export function personal(text, data) {
  const rest = text.replace(new RegExp(data.public, "gu"), " ");
  const found = new Map();
  for (const { rule, kind, forms } of patterns(data))
    if (!found.has(rule) && forms.some((form) => form.test(rest))) found.set(rule, kind);
  return found;
}
