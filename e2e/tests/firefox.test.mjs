// The whole way in Firefox: the sample is chosen, heard, cut into clips with their pictures, looked at in two shapes, and one of them is
// exported.

import assert from "node:assert/strict";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { FirefoxPage, browseFirefox } from "../fixtures/firefox.mjs";
import { places } from "../fixtures/places.mjs";
import { facts, loudness } from "../fixtures/probe.mjs";
import { serve } from "../fixtures/server.mjs";
import { isPlayableClip } from "../fixtures/verdicts.mjs";

test("in Firefox the sample becomes clips, and one of them a file", async (t) => {
  const server = await serve(t);
  const incut = await FirefoxPage.visit(await browseFirefox(t), server.origin);
  await incut.until((data) => data.modelReady === "true");
  const sample = readdirSync(places.dist).find((name) => /^sample-.*\.mp4$/.test(name));
  await incut.choose(join(places.dist, sample));
  await incut.until((data) => data.state === "ready" && data.understanding !== "running");
  await incut.hasPosters();
  await incut.editFirst();
  for (const [ratio, width, height] of [["9:16", 360, 640], ["1:1", 640, 640], ["9:16", 360, 640]]) {
    await incut.shape(ratio);
    await incut.previews(width, height);
  }
  await incut.page.click("#close-editor");
  const file = await incut.exportFirst();
  const length_s = Number((await facts(file)).format.duration);
  await isPlayableClip(file, length_s);
  const shown_s = await incut.firstLength();
  t.diagnostic(`a clip of ${length_s} s, shown as ${shown_s} s`);
  assert.ok(Math.abs(length_s - shown_s) <= 1);
  assert.ok((await loudness(file)) > 0.003, `${file} is silent`);
  assert.deepEqual(incut.wrong, []);
});
