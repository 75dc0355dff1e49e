// The rules over one case that can be told before it is handed over: the time line against the outcome.

import { measured } from "./measures.js";

const MONTHS = (text, data) => {
  const found = typeof text === "string" ? measured(text.trim(), data.measures.time) : null;
  const factor = found && data.measures.time.units[found.unit];
  if (!factor) return null;
  const [low, high] = found.axes[0] ?? [0, Infinity];
  const rounded = (value) => Math.round(value * factor * 100) / 100;
  const decimals = Math.max(...(found.axes[0] ?? [0]).map((end) => (String(end).split(".")[1] ?? "").length));
  return Object.assign(
    [
      ["<", "<="].includes(found.op) ? (high >= 0 ? 0 : -Infinity) : rounded(low),
      [">", ">=", "~"].includes(found.op) ? (low >= 0 ? Infinity : 0) : rounded(high),
    ],
    { step: factor / 10 ** decimals },
  );
};

// Whether a time is later than another, as far as both are printed: 1 month is no later than 30 days.
function isAfter(one, stepOfOne, other, stepOfOther) {
  const step = Math.max(stepOfOne, stepOfOther);
  if (Math.abs(stepOfOne - stepOfOther) < 1e-6 || one - other >= 1) return one > other;
  return Math.round(one / step) > Math.round(other / step);
}

const inMonths = (months) => months + " month" + (months === 1 ? "" : "s");

const saidIn = (node) => (node && !node.state ? node.value : undefined);

export function rules(draft, data, say) {
  const events = (draft.events || []).map((event, index) => ({
    ...event,
    at: MONTHS(saidIn(event.at), data),
    where: ["events." + index + ".at", "events[" + index + "].at", ["Time line " + (index + 1)]],
  }));
  const last = MONTHS(saidIn(draft.follow_up?.last_contact), data);
  const deaths = events.filter((event) => event.event === "death" && event.at).map(({ at }) => at);
  const death = Math.min(Infinity, ...deaths.map((at) => at[1]));
  const dead = deaths.find((at) => at[1] === death);
  const isAfterDeath = (time) => time && dead && isAfter(time[0], time.step, death, dead.step);
  const outcome = draft.outcome || {};
  for (const { at, event, where } of events) {
    if (isAfterDeath(at))
      say("nothing_happens_after_death", ...where, { detail: "the death is at " + inMonths(death) });
    if (at && last && isAfter(at[0], at.step, last[1], last.step))
      say("last_contact_is_last", ...where, { detail: "last follow-up is at " + inMonths(last[1]) });
    for (const name of ["local_recurrence", "metastasis"])
      if (outcome[name]?.state === "absent" && [name, "relapse_unspecified"].includes(event))
        say("events_agree_with_the_outcome", ...where, { detail: "outcome." + name });
  }
  const lastPlace = ["follow_up.last_contact", "follow_up.last_contact", ["Follow-up"]];
  const times = events.filter(({ event }) => event === "last_contact").map(({ at }) => at);
  const latest = Math.max(...times.filter(Boolean).map((at) => at[1]));
  const latestAt = times.find((at) => at && at[1] === latest);
  if (last && times.length && times.every(Boolean) && isAfter(last[0], last.step, latest, latestAt.step))
    say("the_last_follow_up_has_one_time", ...lastPlace, { detail: "the time line ends at " + inMonths(latest) });
  const zeros = events.filter(({ event }) => event === saidIn(draft.time_zero));
  if (zeros.length && zeros.every(({ at }) => at && at[0] > 0)) say("time_zero_is_zero", ...zeros[0].where);
  const vital = outcome.vital ?? {};
  if (!vital.value && (!vital.state || ["unknown", "not_reported"].includes(vital.state)))
    events.forEach(({ event, certainty }, index) => {
      if (event === "death" && !certainty?.state && !certainty?.value)
        say("a_death_stands_in_the_outcome", "events." + index + ".event", "events[" + index + "]", [
          "Time line " + (index + 1),
        ]);
    });
  if (saidIn(vital) === "dead" && !events.some(({ event }) => event === "death"))
    say("a_death_stands_on_the_time_line", "outcome.vital", "outcome.vital", ["Outcome", "Vital status"]);
  mainSymptom(draft.presentation ?? {}, say);
  lymphNodes(saidIn(draft.surgeries) ?? [], say);
  if (isAfterDeath(last))
    say("nothing_happens_after_death", ...lastPlace, { detail: "the death is at " + inMonths(death) });
  if (saidIn(outcome.vital) === "alive") {
    if (events.some(({ event }) => event === "death"))
      say("the_dead_have_no_alive_status", "outcome.vital", "outcome.vital", ["Outcome", "Vital status"]);
    if (saidIn(outcome.cause))
      say("the_living_have_no_cause_of_death", "outcome.cause", "outcome.cause", ["Outcome", "Cause of death"]);
  }
}

function mainSymptom({ main_symptom: main, symptoms }, say) {
  const said = (saidIn(symptoms) ?? []).find(({ key }) => key === saidIn(main));
  const isDenied = said ? said.said?.state === "absent" : symptoms?.state === "absent";
  if (saidIn(main) && isDenied)
    say("the_main_symptom_is_not_denied", "presentation.main_symptom", "presentation.main_symptom", [
      "Presentation",
      "Main symptom",
    ]);
}

function lymphNodes(surgeries, say) {
  surgeries.forEach(({ lymph_nodes: nodes }, index) => {
    const [removed, positive] = ["removed", "positive"].map((name) => Number(saidIn(saidIn(nodes)?.[name]) || NaN));
    const status = saidIn(saidIn(nodes)?.status);
    const tell = (rule, field, detail) =>
      say(
        rule,
        "surgeries." + index + ".lymph_nodes." + field,
        "surgeries[" + index + "].lymph_nodes." + field,
        ["Surgery " + (index + 1), "Lymph nodes"],
        { detail },
      );
    if (positive > removed)
      tell("no_more_nodes_hold_tumour_than_were_removed", "positive", positive + " of " + removed);
    if ((status === "positive" && positive === 0) || (status === "negative" && positive > 0))
      tell(
        "the_status_of_lymph_nodes_agrees_with_their_number",
        "status",
        status + ", and " + positive + " held tumour",
      );
  });
}
