// Files that are not what they seem each get one clear message that says what to do, and nothing made before is lost.

import assert from "node:assert/strict";
import test from "node:test";
import { browse } from "../fixtures/browser.mjs";
import * as films from "../fixtures/films.mjs";
import { visit } from "../fixtures/page.mjs";
import { serve } from "../fixtures/server.mjs";
import { nothingBroke } from "../fixtures/verdicts.mjs";

const CASES = [
  { what: "a letter named .mp4", file: films.textAsVideo, classes: ["unsupported", "malformed"], says: /text|not|recogni/i },
  { what: "an empty file", file: films.nothing, classes: ["malformed", "empty"], says: /empty/i },
  { what: "a film cut short before its index", file: films.cutShort, classes: ["malformed", "truncated"], says: /cut|index/i },
  { what: "a film without sound", file: films.withoutSound, classes: ["no_audio"], says: /sound/i },
];

test("wrong files are told apart, and an earlier project is not lost", async (t) => {
  const film = await films.shortTalk();
  const server = await serve(t);
  const browser = await browse(t);
  const incut = await visit(browser, server.origin);
  await incut.engineIsReady();
  await incut.analyze(film);
  const [words, titles] = [await incut.words(), await incut.titles()];
  assert.ok(titles.length > 0);

  for (const { what, file, classes, says } of CASES) {
    await t.test(what, async () => {
      const path = await file();
      await incut.choose(path);
      await incut.alert.waitFor({ timeout: 30_000 });
      const error = await incut.error();
      assert.ok(classes.includes(error.class), JSON.stringify(error));
      assert.match(error.words, says);
      assert.equal(error.role, "alert");
      assert.equal(await incut.alert.count(), 1);
      assert.equal(await incut.state(), "error");
      // What is wrong and what to do: two sentences at least.
      assert.match(error.words, /[^.!?]{10,}[.!?] [^.!?]{10,}[.!?]/);
      assert.equal(await incut.cards.count(), 0, "clips of another file stand beside the error");
      await incut.dismiss();
      await incut.reaches("empty", 5_000);
    });
  }

  await t.test("a film in which nobody speaks says so and suggests nothing", async () => {
    await incut.choose(await films.silent());
    await incut.page.waitForFunction(() => ["ready", "error"].includes(document.documentElement.dataset.state));
    const error = await incut.error();
    const said = error?.words ?? (await incut.note());
    if (error) assert.equal(error.class, "no_speech");
    // What was tried is named; `cargo xtask clip` goes by these words and by the button.
    if (!error) assert.match(said, /^(No|Hardly any) speech was found in the sound track\b.*any channel by itself/);
    assert.match(said, /speech|speak|spoken/i);
    assert.equal(await incut.page.locator("#download-report").isEnabled(), false);
    assert.equal(await incut.cards.count(), 0);
    assert.equal(await incut.wordCount(), 0);
    assert.equal(await incut.page.locator("#export-all").count(), 0, "nothing can be exported, yet there is a button");
    if (error) await incut.dismiss();
    else await incut.closeFile();
    await incut.reaches("empty", 5_000);
  });

  await t.test("the project from before is still there", async () => {
    const recent = incut.recents.filter({ hasText: "talk.mp4" });
    assert.match(await recent.innerText(), new RegExp(`${titles.length} clip`));
    await incut.choose(film);
    await incut.reaches("ready", 20_000);
    assert.deepEqual(await incut.titles(), titles);
    assert.deepEqual(await incut.words(), words);
  });
  nothingBroke(incut);
});
