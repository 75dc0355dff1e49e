// What a page does beyond showing: sort and filter a table, and bring a chart to life when a reader asks.
// Everything is readable without this file.
"use strict";

function textOf(cell) {
  const copy = cell.cloneNode(true);
  copy.querySelectorAll(".mark").forEach((mark) => mark.remove());
  return copy.textContent.trim();
}

function enhanceTable(box) {
  const table = box.querySelector("table");
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);
  const tools = box.querySelector(".table-tools");
  const input = tools.querySelector("input");
  const count = tools.querySelector("output");
  const words = new Map(rows.map((row) => [row, Array.from(row.cells, textOf).join(" ").toLowerCase()]));
  const state = new URLSearchParams(location.search);

  function remember() {
    const query = state.toString();
    history.replaceState(null, "", location.pathname + (query ? "?" + query : "") + location.hash);
  }

  function filter() {
    const wanted = input.value.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      row.hidden = !wanted.every((word) => words.get(row).includes(word));
      shown += !row.hidden;
    }
    count.textContent = wanted.length ? shown + " of " + rows.length + " rows match" : "";
    if (input.value) state.set("filter", input.value);
    else state.delete("filter");
    remember();
  }

  function sort(column, descending) {
    const key = (row) => {
      const cell = row.cells[column];
      const known = !cell.classList.contains("state");
      return { known, number: cell.dataset.sort === undefined ? NaN : Number(cell.dataset.sort), text: textOf(cell) };
    };
    const keys = new Map(rows.map((row) => [row, key(row)]));
    const compare = (a, b) => {
      const [x, y] = [keys.get(a), keys.get(b)];
      if (x.known !== y.known) return x.known ? -1 : 1; // what is not known stays last, either way
      const order = isNaN(x.number) || isNaN(y.number) ? x.text.localeCompare(y.text) : x.number - y.number;
      return descending ? -order : order;
    };
    body.append(...rows.slice().sort(compare));
    for (const head of table.tHead.rows[0].cells) head.removeAttribute("aria-sort");
    table.tHead.rows[0].cells[column].setAttribute("aria-sort", descending ? "descending" : "ascending");
    state.set("sort", (descending ? "-" : "") + column);
    remember();
  }

  Array.from(table.tHead.rows[0].cells).forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    button.addEventListener("click", () => sort(column, head.getAttribute("aria-sort") === "ascending"));
    head.replaceChildren(button);
  });
  input.addEventListener("input", filter);
  tools.hidden = false;
  const sorted = /^(-?)(\d+)$/.exec(state.get("sort") || "");
  if (sorted && Number(sorted[2]) < table.tHead.rows[0].cells.length) sort(Number(sorted[2]), sorted[1] === "-");
  if (state.get("filter")) {
    input.value = state.get("filter");
    filter();
  }
}

let plotly;

function loadPlotly(address) {
  plotly ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = () => resolve(window.Plotly);
    script.onerror = () => reject(new Error("plotly.js did not load"));
    document.head.append(script);
  });
  return plotly;
}

function colours() {
  const style = getComputedStyle(document.body);
  const read = (name) => style.getPropertyValue(name).trim();
  return { ink: read("--ink"), line: read("--line"), font: read("--plain") };
}

function palette() {
  const { ink, line, font } = colours();
  return {
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    "font.color": ink,
    "font.family": font,
    "xaxis.gridcolor": line,
    "yaxis.gridcolor": "rgba(0,0,0,0)",
  };
}

async function explore(chart, button) {
  button.disabled = true;
  const note = chart.querySelector(".chart-tools");
  try {
    const [Plotly, figure] = await Promise.all([
      loadPlotly(chart.dataset.plotly),
      fetch(chart.dataset.figure).then((answer) => answer.json()),
    ]);
    const picture = chart.querySelector(".picture");
    const live = document.createElement("div");
    live.style.minHeight = picture.offsetHeight + "px";
    picture.append(live);
    picture.classList.add("live");
    const narrow = picture.offsetWidth < 500;
    const layout = {
      ...figure.layout,
      height: Math.max(picture.offsetHeight, figure.layout.height),
      margin: { l: 10, r: 10, t: 10, b: 90 },
      yaxis: { ...figure.layout.yaxis, automargin: true, fixedrange: true, tickfont: { size: narrow ? 11 : 13 } },
      legend: { ...figure.layout.legend, y: -0.18, x: 0, font: { size: narrow ? 11 : 12 } },
    };
    const config = { responsive: true, displaylogo: false, showSendToCloud: false, plotlyServerURL: "" };
    await Plotly.newPlot(live, figure.data, layout, config);
    const recolour = () => Plotly.relayout(live, palette());
    await recolour();
    new MutationObserver(recolour).observe(document.body, { attributeFilter: ["data-md-color-scheme"] });
    button.remove();
  } catch (error) {
    button.disabled = false;
    note.append(" The live chart could not be loaded; the picture above says the same.");
  }
}

function enhanceChart(chart) {
  const button = chart.querySelector(".explore");
  button.hidden = false;
  button.addEventListener("click", () => explore(chart, button));
}

function start() {
  // The theme leaves the dialog of its search without a name.
  document.querySelector(".md-search[role='dialog']")?.setAttribute("aria-label", "Search");
  document.querySelectorAll(".comparison:has(.table-tools)").forEach(enhanceTable);
  document.querySelectorAll(".chart[data-figure]").forEach(enhanceChart);
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
