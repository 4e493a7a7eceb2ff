// What a clip shows of the picture: the face, wherever it is, in the card's still, the editor and the file; the person's own place where
// they choose one; and what was seen is kept.

import assert from "node:assert/strict";
import test from "node:test";
import { violations } from "../fixtures/axe.mjs";
import { browse } from "../fixtures/browser.mjs";
import { PORTRAIT, portraits } from "../fixtures/films.mjs";
import { visit } from "../fixtures/page.mjs";
import { scratch } from "../fixtures/places.mjs";
import { facts, frames } from "../fixtures/probe.mjs";
import { serve } from "../fixtures/server.mjs";
import { steps } from "../fixtures/steps.mjs";
import { isKept, reachable } from "../fixtures/storage.mjs";
import { assertNear, isPlayableClip, nothingBroke, nothingLeft, requestsSoFar } from "../fixtures/verdicts.mjs";

/** Width of an upright crop of the film, in its pixels. */
const CROP = (720 * 9) / 16;

/** Where the portrait begins in a clip's frame, in pixels of the film from the crop's left; `null`: at its edge. */
async function portraitAt(file, at_s) {
  const { video } = await facts(file);
  // A line through the portrait, above the captions.
  const y = Math.round((300 / 720) * video.height);
  const [line] = await frames(file, { at_s, count: 1, area: `${video.width}:2:0:${y}`, width: Math.round(CROP), height: 1 });
  const background = line[0];
  const begins = line.findIndex((luma) => Math.abs(luma - background) > 12);
  return begins > 0 ? begins : null;
}

const note = (page) => page.locator("#framing-note").innerText();

test("a clip shows the face, as long as nobody says otherwise", async (t) => {
  const step = steps(t);
  const server = await serve(t);
  const browser = await browse(t, { viewport: { width: 1440, height: 900 } });
  await reachable(browser.context);
  const incut = await visit(browser, server.origin, { clips: 1 });
  const { page } = incut;
  await incut.engineIsReady();
  const before = requestsSoFar(browser, server);
  await incut.analyze(await portraits());
  await incut.settles();
  let length_s;

  await step("what was seen is said in the editor", async () => {
    await incut.edit(0);
    await page.waitForFunction(() => /face/.test(document.querySelector("#framing-note")?.innerText ?? ""));
    assert.match(await note(page), /Stays on a face in 1 shot\..*Follows a face in 1 shot\./);
    assert.equal(await page.locator("#framing input[type=radio]:checked").count(), 1);
    assert.deepEqual(await violations(page), []);
    await page.locator("#caption-style").getByText("Off", { exact: true }).click();
    await incut.closeEditor();
  });

  await step("its file shows it from the first frame to the last", async () => {
    const [file] = await incut.exportAll(scratch());
    const found = await facts(file);
    length_s = Number(found.format.duration);
    await isPlayableClip(file, length_s);
    const { face_x, left_x } = PORTRAIT;
    // On the left it stands: the middle of the face is the crop's.
    assertNear(await portraitAt(file, 0.2), left_x - (left_x + face_x - CROP / 2), 12, "the portrait at the begin");
    // Behind the cut the face stays within the crop, though it crosses a third of the film.
    for (let at_s = length_s / 2 + 1; at_s < length_s - 0.2; at_s += 1) {
      const begins = (await portraitAt(file, at_s)) ?? 0;
      assert.ok(begins + face_x < CROP - 20, `at ${at_s} s the face is at ${begins + face_x} of ${CROP}`);
    }
  });

  await step("by hand it stays where it was put, and a step leads back", async () => {
    await incut.edit(0);
    await page.locator("#framing").getByText("By hand", { exact: true }).click();
    const first = Number(await page.locator("#crop").inputValue());
    assertNear(first, (100 * (PORTRAIT.left_x + PORTRAIT.face_x)) / 1280, 2, "where it was");
    assert.equal(await page.locator("#framing-note").count(), 0);
    await page.locator("#crop").focus();
    await page.keyboard.press("End");
    await page.waitForFunction(() => document.querySelector("#crop").value === "100");
    await incut.closeEditor();
    const [file] = await incut.exportAll(scratch());
    // The portrait is out of sight on the left; nothing but background is in the first half.
    assert.equal(await portraitAt(file, 0.2), null);
    await page.keyboard.press("Control+z");
    await page.keyboard.press("Control+z");
    await incut.edit(0);
    await page.waitForFunction(() => /face/.test(document.querySelector("#framing-note")?.innerText ?? ""));
    await incut.closeEditor();
  });

  await step("a reload keeps what was seen", async () => {
    await isKept(page, "portraits.mp4", (document) => document.sight?.shots.length >= 2);
    nothingLeft(browser, server, before);
    await page.reload();
    await incut.engineIsReady();
    await incut.choose(await portraits());
    await incut.reaches("ready");
    await incut.edit(0);
    // At once, without another look.
    assert.match(await note(page), /face/);
    assert.equal(await page.locator("#watching").count(), 0);
    await incut.closeEditor();
  });
  await nothingBroke(incut);
});
