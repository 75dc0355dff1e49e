// The rules over one case that can be told before it is handed over: the time line against the outcome.

import { measured } from "./measures.js";

const MONTHS = (text, data) => {
  const found = typeof text === "string" ? measured(text.trim(), data) : null;
  const factor = found && data.measures.period.units[found.unit];
  if (!factor) return null;
  const [low, high] = found.axes[0];
  const rounded = (value) => Math.round(value * factor * 100) / 100;
  return [
    ["<", "<="].includes(found.op) ? 0 : rounded(low),
    [">", ">=", "~"].includes(found.op) ? Infinity : rounded(high),
  ];
};

const saidIn = (node) => (node && !node.state ? node.value : undefined);

export function rules(draft, data, say) {
  const events = (draft.events || []).map((event, index) => ({
    ...event,
    at: MONTHS(saidIn(event.at), data),
    where: ["events." + index + ".at", "events[" + index + "].at", ["Time line " + (index + 1)]],
  }));
  const last = MONTHS(saidIn(draft.follow_up?.last_contact), data);
  const death = Math.min(Infinity, ...events.filter((event) => event.event === "death" && event.at).map((event) => event.at[1]));
  const outcome = draft.outcome || {};
  for (const { at, event, where } of events) {
    if (at && at[0] > death) say("nothing_happens_after_death", ...where, { detail: "the death is at " + death + " months" });
    if (at && last && at[0] > last[1]) say("last_contact_is_last", ...where, { detail: "the last news is at " + last[1] + " months" });
    for (const name of ["local_recurrence", "metastasis"])
      if (outcome[name]?.state === "absent" && [name, "relapse_unspecified"].includes(event))
        say("events_agree_with_the_outcome", ...where, { detail: "outcome." + name });
  }
  const readers = (reading) => (reading?.by ?? []).map(({ name = "", orcid }) => ({ name: name.trim().toLowerCase(), orcid }));
  const first = readers(draft.extraction);
  readers(draft.extraction?.second_reading).forEach((reader, index) => {
    const place = ["extraction.second_reading.by." + index, "extraction.second_reading.by[" + index + "]", ["Extraction", "Second reading"]];
    const isOne = (other) => (reader.orcid && other.orcid ? reader.orcid === other.orcid : reader.name && reader.name === other.name);
    if (first.some(isOne)) say("the_second_reader_is_another", ...place);
  });
  const lastPlace = ["follow_up.last_contact", "follow_up.last_contact", ["Follow-up"]];
  if (last && last[0] > death) say("nothing_happens_after_death", ...lastPlace, { detail: "the death is at " + death + " months" });
  if (saidIn(outcome.vital) === "alive") {
    if (events.some(({ event }) => event === "death"))
      say("the_dead_have_no_alive_status", "outcome.vital", "outcome.vital", ["Outcome", "Vital status"]);
    if (saidIn(outcome.cause))
      say("the_living_have_no_cause_of_death", "outcome.cause", "outcome.cause", ["Outcome", "Cause of death"]);
  }
}
