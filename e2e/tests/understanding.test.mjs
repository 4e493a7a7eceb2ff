// What is found out after the words: who speaks, what it is about. And what a person does with it: names, wishes, verdicts,
// searches. All of it in the tab, and still there after a reload.

import assert from "node:assert/strict";
import test from "node:test";
import { browse } from "../fixtures/browser.mjs";
import { twoVoices } from "../fixtures/films.mjs";
import { visit } from "../fixtures/page.mjs";
import { scratch } from "../fixtures/places.mjs";
import { serve } from "../fixtures/server.mjs";
import { steps } from "../fixtures/steps.mjs";
import { nothingBroke, nothingLeft, requestsSoFar } from "../fixtures/verdicts.mjs";

test("who speaks, what it is about, and what the person wants", async (t) => {
  const step = steps(t);
  const film = await twoVoices();
  const server = await serve(t);
  const browser = await browse(t);
  const incut = await visit(browser, server.origin);
  const { page } = incut;
  await incut.engineIsReady();
  await incut.isStored();
  const before = requestsSoFar(browser, server);

  await step("two voices are told apart, and nothing leaves for it", async () => {
    await incut.analyze(film);
    await incut.understands();
    assert.deepEqual(await incut.voices(), ["Speaker 1", "Speaker 2"]);
    const words = await page.locator("#lanes-words").textContent();
    assert.match(words, /Speaker 2/);
    nothingLeft(browser, server, before);
  });

  await step("a voice gets a name, everywhere", async () => {
    await page.locator(".speaker-tag").first().click();
    await page.locator("#speaker-name").fill("Anna");
    await page.keyboard.press("Enter");
    await page.locator("#speaker-menu:not([open])").waitFor({ state: "attached" });
    assert.deepEqual(await incut.voices(), ["Anna", "Speaker 2"]);
    assert.match(await incut.document("srt", scratch()), /^Anna: /m);
    assert.match(await incut.document("vtt", scratch()), /<v Anna>/);
    const { segments } = await incut.transcript(scratch());
    assert.deepEqual(new Set(segments.map(({ speaker }) => speaker)), new Set(["Anna", "Speaker 2"]));
  });

  await step("the captions of all clips can name who speaks", async () => {
    const stills = () => page.locator("img.clip-picture").evaluateAll((all) => all.map(({ src }) => src));
    const before = await stills();
    await incut.edit(0);
    await incut.speakerMarks("Names");
    await incut.closeEditor();
    await page.waitForFunction((before) => {
      const now = [...document.querySelectorAll("img.clip-picture")].map(({ src }) => src);
      return now.length > 0 && now.every((src) => !before.includes(src));
    }, before);
  });

  await step("clips about something, and only what one says", async () => {
    await page.locator("#about").fill("the moon and the sea");
    await page.keyboard.press("Enter");
    await page.locator("#about-state", { hasText: "Clips about" }).waitFor();
    // True of most of them now: no card says it, the editor does.
    await incut.edit(0);
    assert.match(await page.locator("#editor .clip-reasons").innerText(), /what you asked for/);
    await incut.closeEditor();
    await page.locator("#clear-about").click();
    await page.locator("#about-state").waitFor({ state: "hidden" });
  });

  await step("the score says what it is made of, and follows the wishes", async () => {
    const first = incut.cards.first();
    await first.locator(".clip-why").click();
    assert.ok((await first.locator(".why-part").count()) >= 4);
    await page.keyboard.press("Escape");
    const scores = () => page.locator(".clip-why").allInnerTexts();
    const usual = await scores();
    await page.locator("#matters > summary").click();
    await page.locator("#matter-substance").fill("0");
    await page.waitForFunction(
      (usual) => JSON.stringify([...document.querySelectorAll(".clip-why")].map((one) => one.innerText)) !== usual,
      JSON.stringify(usual),
    );
    await page.locator("#reset-matters").click();
    await page.waitForFunction(
      (usual) => JSON.stringify([...document.querySelectorAll(".clip-why")].map((one) => one.innerText)) === usual,
      JSON.stringify(usual),
    );
  });

  await step("a rejected clip stays away, and is learned from", async () => {
    const [title] = await incut.titles();
    await incut.cards.first().locator(".clip-reject").click();
    assert.ok(!(await incut.titles()).includes(title));
    await page.locator("#matter-hook").fill("2");
    await page.waitForTimeout(300);
    assert.ok(!(await incut.titles()).includes(title));
    await page.locator("#reset-matters").click();
  });

  await step("a sentence is found by its meaning", async () => {
    await page.locator("#find-words").fill("ships in a harbour");
    await page.locator("#find-by-meaning").click();
    await page.locator(".near").first().waitFor();
    assert.match(await page.locator(".near").first().innerText(), /boats|sailors/i);
    await page.locator("#find-words").fill("");
  });

  await step("all of it survives a reload", async () => {
    await page.waitForTimeout(1500);
    const titles = await incut.titles();
    await page.reload();
    await incut.engineIsReady();
    await incut.choose(film);
    await incut.reaches("ready");
    await incut.understands();
    assert.deepEqual(await incut.voices(), ["Anna", "Speaker 2"]);
    assert.deepEqual(await incut.titles(), titles);
    await incut.edit(0);
    assert.equal(await page.locator("#speaker-marks label:has(input:checked)").innerText(), "Names");
    await incut.closeEditor();
  });

  await step("two voices that are one are put together", async () => {
    await page.locator(".speaker-tag").first().click();
    await page.locator("#same-speaker").getByRole("button").first().click();
    await page.locator(".legend-voice").nth(1).waitFor({ state: "detached" });
    assert.equal((await incut.voices()).length <= 1, true);
  });
  nothingBroke(incut);
});

test("understanding can be stopped and asked for again", async (t) => {
  const film = await twoVoices();
  const server = await serve(t);
  const browser = await browse(t);
  const incut = await visit(browser, server.origin);
  await incut.engineIsReady();
  await incut.choose(film);
  await incut.page.locator("#cancel-understanding").click();
  await incut.page.locator("#understanding-stopped").waitFor();
  assert.equal(await incut.state(), "ready");
  await incut.page.locator("#understanding-stopped").getByRole("button").click();
  await incut.understands();
  assert.equal((await incut.voices()).length, 2);
  nothingBroke(incut);
});
