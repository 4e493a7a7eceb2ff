// Words are cut out of a clip: by keyboard alone and by mouse, taken back and made again, kept over a reload. The preview jumps over what
// is cut out, and the exported file is as long as what is left.

import assert from "node:assert/strict";
import test from "node:test";
import { violations } from "../fixtures/axe.mjs";
import { scratch } from "../fixtures/places.mjs";
import { facts } from "../fixtures/probe.mjs";
import { isTold, length_s, SAMPLE, sampleInEditor } from "../fixtures/sample.mjs";
import { steps } from "../fixtures/steps.mjs";
import { isKept } from "../fixtures/storage.mjs";
import { assertNear, isPlayableClip, nothingBroke } from "../fixtures/verdicts.mjs";


/** Words of the open clip in order, with what is shown of each. */
const words = (page) =>
  page.locator("#clip-words .cut-word").evaluateAll((words) =>
    words.map((word) => ({
      text: word.textContent,
      isOut: word.classList.contains("cut-word-out"),
      isPicked: word.getAttribute("aria-selected") === "true",
    })),
  );

const out = async (page) => (await words(page)).filter((word) => word.isOut).map((word) => word.text);

/** Waits until these words are selected and no others, by their places. */
async function arePicked(page, from, to) {
  const isThere = ([from, to]) =>
    [...document.querySelectorAll("#clip-words .cut-word")].every((word, at) => (word.ariaSelected === "true") === (from <= at && at <= to));
  await page.waitForFunction(isThere, [from, to], { timeout: 20_000 }).catch(() => {});
  const picked = (await words(page)).flatMap((word, at) => (word.isPicked ? [at] : []));
  assert.deepEqual([picked.length, picked[0], picked.at(-1)], [to - from + 1, from, to]);
}

/** Waits until so many words are struck. */
const areOut = (page, count) =>
  page.waitForFunction((count) => document.querySelectorAll("#clip-words .cut-word-out").length === count, count);

async function tabTo(page, selector, most = 40) {
  for (let presses = 0; presses < most; presses += 1) {
    if (await page.evaluate((selector) => document.activeElement?.matches(selector), selector)) return;
    await page.keyboard.press("Tab");
  }
  assert.fail(`${selector} is not reached by ${most} presses of Tab`);
}

/** Draws with the button down from one word to another, counted from 0. */
async function draw(page, from, to) {
  const word = (index) => page.locator("#clip-words .cut-word").nth(index);
  await word(from).scrollIntoViewIfNeeded();
  const middle = async (index) => {
    const { x, y, width, height } = await word(index).boundingBox();
    return [x + width / 2, y + height / 2];
  };
  await page.mouse.move(...(await middle(from)));
  await page.mouse.down();
  await page.mouse.move(...(await middle(to)), { steps: 8 });
  await page.mouse.up();
}

/** Whole sentence within the text that begins behind word `after`: from which word to which. */
function sentenceBehind(all, after) {
  const ends = (word) => /[.!?]$/.test(word.text);
  const from = all.findIndex((word, index) => index > after && ends(all[index - 1]));
  return [from, all.findIndex((word, index) => index >= from && ends(word))];
}

