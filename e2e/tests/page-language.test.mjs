// The page speaks the language of the browser, or the one that is chosen: fetched where it is used and nowhere else, there without a
// network afterwards, and changed in the middle of everything without losing anything.

import assert from "node:assert/strict";
import test from "node:test";
import { violations } from "../fixtures/axe.mjs";
import { browse } from "../fixtures/browser.mjs";
import { shortTalk } from "../fixtures/films.mjs";
import { visit } from "../fixtures/page.mjs";
import { scratch } from "../fixtures/places.mjs";
import { serve } from "../fixtures/server.mjs";
import { steps } from "../fixtures/steps.mjs";
import { comesTrue } from "../fixtures/storage.mjs";
import { isPlayableClip, nothingBroke } from "../fixtures/verdicts.mjs";
import { words } from "../fixtures/words.mjs";

const fetchedLanguages = ({ requests }) => requests.filter((request) => request.includes("/text/"));
const language = (page) => page.evaluate(() => document.documentElement.lang);

test("a browser of another language gets the page in it, without a network too", async (t) => {
  const step = steps(t);
  const server = await serve(t);
  const first = await browse(t, { locale: "de-AT" });
  const german = words("de");
  const incut = await visit(first, server.origin);

  await step("at the first visit", async () => {
    const button = incut.page.locator("#choose-file");
    await button.waitFor();
    assert.equal((await button.innerText()).trim(), german["start-choose-video"]);
    assert.equal(await language(incut.page), "de");
    assert.equal(await incut.page.evaluate(() => document.documentElement.dir), "ltr");
    await incut.engineIsReady();
    await incut.isStored();
    const asked = fetchedLanguages(first);
    assert.ok(asked.length >= 1 && asked.every((request) => request.endsWith("/text/de.ftl")), asked.join(", "));
    nothingBroke(incut);
    // Stored once a service worker has seen it asked for.
    await comesTrue(incut.page, async () => (await caches.match("/text/de.ftl")) !== undefined);
    await first.close();
  });

  await step("with the server gone", async () => {
    await server.kill();
    const second = await browse(t, { profile: first.profile, locale: "de-AT" });
    const again = await visit(second, server.origin);
    await again.engineIsReady();
    assert.equal(await language(again.page), "de");
    assert.equal((await again.page.locator("#choose-file").innerText()).trim(), german["start-choose-video"]);
    // The window of the settings, in which English can be had at once, and Japanese cannot.
    await again.page.locator("#open-settings").click();
    await again.page.locator("#page-language").selectOption("ja");
    const note = again.page.locator("#page-language-note");
    await note.filter({ hasText: german["language-unreachable"] }).waitFor({ timeout: 40_000 });
    assert.equal(await language(again.page), "de");
    await again.page.locator("#page-language").selectOption("en");
    await again.page.waitForFunction(() => document.documentElement.lang === "en");
    assert.equal((await again.page.locator("#choose-file").innerText()).trim(), words("en")["start-choose-video"]);
  });
});

test("a language is changed in the middle of everything", async (t) => {
  const step = steps(t);
  const film = await shortTalk();
  const server = await serve(t);
  const browser = await browse(t);
  const incut = await visit(browser, server.origin);
  const { page } = incut;
  const folder = scratch();
  const choose = async (code, speaks = code) => {
    if (!(await page.locator("#settings[open]").count())) await page.locator("#open-settings").click();
    await page.locator("#page-language").selectOption(code);
    await page.waitForFunction((code) => document.documentElement.lang === code, speaks);
    await page.waitForFunction(() => document.activeElement?.id === "page-language");
  };
  const close = () => page.locator("#close-settings").click();
  let before;

  await step("English fetches no language", async () => {
    await incut.engineIsReady();
    await incut.isStored();
    await incut.analyze(film);
    assert.deepEqual(fetchedLanguages(browser), []);
    before = { titles: await incut.titles(), words: await incut.words() };
  });

  await step("each language has every state, and takes nothing away", async () => {
    const findings = {};
    for (const code of ["de", "es", "ja"]) {
      const own = words(code);
      await choose(code);
      assert.equal((await page.locator("#settings-title").innerText()).trim(), own["settings-title"]);
      findings[`${code}, settings`] = await violations(page);
      await close();
      assert.deepEqual(await incut.titles(), before.titles);
      assert.deepEqual(await incut.words(), before.words);
      findings[`${code}, clips`] = await violations(page);
      await incut.edit(0);
      findings[`${code}, editor`] = await violations(page);
      await incut.closeEditor();
    }
    assert.deepEqual(Object.fromEntries(Object.entries(findings).filter(([, found]) => found.length > 0)), {});
  });

  await step("a clip is exported in Japanese, and the choice outlives a reload", async () => {
    const [file] = await incut.saved(() => incut.cards.first().locator(".clip-export").click(), 1, folder);
    const [clip] = (await incut.report(folder)).clips;
    await isPlayableClip(file, clip.end_s - clip.start_s);
    await page.reload();
    await incut.engineIsReady();
    assert.equal(await language(page), "ja");
    await choose("", "en");
  });
  nothingBroke(incut);
});
