// The way a person goes, on real speech: drop a film, watch the transcript grow, look at a suggestion, export, and look
// at what came out with other people's tools. Not one request may be made after the file was opened.

import assert from "node:assert/strict";
import test from "node:test";
import { browse } from "../fixtures/browser.mjs";
import { conversation } from "../fixtures/films.mjs";
import { visit } from "../fixtures/page.mjs";
import { scratch } from "../fixtures/places.mjs";
import { difference, frames, loudness } from "../fixtures/probe.mjs";
import { serve } from "../fixtures/server.mjs";
import { steps } from "../fixtures/steps.mjs";
import {
  isPlayableClip,
  isWholeSentences,
  nothingBroke,
  nothingLeft,
  requestsSoFar,
} from "../fixtures/verdicts.mjs";

test("a dropped conversation becomes captioned clips, and nothing leaves the tab", async (t) => {
  const step = steps(t);
  const film = await conversation();
  const server = await serve(t);
  const browser = await browse(t);
  const folder = scratch();
  const incut = await visit(browser, server.origin);
  await incut.engineIsReady();
  await incut.isStored();
  assert.equal(await incut.state(), "empty");
  const before = requestsSoFar(browser, server);
  assert.ok(before.browser > 3 && before.server > 3, "neither browser nor server count their requests");

  await step("the transcript grows while it is being heard", async () => {
    await incut.drop(film);
    await incut.hears(1);
    const early = await incut.wordCount();
    assert.equal(await incut.error(), null);
    await incut.settles();
    const late = await incut.wordCount();
    t.diagnostic(`words: ${early} early, ${late} in the end`);
    assert.ok(late >= 60, `only ${late} words`);
    const said = (await incut.words()).join(" ").toLowerCase();
    // Heard by ear in the recording.
    for (const word of ["hello", "jersey", "chicago"]) assert.ok(said.includes(word), `"${word}" is missing in: ${said}`);
  });

  let clips = [];
  await step("clips are suggested, each with a title, its length and a reason", async () => {
    const count = await incut.cards.count();
    assert.ok(count >= 1 && count <= 9, `${count} clips`);
    for (let i = 0; i < count; i += 1) {
      const card = incut.cards.nth(i);
      assert.match(await card.locator(".clip-title").innerText(), /\w/);
      assert.match(await card.locator(".clip-length").innerText(), /\d/);
      assert.match(await card.locator(".clip-reasons li").first().innerText(), /\w{3}/);
    }
    const { clips: told } = await incut.report(folder);
    clips = told;
    assert.equal(clips.length, count);
    const transcript = await incut.transcript(folder);
    const inOrder = clips.toSorted((one, other) => one.start_s - other.start_s);
    inOrder.forEach((clip, i) => {
      assert.ok(clip.start_s >= 0 && clip.end_s <= 61.1 && clip.end_s > clip.start_s);
      assert.ok(i === 0 || inOrder[i - 1].end_s <= clip.start_s + 0.01, "clips overlap");
      isWholeSentences(clip, transcript);
    });
  });

  await step("a chosen clip is painted as it will look", async () => {
    await incut.edit(0);
    const preview = incut.page.locator("#preview");
    const picture = async () => (await preview.screenshot()).length;
    const deadline = Date.now() + 30_000;
    // A picture of one color shrinks to almost nothing as PNG.
    while ((await picture()) < 20_000 && Date.now() < deadline) await incut.page.waitForTimeout(200);
    assert.ok((await picture()) >= 20_000, "the preview stays empty");
    await incut.closeEditor();
  });

  let files = [];
  await step("every clip is saved as a file that plays everywhere", async () => {
    files = await incut.exportAll(folder);
    assert.equal(files.length, clips.length);
    assert.equal(new Set(files).size, files.length, "two clips share a name");
    const report = await incut.report(folder);
    for (const clip of report.clips) {
      const file = files.find((path) => path.endsWith(`/${clip.file.split("/").at(-1)}`));
      assert.ok(file, `${clip.file} is not among ${files}`);
      const { video } = await isPlayableClip(file, clip.end_s - clip.start_s);
      assert.ok(video.width >= 540, `only ${video.width} pixels wide`);
      assert.ok((await loudness(file)) > 0.003, `${file} is silent`);
      const grey = await frames(file, { at_s: 1, count: 1, width: 36, height: 64 });
      assert.ok(new Set(grey[0]).size > 20, `${file} shows nothing`);
    }
    assert.deepEqual(report.requests_after_open, []);
  });

  await step("the captions are in the picture, and only they differ when they are off", async () => {
    const [first] = (await incut.report(folder)).clips;
    const withCaptions = files.find((path) => path.endsWith(`/${first.file.split("/").at(-1)}`));
    await incut.edit(0);
    await incut.captions("Off");
    const press = () => incut.page.locator("#export-clip").click();
    const [without] = await incut.saved(press, 1, scratch());
    const above = { area: "iw:ih*0.3:0:ih*0.05", width: 120, height: 64 };
    const below = { area: "iw:ih*0.45:0:ih*0.5", width: 120, height: 96 };
    let captioned = 0;
    for (let at_s = 1; at_s < first.end_s - first.start_s - 1; at_s += 2) {
      const apart = async (where) => {
        const [[one], [other]] = await Promise.all(
          [withCaptions, without].map((file) => frames(file, { ...where, at_s, count: 1 })),
        );
        return difference(one, other);
      };
      assert.ok((await apart(above)) < 3, `the picture above the captions differs at ${at_s} s`);
      if ((await apart(below)) > 4) captioned += 1;
    }
    assert.ok(captioned >= 2, `captions stand in ${captioned} of the frames looked at`);
  });

  await step("subtitles and transcript can be saved", async () => {
    assert.match(await incut.document("srt", folder), /^1\r?\n00:00:\d\d,\d{3} --> 00:00:\d\d,\d{3}\r?\n\S/);
    assert.match(await incut.document("vtt", folder), /^WEBVTT\r?\n/);
    const { segments, model, device, language } = await incut.transcript(folder);
    assert.equal(model, "tiny.en");
    assert.equal(device, "cpu");
    assert.equal(language, "en");
    const words = segments.flatMap((segment) => segment.words);
    assert.equal(words.length, await incut.wordCount());
    words.forEach((word, i) => assert.ok(i === 0 || word.start_s >= words[i - 1].start_s - 0.01, "words go back in time"));
  });

  await step("not one request was made", async () => {
    nothingLeft(browser, server, before);
    assert.equal(await incut.page.locator("#request-count").innerText(), "0");
    nothingBroke(incut);
  });
});
