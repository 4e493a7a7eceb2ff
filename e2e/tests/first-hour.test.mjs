// What a person meets in the first hour: a skipped clip is replaced, a run of keys is one step, what happens is told and not left standing,
// and on a telephone the first clip is in sight.

import assert from "node:assert/strict";
import test from "node:test";
import { browse } from "../fixtures/browser.mjs";
import { visit } from "../fixtures/page.mjs";
import { serve } from "../fixtures/server.mjs";
import { steps } from "../fixtures/steps.mjs";
import { nothingBroke } from "../fixtures/verdicts.mjs";

const WANTED = 3;

test("the first hour", async (t) => {
  const step = steps(t);
  const server = await serve(t);
  const browser = await browse(t);
  const incut = await visit(browser, server.origin, { clips: WANTED });
  const { page } = incut;
  await incut.engineIsReady();
  await page.locator("#try-sample").click();
  await incut.settles();
  const isTold = (words) => page.locator("#told", { hasText: words }).waitFor({ state: "attached" });
  const nothingCanBeUndone = () => page.locator("#undo:disabled").waitFor();

  await step("a skipped clip is replaced by the next best passage, in one step", async () => {
    while (await page.locator("#undo").isEnabled()) await page.locator("#undo").click();
    const before = await incut.titles();
    assert.equal(before.length, WANTED);
    await incut.cards.nth(1).locator(".clip-reject").click();
    await isTold("Clip 2 skipped. New at the end: Clip 3");
    const after = await incut.titles();
    assert.deepEqual(after.slice(0, -1), [before[0], before[2]]);
    assert.ok(!before.includes(after.at(-1)), after.join(" | "));
    await incut.cards.last().locator(".clip-picture").waitFor();
    await page.locator("#undo").click();
    await isTold("Undone: skip clip 2");
    assert.deepEqual(await incut.titles(), before);
    await nothingCanBeUndone();
    await page.locator("#redo").click();
    assert.deepEqual(await incut.titles(), after);
    await page.locator(".aside-clip .button").click();
    await isTold("Clip 2 is back, in place of the last one");
    assert.deepEqual(await incut.titles(), before);
    assert.equal(await page.locator(".aside-clip").count(), 0);
  });

  await step("what fills the place stays once a person keeps it", async () => {
    const before = await incut.titles();
    await incut.cards.first().locator(".clip-reject").click();
    await page.locator(".aside-clip").waitFor();
    await incut.cards.last().locator(".clip-keep").click();
    await isTold("Clip 3 kept");
    const [, , filler] = await incut.titles();
    await page.locator(".aside-clip .button").click();
    await isTold(/^Clip 1 is back$/);
    assert.deepEqual(await incut.titles(), [...before, filler]);
  });

  await step("what was told does not stay", async () => {
    await page.waitForFunction(() => [...document.querySelectorAll("[data-live]")].every((region) => !region.textContent));
  });

  await step("a run of keys on the framing is one step", async () => {
    await incut.edit(0);
    const crop = page.locator("#crop");
    await crop.focus();
    for (let presses = 0; presses < 6; presses += 1) await page.keyboard.press("ArrowRight");
    assert.equal(await crop.inputValue(), "56");
    await page.keyboard.press("Control+z");
    await page.waitForFunction(() => document.querySelector("#crop").value === "50");
    await page.locator("#told-in-editor", { hasText: "Undone: framing of clip 1" }).waitFor({ state: "attached" });
    await incut.closeEditor();
  });

  await step("an export is told when it begins and when it is canceled", async () => {
    await page.locator("#export-all").click();
    await isTold(`Exporting ${await incut.cards.count()} clips`);
    await incut.cancel();
    await isTold("Export canceled");
  });

  await step("a word is a button before anybody is on it", async () => {
    await page.locator("#transcript .word").first().waitFor();
    const roles = await page.locator("#transcript .word").evaluateAll((words) => [...new Set(words.map((word) => word.role))]);
    assert.deepEqual(roles, ["button"]);
  });

  await step("on a telephone the first clip is in sight", async () => {
    await page.setViewportSize({ width: 390, height: 844 });
    await page.evaluate(() => scrollTo(0, 0));
    const box = () => incut.cards.first().boundingBox();
    await page.waitForFunction(() => document.querySelector(".clip-list > .clip").getBoundingClientRect().top < innerHeight);
    assert.ok((await box()).y < 844);
  });
  nothingBroke(incut);
});
