// node answers.mjs NODE_MODULES ANSWERS.html < cases.json: what the page says of each [text, limit], what its first copy
// button puts on the clipboard, and whether it asked for anything. One JSON object on standard output.
import { createRequire } from "node:module";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [modules, page] = process.argv.slice(2);
const require = createRequire(pathToFileURL(join(modules, "x.js")));
const { chromium } = require("playwright-core");
const cases = JSON.parse(readFileSync(0, "utf8"));
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM || "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });
const result = { verdicts: [], copied: "", said: "", changed: false, keyboard: false, requests: [], errors: [] };
try {
  const context = await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"], offline: true });
  const tab = await context.newPage();
  tab.on("request", (r) => { if (!/^(file|data):/.test(r.url())) result.requests.push(r.url()); });
  tab.on("pageerror", (e) => result.errors.push(String(e)));
  tab.on("console", (m) => { if (m.type() === "error") result.errors.push(m.text()); });
  await tab.goto(pathToFileURL(page).href);
  await tab.focus("textarea");
  await tab.keyboard.press("Tab");
  result.keyboard = await tab.evaluate(() => document.activeElement.dataset.copy === "answer-1");
  await tab.keyboard.press("Enter");
  await tab.waitForFunction(() => document.getElementById("said").textContent !== "");
  result.said = await tab.textContent("#said");
  result.copied = await tab.evaluate(() => navigator.clipboard.readText());
  for (const [text, limit] of cases) {
    result.verdicts.push(await tab.evaluate(([value, most]) => {
      const area = document.querySelector("textarea");
      area.dataset.limit = most;
      area.value = value;
      area.dispatchEvent(new Event("input"));
      const count = document.getElementById(`${area.id}-count`);
      return [count.className.replace("count ", ""), count.textContent];
    }, [text, limit]));
  }
  result.changed = await tab.evaluate(() => !document.getElementById("answer-1-changed").hidden);
} finally {
  await browser.close();
}
console.log(JSON.stringify(result));
