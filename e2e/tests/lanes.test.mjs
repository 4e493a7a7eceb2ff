// A worker that dies in the middle of its work costs nothing but time: another takes its place and hears the same.

import assert from "node:assert/strict";
import test from "node:test";
import { browse } from "../fixtures/browser.mjs";
import { conversation } from "../fixtures/films.mjs";
import { visit } from "../fixtures/page.mjs";
import { serve } from "../fixtures/server.mjs";

/** Words of the film; `disturb(incut)` is called when the model is loaded and nothing has been heard. */
async function heard(t, server, film, disturb) {
  const browser = await browse(t);
  const incut = await visit(browser, server.origin);
  await incut.engineIsReady();
  await disturb(incut);
  await incut.choose(film);
  await incut.reaches("ready");
  const words = await incut.words();
  assert.deepEqual(incut.exceptions, []);
  await browser.close();
  return words;
}

test("an uncaught exception in a worker costs no word", async (t) => {
  const [server, film] = [await serve(t), await conversation()];
  const expected = await heard(t, server, film, () => {});

  await t.test("in one that transcribes", async () => {
    let died = 0;
    const words = await heard(t, server, film, async ({ page }) => {
      // The first worker is the engine; the others hold the model. Each throws as its first window comes, which it never hears:
      // whatever the speed of the machine, the work is under way and somebody else has to do it.
      const lanes = page.workers().slice(1);
      assert.ok(lanes.length >= 1, "no worker holds the model");
      for (const worker of lanes) {
        worker.on("close", () => (died += 1));
        await worker.evaluate(() => {
          const dies = (event) => {
            if (!event.data.samples) return;
            event.stopImmediatePropagation();
            throw new Error("made by the test");
          };
          addEventListener("message", dies, { capture: true });
        });
      }
    });
    assert.ok(died >= 1, "no worker died");
    assert.deepEqual(words, expected);
  });
});
