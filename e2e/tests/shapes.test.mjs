// Clips in other shapes than upright: preview, stills and files have the shape that was chosen, for all clips in one step that can be taken
// back, kept over a reload.

import assert from "node:assert/strict";
import test from "node:test";
import { violations } from "../fixtures/axe.mjs";
import { scratch } from "../fixtures/places.mjs";
import { facts } from "../fixtures/probe.mjs";
import { SAMPLE, sampleInEditor } from "../fixtures/sample.mjs";
import { steps } from "../fixtures/steps.mjs";
import { comesTrue, isKept } from "../fixtures/storage.mjs";
import { nothingBroke } from "../fixtures/verdicts.mjs";


/** Waits until the preview is painted in these pixels, and shown in this shape. What is painted belongs to the engine: it is asked of a copy. */
const isShown = (page, width, height) =>
  comesTrue(
    page,
    async ([width, height]) => {
      const canvas = document.querySelector("#preview");
      const { width: w, height: h } = canvas.getBoundingClientRect();
      const painted = await createImageBitmap(canvas);
      return painted.width === width && painted.height === height && Math.abs(w / h - width / height) < 0.02;
    },
    [width, height],
  );

const choose = (page, ratio) => page.locator("#shape .choice").filter({ hasText: new RegExp(`^${ratio}$`) }).click();

test("clips have the shape that a person chooses", async (t) => {
  const step = steps(t);
  const incut = await sampleInEditor(t);
  const { page } = incut;
  const file = async () => {
    const [path] = await incut.saved(() => page.locator("#export-clip").click(), 1, scratch());
    const { video } = await facts(path);
    return [video.width, video.height];
  };

  await step("the preview has it, in every shape and on a telephone", async () => {
    await isShown(page, 360, 640);
    for (const [ratio, width, height] of [["1:1", 640, 640], ["4:5", 512, 640], ["16:9", 640, 360]]) {
      await choose(page, ratio);
      await isShown(page, width, height);
      await page.setViewportSize({ width: 390, height: 844 });
      await isShown(page, width, height);
      await page.setViewportSize({ width: 1280, height: 720 });
    }
    assert.deepEqual(await violations(page), []);
  });

  await step("each choice is a step", async () => {
    await page.locator("#clip-words").focus();
    await page.keyboard.press("Control+z");
    await isShown(page, 512, 640);
    await page.keyboard.press("Control+z");
    await isShown(page, 640, 640);
    await page.keyboard.press("Control+Shift+z");
    await page.keyboard.press("Control+Shift+z");
    await isShown(page, 640, 360);
  });

  await step("files have it", async () => {
    assert.deepEqual(await file(), [1280, 720]);
    // An export is waited for beside the clips.
    await incut.edit(0);
    await choose(page, "1:1");
    await isShown(page, 640, 640);
    assert.deepEqual(await file(), [720, 720]);
  });

  await step("stills have it, those of other clips too, also after a reload", async () => {
    const areSquare = () => {
      const stills = [...document.querySelectorAll(".clip .clip-picture")];
      return stills.length > 1 && stills.every((still) => still.naturalWidth === 480 && still.naturalHeight === 480);
    };
    await page.waitForFunction(areSquare, undefined, { timeout: 60_000 });
    await isKept(page, SAMPLE, ({ version, shape }) => version === 1 && shape === "1:1");
    await page.reload();
    await incut.engineIsReady();
    await incut.reaches("ready");
    await page.waitForFunction(areSquare, undefined, { timeout: 60_000 });
    await incut.edit(0);
    await isShown(page, 640, 640);
  });
  nothingBroke(incut);
});
