// Data of the site, read without what JavaScript gives to every object: nothing is found that the file does not hold.

function bare(_, value) {
  return value && typeof value === "object" && !Array.isArray(value)
    ? Object.assign(Object.create(null), value)
    : value;
}

export async function json(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(address + " did not load");
  return JSON.parse(await answer.text(), bare);
}
