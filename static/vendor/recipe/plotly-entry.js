// The traces the reports draw, and the languages of the product. Only traces of plotly.js's own
// "strict" set, which run without eval under `script-src 'self'`; no WebGL, no tiled maps.
"use strict";

const Plotly = require("plotly.js/lib/core");

Plotly.register([
  require("plotly.js/lib/bar"),
  require("plotly.js/lib/barpolar"),
  require("plotly.js/lib/box"),
  require("plotly.js/lib/choropleth"),
  require("plotly.js/lib/contour"),
  require("plotly.js/lib/funnel"),
  require("plotly.js/lib/heatmap"),
  require("plotly.js/lib/histogram"),
  require("plotly.js/lib/indicator"),
  require("plotly.js/lib/pie"),
  require("plotly.js/lib/sankey"),
  require("plotly.js/lib/scattergeo"),
  require("plotly.js/lib/scatterpolar"),
  require("plotly.js/lib/sunburst"),
  require("plotly.js/lib/table"),
  require("plotly.js/lib/treemap"),
  require("plotly.js/lib/violin"),
  require("plotly.js/lib/waterfall"),
  require("plotly.js/lib/locales/fr"),
  require("plotly.js/lib/locales/ru"),
  require("plotly.js/lib/locales/vi"),
]);

module.exports = Plotly;
