// The whole way with the keyboard alone, from the sample to a saved clip: after each act the focus stands where a person would look, each
// result and each edit is told once, and the transcript is one stop of the Tab key, however many lines it has.

import assert from "node:assert/strict";
import test from "node:test";
import { browse } from "../fixtures/browser.mjs";
import { visit } from "../fixtures/page.mjs";
import { scratch } from "../fixtures/places.mjs";
import { serve } from "../fixtures/server.mjs";
import { steps } from "../fixtures/steps.mjs";
import { nothingBroke } from "../fixtures/verdicts.mjs";

const LINES = 3000;

/** Whether the focus stands on `selector`, at the latest in a moment; otherwise says where it stands. */
async function isOn(page, selector) {
  const isThere = (selector) => document.activeElement?.matches(selector);
  await page.waitForFunction(isThere, selector, { timeout: 30_000 }).catch(() => {});
  const at = await page.evaluate(() => document.activeElement.outerHTML.slice(0, 160));
  assert.ok(await page.evaluate(isThere, selector), `not on ${selector}, but on ${at}`);
}

/** Presses Tab (or another key) until the focus stands on `selector`. */
async function goTo(page, selector, { key = "Tab", most = 120 } = {}) {
  for (let presses = 0; presses < most; presses += 1) {
    if (await page.evaluate((selector) => document.activeElement?.matches(selector), selector)) return;
    await page.keyboard.press(key);
  }
  await isOn(page, selector);
}

/** What the live regions said since they were listened to: "results: Clip 1 saved". */
async function listen(page) {
  await page.evaluate(() => {
    globalThis.said = [];
    for (const region of document.querySelectorAll("[data-live]")) {
      new MutationObserver(() => {
        const words = region.textContent.trim();
        if (words) globalThis.said.push(`${region.dataset.live}: ${words}`);
      }).observe(region, { childList: true, characterData: true, subtree: true });
    }
  });
}

const told = (page) => page.evaluate(() => globalThis.said.splice(0));

/** The words are said once, and by no other region that a screen reader listens to. */
async function isToldOnce(page, expected) {
  const kind = expected instanceof RegExp ? expected : new RegExp(`^${expected}$`);
  await page.waitForFunction((kind) => globalThis.said.some((words) => new RegExp(kind).test(words)), kind.source);
  const said = await told(page);
  assert.equal(said.filter((words) => kind.test(words)).length, 1, said.join("\n"));
  assert.equal(said.length, 1, said.join("\n"));
  const words = said[0].replace(/^\w+: /, "");
  const others = await page.evaluate((words) => {
    const live = [...document.querySelectorAll("[role=status], [role=alert], [aria-live]")];
    return live.filter((region) => !region.dataset.live && region.textContent.includes(words)).length;
  }, words);
  assert.equal(others, 0, `"${words}" is told by another region as well`);
}

const cardOf = (page) =>
  page.evaluate(() => [...document.querySelectorAll(".clip-list > .clip")].indexOf(document.activeElement.closest(".clip")) + 1);

/** Writes a project with many lines in the place of the kept one. */
function keepManyLines(page, lines) {
  return page.evaluate(async (lines) => {
    const settled = (request) =>
      new Promise((resolve, reject) => Object.assign(request, { onsuccess: () => resolve(request.result), onerror: reject }));
    const database = await settled(indexedDB.open("incut"));
    const projects = () => database.transaction("projects", "readwrite").objectStore("projects");
    const [record] = await settled(projects().getAll());
    const document = JSON.parse(record.document);
    const [segment] = document.transcript.segments;
    const each = 30_000;
    document.transcript.segments = Array.from({ length: lines }, (_, line) => ({
      ...segment,
      start: line * each,
      end: (line + 1) * each,
      words: ["Line", ` ${line}`, " ends."].map((text, word) => ({
        ...segment.words[0],
        text,
        start: line * each + word * 10_000,
        end: line * each + (word + 1) * 10_000,
      })),
    }));
    await settled(projects().put({ ...record, document: JSON.stringify(document) }));
    database.close();
  }, lines);
}

