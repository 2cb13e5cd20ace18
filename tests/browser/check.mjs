// Opens a page of this machine in Chromium and prints, as JSON, what a reader or a screen reader would stumble over.
//
//   node check.mjs PAGE FOLDER [--chromium PATH]
//
// FOLDER receives a screenshot for each width. Exit code: 0 nothing found, 1 something found, 2 not checked.

import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { basename, extname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

import { chromium } from "playwright-core";

const WIDTHS = [1100, 390];
const QUIET = [
  "--no-sandbox",
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
];
const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { chromium: { type: "string", default: "/usr/bin/chromium" } },
});

/** What the page asks for and what it says, as lists that fill while it is open. */
function listen(page, address) {
  const heard = { requests: [], messages: [] };
  page.on("request", (request) => {
    const asked = request.url();
    if (asked !== address && !/^(data|blob):/.test(asked)) heard.requests.push(asked);
  });
  page.on("console", (message) => heard.messages.push(`${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => heard.messages.push(`uncaught: ${error.message}`));
  return heard;
}

/** The page as a reader meets it, its own security policy in force. */
async function read(context, address, width, picture) {
  const page = await context.newPage();
  const heard = listen(page, address);
  await page.setViewportSize({ width, height: 844 });
  await page.goto(address, { waitUntil: "load" });
  await page.waitForTimeout(300);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  await page.screenshot({ path: picture, fullPage: true });
  await page.close();
  return { width, screenshot: picture, overflow: Math.max(0, overflow), ...heard };
}

/** What axe finds in each colour scheme; the policy is lifted, or axe itself could not run. */
async function audit(browser, address, width) {
  const found = [];
  for (const colorScheme of ["light", "dark"]) {
    const context = await browser.newContext({ bypassCSP: true, colorScheme, viewport: { width, height: 844 } });
    const page = await context.newPage();
    await page.goto(address, { waitUntil: "load" });
    await page.evaluate(AXE);
    const { violations } = await page.evaluate(() => globalThis.axe.run(document));
    for (const { id, help, nodes } of violations) {
      found.push({ id, help, colorScheme, places: nodes.map((node) => node.target.join(" ")) });
    }
    await context.close();
  }
  return found;
}

async function check(path, folder) {
  const address = pathToFileURL(resolve(path)).href;
  const name = basename(path, extname(path));
  const profile = mkdtempSync(join(tmpdir(), "pastepot-chromium-"));
  const launch = { executablePath: values.chromium, args: QUIET, env: { ...process.env, HOME: profile } };
  const browser = await chromium.launch(launch);
  try {
    const context = await browser.newContext();
    const pages = [];
    for (const width of WIDTHS) {
      const page = await read(context, address, width, join(resolve(folder), `${name}-${width}.png`));
      pages.push({ ...page, violations: await audit(browser, address, width) });
    }
    return { page: address, browser: browser.version(), pages };
  } finally {
    await browser.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

try {
  const result = await check(...positionals);
  const sound = result.pages.every(
    ({ overflow, requests, messages, violations }) =>
      overflow === 0 && requests.length + messages.length + violations.length === 0,
  );
  console.log(JSON.stringify({ sound, ...result }, null, 2));
  process.exitCode = sound ? 0 : 1;
} catch (error) {
  console.error(String(error));
  process.exitCode = 2;
}
