// Who is who: one patient has one file, each report is named once, and a second reader is somebody else.

export function persons(draft, data, say) {
  const links = draft.reports ?? [];
  const named = links.map(({ report }) => report).filter(Boolean);
  links.forEach(({ report, label = "" }, index) => {
    if (!report) return;
    const titles = ["Report " + (index + 1)];
    if (named.indexOf(report) < index)
      say("a_report_is_named_once_in_a_case", "reports." + index + ".report", "reports[" + index + "].report", titles, {
        detail: "'" + report + "'",
      });
    const words = label.trim();
    const same = words && data.reports[report]?.labels[words.toLowerCase().replace(/\s+/g, "")];
    if (!same || draft.identity?.other_case === same.case) return;
    const tail = same.label === words ? ", too" : ", which is '" + words + "' spelt otherwise";
    const detail = same.case + " names " + report + " with '" + same.label + "'" + tail;
    say("a_patient_of_a_report_has_one_file", "reports." + index + ".label", "reports[" + index + "]", titles, {
      detail,
    });
  });
  const together = ["certain", "probable"].includes(draft.identity?.same_patient);
  if (together && new Set(named).size < 2)
    say("one_report_is_no_question_of_identity", "identity.same_patient", "identity.same_patient", ["Identity"]);
  secondReader(draft.extraction ?? {}, say);
}

function secondReader({ by, second_reading: second }, say) {
  const readers = (list) => (list ?? []).map(({ name = "", orcid }) => ({ name: name.trim().toLowerCase(), orcid }));
  const first = readers(by);
  readers(second?.by).forEach((reader, index) => {
    const isOne = (other) =>
      reader.orcid && other.orcid ? reader.orcid === other.orcid : reader.name && reader.name === other.name;
    const at = [
      "extraction.second_reading.by." + index,
      "extraction.second_reading.by[" + index + "]",
      ["Extraction", "Second reading"],
    ];
    if (first.some(isOne)) say("the_second_reader_is_another", ...at);
  });
}
