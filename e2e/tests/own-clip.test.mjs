// A clip of words that a person chooses in the transcript: by mouse and by keyboard alone, of half sentences and whole ones. It opens in
// the editor, is a step that can be taken back, outlives a reload, and its file is as long as those words take.

import assert from "node:assert/strict";
import test from "node:test";
import { violations } from "../fixtures/axe.mjs";
import { browse } from "../fixtures/browser.mjs";
import { visit } from "../fixtures/page.mjs";
import { scratch } from "../fixtures/places.mjs";
import { facts } from "../fixtures/probe.mjs";
import { serve } from "../fixtures/server.mjs";
import { steps } from "../fixtures/steps.mjs";
import { isKept, reachable } from "../fixtures/storage.mjs";
import { assertNear, isPlayableClip, nothingBroke } from "../fixtures/verdicts.mjs";

const SAMPLE = "Incut sample talk.mp4";

const BUTTON = ".own-clip button";

/** Words of the transcript that are drawn, with the microseconds at which they begin. */
const drawn = (page) =>
  page.locator("#transcript .word").evaluateAll((words) =>
    words.map((word) => ({ text: word.textContent, at_s: Number(word.dataset.at) / 1e6 })),
  );

/** Draws with the button down from one drawn word of the transcript to another, counted from 0. */
async function draw(page, from, to) {
  const edge = async (index, end) => {
    const { x, y, width, height } = await page.locator("#transcript .word").nth(index).boundingBox();
    return [end ? x + width - 1 : x + 1, y + height / 2];
  };
  await page.locator("#transcript .word").nth(from).scrollIntoViewIfNeeded();
  await page.mouse.move(...(await edge(from, false)));
  await page.mouse.down();
  await page.mouse.move(...(await edge(to, true)), { steps: 12 });
  await page.mouse.up();
}

/** By arrow keys from the first line on, until a word that begins at `at_s` or later has the focus. */
async function goTo(page, at_s) {
  await page.locator("#transcript .line-time").first().focus();
  await onward(page, "ArrowRight", at_s);
}

async function onward(page, key, at_s) {
  const isThere = (at_s) =>
    document.activeElement.matches("#transcript .word") && Number(document.activeElement.dataset.at) / 1e6 >= at_s;
  for (let presses = 0; presses < 300 && !(await page.evaluate(isThere, at_s)); presses += 1) await page.keyboard.press(key);
  assert.ok(await page.evaluate(isThere, at_s), `${key} does not lead to ${at_s} s`);
}

/** Words that the open editor shows. */
const said = (page) => page.locator("#clip-words .cut-word").allInnerTexts();


