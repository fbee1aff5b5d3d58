// Builds the front end: our stylesheet and scripts, and the libraries they use, into static/mingtang/dist.
import { build } from "esbuild";
import { copyFileSync, mkdirSync, rmSync } from "node:fs";

const web = "src/mingtang/platform/web";
const out = `${web}/static/mingtang/dist`;
rmSync(out, { recursive: true, force: true });
mkdirSync(out, { recursive: true });
await build({
  entryPoints: [`${web}/assets/mingtang.css`, `${web}/assets/prefs.js`, `${web}/assets/app.js`, `${web}/assets/charts.js`, `${web}/assets/door.js`, `${web}/assets/player.js`],
  outdir: out,
  bundle: true,
  minify: true,
  target: ["chrome100", "firefox100", "safari15"],
  charset: "utf8",
  logLevel: "warning",
});
copyFileSync("node_modules/htmx.org/dist/htmx.min.js", `${out}/htmx.min.js`);
copyFileSync("node_modules/hls.js/dist/hls.min.js", `${out}/hls.min.js`);
