// A misheard word is corrected: by keyboard, in one place and then in all others, taken back and made again, kept over a reload. What is
// shown, searched and written to files says it; the sound stays.

import assert from "node:assert/strict";
import test from "node:test";
import { violations } from "../fixtures/axe.mjs";
import { scratch } from "../fixtures/places.mjs";
import { isTold, SAMPLE, sampleInEditor, wordsShown } from "../fixtures/sample.mjs";
import { steps } from "../fixtures/steps.mjs";
import { isKept } from "../fixtures/storage.mjs";
import { nothingBroke } from "../fixtures/verdicts.mjs";

const SAID = "Zanzibar";

const bare = (word) => word.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");

/** Waits until the clip's text says `SAID` so often. */
const says = (page, count) =>
  page.waitForFunction(
    ([said, count]) => [...document.querySelectorAll("#clip-words .cut-word")].filter((word) => word.textContent.includes(said)).length === count,
    [SAID, count],
  );

test("misheard words are corrected", async (t) => {
  const step = steps(t);
  const incut = await sampleInEditor(t);
  const { page } = incut;
  const before = await wordsShown(page);
  const heard = before.map(bare);
  // A word of the clip that is said more than once in it.
  const at = heard.findIndex((word, i) => word.length > 2 && heard.indexOf(word, i + 1) > 0);
  assert.ok(at >= 0, `every word is said once in: ${before.join(" ")}`);
  const inClip = heard.filter((word) => word === heard[at]).length;
  const still = () => incut.cards.first().locator("img").getAttribute("src");
  const stillBefore = await still();

  await step("Esc leaves the line and not the clip", async () => {
    await page.locator("#clip-words").focus();
    await page.keyboard.press("Home");
    for (let presses = 0; presses < at; presses += 1) await page.keyboard.press("ArrowRight");
    await page.keyboard.press("F2");
    const line = page.locator("#correct-text");
    await line.waitFor();
    assert.equal(await line.inputValue(), before[at]);
    assert.deepEqual(await violations(page), []);
    await page.keyboard.press("Escape");
    await line.waitFor({ state: "detached" });
    await page.waitForFunction(() => document.activeElement?.matches("#clip-words"));
  });

  await step("by keyboard a word says what was said", async () => {
    await page.keyboard.press("F2");
    await page.waitForFunction(() => document.activeElement?.id === "correct-text" && document.activeElement.selectionEnd > 0);
    await page.keyboard.type(SAID);
    await page.keyboard.press("Enter");
    await says(page, 1);
    await isTold(page, `^Corrected: “${SAID}”$`);
    assert.equal((await wordsShown(page))[at], SAID);
    await page.waitForFunction(() => document.activeElement?.matches("#clip-words"));
  });

  await step("and everywhere else where the same was heard", async () => {
    const offer = page.locator(".words-correct-more");
    assert.match(await offer.innerText(), /The same was heard in \d+ more places?\./);
    await page.locator("#correct-everywhere").click();
    await says(page, inClip);
    await offer.waitFor({ state: "detached" });
    const now = await wordsShown(page);
    assert.deepEqual(now.map(bare).filter((word) => word === heard[at]), []);
    assert.equal(now.length, before.length);
  });

  await step("each is a step back and forward", async () => {
    await page.keyboard.press("Control+z");
    await says(page, 1);
    await isTold(page, "^Undone: correction of words$");
    await page.keyboard.press("Control+z");
    await says(page, 0);
    assert.deepEqual(await wordsShown(page), before);
    await page.keyboard.press("Control+Shift+z");
    await page.keyboard.press("Control+Shift+z");
    await says(page, inClip);
  });

  await step("what is shown, searched and written says it", async () => {
    await incut.closeEditor();
    await page.waitForFunction((before) => document.querySelector(".clip .clip-picture")?.getAttribute("src") !== before, stillBefore);
    const transcript = await incut.transcript(scratch());
    const words = transcript.text.split(/\s+/).map(bare);
    assert.ok(words.filter((word) => word === bare(SAID)).length >= inClip);
    assert.ok(!words.includes(heard[at]), transcript.text);
    assert.ok((await incut.document("srt", scratch())).includes(SAID));
    const line = await page.locator(".line").filter({ hasText: SAID }).count();
    assert.ok(line > 0, "the transcript beside the clips");
  });

  await step("a reload keeps it, and what was heard", async () => {
    await isKept(page, SAMPLE, ({ version, heard }) => version === 1 && heard?.length >= 2);
    await page.reload();
    await incut.engineIsReady();
    await incut.reaches("ready");
    await incut.edit(0);
    await says(page, inClip);
    await page.locator("#clip-words .cut-word").nth(at).click();
    await page.locator("#correct-words").click();
    await page.locator("#correct-text").fill(before[at]);
    await page.locator("#correct-done").click();
    await says(page, inClip - 1);
  });
  nothingBroke(incut);
});
