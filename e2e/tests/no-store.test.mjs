// A browser whose IndexedDB throws when it is opened: everything works and is said not to be kept; what was kept before is found
// untouched once it opens again, and never written over with less.

import assert from "node:assert/strict";
import test from "node:test";
import { browse } from "../fixtures/browser.mjs";
import { shortTalk } from "../fixtures/films.mjs";
import { visit } from "../fixtures/page.mjs";
import { serve } from "../fixtures/server.mjs";
import { steps } from "../fixtures/steps.mjs";
import { reachable, record } from "../fixtures/storage.mjs";
import { nothingBroke } from "../fixtures/verdicts.mjs";

const NAME = "talk.mp4";
const SOON_MS = 15_000;

test("a store that does not open loses nothing", async (t) => {
  const step = steps(t);
  const film = await shortTalk();
  const server = await serve(t);
  const browser = await browse(t);
  await reachable(browser.context);
  const incut = await visit(browser, server.origin);
  await incut.page.addInitScript(() => {
    const open = IDBFactory.prototype.open;
    IDBFactory.prototype.open = function (...given) {
      if (sessionStorage.getItem("broken")) throw new DOMException("The disk is gone.", "UnknownError");
      return open.apply(this, given);
    };
  });
  const notice = incut.page.locator("#not-kept");
  let kept;

  await step("what was kept before it broke is there", async () => {
    await incut.analyze(film);
    await incut.cards.first().locator(".clip-keep").click();
    await incut.page.waitForTimeout(1500);
    kept = (await record(incut.page, NAME)).document;
    assert.equal(JSON.parse(kept).kept.length, 1);
  });

  await step("broken, the page works and says that nothing is kept", async () => {
    await incut.page.evaluate(() => sessionStorage.setItem("broken", "yes"));
    await incut.page.reload();
    await incut.engineIsReady();
    await incut.choose(film);
    await incut.knows();
    await notice.waitFor({ timeout: SOON_MS });
    assert.match(await notice.innerText(), /Not being kept/);
    assert.ok((await incut.titles()).length >= 1);
  });

  await step("mended, nothing of before was written over", async () => {
    await incut.page.evaluate(() => sessionStorage.removeItem("broken"));
    await notice.getByRole("button", { name: "Try again" }).click();
    await incut.page.waitForTimeout(2500);
    const now = (await record(incut.page, NAME)).document;
    assert.deepEqual(JSON.parse(now).kept, JSON.parse(kept).kept, "the verdict of before is gone");
    await incut.page.reload();
    await incut.engineIsReady();
    await incut.choose(film);
    await incut.knows();
    assert.equal(await incut.page.locator(".clip-kept").count(), 1);
  });
  nothingBroke(incut);
});