test("a clip of one's own is made of words in the transcript", async (t) => {
  const step = steps(t);
  const server = await serve(t);
  const browser = await browse(t, { viewport: { width: 1440, height: 900 } });
  await reachable(browser.context);
  const incut = await visit(browser, server.origin, { clips: 3 });
  const { page } = incut;
  await incut.engineIsReady();
  await page.locator("#try-sample").click();
  await incut.settles();
  await page.locator("#transcript").evaluate((list) => list.scrollTo(0, 0));
  // Only lines near what is seen have their words drawn: those of the first.
  await page.locator("#transcript .line").first().locator(".word").first().waitFor();
  const before = await incut.cards.count();
  let own;

  await step("by mouse: words in the middle of sentences", async () => {
    const words = await drawn(page);
    const [from, to] = [3, 14];
    await draw(page, from, to);
    await page.locator(BUTTON).waitFor();
    assert.match(await page.locator(BUTTON).innerText(), /^New clip from these words\s+\d+ s$/);
    assert.deepEqual(await violations(page), []);
    await page.locator(BUTTON).click();
    await page.locator("#editor[open]").waitFor();
    own = words.slice(from, to + 1).map((word) => word.text);
    assert.deepEqual(await said(page), own);
    assert.equal(await page.locator(BUTTON).count(), 0, "nothing is selected any more");
    await incut.closeEditor();
    assert.equal(await incut.cards.count(), before + 1);
    // Nobody weighed it: no score is claimed. It stands behind those that have one.
    const card = incut.cards.last();
    assert.match(await card.innerText(), /You chose it yourself/);
    assert.equal(await card.locator(".clip-score").isVisible(), false);
  });

  await step("it is a step", async () => {
    await page.keyboard.press("Control+z");
    await page.waitForFunction((count) => document.querySelectorAll(".clip-list > .clip").length === count, before);
    await page.keyboard.press("Control+Shift+z");
    await page.waitForFunction((count) => document.querySelectorAll(".clip-list > .clip").length === count, before + 1);
  });

  await step("by keyboard alone, and given up by Escape", async () => {
    await goTo(page, (await drawn(page))[2].at_s);
    for (let presses = 0; presses < 3; presses += 1) await page.keyboard.press("Shift+ArrowRight");
    await page.keyboard.press("Shift+ArrowLeft");
    const selected = () => page.evaluate(() => getSelection().toString().trim().split(/\s+/));
    const words = (await drawn(page)).map((word) => word.text);
    assert.deepEqual(await selected(), words.slice(2, 5));
    // Back beyond the word that it began with: that one stays.
    for (let presses = 0; presses < 3; presses += 1) await page.keyboard.press("Shift+ArrowLeft");
    assert.deepEqual(await selected(), words.slice(1, 3));
    await page.keyboard.press("Escape");
    assert.equal((await selected()).join(""), "");
    await page.locator(BUTTON).waitFor({ state: "detached" });
  });

  await step("whole sentences by keyboard alone have a score", async () => {
    // Ends of sentences among the words that are drawn.
    const words = await drawn(page);
    const ends = words.flatMap((word, index) => (/[.!?]$/.test(word.text) ? [index] : []));
    const [from, to] = [ends[0] + 1, ends.find((end) => words[end].at_s - words[ends[0] + 1].at_s > 3)];
    assert.ok(to > from, `no sentence in: ${words.map((word) => word.text).join(" ")}`);
    await goTo(page, words[from].at_s);
    await onward(page, "Shift+ArrowRight", words[to].at_s);
    await page.locator(BUTTON).waitFor();
    await page.keyboard.press("Tab");
    assert.ok(await page.evaluate((button) => document.activeElement.matches(button), BUTTON), "the button comes next");
    await page.keyboard.press("Enter");
    await page.locator("#editor[open]").waitFor();
    assert.deepEqual(await said(page), words.slice(from, to + 1).map((word) => word.text));
    await incut.closeEditor();
    assert.equal(await incut.cards.count(), before + 2);
    const card = incut.cards.filter({ hasText: "You chose it yourself" }).first();
    assert.equal(await card.locator(".clip-score").isVisible(), true);
    assert.ok(await page.evaluate(() => document.activeElement.closest(".clip")), "the focus is on the new card");
  });

  await step("a clip is split before a word, which is a step", async () => {
    await incut.edit(0);
    const all = await said(page);
    const count = await incut.cards.count();
    const at = Math.floor(all.length / 2);
    await page.locator("#clip-words .cut-word").nth(at).click();
    await page.locator("#split-clip").click();
    const isLeft = (count) => document.querySelectorAll("#clip-words .cut-word").length === count;
    await page.waitForFunction(isLeft, at);
    assert.deepEqual(await said(page), all.slice(0, at));
    assert.deepEqual(await violations(page), []);
    await incut.closeEditor();
    await incut.edit(1);
    assert.deepEqual(await said(page), all.slice(at));
    await page.keyboard.press("Control+z");
    await page.waitForFunction((count) => document.querySelectorAll(".clip-list > .clip").length === count, count);
    // Its clip is there no longer: the editor closes.
    await page.locator("#editor:not([open])").waitFor({ state: "attached" });
    await incut.edit(0);
    assert.deepEqual(await said(page), all);
    await incut.closeEditor();
  });

  await step("a reload leaves them", async () => {
    const isOwn = (clip) => clip.reasons[0] === "You chose it yourself";
    await isKept(page, SAMPLE, ({ clips }) => clips.filter(isOwn).length === 2);
    await page.reload();
    await incut.engineIsReady();
    await incut.reaches("ready");
    assert.equal(await incut.cards.filter({ hasText: "You chose it yourself" }).count(), 2);
  });

  await step("its file is as long as what was chosen", async () => {
    const index = (await incut.cards.count()) - 1;
    await incut.edit(index);
    assert.deepEqual(await said(page), own);
    const length = await page.locator("#words-length").innerText();
    const length_s = length.split(" ")[0].split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
    const [file] = await incut.saved(() => page.locator("#export-clip").click(), 1, scratch());
    await isPlayableClip(file, length_s);
    assertNear(Number((await facts(file)).format.duration), length_s, 0.1, "the file");
  });
  nothingBroke(incut);
});
