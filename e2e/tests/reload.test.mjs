// A reload loses nothing: the transcript and the clips come back, and only what was missing is heard again.

import assert from "node:assert/strict";
import test from "node:test";
import { browse } from "../fixtures/browser.mjs";
import { LONG_TALK_ROUNDS, longTalk } from "../fixtures/films.mjs";
import { visit } from "../fixtures/page.mjs";
import { serve } from "../fixtures/server.mjs";
import { steps } from "../fixtures/steps.mjs";
import { nothingBroke, nothingForgotten } from "../fixtures/verdicts.mjs";

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
  const heard = await incut.timedWords();

  await step("in the middle of listening", async () => {
    await incut.page.reload();
    await incut.engineIsReady();
    assert.equal(await incut.recents.count(), 1);
    assert.match(await incut.recents.first().innerText(), /long-talk\.mp4[\s\S]*\d+ % transcribed/);
    await incut.choose(film);
    await incut.hears(heard.length, 10_000);
    nothingForgotten(heard, await incut.timedWords());
    await incut.reaches("ready");
    const words = await incut.timedWords();
    t.diagnostic(`${heard.length} words before the reload, ${words.length} in the end`);
    assert.ok(words.length > LONG_TALK_ROUNDS * 75, `only ${words.length} words`);
    nothingForgotten(heard, words);
  });

  await step("after the end", async () => {
    const [words, titles] = [await incut.words(), await incut.titles()];
    assert.ok(titles.length >= 1, `${titles.length} clips`);
    await incut.page.waitForTimeout(1500);
    await incut.page.reload();
    await incut.engineIsReady();
    assert.match(await incut.recents.first().innerText(), new RegExp(`${titles.length} clip`));
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
