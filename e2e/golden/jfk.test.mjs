// Eleven famous seconds, word for word and token for token as the reference implementation heard them. Needs the data
// pack that holds recording and reference: `INCUT_TEST_DATA=DIR npm run golden`. Fails where it is missing.

import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { browse } from "../fixtures/browser.mjs";
import { visit } from "../fixtures/page.mjs";
import { scratch } from "../fixtures/places.mjs";
import { serve } from "../fixtures/server.mjs";
import { nothingBroke } from "../fixtures/verdicts.mjs";

test("the JFK recording gives the reference words", async (t) => {
  const pack = process.env.INCUT_TEST_DATA ?? "";
  const [recording, truth] = ["speech/jfk.flac", "reference/tiny.en/jfk.json"].map((path) => join(pack, path));
  assert.ok(pack && existsSync(recording) && existsSync(truth), "INCUT_TEST_DATA must name the folder of the data pack");
  const reference = JSON.parse(readFileSync(truth, "utf8"));

  const server = await serve(t);
  const browser = await browse(t);
  const incut = await visit(browser, server.origin);
  await incut.engineIsReady();
  await incut.analyze(recording);
  const heard = await incut.transcript(scratch());

  const words = (segments) => segments.flatMap((segment) => segment.words.map((word) => (word.text ?? word.word).trim()));
  assert.deepEqual(words(heard.segments), words(reference.segments));
  const tokens = (segments) => segments.flatMap((segment) => segment.tokens);
  // Where one window ends may be told in another timestamp token; 50363 and above are times, not words.
  const spoken = (segments) => tokens(segments).filter((token) => token < 50_257);
  assert.deepEqual(spoken(heard.segments), spoken(reference.segments));
  nothingBroke(incut);
});
