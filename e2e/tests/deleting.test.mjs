// Deleting is asked about with numbers, can be taken back, and is answered with what went; and what the page claims afterwards is so.

import assert from "node:assert/strict";
import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import test from "node:test";
import { browse } from "../fixtures/browser.mjs";
import { golden, shortTalk } from "../fixtures/films.mjs";
import { visit } from "../fixtures/page.mjs";
import { scratch } from "../fixtures/places.mjs";
import { serve } from "../fixtures/server.mjs";
import { steps } from "../fixtures/steps.mjs";
import { files } from "../fixtures/storage.mjs";
import { nothingBroke } from "../fixtures/verdicts.mjs";

const SETTLED_MS = 20_000;

test("what is deleted is asked about, told, and gone", async (t) => {
  const step = steps(t);
  const [talk, spoken] = [await shortTalk(), await golden()];
  const folder = scratch();
  // Each with an end of its own: the same content would be the same project.
  const named = (name) => {
    writeFileSync(join(folder, name), Buffer.concat([readFileSync(spoken), Buffer.from(name)]));
    return join(folder, name);
  };
  const server = await serve(t);
  const browser = await browse(t);
  const incut = await visit(browser, server.origin, { device: "webgpu" });
  const { page } = incut;
  await incut.engineIsReady();
  await incut.isStored();
  let exported;
  const focused = () => page.evaluate(() => document.activeElement?.closest(".recent, h2, main")?.innerText ?? "nothing");
  const onButton = () => page.evaluate(() => document.activeElement?.tagName === "BUTTON");
  const toast = (words) => page.locator("#toast", { hasText: words }).waitFor();
  /** All of it is within the window, at the latest in a moment. */
  const isSeen = async (part) => {
    await part.waitFor();
    const isWithin = (element) => {
      const { top, bottom } = element.getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight;
    };
    await page.waitForFunction(isWithin, await part.elementHandle());
  };
  const settings = () => page.getByRole("button", { name: "Settings", exact: true }).click();

  await step("graphics without WebGPU says so", async () => {
    await settings();
    const note = page.locator("#device-note");
    await note.filter({ hasText: "This browser has no WebGPU: the CPU is used." }).waitFor();
    await page.locator("#settings").getByText("CPU", { exact: true }).click();
    await note.filter({ hasText: /^$/ }).waitFor({ state: "attached" });
    await page.locator("#close-settings").click();
    await incut.engineIsReady();
  });

  await step("forgetting one can be taken back, and the focus stays in the list", async () => {
    await incut.analyze(talk);
    exported = basename(await incut.exportOne(0, folder));
    await incut.closeFile();
    for (const name of ["b.wav", "c.wav"]) {
      await incut.analyze(named(name));
      await incut.closeFile();
      await incut.recents.filter({ hasText: name }).waitFor();
    }
    await page.getByRole("button", { name: "Forget b.wav" }).press("Enter");
    await toast("Forgot b.wav.");
    await page.waitForFunction(() => document.activeElement?.matches(".recent"));
    assert.match(await focused(), /talk\.mp4/);
    // A second Enter deletes nothing.
    await page.keyboard.press("Enter");
    assert.equal(await incut.recents.count(), 2);
    await page.keyboard.press("Control+z");
    await toast("It is back.");
    await page.waitForFunction(() => document.activeElement?.innerText?.includes("b.wav"));
    assert.equal(await onButton(), false);
    assert.equal(await incut.recents.count(), 3);
  });

  await step("deleting all asks with numbers, lists what goes, and can be kept or taken back", async () => {
    await settings();
    await page.locator("#delete-projects").click();
    const question = page.locator("#erase-question");
    await question.waitFor();
    assert.match(await question.innerText(), /Delete 3 projects, 1 exported clip, [\d.]+ [kM]B\?/);
    const lines = await question.locator("li").allInnerTexts();
    assert.ok(lines.some((line) => line.includes(`talk.mp4, with ${exported}`)), lines.join(" | "));
    await question.getByRole("button", { name: "Keep" }).click();
    assert.equal(await page.evaluate(() => document.activeElement?.id), "delete-projects");
    assert.equal(await incut.recents.count(), 3);
    await page.locator("#delete-projects").click();
    await question.getByRole("button", { name: "Delete", exact: true }).click();
    await toast(/Deleted 3 projects, 1 exported clip, [\d.]+ [kM]B\./);
    assert.equal(await incut.recents.count(), 0);
    await page.locator("#undo-forget").click();
    await toast("They are back.");
    assert.equal(await incut.recents.count(), 3);
  });

  await step("exported clips go with their project, when it can be taken back no longer", async () => {
    await page.getByRole("button", { name: "Forget talk.mp4" }).click();
    await toast(/Forgot talk\.mp4 and 1 exported clip, [\d.]+ [kM]B\./);
    assert.equal((await files(page, "exports")).length, 1, "gone although it can be taken back");
    await page.locator("#undo-forget").click();
    await toast("It is back.");
    await page.waitForFunction(() => document.activeElement?.innerText?.includes("talk.mp4"));
    await page.getByRole("button", { name: "Forget talk.mp4" }).click();
    await page.mouse.move(5, 5);
    await page.locator("#toast").waitFor({ state: "detached", timeout: SETTLED_MS });
    const end = Date.now() + SETTLED_MS;
    while ((await files(page, "exports")).length > 0) assert.ok(Date.now() < end, "an exported clip stays");
  });

  await step("without models the page claims none", async () => {
    await settings();
    // On a low screen too, what is asked and both answers are seen.
    await page.setViewportSize({ width: 1280, height: 600 });
    await page.locator("#delete-models").click();
    const question = page.locator("#erase-question");
    await isSeen(question);
    assert.match(await question.innerText(), /Delete \d+ model files, [\d.]+ MB\?/);
    await page.keyboard.press("Enter");
    await question.waitFor({ state: "detached" });
    assert.equal(await page.evaluate(() => document.activeElement?.id), "delete-models");
    assert.notDeepEqual(await files(page, "models"), [], "deleted by a second press");
    await page.locator("#delete-models").click();
    await question.getByRole("button", { name: "Delete", exact: true }).click();
    await toast(/Deleted \d+ model files, [\d.]+ MB\. They are downloaded again when you open a video\./);
    assert.equal(await page.locator(".offline-badge").count(), 0);
    assert.match(await page.locator("#model-state").innerText(), /No speech model is stored here/);
    assert.deepEqual(await files(page, "models"), []);
    assert.equal(await page.evaluate(() => document.documentElement.dataset.modelReady), "false");
    // Opening a video fetches them.
    await incut.choose(talk);
    await incut.reaches("ready");
    await page.locator(".offline-badge").waitFor({ state: "attached" });
  });

  await step("erasing everything, with a file open, leaves nothing and says what went", async () => {
    await incut.cards.first().locator(".clip-keep").click();
    await settings();
    await page.locator("#erase").click();
    await isSeen(page.locator("#erase-question"));
    await page.locator("#erase-now").click();
    const receipt = page.locator("#receipt");
    await receipt.waitFor({ timeout: SETTLED_MS });
    const told = await receipt.innerText();
    for (const words of [
      /3 projects, [\d.]+ kB/,
      /Models: \d+ files, [\d.]+ MB/,
      /Your settings/,
      /What was learned from 1 clip you kept or skipped/,
      /The page itself, stored for offline use/,
      /Nothing of Incut is left in this browser/,
    ]) {
      assert.match(told, words);
    }
    const left = await page.evaluate(async () => {
      const root = await navigator.storage.getDirectory();
      const names = [];
      for await (const name of root.keys()) names.push(name);
      return {
        files: names,
        databases: (await indexedDB.databases()).map(({ name }) => name),
        caches: await caches.keys(),
        texts: [...Object.keys(localStorage), ...Object.keys(sessionStorage)],
      };
    });
    assert.deepEqual(left, { files: [], databases: [], caches: [], texts: [] });
    assert.equal(await incut.recents.count(), 0);
    assert.equal(await incut.state(), "empty");
  });

  nothingBroke(incut);
});
