// Everybody can use it: axe finds nothing to complain of in any state, light or dark, and the whole way can be gone
// with the keyboard alone, on the sample that the page offers.

import assert from "node:assert/strict";
import test from "node:test";
import { violations } from "../fixtures/axe.mjs";
import { browse } from "../fixtures/browser.mjs";
import { textAsVideo } from "../fixtures/films.mjs";
import { front } from "../fixtures/front.mjs";
import { visit } from "../fixtures/page.mjs";
import { scratch } from "../fixtures/places.mjs";
import { facts } from "../fixtures/probe.mjs";
import { serve } from "../fixtures/server.mjs";
import { steps } from "../fixtures/steps.mjs";
import { nothingBroke } from "../fixtures/verdicts.mjs";

/** Presses Tab until the focus stands on `selector`; the number of presses. */
async function tabTo(page, selector, most = 160) {
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
  const step = steps(t);
  const server = await serve(t);
  let release;
  const weightsMayCome = new Promise((resolve) => (release = resolve));
  const isWeight = (path) => path.startsWith("/models/") && !path.endsWith("models.json");
  const slow = await front(t, server.origin, { hold: (path) => (isWeight(path) ? weightsMayCome : undefined) });
  const browser = await browse(t);
  const incut = await visit(browser, slow.origin);
  const { page } = incut;
  const folder = scratch();
  // Collected, so that one finding does not hide the others.
  const findings = {};
  const look = async (what) => (findings[what] = await violations(page));

  await step("the model is on its way, then it is there", async () => {
    await page.locator("#choose-file").waitFor();
    await look("preparing");
    release();
    await incut.engineIsReady();
    await look("empty");
  });

  await step("by keyboard: open and close the settings", async () => {
    await tabTo(page, "button[aria-label=Settings]");
    assert.ok(await focusIsSeen(page));
    await page.keyboard.press("Enter");
    await page.locator("#settings[open]").waitFor();
    await look("settings");
    await page.keyboard.press("Escape");
    await page.locator("#settings:not([open])").waitFor({ state: "attached" });
  });

  await step("a wrong file", async () => {
    await incut.choose(await textAsVideo());
    await incut.alert.waitFor();
    await look("error");
    await incut.dismiss();
    await incut.reaches("empty", 5_000);
  });

  await step("by keyboard: open the sample", async () => {
    await tabTo(page, "#try-sample");
    assert.ok(await focusIsSeen(page));
    await page.keyboard.press("Enter");
    await incut.reaches("working", 30_000);
    await look("working");
  });

  await step("by keyboard: stop and go on", async () => {
    await incut.hears(1);
    await tabTo(page, "#cancel");
    await page.keyboard.press("Enter");
    await incut.reaches("stopped", 10_000);
    await look("stopped");
    await tabTo(page, "#go-on");
    await page.keyboard.press("Enter");
    await incut.reaches("ready");
    await look("ready");
  });

  await step("what opens beside the clips: why, the menu, lanes, the keys, and those skipped", async () => {
    await incut.cards.first().locator(".clip-why").click();
    await page.locator("#all-lanes").click();
    await page.locator("#downloads > summary").click();
    await look("opened");
    await page.keyboard.press("Escape");
    await incut.cards.first().locator(".clip-why").click();
    await page.keyboard.press("?");
    await page.locator("#keys[open]").waitFor();
    await look("keys");
    await page.keyboard.press("Escape");
    await incut.cards.last().locator(".clip-keep").click();
    await incut.cards.last().locator(".clip-reject").click();
    await page.locator(".aside-clip").waitFor();
    await look("skipped");
    await page.locator(".aside-clip .button").click();
  });

  await step("by keyboard: choose a clip, look at it, change it, export it", async () => {
    await tabTo(page, ".clip-list > .clip:first-child .clip-poster");
    await page.keyboard.press("Enter");
    await page.locator("#editor[open]").waitFor();
    const inside = () => page.evaluate(() => document.querySelector("#editor").contains(document.activeElement));
    assert.ok(await inside(), "the focus stays behind the editor");
    await look("editor");
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
    await look("done");
  });

  await step("by keyboard: export everything, and stop it", async () => {
    await tabTo(page, "#export-all");
    await page.keyboard.press("Enter");
    await incut.isWorkingOn("export");
    await look("exporting");
    await tabTo(page, "#cancel");
    await page.keyboard.press("Enter");
    await incut.isIdle();
  });

  await step("on a telephone nothing is wider than the screen", async () => {
    await page.setViewportSize({ width: 320, height: 640 });
    const wider = () =>
      page.evaluate(() => {
        const sticksOut = (element) => element.getBoundingClientRect().right > innerWidth + 0.5;
        const named = (element) => `${element.tagName}#${element.id}.${element.className}`;
        const overflow = document.documentElement.scrollWidth - innerWidth;
        return overflow > 0 ? [`${overflow} pixels`, ...[...document.querySelectorAll("body *")].filter(sticksOut).map(named)] : [];
      });
    // Canvases learn of their new size a frame later.
    const end = Date.now() + 2000;
    while ((await wider()).length > 0 && Date.now() < end) await page.waitForTimeout(50);
    assert.deepEqual(await wider(), [], "something sticks out");
    await look("phone");
    await incut.edit(0);
    await look("phone editor");
    await incut.closeEditor();
  });

  await t.test("axe finds nothing in any state", () => {
    assert.equal(Object.keys(findings).length, 15);
    const told = Object.entries(findings).flatMap(([what, lines]) => lines.map((line) => `${what}, ${line}`));
    assert.ok(told.length === 0, `${told.length} findings:\n${told.join("\n")}`);
  });
  nothingBroke(incut);
});
