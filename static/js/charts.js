// Draws every figure of includes/chart.html with Plotly. The table beside each chart is the
// content; this adds the picture, so any failure leaves the open table as it was.
"use strict";

(() => {
  const outlines = document.currentScript.dataset.outlines;
  const tokens = getComputedStyle(document.documentElement);
  const token = (name) => tokens.getPropertyValue(name).trim();
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const HEADING = 72; // px above a picture that leaves the page
  const NARROW = 480; // px: less leaves long names no room
  const LONGEST = 20; // letters of a line of a name there
  const LONGEST_NAME = 60; // letters of a name beside bars; the table has it whole
  const LETTERS = 22; // px of a wider picture for each letter of such a line: bars keep half of it
  const SMALL = 9; // px, a mark on a narrow map
  const LINE = 17; // px, the height of a line
  const UNDER = 60; // px, the room of a legend under a map
  const PAPER_WIDTH = 600; // px, the room of a chart on an A4 sheet under print.css

  // Plotly reads tags in texts; a name that holds some is shown as it is written.
  const literal = (text) => text.replace(/&/g, "&amp;").replace(/</g, "&lt;");

  // Plotly cannot read CSS variables: "var(--level-3)" in a figure becomes the token's colour.
  function resolve(value) {
    if (typeof value === "string") {
      return literal(value).replace(/var\((--[\w-]+)\)/g, (_, name) => token(name));
    }
    if (Array.isArray(value)) return value.map(resolve);
    if (value && typeof value === "object") {
      return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, resolve(part)]));
    }
    return value;
  }

  function house(data) {
    const ink = token("--ink");
    const soft = token("--ink-soft");
    const line = token("--line");
    const axis = {
      automargin: true, ticklabelstandoff: 6, gridcolor: line, linecolor: token("--line-strong"), zerolinecolor: soft,
      tickfont: { color: ink }, title: { font: { color: soft } },
    };
    const bar = { orientation: "h", thickness: 12, outlinewidth: 1, x: 0, xanchor: "left", y: 1.02, yanchor: "bottom", len: 0.6, title: { side: "top" } };
    const geo = {
      showframe: false, showcoastlines: false, showcountries: true, countrycolor: token("--line-strong"),
      showland: true, landcolor: token("--shade"), bgcolor: "rgba(0,0,0,0)", projection: { type: "natural earth" },
    };
    return {
      layout: {
        font: { family: token("--font-text"), size: 14, color: ink },
        colorway: [1, 2, 3, 4, 5, 6].map((n) => token(`--chart-${n}`)),
        colorscale: { sequential: [1, 2, 3, 4, 5].map((n) => [(n - 1) / 4, token(`--level-${n}`)]) },
        paper_bgcolor: token("--surface"), plot_bgcolor: "rgba(0,0,0,0)",
        margin: margin(data),
        hoverlabel: { bgcolor: token("--surface"), bordercolor: ink, font: { color: ink } },
        legend: { orientation: "h", x: 0, y: 1.02, xanchor: "left", yanchor: "bottom" },
        polar: { bgcolor: "rgba(0,0,0,0)", radialaxis: { gridcolor: line, linecolor: soft, angle: 90, tickangle: 90 }, angularaxis: { gridcolor: line, linecolor: soft, rotation: 90, direction: "clockwise" } },
        xaxis: axis, yaxis: axis, geo, bargap: 0.3,
      },
      data: { bar: [{ cliponaxis: false }], choropleth: [{ colorbar: bar }], heatmap: [{ colorbar: bar }] },
    };
  }

  // Labels around a circle have no automatic margin and do not wrap.
  function margin(data) {
    const round = data.some((trace) => /polar|pie|sunburst/.test(trace.type));
    return round ? { l: 72, r: 72, t: 40, b: 40 } : { l: 8, r: 28, t: 16, b: 8 };
  }

  // A page scrolls under a finger or a wheel; it does not zoom a chart by accident.
  function still(data, layout) {
    const axes = Object.keys(layout).filter((key) => /^[xy]axis\d*$/.test(key));
    for (const key of new Set([...axes, "xaxis", "yaxis"])) layout[key] = { ...layout[key], fixedrange: true };
    return {
      height: 360, ...layout, template: house(data), dragmode: false, autosize: true,
      transition: calm ? { duration: 0 } : layout.transition,
    };
  }

  function wrapped(plot, trace) {
    if (trace.type === "scattergeo" && plot.clientWidth < NARROW) return { ...trace, name: lines(trace.name || "").join("<br>"), marker: { ...trace.marker, size: trace.marker.size.map((px) => Math.min(px, SMALL)) } };
    if (!/polar/.test(trace.type) || !Array.isArray(trace.theta)) return trace;
    const theta = trace.theta.map((label) => String(label).replace(/(\S{6,}) /g, "$1<br>"));
    return { ...trace, theta };
  }

  // A map is no taller than its frame, with room for the legend under it. Long names beside bars are
  // broken into lines, and their rows made higher. On a narrow screen what room is left holds few
  // numbers, and upright ones.
  function fitted(plot, data, layout) {
    if (layout.meta?.tall) return { ...layout, height: Math.min(layout.height, plot.clientWidth * layout.meta.tall + (layout.showlegend === false ? 0 : UNDER)) };
    if (layout.yaxis?.type !== "category") return layout;
    const names = layout.yaxis.categoryarray || [...new Set(data.flatMap((trace) => trace.y))];
    const narrow = plot.clientWidth < NARROW;
    const most = narrow ? LONGEST : Math.floor(plot.clientWidth / LETTERS);
    const broken = names.map((name) => lines(shortened(String(name), LONGEST_NAME), most));
    const height = layout.height + names.length * LINE * (Math.max(...broken.map((one) => one.length)) - 1);
    const ticks = { tickmode: "array", tickvals: names, ticktext: broken.map((one) => one.join("<br>")) };
    if (!narrow) return { ...layout, height, yaxis: { ...layout.yaxis, ...ticks } };
    const { dtick, ...values } = layout.xaxis || {};
    const title = values.title && { ...values.title, text: lines(values.title.text).join("<br>") };
    return { ...layout, height, xaxis: { ...values, title, nticks: 4, tickangle: 0 }, yaxis: { ...layout.yaxis, ...ticks } };
  }

  function shortened(name, most) {
    return name.length > most ? `${name.slice(0, most - 1)}…` : name;
  }

  function lines(text, most = LONGEST) {
    return text.split(" ").map((word) => shortened(word, most)).reduce((all, word) => {
      const last = all.at(-1);
      if (last !== undefined && `${last} ${word}`.length <= most) all[all.length - 1] = `${last} ${word}`;
      else all.push(word);
      return all;
    }, []);
  }

  // Names beside marks are cut where there is little room.
  function cut(plot, trace) {
    if (trace.type !== "scatter" || !/text/.test(trace.mode) || plot.clientWidth >= NARROW) return trace;
    return { ...trace, text: trace.text.map((name) => shortened(name, LONGEST)) };
  }

  // Names on a map stand at the side of their mark where they lie on no other mark or name; those
  // that find no room are told under the pointer and in the table.
  const SIDES = {
    "top center": [0, -1], "middle right": [1, 0], "middle left": [-1, 0], "bottom center": [0, 1],
    "top right": [1, -1], "top left": [-1, -1], "bottom right": [1, 1], "bottom left": [-1, 1],
  };

  function placed(plot) {
    const room = plot.getBoundingClientRect();
    const traces = plot.data.map((trace, at) => ({ at, trace })).filter(({ trace }) => trace.type === "scattergeo" && trace.text);
    const layers = plot.querySelectorAll(".scattergeo:has(text)");
    const taken = [...plot.querySelectorAll(".scattergeo .point")].map((mark) => mark.getBoundingClientRect());
    for (const [n, { at, trace }] of traces.entries()) {
      const marks = layers[n].querySelectorAll(".point");
      const names = layers[n].querySelectorAll("text"); // of those that have one
      let next = 0;
      const sides = trace.text.map((text, k) => {
        if (!text) return "top center";
        const name = names[next++];
        const mark = marks[k].getBoundingClientRect();
        const { width, height } = name.getBoundingClientRect();
        const x = (mark.left + mark.right) / 2, y = (mark.top + mark.bottom) / 2;
        const side = Object.keys(SIDES).find((one) => {
          const [across, down] = SIDES[one];
          const left = x - width / 2 + across * ((mark.width + width) / 2 + 1), top = y - height / 2 + down * ((mark.height + height) / 2 + 1);
          const box = { left, top, right: left + width, bottom: top + height };
          const free = room.left <= left && box.right <= room.right && !taken.some((other) => over(box, other));
          if (free) taken.push(box);
          return free;
        });
        name.style.visibility = side ? "visible" : "hidden";
        return side || "top center";
      });
      if (String(sides) !== String(trace.textposition)) Plotly.restyle(plot, { textposition: [sides] }, [at]);
    }
  }

  const over = (one, other) => one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;

  // Where names would lie over one another, the first ones stay: those of the largest marks. Every
  // name is told under the pointer and in the table.
  function legible(plot) {
    const room = plot.getBoundingClientRect();
    const taken = [];
    for (const name of plot.querySelectorAll(".textpoint text")) {
      name.removeAttribute("dx");
      const { left, right } = name.getBoundingClientRect();
      name.setAttribute("dx", Math.max(room.left - left, 0) || Math.min(room.right - right, 0));
      const box = name.getBoundingClientRect();
      const hidden = taken.some((one) => over(one, box));
      name.style.visibility = hidden ? "hidden" : "visible";
      if (!hidden) taken.push(box);
    }
  }

  // A picture leaves its page: it takes the finding along and, where these are no assessment's
  // numbers, the words of the ribbon that say so.
  function alone(figure, plot) {
    const words = (place) => place.textContent.replace(/\s+/g, " ").trim();
    const told = [...document.querySelectorAll(".provenance")].map(words).join("; ");
    const title = {
      text: literal(words(figure.querySelector("figcaption"))), subtitle: { text: literal(told) }, font: { size: 16 },
      x: 0, xref: "container", y: 0.99, yref: "container", yanchor: "top", pad: { l: 12, t: 4 },
    };
    const margin = { ...plot.layout.margin, t: HEADING, l: 12, r: 28, b: 12 };
    return { data: plot.data, layout: { ...plot.layout, title, margin, height: undefined, width: undefined } };
  }

  const drawn = [];

  async function draw(figure) {
    const plot = figure.querySelector("[data-chart-plot]");
    const { data, layout = {} } = resolve(JSON.parse(figure.querySelector("script[type='application/json']").textContent));
    plot.hidden = false;
    try {
      await Plotly.newPlot(plot, data.map((trace) => cut(plot, wrapped(plot, trace))), still(data, fitted(plot, data, layout)), {
        displaylogo: false, displayModeBar: false, responsive: true, scrollZoom: false, doubleClick: false,
        showTips: false, topojsonURL: outlines, locale: document.documentElement.lang || "en",
      });
    } catch (error) {
      plot.hidden = true;
      throw error;
    }
    drawn.push(plot);
    const arrange = layout.geo ? placed : legible;
    plot.on("plotly_afterplot", () => arrange(plot));
    arrange(plot);
    figure.querySelector("[data-chart-table]").open = false;
    const image = figure.querySelector("[data-chart-image]");
    image.hidden = false;
    image.addEventListener("click", () => {
      Plotly.downloadImage(alone(figure, plot), { format: "png", filename: figure.id, scale: 2, width: 900, height: Math.max(plot.offsetHeight, 320) + HEADING });
    });
  }

  for (const figure of document.querySelectorAll("[data-chart]")) {
    draw(figure).catch((error) => console.error(`The chart "${figure.id}" could not be drawn.`, error));
  }

  // On paper nobody can unfold a table.
  let folded = [];
  addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll("[data-chart-table]:not([open])")];
    for (const table of folded) table.open = true;
    for (const plot of drawn) Plotly.relayout(plot, { width: PAPER_WIDTH });
  });
  addEventListener("afterprint", () => {
    for (const table of folded) table.open = false;
    for (const plot of drawn) Plotly.relayout(plot, { width: null, autosize: true });
  });
})();
