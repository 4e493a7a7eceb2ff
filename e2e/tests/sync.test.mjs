// Picture and sound belong together: a film flashes and beeps at the same instants; in the exported clips they must
// still do so within one frame, and at the instants that the cut says.

import assert from "node:assert/strict";
import test from "node:test";
import { browse } from "../fixtures/browser.mjs";
import { FRAME_RATE, holed, signals } from "../fixtures/films.mjs";
import { visit } from "../fixtures/page.mjs";
import { scratch } from "../fixtures/places.mjs";
import { beeps, facts, flashes } from "../fixtures/probe.mjs";
import { serve } from "../fixtures/server.mjs";
import { isPlayableClip, nothingBroke } from "../fixtures/verdicts.mjs";

const FRAME_S = 1 / FRAME_RATE;

test("a flash and its beep stay within one frame of each other", async (t) => {
  const film = await signals();
  const given_s = JSON.parse((await facts(film)).format.tags.comment);
  const [seen_s, heard_s] = [await flashes(film), await beeps(film)];
  assert.equal(seen_s.length, given_s.length, "the film's own flashes");
  given_s.forEach((second, i) => {
    assert.ok(Math.abs(seen_s[i] - second) < 0.001 && Math.abs(heard_s[i] - second) < 0.003, "the film itself is wrong");
  });

  const server = await serve(t);
  const browser = await browse(t);
  const folder = scratch();
  const incut = await visit(browser, server.origin);
  await incut.engineIsReady();
  await incut.analyze(film);
  const files = await incut.exportAll(folder);
  const { clips } = await incut.report(folder);

  const compared = await compare(t, clips, files, given_s, 0);
  assert.ok(compared >= 3, `only ${compared} signals lie inside the clips`);

  await t.test("a film with a hole keeps its times behind it", async (t) => {
    const film = await holed();
    const { format, video } = await facts(film);
    // ffmpeg puts everything later by the sound's priming, which Matroska has no edit list for.
    const given_s = JSON.parse(format.tags.COMMENT).map((second) => second + Number(video.start_time));
    await incut.closeFile();
    await incut.reaches("empty", 5_000);
    await incut.analyze(film);
    const files = await incut.exportAll(folder);
    const { clips } = await incut.report(folder);
    const hole_s = given_s.findIndex((second, i) => second - given_s[i - 1] > 7.5);
    const compared = await compare(t, clips, files, given_s, given_s[hole_s]);
    assert.ok(hole_s > 0 && compared >= 1, `${compared} signals behind the hole lie inside the clips`);
  });
  nothingBroke(incut);
});

/** Holds the signals inside the clips against those of the film. Gives back how many lie behind `since_s`. */
async function compare(t, clips, files, given_s, since_s) {
  let compared = 0;
  for (const clip of clips) {
    const path = files.find((path) => path.endsWith(`/${clip.file.split("/").at(-1)}`));
    await isPlayableClip(path, clip.end_s - clip.start_s);
    // A signal at the very edge may fall on either side of it.
    const inside = given_s.filter((second) => second > clip.start_s + 0.1 && second < clip.end_s - 0.15);
    const [flashed, beeped] = [await flashes(path), await beeps(path)];
    for (const second of inside) {
      const expected = second - clip.start_s;
      const flash = nearest(flashed, expected);
      const beep = nearest(beeped, expected);
      const told = `${clip.title}: cut says ${expected.toFixed(3)}, flash ${flash}, beep ${beep}`;
      t.diagnostic(told);
      assert.ok(Math.abs(flash - beep) <= FRAME_S, told);
      assert.ok(Math.abs(flash - expected) <= FRAME_S + 0.002, told);
      assert.ok(Math.abs(beep - expected) <= FRAME_S, told);
      compared += second >= since_s ? 1 : 0;
    }
  }
  return compared;
}

function nearest(seconds, to) {
  return seconds.reduce((best, second) => (Math.abs(second - to) < Math.abs(best - to) ? second : best), Infinity);
}
