// After the first visit the page works alone: the browser is closed, the server killed, the browser started again on
// the same profile, and the whole way is gone once more.

import assert from "node:assert/strict";
import test from "node:test";
import { browse } from "../fixtures/browser.mjs";
import { shortTalk } from "../fixtures/films.mjs";
import { visit } from "../fixtures/page.mjs";
import { scratch } from "../fixtures/places.mjs";
import { serve } from "../fixtures/server.mjs";
import { isPlayableClip, nothingBroke } from "../fixtures/verdicts.mjs";

test("with the server gone, a second visit goes from drop to exported clip", async (t) => {
  const film = await shortTalk();
  const server = await serve(t);
  const first = await browse(t);
  const before = await visit(first, server.origin);
  await before.engineIsReady();
  await before.isStored();
  assert.ok(server.requests.length > 3);
  await first.close();
  await server.kill();
  await assert.rejects(fetch(server.origin), "the server still answers");

  const second = await browse(t, { profile: first.profile });
  const folder = scratch();
  const incut = await visit(second, server.origin);
  await incut.engineIsReady();
  await incut.isStored();
  await incut.drop(film);
  await incut.reaches("ready");
  assert.ok((await incut.wordCount()) > 30);
  const file = await incut.exportOne(0, folder);
  const [clip] = (await incut.report(folder)).clips;
  await isPlayableClip(file, clip.end_s - clip.start_s);
  nothingBroke(incut);
});
