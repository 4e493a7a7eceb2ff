// A reload loses nothing: the transcript and the clips come back, and only what was missing is heard anew.

import assert from "node:assert/strict";
import test from "node:test";
import { browse } from "../fixtures/browser.mjs";
import { LONG_TALK_ROUNDS, longTalk } from "../fixtures/films.mjs";
import { visit } from "../fixtures/page.mjs";
import { serve } from "../fixtures/server.mjs";
import { steps } from "../fixtures/steps.mjs";
import { nothingBroke } from "../fixtures/verdicts.mjs";

test("a reload in the middle and a reload at the end", async (t) => {
  const step = steps(t);
  const film = await longTalk();
  const server = await serve(t);
  const browser = await browse(t);
  const incut = await visit(browser, server.origin);
  await incut.engineIsReady();
  await incut.choose(film);
  await incut.hears(40);
  // Kept within a second of being heard.
  await incut.page.waitForTimeout(2500);
  assert.equal(await incut.state(), "working", "it was done before it could be interrupted");
  const heard = await incut.words();

  await step("in the middle of listening", async () => {
    await incut.page.reload();
    await incut.engineIsReady();
    assert.equal(await incut.recents.count(), 1);
    assert.match(await incut.recents.first().innerText(), /long-talk\.mp4[\s\S]*heard up to/);
    await incut.choose(film);
    await incut.hears(heard.length - 25, 10_000);
    const kept = await incut.words();
    assert.ok(kept.length >= heard.length - 25, `${heard.length} words before, ${kept.length} after`);
    await incut.reaches("ready");
    const words = await incut.words();
    t.diagnostic(`${heard.length} words before the reload, ${words.length} in the end`);
    assert.ok(words.length > LONG_TALK_ROUNDS * 75, `only ${words.length} words`);
    assert.deepEqual(words.slice(0, kept.length), kept);
  });

  await step("after the end", async () => {
    const [words, titles] = [await incut.words(), await incut.titles()];
    assert.ok(titles.length >= 4, `${titles.length} clips`);
    await incut.page.waitForTimeout(1500);
    await incut.page.reload();
    await incut.engineIsReady();
    assert.match(await incut.recents.first().innerText(), new RegExp(`${titles.length} clips`));
    const states = await incut.states();
    await incut.choose(film);
    await incut.reaches("ready", 20_000);
    assert.deepEqual(await incut.titles(), titles);
    assert.deepEqual(await incut.words(), words);
    const jobs = await states.jsonValue();
    t.diagnostic(`states after the reload: ${jobs.join(", ")}`);
  });
  nothingBroke(incut);
});
