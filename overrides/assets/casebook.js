// What a page does beyond showing: sort and filter a table, and bring a chart to life when a reader asks.
// Everything is readable without this file.
"use strict";

function textOf(cell) {
  const copy = cell.cloneNode(true);
  copy.querySelectorAll(".mark").forEach((mark) => mark.remove());
  return copy.textContent.trim();
}

// As people type: without accents, with one kind of hyphen, in small letters.
function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").replace(/[\u2010-\u2015\u2212]/g, "-").toLowerCase();
}

function beginning(word) {
  const literal = word.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
  return new RegExp("(?<![\\p{L}\\p{N}])" + literal, "u");
}

function enhanceTable(box) {
  const table = box.querySelector("table");
  const body = table.tBodies[0];
  const rows = Array.from(body.rows);
  const tools = box.querySelector(".table-tools");
  const input = tools.querySelector("input");
  const count = tools.querySelector("output");
  const words = new Map(rows.map((row) => [row, folded(Array.from(row.cells, textOf).join(" "))]));
  const state = new URLSearchParams(location.search);

  function remember() {
    const query = state.toString();
    history.replaceState(null, "", location.pathname + (query ? "?" + query : "") + location.hash);
  }

  function filter() {
    // A word is looked for where words begin, so that "male" does not find "female".
    const wanted = folded(input.value).split(/\s+/).filter(Boolean).map(beginning);
    let shown = 0;
    for (const row of rows) {
      row.hidden = !wanted.every((word) => word.test(words.get(row)));
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
      const order = isNaN(x.number) || isNaN(y.number) ? x.text.localeCompare(y.text, undefined, { numeric: true }) : x.number - y.number;
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
    script.onerror = () => {
      plotly = undefined;
      script.remove();
      reject(new Error("plotly.js did not load"));
    };
    document.head.append(script);
  });
  return plotly;
}

function colours() {
  const style = getComputedStyle(document.body);
  const read = (name) => style.getPropertyValue(name).trim();
  return {
    ink: read("--ink"),
    soft: read("--soft"),
    line: read("--line"),
    sheet: read("--sheet"),
    accent: read("--accent"),
    font: read("--plain"),
  };
}

// The layout of the live chart in the frame of the still picture, whose names and legend stay where they are:
// only what a reader can move is drawn anew, and nothing jumps. A figure of everyone has more lanes than the
// still picture; a reader drags through them, so that their names move too.
function layoutFor(figure, still, scale, everyone) {
  const { ink, soft, line, sheet, accent, font } = colours();
  const [left, top, right, bottom] = still.dataset.frame.split(" ").map((pixels) => Number(pixels) * scale);
  const size = 13 * scale;
  const layout = {
    ...figure.layout,
    width: still.viewBox.baseVal.width * scale,
    height: still.viewBox.baseVal.height * scale,
    margin: { l: left, t: top, r: right, b: bottom, pad: 0, autoexpand: false },
    showlegend: false,
    paper_bgcolor: "rgba(0,0,0,0)",
    plot_bgcolor: "rgba(0,0,0,0)",
    font: { family: font, color: ink, size },
    hoverlabel: { bgcolor: sheet, bordercolor: accent, font: { color: ink, family: font, size: 13 }, align: "left" },
    modebar: { bgcolor: "rgba(0,0,0,0)", color: soft, activecolor: accent },
    dragmode: coarse ? false : everyone ? "pan" : "zoom",
    annotations: (figure.layout.annotations || []).map((note) => ({
      ...note,
      xshift: (note.xshift || 0) * scale,
      yshift: (note.yshift || 0) * scale,
      borderpad: 0,
      font: { ...note.font, size: ((note.font && note.font.size) || 13) * scale },
    })),
    shapes: (figure.layout.shapes || []).map((shape) => ({ ...shape, line: { color: soft, ...shape.line } })),
    uirevision: "kept",
  };
  for (const name of Object.keys(figure.layout).filter((key) => /^[xy]axis\d*$/.test(key))) {
    const given = figure.layout[name];
    const names = given.type === "category" || given.categoryarray !== undefined;
    layout[name] = {
      ...given,
      title: everyone && name.startsWith("x") ? given.title : { text: "" },
      gridcolor: line,
      showline: false,
      zerolinecolor: line,
      automargin: false,
      fixedrange: everyone ? name.startsWith("x") : names || name.startsWith("y"),
      showgrid: names ? false : given.showgrid,
      showticklabels: names && !everyone ? false : given.showticklabels,
      tickangle: 0,
      ticklabeloverflow: "allow",
      tickfont: { size },
    };
  }
  return layout;
}

const coarse = matchMedia("(pointer: coarse)").matches; // a finger has no hover, and scrolls the page