test("words are cut out of a clip", async (t) => {
  const step = steps(t);
  const incut = await sampleInEditor(t);
  const { page } = incut;
  const whole_s = await length_s(page);
  let cut_s;

  await step("by keyboard alone two words are cut, and told once", async () => {
    await tabTo(page, "#clip-words");
    // There is a word to go on from.
    await arePicked(page, 0, 0);
    await page.keyboard.press("Home");
    for (let presses = 0; presses < 4; presses += 1) await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Shift+ArrowRight");
    const all = await words(page);
    await arePicked(page, 4, 5);
    await page.keyboard.press("Delete");
    await areOut(page, 2);
    await isTold(page, "^Cut: “.+”\\. \\d+:\\d\\d left$");
    assert.deepEqual(await out(page), [all[4].text, all[5].text]);
    assert.ok(await page.evaluate(() => document.activeElement.matches("#clip-words")), "the focus is lost");
    cut_s = await length_s(page);
    assert.ok(whole_s - cut_s > 0.1 && whole_s - cut_s < 3, `${whole_s} s to ${cut_s} s`);
    // The same key brings them back, and cuts them again.
    await page.keyboard.press("Backspace");
    await areOut(page, 0);
    await isTold(page, "^Brought back: “");
    assertNear(await length_s(page), whole_s, 0.001, "brought back");
    await page.keyboard.press("Delete");
    await areOut(page, 2);
  });

  await step("the preview jumps over what is cut out, and stops at the end", async () => {
    const before = page.locator("#clip-words .cut-word").nth(3);
    await before.click();
    await page.evaluate(() => {
      const audio = document.querySelector("#editor audio");
      globalThis.heard = [];
      const look = () => {
        if (!audio.paused && !audio.seeking) globalThis.heard.push(audio.currentTime);
        requestAnimationFrame(look);
      };
      look();
    });
    const slider = page.getByRole("slider", { name: "Position in the clip" });
    const from = Number(await slider.inputValue());
    await page.locator("#preview-play").click();
    await page.waitForFunction((from) => Number(document.querySelector("#editor .transport input").value) > from + 25, from);
    await page.keyboard.press("k");
    const heard = await page.evaluate(() => globalThis.heard);
    const jumps = heard.slice(1).map((at, i) => at - heard[i]);
    const longest = Math.max(...jumps);
    t.diagnostic(`jumped ${longest.toFixed(2)} s, cut ${(whole_s - cut_s).toFixed(2)} s`);
    assert.ok(longest > (whole_s - cut_s) * 0.6, `the longest jump is ${longest} s`);
    assert.equal(Number(await slider.getAttribute("max")), Math.round(cut_s * 10));
    // To the end: it stops there.
    await slider.fill(String(Math.round(cut_s * 10) - 8));
    await page.locator("#preview-play").click();
    await page.waitForFunction((end) => {
      const [play, slider] = [document.querySelector("#preview-play"), document.querySelector("#editor .transport input")];
      return play.getAttribute("aria-label") === "Play" && slider.value === String(end);
    }, Math.round(cut_s * 10));
  });

  let left_s;
  let struck;
  await step("by mouse a sentence is cut", async () => {
    const all = await words(page);
    const [from, to] = sentenceBehind(all, 8);
    assert.ok(from > 8 && to > from && to < all.length - 1, `no sentence in: ${all.map((word) => word.text).join(" ")}`);
    await draw(page, from, to);
    await arePicked(page, from, to);
    await page.locator("#cut-words").click();
    await areOut(page, 2 + to - from + 1);
    left_s = await length_s(page);
    struck = await out(page);
    assert.ok(left_s < cut_s - 0.5, `${cut_s} s to ${left_s} s`);
  });

  await step("undo and redo go by whole gestures, and say what they were", async () => {
    await page.keyboard.press("Control+z");
    await areOut(page, 2);
    await isTold(page, "^Undone: cut of clip 1$");
    assertNear(await length_s(page), cut_s, 0.001, "after undo");
    await page.keyboard.press("Control+Shift+z");
    await areOut(page, struck.length);
    assertNear(await length_s(page), left_s, 0.001, "after redo");
  });

  await step("a struck word comes back by a press", async () => {
    await page.locator("#clip-words .cut-word-out").first().click();
    await areOut(page, struck.length - 1);
    await page.keyboard.press("Control+z");
    await areOut(page, struck.length);
  });

  await step("not everything can be cut", async () => {
    await page.locator("#clip-words").focus();
    await page.keyboard.press("Home");
    await page.keyboard.press("Shift+End");
    await page.keyboard.press("Delete");
    await page.locator("#words-note", { hasText: "At least a second has to stay" }).waitFor();
    await areOut(page, struck.length);
  });

  await step("axe finds nothing, wide and narrow", async () => {
    assert.deepEqual(await violations(page), []);
    await page.setViewportSize({ width: 390, height: 844 });
    assert.deepEqual(await violations(page), []);
    await page.setViewportSize({ width: 1280, height: 720 });
  });

  await step("a reload keeps it", async () => {
    await incut.closeEditor();
    await isKept(page, SAMPLE, ({ version, clips }) => version === 2 && clips.some((clip) => clip.ranges?.length === 3));
    await page.reload();
    await incut.engineIsReady();
    await incut.reaches("ready");
    await incut.edit(0);
    await areOut(page, struck.length);
    assert.deepEqual(await out(page), struck);
    assertNear(await length_s(page), left_s, 0.001, "after the reload");
  });

  await step("the exported file is as long as what is left", async () => {
    const [file] = await incut.saved(() => page.locator("#export-clip").click(), 1, scratch());
    await isPlayableClip(file, left_s);
    const { video, audio, format } = await facts(file);
    assertNear(Number(format.duration), left_s, 0.1, "the file");
    assertNear(Number(video.duration), Number(audio.duration), 0.1, "picture and sound");
  });
  nothingBroke(incut);
});
