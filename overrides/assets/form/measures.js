// A measure in its parts, read by the pattern of the checks.

export function measured(text, data) {
  const match = new RegExp("^(?:" + data.measure + ")$", "u").exec(text);
  if (!match) return null;
  const axes = match.groups.axes.split(" x ").map((axis) => {
    const [low, high] = axis.split("-").map(Number);
    return [low, high ?? low];
  });
  return { op: match.groups.op ?? "", axes, unit: match.groups.unit };
}
