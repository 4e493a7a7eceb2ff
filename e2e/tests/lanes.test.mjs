// A worker that dies in the middle of its work costs nothing but time: another takes its place and hears the same.

import assert from "node:assert/strict";
import test from "node:test";
import { browse } from "../fixtures/browser.mjs";
import { conversation } from "../fixtures/films.mjs";
import { visit } from "../fixtures/page.mjs";
import { serve } from "../fixtures/server.mjs";

/** Words of the film; `disturb(incut)` is called once they are being heard. */
async function heard(t, server, film, disturb) {
  const browser = await browse(t);
  const incut = await visit(browser, server.origin);
  await incut.engineIsReady();
  await incut.choose(film);
  await incut.reaches("working");
  await disturb(incut);
  await incut.reaches("ready");
  const words = await incut.words();
  assert.deepEqual(incut.exceptions, []);
  await browser.close();
  return words;
}

test("an uncaught exception in a worker costs no word", async (t) => {
  const [server, film] = [await serve(t), await conversation()];
  const expected = await heard(t, server, film, () => {});

  await t.test("in one that transcribes", async (t) => {
    let died = 0;
    const words = await heard(t, server, film, async ({ page }) => {
      // The first worker is the engine; the others hold the model.
      for (const worker of page.workers().slice(1)) {
        worker.on("close", () => (died += 1));
        await worker.evaluate(() => void setTimeout(() => { throw new Error("made by the test"); }));
      }
      assert.equal(await page.evaluate(() => document.documentElement.dataset.state), "working");
    });
    assert.ok(died >= 1, "no worker died");
    assert.deepEqual(words, expected);
  });
});
