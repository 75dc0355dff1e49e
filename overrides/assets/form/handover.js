// Handing over: by download, by copying, by a filled-in new file on the repository, or in an issue. Nothing is sent
// from here; a link opens the repository's own page, where the reader decides.

import { button, fresh, h } from "./element.js";

// The repository answers longer addresses with an error.
const LONGEST_ADDRESS = 8000;

function newFile(repository, { path, text }) {
  const folder = path.slice(0, path.lastIndexOf("/"));
  const name = path.slice(path.lastIndexOf("/") + 1);
  const plain = repository + "/new/main/" + folder + "?filename=" + encodeURIComponent(name);
  const whole = plain + "&value=" + encodeURIComponent(text);
  return whole.length <= LONGEST_ADDRESS ? { address: whole, isWhole: true } : { address: plain, isWhole: false };
}

export function handover(files, form) {
  return h(
    "div",
    { class: "handover" },
    files.map((file, index) => fileBox(file, index, files.length, form)),
    issueBox(files, form),
  );
}

function fileBox(file, index, count, form) {
  const name = file.path.slice(file.path.lastIndexOf("/") + 1);
  const { address, isWhole } = newFile(form.data.repository, file);
  const area = h("textarea", {
    class: "yaml",
    readonly: true,
    rows: String(Math.min(24, file.text.split("\n").length)),
    spellcheck: "false",
    id: fresh("file"),
  });
  area.value = file.text;
  const status = h("span", { class: "done", role: "status" });
  const link = (words) => h("a", { href: address, target: "_blank", rel: "noopener", class: "open" }, words);
  return h(
    "section",
    { class: "file" },
    h("h4", {}, h("label", { for: area.id }, (count > 1 ? index + 1 + ". " : "") + file.path)),
    h(
      "div",
      { class: "ways" },
      button("Download", () => {
        download(name, file.text);
        status.textContent = name + " is among your downloads.";
      }),
      button("Copy", async () => {
        status.textContent = await copy(area);
      }),
      isWhole ? link("Propose it on the repository") : undefined,
      status,
    ),
    !isWhole &&
      h(
        "p",
        { class: "says" },
        "The file is too long for a link that carries it. Copy it, open ",
        link("an empty new file"),
        ", and paste it there.",
      ),
    area,
  );
}

// All files in one text, each behind a line that names it, as the repository takes them from an issue.
function forIssue(files) {
  return files.map(({ path, text }) => "# file: " + path + "\n" + text).join("\n");
}

function issueBox(files, form) {
  const plain = form.data.repository + "/issues/new?template=paste-a-case.yml";
  const whole = plain + "&files=" + encodeURIComponent(forIssue(files));
  const isWhole = whole.length <= LONGEST_ADDRESS;
  const area = h("textarea", {
    class: "yaml",
    readonly: true,
    rows: "4",
    spellcheck: "false",
    "aria-label": "All files in one text",
  });
  area.value = forIssue(files);
  const status = h("span", { class: "done", role: "status" });
  const link = h(
    "a",
    { href: isWhole ? whole : plain, target: "_blank", rel: "noopener", class: "open" },
    isWhole ? "Open an issue with it" : "Open an issue to paste it into",
  );
  const copied = button("Copy for an issue", async () => {
    status.textContent = await copy(area);
  });
  return h(
    "section",
    { class: "issue" },
    h("h3", {}, "Or as an issue"),
    h(
      "p",
      { class: "says" },
      "No wish for pull requests? Hand over an issue: once a maintainer has accepted it, a pull request is made of it.",
    ),
    h("div", { class: "ways" }, copied, link, status),
    isWhole ? [] : area,
  );
}

function download(name, text) {
  const address = URL.createObjectURL(new Blob([text], { type: "application/yaml" }));
  const link = h("a", { href: address, download: name, hidden: true });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

async function copy(area) {
  try {
    await navigator.clipboard.writeText(area.value);
    return "Copied.";
  } catch {
    if (!area.isConnected) return "This browser does not let a page copy. Copy the text of the file above yourself.";
    area.focus();
    area.select();
    return "This browser does not let a page copy. The text is selected: copy it yourself.";
  }
}
