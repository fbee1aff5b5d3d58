// Charts are drawn from the table beside them: one source of numbers, and without this script the tables stand alone.
import { BarChart, ScatterChart } from "echarts/charts";
import { AriaComponent, GridComponent, TooltipComponent } from "echarts/components";
import { init, use } from "echarts/core";
import { CanvasRenderer } from "echarts/renderers";

use([BarChart, ScatterChart, GridComponent, TooltipComponent, AriaComponent, CanvasRenderer]);

const english = document.documentElement.lang === "en";
const say = (zh, en) => (english ? en : zh);
const token = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

// Label and number of every row; a number that is held back is left out of the picture.
function rows(table) {
  return [...table.tBodies[0].rows].map((row) => [row.cells[0].textContent.trim(), Number.parseInt(row.cells[1].textContent, 10)]).filter((each) => Number.isFinite(each[1]));
}

// A map: the name of every row, how large it is drawn, where it lies.
function spots(table) {
  return [...table.tBodies[0].rows].map((row) => [row.cells[0].textContent.trim(), ...[1, 2, 3].map((n) => Number.parseInt(row.cells[n].textContent, 10))]);
}

function chartOfMap(found, style) {
  const most = Math.max(1, ...found.map((each) => each[1]));
  const text = { color: style.ink, fontSize: style.size, fontFamily: style.font };
  const axis = { type: "value", min: -8, max: 108, axisLabel: { show: false }, axisTick: { show: false }, splitLine: { show: false }, axisLine: { show: false } };
  return {
    animation: false,
    textStyle: text,
    aria: { enabled: true },
    grid: { left: 24, right: 128, top: 24, bottom: 24 },
    tooltip: { renderMode: "richText", formatter: (one) => `${one.data.name}  ${one.data.people}` },
    xAxis: axis,
    yAxis: axis,
    series: [{
      type: "scatter",
      data: found.map(([name, people, x, y]) => ({ name, people, value: [x, y], symbolSize: 10 + 34 * Math.sqrt(people / most) })),
      itemStyle: { color: style.bar, opacity: 0.75 },
      label: { show: true, position: "right", formatter: (one) => (one.data.name.length > 10 ? `${one.data.name.slice(0, 10)}…` : one.data.name), ...text },
      labelLayout: { hideOverlap: true },
    }],
  };
}

function look() {
  const size = Number.parseFloat(getComputedStyle(document.body).fontSize) * 0.8;
  return { ink: token("--ink"), rule: token("--rule"), bar: token("--dai"), size, font: getComputedStyle(document.body).fontFamily };
}

function option(kind, found, style) {
  const text = { color: style.ink, fontSize: style.size, fontFamily: style.font };
  const lines = { lineStyle: { color: style.rule } };
  const names = { type: "category", data: found.map((each) => each[0]), axisLabel: { ...text, hideOverlap: true, formatter: (name) => name.replace(/^\d{4}-(\d\d-\d\d)$/, "$1") }, axisLine: lines, axisTick: { show: false } };
  const numbers = { type: "value", minInterval: 1, axisLabel: text, splitLine: lines };
  const flat = kind === "bars";
  return {
    animation: false,
    textStyle: text,
    aria: { enabled: true },
    grid: { left: 8, right: 48, top: 12, bottom: 8, containLabel: true },
    tooltip: { trigger: "axis", axisPointer: { type: "none" }, textStyle: { fontFamily: style.font }, renderMode: "richText" },
    xAxis: flat ? numbers : names,
    yAxis: flat ? { ...names, inverse: true, axisLabel: text } : numbers,
    series: [{ type: "bar", data: found.map((each) => each[1]), barMaxWidth: 22, itemStyle: { color: style.bar }, label: { show: flat, position: "right", ...text } }],
  };
}

function save(chart, name) {
  const link = document.createElement("a");
  link.href = chart.getDataURL({ type: "png", pixelRatio: 2, backgroundColor: token("--paper") });
  link.download = `${name}.png`;
  link.click();
}

function draw(section) {
  const kind = section.dataset.chart;
  const holder = section.querySelector("[data-table]");
  const table = holder?.matches("table") ? holder : holder?.querySelector("table");
  if (!table || kind === "heat") return;
  const isMap = kind === "map";
  const found = isMap ? spots(table) : rows(table);
  if (!found.length) return;
  const title = section.querySelector("h2").textContent;
  const place = document.createElement("div");
  place.className = "chart";
  place.setAttribute("role", "img");
  place.setAttribute("aria-label", say(`${title}，数字见下表`, `${title}; the table below has the numbers`));
  if (isMap) place.style.height = "28rem";
  if (kind === "bars") place.style.height = `${Math.max(2, found.length) * 2.75}rem`;
  holder.before(place);
  const chart = init(place);
  const made = () => (isMap ? chartOfMap(found, look()) : option(kind, found, look()));
  chart.setOption(made());
  const bar = document.createElement("p");
  bar.className = "btns s-xs";
  const button = document.createElement("button");
  button.type = "button";
  button.className = "btn btn--s";
  button.textContent = say("存成图片（PNG）", "Save as picture (PNG)");
  button.addEventListener("click", () => save(chart, title));
  bar.append(button);
  holder.after(bar);
  new ResizeObserver(() => chart.resize()).observe(place);
  new MutationObserver(() => chart.setOption(made())).observe(document.documentElement, { attributeFilter: ["data-size", "data-contrast"] });
}

for (const section of document.querySelectorAll("[data-chart]")) draw(section);
