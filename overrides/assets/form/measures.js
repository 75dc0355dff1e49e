// A measure in its parts, read by the pattern of the checks; a word in place of the number has no axes.

export function measured(text, measure) {
  const match = new RegExp("^(?:" + measure.pattern + ")$", "u").exec(text);
  if (!match) return null;
  const { op, axes, unit, word } = match.groups;
  if (word) return { op: word, axes: [], unit };
  const ends = axes.split(" x ").map((axis) => axis.match(/(?:^-|(?<= )-)?[0-9.]+/g).map(Number));
  return { op: op ?? "", axes: ends.map((numbers) => [numbers[0], numbers.at(-1)]), unit: unit ?? "" };
}
