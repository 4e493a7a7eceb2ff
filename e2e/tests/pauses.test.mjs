// The pauses of a clip are made shorter: what would go is said, goes as one step, comes back by a press, and the exported film has no long
// silence left. Words stay where they were, by what is said and by what is heard.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import test from "node:test";
import { promisify } from "node:util";
import { violations } from "../fixtures/axe.mjs";
import { scratch } from "../fixtures/places.mjs";
import { isTold, length_s, SAMPLE, sampleInEditor, wordsShown } from "../fixtures/sample.mjs";
import { steps } from "../fixtures/steps.mjs";
import { isKept } from "../fixtures/storage.mjs";
import { assertNear, isPlayableClip, nothingBroke } from "../fixtures/verdicts.mjs";

const run = promisify(execFile);

/** Lengths of the silences of a file. */
async function silences(file) {
  const { stderr } = await run("ffmpeg", ["-hide_banner", "-i", file, "-af", "silencedetect=noise=-40dB:d=0.1", "-f", "null", "-"]);
  return [...stderr.matchAll(/silence_duration: ([\d.]+)/g)].map(([, length]) => Number(length));
}

test("pauses are made shorter", async (t) => {
  const step = steps(t);
  const incut = await sampleInEditor(t);
  const { page } = incut;
  const whole_s = await length_s(page);
  const said = await wordsShown(page);
  const note = page.locator("#pauses-note");
  const [before] = await incut.saved(() => page.locator("#export-clip").click(), 1, scratch());
  const longest = Math.max(...(await silences(before)));
  t.diagnostic(`the longest silence is ${longest} s of ${whole_s}`);
  await incut.edit(0);
  let gain_s;
  let left_s;

  await step("what would go is said", async () => {
    await page.locator("#pauses").getByText("Fast", { exact: true }).click();
    await page.waitForFunction(() => /can be shorter/.test(document.querySelector("#pauses-note").textContent));
    gain_s = Number(/by ([\d.]+) s/.exec(await note.innerText())[1]);
    assert.ok(gain_s > 0.2 && gain_s < whole_s / 2, `${gain_s} of ${whole_s} s`);
    assert.equal(await page.locator("#pauses-back").getAttribute("aria-disabled"), "true");
    assert.deepEqual(await violations(page), []);
  });

  await step("it goes in one step, and no word with it", async () => {
    await page.locator("#shorten-pauses").click();
    await isTold(page, "pauses? (is|are) shorter\\. \\d+:\\d\\d left$");
    await page.waitForFunction(() => /No pause is longer/.test(document.querySelector("#pauses-note").textContent));
    left_s = await length_s(page);
    assertNear(left_s, whole_s - gain_s, 0.11, "what is left");
    assert.deepEqual(await wordsShown(page), said);
    assert.equal(await page.locator("#clip-words .cut-word-out").count(), 0);
    await page.keyboard.press("Control+z");
    await isTold(page, "^Undone: cut of clip 1$");
    assertNear(await length_s(page), whole_s, 0.001, "taken back");
    await page.keyboard.press("Control+Shift+z");
    assertNear(await length_s(page), left_s, 0.001, "made again");
  });

  await step("it comes back by a press, and goes again", async () => {
    await page.locator("#pauses-back").click();
    await isTold(page, "^Pauses are back\\.");
    assertNear(await length_s(page), whole_s, 0.001, "back");
    await page.locator("#shorten-pauses").click();
    await page.waitForFunction(() => /No pause is longer/.test(document.querySelector("#pauses-note").textContent));
  });

  await step("the exported film has no long silence left", async () => {
    const [file] = await incut.saved(() => page.locator("#export-clip").click(), 1, scratch());
    await isPlayableClip(file, left_s);
    const after = Math.max(...(await silences(file)));
    t.diagnostic(`the longest silence is ${after} s of ${left_s}`);
    assert.ok(after < 0.5 && after < longest, `${after} s of silence, ${longest} before`);
  });

  await step("a reload keeps it", async () => {
    await isKept(page, SAMPLE, ({ version, clips }) => version === 2 && clips.some((clip) => clip.ranges?.length > 2));
    await page.reload();
    await incut.engineIsReady();
    await incut.reaches("ready");
    await incut.edit(0);
    assertNear(await length_s(page), left_s, 0.001, "after the reload");
  });
  nothingBroke(incut);
});
