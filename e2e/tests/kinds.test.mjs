// Other files that people have: recorded by a browser, by a telephone held upright, or sound alone.

import assert from "node:assert/strict";
import test from "node:test";
import { browse } from "../fixtures/browser.mjs";
import { PATCHES, mirrored, shortTalk, soundOnly, thirdTrack, twoTakes, upright, webm } from "../fixtures/films.mjs";
import { visit } from "../fixtures/page.mjs";
import { scratch } from "../fixtures/places.mjs";
import { color, facts, loudness, shown } from "../fixtures/probe.mjs";
import { serve } from "../fixtures/server.mjs";
import { BRIEF } from "../fixtures/speech.mjs";
import { isPlayableClip, nothingBroke } from "../fixtures/verdicts.mjs";

const plain = (text) => text.toLowerCase().replace(/[^a-z ]/g, "").split(" ").filter(Boolean);

/** Part of the words that were spoken and heard, in whatever order: enough to know the text by. */
function recognised(heard) {
  const left = plain(heard);
  const spoken = plain(BRIEF.join(" "));
  const found = spoken.filter((word) => {
    const at = left.indexOf(word);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
  return found.length / spoken.length;
}

const CASES = [
  { what: "MP4 with its index first", file: shortTalk },
  { what: "WebM with VP9 and Opus", file: webm },
  { what: "MP3", file: () => soundOnly("mp3") },
  { what: "WAV", file: () => soundOnly("wav") },
  { what: "a telephone held upright", file: upright, is: isUpright },
  { what: "a mirrored picture of full range", file: mirrored, is: (file) => showsPatches(file, 0.2) },
  { what: "two takes in one track", file: twoTakes, is: showsBothTakes },
  { what: "a microphone in antiphase on the third track", file: thirdTrack, is: isThirdTrack },
];

async function isUpright(file) {
  const above = await color(file, 2, "iw:ih*0.2:0:ih*0.05");
  const below = await color(file, 2, "iw:ih*0.1:0:ih*0.88");
  assert.ok(above.red > 180 && above.blue < 80, `above: ${JSON.stringify(above)}`);
  assert.ok(below.blue > 180 && below.red < 80, `below: ${JSON.stringify(below)}`);
}

/** Levels by which a color may be off after two encoders. */
const OFF = 10;

async function isColor(file, at_s, area, hex) {
  const seen = await shown(file, at_s, area);
  const off = [...Buffer.from(hex, "hex")].map((want, i) => Math.abs(want - seen[i]));
  assert.ok(Math.max(...off) <= OFF, `${hex} became ${Buffer.from(seen).toString("hex")} at ${at_s} s in ${area} of ${file}`);
}

/** The bands of `PATCHES` from above, the first one the right way round. Captions hide a part of the lower ones. */
async function showsPatches(file, at_s) {
  const side = (i, x) => `iw*0.2:ih/20:iw*${x}:ih*${(i / 6 + 0.05).toFixed(3)}`;
  await isColor(file, at_s, side(0, 0.15), PATCHES[0]);
  await isColor(file, at_s, side(0, 0.65), PATCHES[1]);
  for (let i = 1; i < 6; i += 1) await isColor(file, at_s, side(i, 0.01).replace("0.2:", "0.1:"), PATCHES[i]);
}

async function showsBothTakes(file) {
  const { video } = await facts(file);
  await showsPatches(file, 0.2);
  const late = Number(video.duration) - 0.3;
  await showsPatches(file, late);
  // Half as wide as the clip, unless the second take is pulled to the shape of the first one.
  const low = (x) => `iw*0.04:ih*0.04:iw*${x}:ih*0.94`;
  for (const [x, patch] of [[0.18, 5], [0.28, 4], [0.68, 4], [0.78, 5]]) await isColor(file, late, low(x), PATCHES[patch]);
}

/** The page says what it listens to, and offers what can be decoded; the clip has both channels as they were. */
async function isThirdTrack(file, incut) {
  const chooser = incut.page.locator("#sound-track");
  assert.match(await incut.page.locator("label[for=sound-track]").innerText(), /^3 sound tracks$/);
  assert.equal(await chooser.evaluate((select) => select.selectedIndex), 2);
  const offered = await chooser.locator("option:not([disabled])").allInnerTexts();
  assert.deepEqual(offered, ["2 · AAC, mono", "3 · English · PCM, stereo", "All together"]);
  const note = await incut.page.locator("#sound-note").innerText();
  assert.match(note, /In sound track 2 .* hardly anybody speaks, so sound track 3 .* was listened to\. .*cancel each other out/);
  assert.ok((await loudness(file)) < 0.01, "the channels no longer cancel each other out");
  await playsMoments(incut.page);
}

/** A moment of each track that can be decoded; another press ends it. */
async function playsMoments(page) {
  const moments = page.getByRole("group", { name: "Listen to a moment of each" }).getByRole("button");
  assert.deepEqual(await moments.evaluateAll((buttons) => buttons.map((button) => button.ariaLabel)), [
    "Play a moment of track 2",
    "Play a moment of track 3",
  ]);
  await moments.last().click();
  const audio = page.locator(".sound-tracks audio");
  await audio.waitFor({ state: "attached" });
  const seconds = await audio.evaluate(async (audio) => {
    if (!audio.currentTime) await new Promise((resolve) => audio.addEventListener("timeupdate", resolve, { once: true }));
    return audio.duration;
  });
  assert.equal(seconds, 4);
  await page.getByRole("button", { name: "Stop a moment of track 3" }).click();
  await audio.waitFor({ state: "detached" });
}

test("every kind of file becomes words and a clip", async (t) => {
  const server = await serve(t);
  const browser = await browse(t);
  const incut = await visit(browser, server.origin, { clips: 4 });
  await incut.engineIsReady();
  for (const { what, file, is } of CASES) {
    await t.test(what, async (t) => {
      const folder = scratch();
      await incut.analyze(await file());
      const { text } = await incut.transcript(folder);
      const part = recognised(text);
      t.diagnostic(`${Math.round(part * 100)} % of the words are recognised`);
      assert.ok(part > 0.9, text);
      const path = await incut.exportOne(0, folder);
      const [clip] = (await incut.report(folder)).clips;
      await isPlayableClip(path, clip.end_s - clip.start_s);
      await is?.(path, incut);
      await incut.closeFile();
      await incut.reaches("empty", 5_000);
    });
  }
  nothingBroke(incut);
});
