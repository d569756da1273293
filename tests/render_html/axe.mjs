// node axe.mjs NODE_MODULES PAGE [WIDTH ...]: what axe-core finds wrong with PAGE at each width, and whether
// the page is wider than its window or asked for anything outside itself. One JSON object on standard output.
// With SCREENSHOTS=DIR a picture of each width is written there, with PRINT=FILE.pdf the page as printed.
import { createRequire } from "node:module";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [modules, page, ...given] = process.argv.slice(2);
const widths = given.length ? given.map(Number) : [1280, 320];
const require = createRequire(pathToFileURL(join(modules, "x.js")));
const { chromium } = require("playwright-core");
const axe = readFileSync(require.resolve("axe-core"), "utf8");
const profile = mkdtempSync(join(tmpdir(), "axe-"));
const flags = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];

const context = await chromium.launchPersistentContext(profile, {
  executablePath: process.env.CHROMIUM || "/usr/bin/chromium", headless: true, args: flags,
});
const result = { violations: [], overflow: [], requests: [], broken: [], incomplete: [] };
try {
  const tab = await context.newPage();
  tab.on("request", (r) => { if (!/^(file|data):/.test(r.url())) result.requests.push(r.url()); });
  for (const width of widths) {
    await tab.setViewportSize({ width, height: 900 });
    await tab.goto(pathToFileURL(page).href);
    if (process.env.PRINT) await tab.pdf({ path: process.env.PRINT, preferCSSPageSize: true });
    if (process.env.SCREENSHOTS) {
      await tab.screenshot({ path: join(process.env.SCREENSHOTS, `${width}.png`), fullPage: !process.env.FOLD });
    }
    await tab.evaluate(axe); // not a script of the page, whose own policy allows none
    const found = await tab.evaluate(() => axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag2aaa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    }));
    const told = (v) => ({ width, id: v.id, impact: v.impact, help: v.help, nodes: v.nodes.slice(0, 5).map((n) => n.html.slice(0, 200)) });
    result.violations.push(...found.violations.map(told));
    result.incomplete.push(...found.incomplete.map(told));
    const [scroll, client, broken] = await tab.evaluate(() => [
      document.documentElement.scrollWidth, document.documentElement.clientWidth,
      [...document.images].filter((i) => !i.complete || !i.naturalWidth).map((i) => i.alt),
    ]);
    if (scroll > client) result.overflow.push({ width, scroll });
    result.broken.push(...broken);
  }
} finally {
  await context.close();
  rmSync(profile, { recursive: true, force: true });
}
console.log(JSON.stringify(result, null, 1));