test("from the sample to a saved clip, by keyboard alone", async (t) => {
  const step = steps(t);
  const server = await serve(t);
  const browser = await browse(t, { viewport: { width: 1280, height: 720 } });
  const incut = await visit(browser, server.origin, { clips: 5 });
  const { page } = incut;
  await incut.engineIsReady();
  await listen(page);

  await step("the list of keys opens by a button and by its key, and gives the focus back", async () => {
    await goTo(page, "[data-opens=keys]");
    await page.keyboard.press("Enter");
    await isOn(page, "#keys button");
    await page.keyboard.press("Escape");
    await isOn(page, "[data-opens=keys]");
    await page.keyboard.press("?");
    await isOn(page, "#keys button");
    await page.keyboard.press("Escape");
    await isOn(page, "[data-opens=keys]");
    // Open again before the browser has told that it was closed.
    await page.evaluate(() => {
      const list = document.querySelector("#keys");
      const press = () => document.body.dispatchEvent(new KeyboardEvent("keydown", { key: "?", bubbles: true }));
      for (let times = 0; times < 3; times += 1) {
        press();
        list.close();
      }
    });
    await isOn(page, "[data-opens=keys]");
    // For whoever switches them off, single letters are no keys; the button is still there.
    const turn = async () => {
      await page.keyboard.press("Enter");
      await goTo(page, "#single-keys");
      await page.keyboard.press("Space");
      await page.keyboard.press("Escape");
      await isOn(page, "[data-opens=keys]");
    };
    await turn();
    await page.keyboard.press("?");
    assert.equal(await page.locator("#keys[open]").count(), 0);
    await turn();
    await page.keyboard.press("?");
    await isOn(page, "#keys button");
    await page.keyboard.press("Escape");
    // With Ctrl or Alt it is another program's key.
    await page.keyboard.press("Alt+?");
    assert.equal(await page.locator("#keys[open]").count(), 0);
  });

  await step("the sample opens at its top, with the heading", async () => {
    await goTo(page, "#try-sample", { key: "Shift+Tab" });
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight));
    await page.keyboard.press("Enter");
    await isOn(page, "#view-title");
    assert.equal(await page.evaluate(() => scrollY), 0);
    await incut.knows();
    await isOn(page, "#view-title");
    const count = await incut.cards.count();
    assert.ok(count >= 4, `${count} clips`);
    await isToldOnce(page, new RegExp(`^results: ${count} clips are ready`));
    const better = page.locator("#show-better");
    if ((await better.count()) > 0) {
      await goTo(page, "#show-better");
      await page.keyboard.press("Enter");
      await isOn(page, "#clips-title");
      await isToldOnce(page, /^results: \d better clips? (is|are) shown/);
    }
  });

  await step("clips are gone through, kept and skipped by single keys", async () => {
    const [first, second, third] = await incut.titles();
    await page.keyboard.press("n");
    await isOn(page, ".clip-list > .clip:nth-child(1) .clip-poster");
    await page.keyboard.press("a");
    await isToldOnce(page, "results: Clip 1 kept");
    await isOn(page, ".clip-list > .clip:nth-child(2) .clip-poster");
    assert.equal(await incut.cards.first().locator(".clip-keep").getAttribute("aria-pressed"), "true");
    await page.keyboard.press("s");
    await isToldOnce(page, /^results: Clip 2 skipped(\. New at the end: Clip \d)?$/);
    assert.equal(await cardOf(page), 2);
    assert.deepEqual((await incut.titles()).slice(0, 2), [first, third]);
    // By its button as well, and not to the next one of these buttons.
    await goTo(page, ".clip-list > .clip:nth-child(2) .clip-reject");
    await page.keyboard.press("Enter");
    await isToldOnce(page, /^results: Clip 2 skipped(\. New at the end: Clip \d)?$/);
    await isOn(page, ".clip-list > .clip:nth-child(2) .clip-poster");
    await goTo(page, ".aside-clip .button");
    await page.keyboard.press("Enter");
    await isToldOnce(page, /^results: Clip 2 is back(, in place of the last one)?$/);
    await isOn(page, ".clip-list > .clip:nth-child(2) .clip-poster");
    assert.equal((await incut.titles())[1], second);
    await page.keyboard.press("p");
    await isOn(page, ".clip-list > .clip:nth-child(1) .clip-poster");
  });

  await step("keys rest where text is typed", async () => {
    await goTo(page, "#about", { key: "Shift+Tab" });
    const count = await incut.cards.count();
    await page.keyboard.type("ask? nap");
    assert.equal(await page.locator("#about").inputValue(), "ask? nap");
    assert.equal(await page.locator("#keys[open]").count(), 0);
    assert.equal(await incut.cards.count(), count);
    await page.locator("#about").fill("");
    assert.deepEqual(await told(page), []);
  });

  await step("the editor opens at its top, tells each edit, and gives the focus to the card of its last clip", async () => {
    await page.setViewportSize({ width: 1280, height: 520 });
    await goTo(page, ".clip-list > .clip:nth-child(1) .clip-poster");
    await page.keyboard.press("Enter");
    await isOn(page, "#preview-play");
    const start = () => page.locator("#editor .edge-time").first().innerText();
    const before = await start();
    await page.keyboard.press("]");
    await isToldOnce(page, /^edits: Start \d+:\d\d\.\d, \w/);
    const after = await start();
    assert.notEqual(after, before);
    await page.keyboard.press("[");
    await isToldOnce(page, /^edits: Start \d+:\d\d\.\d, \w/);
    // Five seconds on, and the clip begins there.
    const from = await start();
    await page.keyboard.press("l");
    await page.keyboard.press("i");
    await isToldOnce(page, /^edits: Start /);
    const seconds = (time) => time.split(":").reduce((sum, part) => sum * 60 + Number(part), 0);
    const moved = seconds(await start()) - seconds(from);
    assert.ok(Math.abs(moved - 5) < 1, `moved by ${moved} s`);
    await page.keyboard.press("Control+z");
    await isToldOnce(page, "results: Undone: trim of clip 1");

    await page.locator("#editor .controls").evaluate((controls) => controls.scrollTo(0, 400));
    assert.ok(await page.locator("#editor .controls").evaluate((controls) => controls.scrollTop > 0));
    const [exports, height] = [await page.locator("#export-clip").boundingBox(), 520];
    assert.ok(exports.y + exports.height <= height, "the main act is below the fold");
    await page.keyboard.press("n");
    assert.match(await page.locator("#editor-title").innerText(), /^Clip 2/);
    assert.equal(await page.locator("#editor .controls").evaluate((controls) => controls.scrollTop), 0);
    await page.keyboard.press("Escape");
    await isOn(page, ".clip-list > .clip:nth-child(2) .clip-poster");
    await page.setViewportSize({ width: 1280, height: 720 });
    await told(page);
  });

  await step("the export keeps the focus on its button and is told", async () => {
    await page.keyboard.press("p");
    const button = ".clip-list > .clip:nth-child(1) .clip-export";
    await goTo(page, button);
    const press = async () => {
      await page.keyboard.press("Enter");
      await incut.isWorkingOn("export");
      await isToldOnce(page, "results: Exporting clip 1");
      await isOn(page, button);
    };
    await incut.saved(press, 1, scratch());
    await isToldOnce(page, "results: Clip 1 saved");
    await isOn(page, button);
    assert.match(await page.locator(button).innerText(), /Download again/);
  });

  await step("what is stopped gives the focus to a place that is there", async () => {
    await goTo(page, "#export-all", { key: "Shift+Tab" });
    await page.keyboard.press("Enter");
    await incut.isWorkingOn("export");
    await isOn(page, "#export-all");
    await goTo(page, "#cancel", { key: "Shift+Tab" });
    await page.keyboard.press("Enter");
    await incut.isIdle();
    await isOn(page, "#clips-title");
    await page.waitForFunction(() => globalThis.said.length > 1);
    const said = (await told(page)).filter((words) => !words.endsWith(" saved"));
    assert.deepEqual([said[0], said.at(-1)], [`results: Exporting ${await incut.cards.count()} clips`, "results: Export canceled"]);
  });

  await step("settings give the focus back", async () => {
    await goTo(page, "button[aria-label=Settings]", { key: "Shift+Tab" });
    await page.keyboard.press("Enter");
    await isOn(page, "#settings *");
    await page.keyboard.press("Escape");
    await isOn(page, "button[aria-label=Settings]");
  });

  await step("a closed video gives the focus to the start page's heading", async () => {
    await page.evaluate(() => scrollTo(0, 500));
    await goTo(page, "#close-file", { key: "Shift+Tab" });
    await page.keyboard.press("Enter");
    await isOn(page, "#start-title");
    assert.equal(await page.evaluate(() => scrollY), 0);
  });

  await step("thousands of lines are one stop of the Tab key", async () => {
    // What was changed last is kept a moment later.
    await page.waitForTimeout(500);
    await keepManyLines(page, LINES);
    await page.reload();
    await incut.engineIsReady();
    await incut.recents.first().locator(".recent-open").click();
    await incut.reaches("ready");
    await page.waitForFunction((lines) => document.querySelectorAll("#transcript .line").length === lines, LINES);

    assert.equal(await page.locator("#transcript [tabindex='0']").count(), 1);
    await page.locator("#find-words").focus();
    await page.keyboard.press("Tab");
    await isOn(page, ".line:first-child .line-time");
    await page.keyboard.press("ArrowDown");
    await isOn(page, ".line:nth-child(2) .line-time");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
    await isOn(page, ".line:nth-child(2) .word:nth-child(2)");
    await page.keyboard.press("Enter");
    const at = await page.locator(".word:focus").getAttribute("data-at");
    await page.waitForFunction((at) => Math.abs(document.querySelector("video").currentTime * 1e6 - Number(at)) < 2000, at);
    await isOn(page, ".line:nth-child(2) .word:nth-child(2)");

    // However far it is scrolled, what has the focus stays.
    await page.locator("#transcript").evaluate((list) => list.scrollTo(0, list.scrollHeight / 2));
    await page.waitForTimeout(500);
    await isOn(page, ".line:nth-child(2) .word:nth-child(2)");
    await page.keyboard.press("End");
    await isOn(page, `.line:nth-child(${LINES}) .line-time`);
    await page.keyboard.press("ArrowUp");
    await page.locator(`.line:nth-child(${LINES - 1}) .word`).first().waitFor();
    await page.keyboard.press("ArrowRight");
    await isOn(page, `.line:nth-child(${LINES - 1}) .word:first-child`);
    await page.keyboard.press("ArrowLeft");
    await page.keyboard.press("Home");
    await isOn(page, ".line:first-child .line-time");
    assert.equal(await page.locator("#transcript [tabindex='0']").count(), 1);

    // One press leaves it, and one comes back to the same line.
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.querySelector("#transcript").contains(document.activeElement)), false);
    await page.keyboard.press("Shift+Tab");
    await isOn(page, ".line:nth-child(2) .line-time");
  });
  nothingBroke(incut);
});
