// What a person made is not destroyed by hearing a file again, by a newer ranking or by another model; what they wish of one file stays
// with it; and Undo knows only what they did.

import assert from "node:assert/strict";
import { basename } from "node:path";
import test from "node:test";
import { browse } from "../fixtures/browser.mjs";
import { golden, twoVoices } from "../fixtures/films.mjs";
import { front } from "../fixtures/front.mjs";
import { visit } from "../fixtures/page.mjs";
import { serve } from "../fixtures/server.mjs";
import { steps } from "../fixtures/steps.mjs";
import { nothingBroke } from "../fixtures/verdicts.mjs";

const MINE = "A title of mine";

test("clips, words and wishes of a person outlive what is found later", async (t) => {
  const step = steps(t);
  const film = await twoVoices();
  const server = await serve(t);
  let isDown = true;
  let release = () => {};
  // The larger model hangs, until it may come.
  const held = new Promise((resolve) => (release = resolve));
  const hold = (path) => (isDown && /^\/models\/base\//.test(path) ? held : undefined);
  const slow = await front(t, server.origin, { hold });
  const browser = await browse(t);
  const incut = await visit(browser, slow.origin, { clips: 4 });
  const { page } = incut;
  await incut.engineIsReady();
  const undo = () => page.locator("#undo").getAttribute("aria-label");
  const shown = async () => ({
    words: await incut.timedWords(),
    titles: await incut.titles(),
    voices: await incut.voices(),
    kept: await page.locator(".clip-keep[aria-pressed=true]").count(),
    rejected: await page.locator(".aside-clip").allInnerTexts(),
  });

  await step("first picks stay until the better ones are asked for", async () => {
    // Where "Cancel" stands while better ones are looked for.
    await page.evaluate(() => {
      new MutationObserver(() => {
        const cancel = document.querySelector("#cancel-understanding");
        if (cancel) globalThis.cancelStood = cancel.getBoundingClientRect().toJSON();
      }).observe(document.body, { childList: true, subtree: true });
    });
    await incut.choose(film);
    await incut.reaches("ready");
    const first = await incut.titles();
    const scores = () => page.locator(".clip-why").allInnerTexts();
    const firstScores = await scores();
    assert.equal(await undo(), "Undo");
    assert.ok(await page.locator("#undo").isDisabled(), "nothing was done that could be taken back");
    await incut.edit(1);
    await incut.closeEditor();
    await incut.knows();
    await page.locator("#better-clips").waitFor();
    assert.deepEqual(await incut.titles(), first);
    assert.deepEqual(await scores(), firstScores, "they are scored anew in the old order");
    const over = await page.evaluate(() => {
      const stood = globalThis.cancelStood;
      const overlaps = ({ left, right, top, bottom }) =>
        left < stood.right && stood.left < right && top < stood.bottom && stood.top < bottom;
      const buttons = [...document.querySelectorAll("#better-clips button")];
      return buttons.filter((button) => overlaps(button.getBoundingClientRect())).map((button) => button.id);
    });
    assert.deepEqual(over, [], "a second press on Cancel would answer");
    assert.ok(await page.locator("#undo").isDisabled(), "a ranking that nobody asked for is no step");
    const lengths = () => page.locator(".clip-length").allInnerTexts();
    const before = await lengths();
    await page.locator("#show-better").click();
    await page.locator("#better-clips").waitFor({ state: "detached" });
    assert.notDeepEqual(await lengths(), before);
    assert.ok((await incut.titles()).includes(first[1]), "the clip that was opened stays");
    assert.equal(await undo(), "Undo: better clips");
    await page.locator("#undo").click();
    assert.deepEqual([await incut.titles(), await lengths()], [first, before]);
    await page.locator("#redo").click();
  });

  await step("Undo says what it takes back", async () => {
    await page.locator(".speaker-tag").first().click();
    await page.locator("#speaker-name").fill("Anna");
    await page.keyboard.press("Enter");
    await page.locator("#speaker-menu:not([open])").waitFor({ state: "attached" });
    assert.equal(await undo(), "Undo: name who speaks");
    await incut.edit(0);
    await page.locator("#clip-title").fill(MINE);
    await page.keyboard.press("Tab");
    await incut.closeEditor();
    assert.equal(await undo(), "Undo: title of clip 1");
    await incut.cards.first().locator(".clip-keep").click();
    assert.equal(await undo(), "Undo: keep clip 1");
    await incut.cards.last().locator(".clip-reject").click();
    assert.match(await undo(), /^Undo: skip clip \d$/);
  });

  const before = await shown();
  await step("heard again and cancelled, everything is as it was", async () => {
    await page.locator("#names").fill("Yeast, tide mill");
    await page.locator("#hear-again").click();
    await incut.isWorkingOn("transcribe");
    await page.locator("#stays").waitFor();
    assert.equal(await incut.state(), "ready");
    assert.deepEqual(await shown(), before);
    await incut.cancel();
    await incut.isIdle();
    assert.equal(await incut.state(), "ready");
    assert.deepEqual(await shown(), before);
  });

  await step("heard again in a tab that closes, too", async () => {
    await page.locator("#hear-again").click();
    await incut.isWorkingOn("transcribe");
    await page.reload();
    await incut.engineIsReady();
    await incut.choose(film);
    await incut.reaches("ready");
    assert.deepEqual(await shown(), before);
    assert.equal(await page.locator("#names").inputValue(), "Yeast, tide mill");
  });

  await step("heard again to the end, what the person did is carried over, and one step takes it back", async () => {
    await incut.hearAgain();
    await page.locator("#heard-again").waitFor();
    assert.equal(await undo(), "Undo: transcribe again");
    const after = await shown();
    assert.ok(after.titles.includes(MINE), after.titles.join(" | "));
    assert.deepEqual([after.voices, after.kept, after.rejected], [before.voices, before.kept, before.rejected]);
    assert.equal(await page.locator("#hear-again").count(), 0);
    await page.locator("#old-words").click();
    assert.deepEqual(await shown(), before);
  });

  const choose = async (model) => {
    await page.getByRole("button", { name: "Settings", exact: true }).click();
    await page.locator("#model").selectOption(model);
    await page.locator("#switching-settings").waitFor();
    await page.locator("#close-settings").click();
  };
  await step("a model that does not come takes nothing away", async () => {
    await choose("base");
    const stay = page.locator("#switching .stay");
    assert.match(await stay.innerText(), /^Stay with .*tiny/);
    assert.equal(await page.evaluate(() => document.documentElement.dataset.modelReady), "true");
    assert.deepEqual(await shown(), before);
    assert.equal(await incut.error(), null);
    await stay.click();
    await page.locator("#switching").waitFor({ state: "detached" });
    await page.getByRole("button", { name: "Settings", exact: true }).click();
    assert.equal(await page.locator("#model").inputValue(), "tiny.en");
    await page.locator("#close-settings").click();
  });

  await step("nor does one that cannot be fetched", async () => {
    await browser.context.route(/models\/base\//, (route) => route.abort());
    await choose("base");
    await page.locator("#switching.errand-failed").waitFor();
    assert.match(await page.locator("#switching").innerText(), /cannot be used\. .* could not be fetched/);
    assert.equal(await page.evaluate(() => document.documentElement.dataset.modelReady), "true");
    assert.deepEqual([await incut.error(), await shown()], [null, before]);
    await page.locator("#switching .stay").click();
    await browser.context.unroute(/models\/base\//);
  });

  await step("one that comes is offered the file, and changes nothing unasked", async () => {
    isDown = false;
    release();
    await choose("base");
    await page.locator("#new-model").waitFor();
    assert.deepEqual(await shown(), before);
    // No claim about a language that a model of one language cannot find out.
    assert.equal((await page.locator("#language option").first().textContent()).trim(), "Detect automatically");
    await page.locator("#keep-words").click();
    assert.deepEqual(await shown(), before);
    await page.locator("#hear-again").waitFor();
  });

  await step("another file starts with wishes of its own", async () => {
    await page.locator("#language").selectOption("es");
    const shows = (name) => page.locator("#view-title", { hasText: name }).waitFor({ state: "attached" });
    await incut.choose(await golden());
    await shows("golden");
    await incut.knows();
    assert.equal(await page.locator("#names").inputValue(), "");
    assert.equal(await page.locator("#language").inputValue(), "");
    assert.match(await page.locator("#language option").first().textContent(), /English/);
    await incut.choose(film);
    await shows(basename(film));
    await incut.reaches("ready");
    assert.equal(await page.locator("#language").inputValue(), "es");
    assert.deepEqual(await shown(), before);
  });
  nothingBroke(incut);
});
