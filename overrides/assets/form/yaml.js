// Plain data as YAML that every program reads alike: words of the house bare, all other text in double quotes.

const WORD = /^[a-z][a-z0-9_]*(-[a-z0-9]+)*$/;
const READ_AS_SOMETHING_ELSE = /^(y|n|yes|no|on|off|true|false|null)$/;
const MEASURE =
  /^[0-9]+(\.[0-9]+)?(-[0-9]+(\.[0-9]+)?)?( x [0-9]+(\.[0-9]+)?(-[0-9]+(\.[0-9]+)?)?)* (%|[A-Za-z]+(\/[A-Za-z]+)?)$/;

function scalar(value) {
  if (value === null) return "";
  if (typeof value !== "string") return String(value);
  if (WORD.test(value) && !READ_AS_SOMETHING_ELSE.test(value)) return value;
  return MEASURE.test(value) ? value : JSON.stringify(value);
}

function isSimple(value) {
  return value === null || typeof value !== "object";
}

function lines(value, indent) {
  if (Array.isArray(value)) {
    return value.flatMap((item) => {
      if (isSimple(item)) return [indent + "- " + scalar(item)];
      const [first, ...rest] = lines(item, indent + "  ");
      return [indent + "- " + first.trimStart(), ...rest];
    });
  }
  return Object.entries(value).flatMap(([key, inner]) =>
    isSimple(inner)
      ? [indent + scalar(key) + ": " + scalar(inner)]
      : [indent + scalar(key) + ":", ...lines(inner, indent + "  ")],
  );
}

// The whole file: the line by which editors find the schema, then the record.
export function yaml(modeline, data) {
  return [modeline, ...lines(data, "")].map((line) => line.trimEnd()).join("\n") + "\n";
}
