// Stopping at every stage: what was done stays, and the same thing can be done again at once.

import assert from "node:assert/strict";
import test from "node:test";
import { browse } from "../fixtures/browser.mjs";
import { LONG_TALK_ROUNDS, longTalk, shortTalk } from "../fixtures/films.mjs";
import { front } from "../fixtures/front.mjs";
import { visit } from "../fixtures/page.mjs";
import { scratch } from "../fixtures/places.mjs";
import { serve } from "../fixtures/server.mjs";
import { steps } from "../fixtures/steps.mjs";
import { isPlayableClip, nothingBroke, nothingForgotten } from "../fixtures/verdicts.mjs";

/** Milliseconds in which a press of Cancel must have taken effect. */
const PROMPT_MS = 20_000;

test("work can be cancelled while opening, transcribing and exporting", async (t) => {
  const step = steps(t);
  const [film, long] = [await shortTalk(), await longTalk()];
  const server = await serve(t);
  let release;
  const weightsMayCome = new Promise((resolve) => (release = resolve));
  const isWeight = (path) => path.startsWith("/models/") && !path.endsWith("models.json");
  const slow = await front(t, server.origin, { hold: (path) => (isWeight(path) ? weightsMayCome : undefined) });
  const browser = await browse(t);
  const incut = await visit(browser, slow.origin);

  await step("while a file waits for the speech model", async () => {
    await incut.page.locator("#choose-file").waitFor();
    await incut.choose(film);
    await incut.reaches("opening");
    await incut.cancel();
    await incut.reaches("empty", PROMPT_MS);
    release();
    await incut.engineIsReady();
    assert.equal(await incut.state(), "empty", "the cancelled file was opened after all");
  });

  await step("while it listens", async () => {
    await incut.choose(long);
    await incut.hears(1);
    await incut.cancel();
    await incut.reaches("stopped", PROMPT_MS);
    const heard = await incut.timedWords();
    assert.ok(heard.length > 0);
    await incut.page.waitForTimeout(1500);
    assert.deepEqual(await incut.timedWords(), heard, "words come after it was stopped");

    await incut.goOn();
    await incut.reaches("ready");
    const words = await incut.timedWords();
    nothingForgotten(heard, words);
    assert.ok(words.length > LONG_TALK_ROUNDS * 75, `only ${words.length} words`);
  });

  await step("while it exports", async () => {
    const before = incut.downloads.length;
    await incut.page.locator("#export-all").click();
    await incut.isWorkingOn("export");
    await incut.page.waitForFunction(() => {
      const bar = document.querySelector("#progress [role=progressbar]");
      return Number(bar?.getAttribute("aria-valuenow")) > 0;
    });
    await incut.cancel();
    await incut.isIdle(PROMPT_MS);
    assert.equal(await incut.state(), "ready");
    assert.equal(await incut.error(), null);
    assert.ok(incut.downloads.length - before < (await incut.cards.count()), "it had finished before it was stopped");

    const folder = scratch();
    const last = (await incut.cards.count()) - 1;
    const file = await incut.exportOne(last, folder);
    const { clips } = await incut.report(folder);
    const clip = clips.find(({ file: name }) => name && file.endsWith(`/${name.split("/").at(-1)}`)) ?? clips[last];
    await isPlayableClip(file, clip.end_s - clip.start_s);
  });
  nothingBroke(incut);
});
