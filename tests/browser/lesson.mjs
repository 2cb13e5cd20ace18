// Opens a lesson of the static site in Chromium, runs its cells one by one as a student does, and prints as JSON what
// each cell answered and what the browser asked of other hosts: before the cell that installs packages, and in it.
//
//   node lesson.mjs SITE NOTEBOOK PICTURE [--chromium PATH]
//
// SITE is an address of this machine. No other host can be reached: a request to one is noted, then fails.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { chromium } from "playwright-core";

const ALONE = [
  "--no-sandbox",
  "--disable-gpu",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
];
const ACTIVE = ".jp-Notebook .jp-Cell.jp-mod-active";
const READ_CORPUS = 'len(open("../teaching/metadata.csv", encoding="utf-8").readlines())';
const INSTALL_ALL = "%pip install pastepot";
const INSTALL_OURS = [
  "%pip install -q --no-deps pastepot",
  "import importlib.metadata",
  "importlib.metadata.version('pastepot')",
].join("\n");

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { chromium: { type: "string", default: "/usr/bin/chromium" } },
});

/** Hosts that pages and workers ask for, in a list that fills while the site is open. */
function listen(context, site) {
  const asked = [];
  context.on("request", (request) => {
    if (!request.url().startsWith(site) && !/^(data|blob):/.test(request.url())) asked.push(request.url());
  });
  return asked;
}

/** Every code cell's prompt and what stands under it. */
const answers = (page) =>
  page.evaluate(() =>
    [...document.querySelectorAll(".jp-CodeCell")].map((cell) => ({
      prompt: cell.querySelector(".jp-InputPrompt")?.textContent.trim() ?? "",
      output: [...cell.querySelectorAll(".jp-OutputArea-output")].map((part) => part.innerText.trim()).join("\n"),
    })),
  );

/** Waits until the kernel has answered and nothing runs. */
const rest = (page) =>
  page.waitForFunction(
    () => {
      const prompts = [...document.querySelectorAll(".jp-CodeCell .jp-InputPrompt")].map((part) => part.textContent);
      return prompts.some((text) => /\[\d+\]/.test(text)) && !prompts.some((text) => text.includes("[*]"));
    },
    null,
    { timeout: 120_000 },
  );

/** Runs cells from the first to the one before the installing cell, which stays selected. */
async function byHand(page) {
  await page.locator(".jp-Notebook .jp-Cell").first().click();
  await page.keyboard.press("Escape");
  for (let cell = 0; cell < 60; cell += 1) {
    if ((await page.locator(ACTIVE).first().innerText()).includes("%pip install")) break;
    await page.keyboard.press("Shift+Enter");
    await page.waitForTimeout(150);
  }
  await rest(page);
}

/** Puts code of ours in the place of the selected cell's and runs it; the cell stays selected. */
async function instead(page, code) {
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+a");
  await page.keyboard.insertText(code);
  await page.keyboard.press("Control+Enter");
  await page.waitForTimeout(500);
  await rest(page);
  return (await page.locator(`${ACTIVE} .jp-OutputArea-output`).allInnerTexts()).join("\n").trim();
}

async function tried(site, notebook, picture) {
  const profile = mkdtempSync(join(tmpdir(), "pastepot-chromium-"));
  const browser = await chromium.launch({
    executablePath: values.chromium,
    args: ALONE,
    env: { ...process.env, HOME: profile },
  });
  try {
    const context = await browser.newContext({ viewport: { width: 1200, height: 1000 } });
    const asked = listen(context, site);
    const page = await context.newPage();
    await page.goto(`${site}/notebooks/index.html?path=${notebook}`);
    await page.waitForSelector(".jp-Notebook .jp-Cell", { timeout: 60_000 });
    await byHand(page);
    const cells = await answers(page);
    await page.screenshot({ path: picture });
    const corpus = await instead(page, READ_CORPUS);
    const before = [...asked];
    const refusal = await instead(page, INSTALL_ALL);
    const after = asked.slice(before.length);
    const wheel = await instead(page, INSTALL_OURS);
    return { browser: browser.version(), cells, corpus, before, refusal, after, wheel };
  } finally {
    await browser.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

try {
  console.log(JSON.stringify(await tried(...positionals), null, 2));
} catch (error) {
  console.error(String(error));
  process.exitCode = 2;
}