const config = {
  displayModeBar: coarse ? false : "hover",
  displaylogo: false,
  showSendToCloud: false,
  plotlyServerURL: "",
  modeBarButtonsToRemove: ["lasso2d", "select2d", "autoScale2d"],
};

function scaled(data, scale) {
  const larger = (part, size) => part && { ...part, [size]: Array.isArray(part[size]) ? part[size].map((s) => s * scale) : part[size] * scale };
  return data.map((trace) => ({
    ...trace,
    ...(trace.textfont && trace.textfont.size && { textfont: larger(trace.textfont, "size") }),
    ...(trace.marker && trace.marker.size && { marker: larger(trace.marker, "size") }),
    ...(trace.line && trace.line.width && { line: larger(trace.line, "width") }),
  }));
}

// What is drawn in the place of the still picture, and drawn again when its width or the palette changes.
async function liveChart(chart, picture) {
  const [Plotly, figure] = await Promise.all([
    loadPlotly(chart.dataset.plotly),
    fetch(chart.dataset.figure).then((answer) => {
      if (!answer.ok) throw new Error("no figure");
      return answer.json();
    }),
  ]);
  const live = document.createElement("div");
  live.className = "live-chart";
  live.setAttribute("role", "group");
  live.setAttribute("aria-label", chart.querySelector(".message").textContent);
  picture.append(live);
  const draw = () => {
    const still = Array.from(picture.querySelectorAll("svg.chart-static")).find((svg) => svg.getBoundingClientRect().width);
    if (!still || !picture.classList.contains("live")) return undefined;
    const scale = still.getBoundingClientRect().width / still.viewBox.baseVal.width;
    return Plotly.react(live, scaled(figure.data, scale), layoutFor(figure, still, scale, chart.dataset.everyone !== undefined), config);
  };
  new MutationObserver(draw).observe(document.body, { attributeFilter: ["data-md-color-scheme"] });
  new ResizeObserver(draw).observe(picture);
  return draw;
}

function enhanceChart(chart) {
  const button = chart.querySelector(".explore");
  const picture = chart.querySelector(".picture");
  let draw;
  button.hidden = false;
  button.addEventListener("click", async () => {
    if (picture.classList.toggle("live")) {
      button.textContent = "Loading …";
      try {
        draw ??= await liveChart(chart, picture);
        await draw();
        button.textContent = "Still picture";
      } catch (error) {
        picture.classList.remove("live");
        button.textContent = "Explore";
        chart.querySelector(".chart-trouble").textContent =
          "The live chart could not be loaded; the picture says the same.";
      }
    } else {
      button.textContent = "Explore";
    }
  });
}

// A link may lead to something that is folded away: the numbers of a picture, the patients left out of a table.
function openFolded(event) {
  const to = event.target.closest("a")?.getAttribute("href");
  if (to?.startsWith("#")) document.getElementById(to.slice(1))?.closest("details")?.setAttribute("open", "");
}

// A box that scrolls would cut off what opens in it, so that the place of a value stands on the screen instead.
function placeOpened(mark) {
  const where = mark.querySelector(".where");
  const at = mark.querySelector("button").getBoundingClientRect();
  where.classList.add("placed");
  where.style.display = "block"; // a finger arrives before the style that shows it
  const { width, height } = where.getBoundingClientRect();
  where.style.display = "";
  const below = at.bottom + height <= innerHeight || at.top < height;
  where.style.setProperty("--left", Math.max(8, Math.min(at.left, document.documentElement.clientWidth - width - 8)) + "px");
  where.style.setProperty("--top", (below ? at.bottom : at.top - height) + "px");
}

function openWhere(event) {
  const mark = event.target.closest?.(".scroll .mark");
  if (mark && !event.target.closest(".where")) placeOpened(mark);
}

// Copies the reference beside a button; where the browser allows no copying, it selects the words instead.
async function copyReference(event) {
  const button = event.target.closest?.(".cite-this .copy");
  if (!button) return;
  const said = button.parentElement.querySelector(".reference") ?? button.parentElement.nextElementSibling;
  try {
    await navigator.clipboard.writeText(said.textContent);
    button.textContent = "Copied";
  } catch {
    getSelection().selectAllChildren(said);
    button.textContent = "Selected: copy it now";
  }
}

function start() {
  document.querySelectorAll(".cite-this .copy").forEach((button) => (button.hidden = false));
  document.addEventListener("click", copyReference);
  document.querySelectorAll(".comparison:has(.table-tools):not(.case-browser > *)").forEach(enhanceTable);
  document.querySelectorAll(".chart[data-figure]").forEach(enhanceChart);
  document.addEventListener("click", openFolded);
  document.addEventListener("pointerover", openWhere);
  document.addEventListener("focusin", openWhere);
  document.addEventListener("scroll", () => document.querySelectorAll(".scroll .mark:is(:hover, :focus-within)").forEach(placeOpened), { capture: true, passive: true });
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
else start();
