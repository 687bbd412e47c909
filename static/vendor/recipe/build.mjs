// Builds every file under static/vendor from the pinned packages, and its README.
// Called by build.sh as `node build.mjs TARGET_FOLDER`.
import { createHash } from "node:crypto";
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import esbuild from "esbuild";
import * as sass from "sass";

const here = dirname(fileURLToPath(import.meta.url));
const [vendor] = process.argv.slice(2);
const modules = join(here, "node_modules");
const require = createRequire(import.meta.url);
const version = (name) => JSON.parse(readFileSync(join(modules, name, "package.json"))).version;
const built = [];

function record(file, name, licence, origin, text) {
  const target = join(vendor, file);
  if (text !== undefined) {
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
  built.push({ file, name, version: version(origin), licence });
}

function copy(from, file, name, licence, origin) {
  mkdirSync(dirname(join(vendor, file)), { recursive: true });
  copyFileSync(join(modules, from), join(vendor, file));
  record(file, name, licence, origin);
}

function compile(source) {
  return sass.compile(source, {
    style: "compressed",
    charset: false, // a byte order mark behind our first line would void the first rule
    loadPaths: [modules],
    quietDeps: true,
    silenceDeprecations: ["import", "global-builtin", "color-functions", "if-function"],
  }).css;
}

// Bootstrap, reduced
record(
  "bootstrap/bootstrap.min.css",
  "Bootstrap (compiled CSS of the parts we use)",
  "MIT",
  "bootstrap",
  `/*! Bootstrap v${version("bootstrap")} (reduced build), MIT */\n${compile(join(here, "bootstrap.scss"))}\n`,
);
copy("bootstrap/LICENSE", "bootstrap/LICENSE", "Bootstrap licence", "MIT", "bootstrap");

// plotly.js writes two style attributes, which the content security policy refuses: a colour bar
// clears its style (harmless, but reported), a heat map asks for sharp cells (they would blur).
// The same through the style object is allowed.
const edits = [
  ["components/colorbar/draw.js", ".attr('style', '')", ".attr('style', null)", 2],
  ["traces/heatmap/plot.js", ".attr('style', PIXELATED_IMAGE_STYLE)", ".style('image-rendering', 'pixelated')", 1],
];
const withoutStyleAttributes = {
  name: "without-style-attributes",
  setup(build) {
    for (const [file, before, after, times] of edits) {
      build.onLoad({ filter: new RegExp(`plotly\\.js/src/${file.replace(".", "\\.")}$`) }, ({ path }) => {
        const parts = readFileSync(path, "utf8").split(before);
        if (parts.length !== times + 1) throw new Error(`${path} has changed: look again at its style attributes.`);
        return { contents: parts.join(after), loader: "js" };
      });
    }
  },
};

// plotly.js, our traces only. `write: false` because the result is checked before it is kept.
const bundle = await esbuild.build({
  entryPoints: [join(here, "plotly-entry.js")],
  bundle: true,
  minify: true,
  format: "iife",
  globalName: "Plotly",
  target: "es2020",
  define: { global: "window", "define.amd": "false" },
  loader: { ".css": "empty" },
  legalComments: "none",
  plugins: [withoutStyleAttributes],
  write: false,
  logLevel: "warning",
});
const script = `/*! plotly.js v${version("plotly.js")} (custom bundle), MIT, (c) Plotly, Inc. */\n${bundle.outputFiles[0].text}`;
for (const forbidden of [/\bnew Function\b/, /[^.\w]Function\(/, /[^.\w]eval\(/]) {
  if (forbidden.test(script)) throw new Error(`The plotly.js bundle contains ${forbidden}, which the content security policy forbids.`);
}
record("plotly/plotly.min.js", "plotly.js (custom bundle)", "MIT", "plotly.js", script);
// Linked as <link id="plotly.js-style-global" class="no-inline-styles">, so that plotly.js adds
// no <style> element of its own.
record(
  "plotly/plotly.css",
  "plotly.js styles",
  "MIT",
  "plotly.js",
  `/*! plotly.js v${version("plotly.js")}, MIT */\n${compile(join(modules, "plotly.js/src/css/style.scss"))}\n`,
);
copy("plotly.js/LICENSE", "plotly/LICENSE", "plotly.js licence", "MIT", "plotly.js");

globalThis.window = globalThis; // the outlines come as a browser script
const outlines = require("plotly.js/dist/plotly-geo-assets.js");
record(
  "plotly/topojson/world_110m.json",
  "World outlines (United Nations geodata, Natural Earth lakes and rivers), as shipped with plotly.js",
  "MIT; Natural Earth: public domain",
  "plotly.js",
  JSON.stringify(outlines.topojson.world_110m),
);

// The heading typeface. A browser fetches only the scripts a page uses.
const font = "@fontsource-variable/source-serif-4";
for (const subset of ["latin", "latin-ext", "cyrillic", "cyrillic-ext", "vietnamese"]) {
  copy(
    `${font}/files/source-serif-4-${subset}-wght-normal.woff2`,
    `fonts/source-serif-4-${subset}.woff2`,
    `Source Serif 4, variable weight, ${subset}`,
    "OFL-1.1",
    font,
  );
}
copy(`${font}/LICENSE`, "fonts/LICENSE", "Source Serif 4 licence", "OFL-1.1", font);

const rows = built.map(({ file, name, version, licence }) => {
  const bytes = readFileSync(join(vendor, file));
  const sha = createHash("sha256").update(bytes).digest("hex");
  const small = file.endsWith(".woff2") ? bytes.length : brotliCompressSync(bytes).length;
  const kb = (size) => (size / 1000).toFixed(1);
  return `| \`${file}\` | ${name} | ${version} | ${licence} | ${kb(bytes.length)} | ${kb(small)} | \`${sha}\` |`;
});
writeFileSync(
  join(vendor, "README.md"),
  `# Vendored files

Third-party files served as they are; nothing is fetched from another host while the product runs.
They are built from the pinned packages in \`recipe/\` by \`make vendor\`, which needs Node and is
needed only to renew them. plotly.js is changed in two places, by the build: where it writes
\`style\` attributes (colour bars, heat maps), which our content security policy refuses. The build
writes this page, and stops at a plotly.js bundle that contains \`eval\` or \`new Function\`.

| file | what | version | licence | kB | kB, brotli | SHA-256 |
|---|---|---|---|---:|---:|---|
${rows.join("\n")}

The outlines draw boundaries as their authors publish them; no opinion on the status of any
territory is implied.
`,
);
for (const row of rows) console.log(row);
