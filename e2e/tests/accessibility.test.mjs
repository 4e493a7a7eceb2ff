// Everybody can use it: axe finds nothing to complain of in any state, light or dark, and the whole way can be gone
// with the keyboard alone, on the sample that the page offers.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import test from "node:test";
import { browse } from "../fixtures/browser.mjs";
import { textAsVideo } from "../fixtures/films.mjs";
import { front } from "../fixtures/front.mjs";
import { visit } from "../fixtures/page.mjs";
import { scratch } from "../fixtures/places.mjs";
import { facts } from "../fixtures/probe.mjs";
import { serve } from "../fixtures/server.mjs";
import { nothingBroke } from "../fixtures/verdicts.mjs";

const AXE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What axe finds, one line for each element, in light and in dark. */
async function violations(page) {
  const found = [];
  for (const colorScheme of ["light", "dark"]) {
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.waitForTimeout(300);
    await page.evaluate(AXE);
    const lines = await page.evaluate(async (rules) => {
      // Without `preload: false` it would fetch style sheets, and be refused.
      const options = { runOnly: { type: "tag", values: rules }, preload: false };
      const { violations } = await globalThis.axe.run(document, options);
      return violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.html.slice(0, 160)}`));
    }, RULES);
    found.push(...lines.map((line) => `${colorScheme}: ${line}`));
  }
  return found;
}

/** Presses Tab until the focus stands on `selector`; the number of presses. */
async function tabTo(page, selector, most = 80) {
  for (let presses = 0; presses < most; presses += 1) {
    if (await page.evaluate((selector) => document.activeElement?.matches(selector), selector)) return presses;
    await page.keyboard.press("Tab");
  }
  const at = await page.evaluate(() => document.activeElement?.outerHTML.slice(0, 120));
  throw new Error(`${selector} is not reached by ${most} presses of Tab; the focus stands on ${at}`);
}

/** Whether what has the focus shows it. */
function focusIsSeen(page) {
  return page.evaluate(() => {
    const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(document.activeElement);
    return (outlineStyle !== "none" && parseFloat(outlineWidth) > 0) || boxShadow !== "none";
  });
}

test("everybody can use it", async (t) => {
  const server = await serve(t);
  let release;
  const weightsMayCome = new Promise((resolve) => (release = resolve));
  const isWeight = (path) => path.startsWith("/models/") && !path.endsWith("models.json");
  const slow = await front(t, server.origin, { hold: (path) => (isWeight(path) ? weightsMayCome : undefined) });
  const browser = await browse(t);
  const incut = await visit(browser, slow.origin);
  const { page } = incut;
  const folder = scratch();
  const isClean = async (what) => {
    const found = await violations(page);
    assert.deepEqual(found, [], `${what}: ${found.length} violations`);
  };

  await t.test("axe: the first page while the model is on its way", async () => {
    await page.locator("#choose-file").waitFor();
    await isClean("preparing");
    release();
    await incut.engineIsReady();
  });
  await t.test("axe: the first page", () => isClean("empty"));

  await t.test("axe: the settings, opened and closed by keyboard", async () => {
    await tabTo(page, "button[aria-label=Settings]");
    assert.ok(await focusIsSeen(page));
    await page.keyboard.press("Enter");
    await page.locator("#settings[open]").waitFor();
    await isClean("settings");
    await page.keyboard.press("Escape");
    await page.locator("#settings:not([open])").waitFor({ state: "attached" });
  });

  await t.test("axe: an error", async () => {
    await incut.choose(await textAsVideo());
    await incut.alert.waitFor();
    await isClean("error");
    await incut.dismiss();
    await incut.reaches("empty", 5_000);
  });

  await t.test("by keyboard: open the sample", async () => {
    await tabTo(page, "#try-sample");
    assert.ok(await focusIsSeen(page));
    await page.keyboard.press("Enter");
    await incut.reaches("working", 30_000);
  });
  await t.test("axe: while it listens", () => isClean("working"));

  await t.test("by keyboard: stop and go on", async () => {
    await incut.hears(1);
    await tabTo(page, "#cancel");
    await page.keyboard.press("Enter");
    await incut.reaches("stopped", 10_000);
    await isClean("stopped");
    await tabTo(page, "#go-on");
    await page.keyboard.press("Enter");
    await incut.reaches("ready");
  });
  await t.test("axe: clips and transcript", () => isClean("ready"));

  await t.test("by keyboard: choose a clip, look at it, change it, export it", async () => {
    await tabTo(page, ".clip-list > .clip:first-child .clip-poster");
    await page.keyboard.press("Enter");
    await page.locator("#editor[open]").waitFor();
    const inside = () => page.evaluate(() => document.querySelector("#editor").contains(document.activeElement));
    assert.ok(await inside(), "the focus stays behind the editor");
    await isClean("editor");
    const end = page.locator("#editor .edge-time").last();
    const before = await end.innerText();
    await page.keyboard.press("{");
    await page.waitForFunction(
      (before) => [...document.querySelectorAll("#editor .edge-time")].at(-1).innerText !== before,
      before,
    );
    await tabTo(page, "#export-clip");
    assert.ok(await inside());
    const [file] = await incut.saved(() => page.keyboard.press("Enter"), 1, folder);
    const { video, audio } = await facts(file);
    assert.equal(video.codec_name, "h264");
    assert.equal(audio.codec_name, "aac");
  });
  await t.test("axe: with a finished clip", () => isClean("done"));

  await t.test("axe: while it exports", async () => {
    await tabTo(page, "#export-all");
    await page.keyboard.press("Enter");
    await incut.isWorkingOn("export");
    await isClean("exporting");
    await incut.cancel();
    await incut.isIdle();
  });

  await t.test("on a telephone nothing is wider than the screen", async () => {
    await page.setViewportSize({ width: 320, height: 640 });
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(overflow <= 0, `${overflow} pixels stick out`);
    await isClean("phone");
  });
  nothingBroke(incut);
});
