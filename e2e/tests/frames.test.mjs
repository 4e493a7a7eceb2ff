// No frame of video and no block of sound is left open: browsers have few of them, and stop where they are not given
// back. Chromium notices when it collects one that was never closed; that it would is shown first.

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import test from "node:test";
import { WITH_GC, browse } from "../fixtures/browser.mjs";
import { shortTalk } from "../fixtures/films.mjs";
import { visit } from "../fixtures/page.mjs";
import { scratch } from "../fixtures/places.mjs";
import { serve } from "../fixtures/server.mjs";
import { nothingBroke } from "../fixtures/verdicts.mjs";

/** Chromium looks for leaked frames every ten seconds. */
const LOOK_MS = 11_000;
const COMPLAINT = /(VideoFrame|AudioData) was garbage collected/;

async function complaints(browser, page) {
  for (const round of [1, 2]) {
    await page.evaluate(() => globalThis.gc());
    for (const worker of page.workers()) await worker.evaluate(() => globalThis.gc());
    if (round === 1) await page.waitForTimeout(500);
  }
  await page.waitForTimeout(LOOK_MS);
  return browser.console().filter((line) => COMPLAINT.test(line));
}

test("frames are given back", async (t) => {
  await t.test("a worker that forgets a frame is noticed", async (t) => {
    const leak = `self.onmessage = () => {
      for (let i = 0; i < 4; i += 1) {
        new VideoFrame(new Uint8Array(1024), { format: "RGBA", codedWidth: 16, codedHeight: 16, timestamp: i });
      }
    };`;
    const site = createServer((request, response) => {
      const isWorker = request.url === "/leak.js";
      response.setHeader("content-type", isWorker ? "text/javascript" : "text/html");
      response.end(isWorker ? leak : `<script>const worker = new Worker("/leak.js"); worker.postMessage(0);</script>`);
    });
    site.listen(0, "127.0.0.1");
    await once(site, "listening");
    const browser = await browse(t, { switches: WITH_GC });
    const page = await browser.context.newPage();
    await page.goto(`http://127.0.0.1:${site.address().port}/`);
    await page.waitForTimeout(500);
    const found = await complaints(browser, page);
    await browser.close();
    site.close();
    assert.ok(found.length > 0);
  });

  await t.test("Incut forgets none while it listens, previews and exports", async (t) => {
    const server = await serve(t);
    const browser = await browse(t, { switches: WITH_GC });
    const incut = await visit(browser, server.origin);
    await incut.engineIsReady();
    await incut.analyze(await shortTalk());
    await incut.edit(0);
    await incut.page.locator("#preview-play").click();
    await incut.page.waitForTimeout(3000);
    // Seeking throws away what was decoded ahead.
    const slider = incut.page.getByRole("slider", { name: "Position in the clip" });
    for (const tenths of ["40", "5", "30"]) {
      await slider.fill(tenths);
      await incut.page.waitForTimeout(400);
    }
    await incut.closeEditor();
    await incut.exportAll(scratch());
    await incut.page.locator("#export-all").click();
    await incut.isWorkingOn("export");
    await incut.cancel();
    await incut.isIdle();
    assert.deepEqual(await complaints(browser, incut.page), []);
    nothingBroke(incut);
  });
});
