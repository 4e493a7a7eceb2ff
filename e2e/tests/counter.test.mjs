// The counter of requests: it counts whatever part of Incut asks for something, once, for as long as a file is open; it names Incut's own
// files and is red for anything else. And an address with a query shows the page, the query thrown away.

import assert from "node:assert/strict";
import test from "node:test";
import { browse } from "../fixtures/browser.mjs";
import { golden } from "../fixtures/films.mjs";
import { visit } from "../fixtures/page.mjs";
import { serve } from "../fixtures/server.mjs";
import { look } from "../fixtures/storage.mjs";
import { nothingBroke } from "../fixtures/verdicts.mjs";

const count = async (incut) => Number(await incut.page.locator("#request-count").innerText());
const words = (incut) => incut.page.locator("#request-words").textContent();
const isRed = (incut) => incut.page.locator(".witness.badge-bad").count();

/** Waits until the counter stands at `expected`. */
const counts = (incut, expected) =>
  incut.page.waitForFunction((expected) => document.querySelector("#request-count")?.textContent === `${expected}`, expected);

test("the counter sees page, workers and service worker, and names what they fetch", async (t) => {
  const server = await serve(t);
  const browser = await browse(t);
  const incut = await visit(browser, server.origin);
  await incut.engineIsReady();
  await incut.isStored();
  await incut.choose(await golden());
  await incut.reaches("ready");
  const before = server.requests.length;
  assert.equal(await count(incut), 0);

  await t.test("playing asks for nothing", async () => {
    await incut.page.keyboard.press("Space");
    await incut.page.waitForTimeout(500);
    assert.equal(await count(incut), 0);
    assert.equal(server.requests.length, before);
  });

  await t.test("another model, fetched by a new engine, is in the number and no alarm", async () => {
    await incut.page.getByRole("button", { name: "Settings", exact: true }).click();
    await incut.page.locator("#model").selectOption("base");
    await incut.page.locator("#new-model").waitFor({ state: "attached" });
    await incut.engineIsReady();
    await incut.page.locator("#close-settings").click();
    await incut.reaches("ready");
    const asked = server.requests.slice(before);
    assert.ok(asked.length >= 4, asked.join(", "));
    await counts(incut, asked.length);
    assert.match(await words(incut), /\d+ model files, .*\b[89]\d\.\d MB, nothing sent$/);
    assert.equal(await isRed(incut), 0);
    await incut.page.locator(".witness").click();
    const account = incut.page.locator("#witness-account");
    await account.waitFor({ state: "visible" });
    assert.match(await account.innerText(), /Since your file was opened: .*nothing sent\./);
    await incut.page.keyboard.press("Escape");
  });

  await t.test("a worker's request is no alarm, anything else is", async () => {
    const so_far = await count(incut);
    const [engine] = incut.page.workers();
    await engine.evaluate(() => fetch("/models/models.json", { cache: "reload" }));
    await counts(incut, so_far + 1);
    await incut.page.evaluate(() => fetch("/words-of-a-talk").catch(() => {}));
    await counts(incut, so_far + 2);
    assert.match(await words(incut), /1 unexpected/);
    await incut.page.evaluate(() => fetch("/", { method: "POST", body: "words" }).catch(() => {}));
    await counts(incut, so_far + 3);
    assert.match(await words(incut), /2 unexpected/);
    assert.equal(await isRed(incut), 1);
  });

  nothingBroke(incut);
});

test("without a service worker the counter sees workers too", async (t) => {
  const server = await serve(t);
  const browser = await browse(t, { serviceWorkers: "block" });
  const incut = await visit(browser, server.origin);
  await incut.engineIsReady();
  await incut.choose(await golden());
  await incut.reaches("ready");
  assert.equal(await count(incut), 0);
  const [engine] = incut.page.workers();
  await engine.evaluate(() => fetch("/models/models.json", { cache: "reload" }));
  await counts(incut, 1);
  assert.match(await words(incut), /1 model file, [\d.]+ kB, nothing sent/);
  await incut.page.evaluate(() => fetch("/icons/icon-192.png", { cache: "reload" }));
  await counts(incut, 2);
  assert.equal(await isRed(incut), 0);
  nothingBroke(incut);
});

test("a link with whatever other sites append shows the page, offline too, and nobody is told", async (t) => {
  const server = await serve(t);
  const browser = await browse(t);
  const page = await browser.context.newPage();
  const appended = "utm_source=newsletter&fbclid=IwAR0123456789";
  const isClean = async () => {
    await page.locator("#choose-file").waitFor();
    assert.equal(await page.evaluate(() => location.search), "");
  };
  const first = await page.goto(`${server.origin}/?${appended}#clips=5`);
  assert.equal(first.status(), 200);
  await isClean();
  assert.equal(await page.evaluate(() => location.hash), "#clips=5");
  await page.evaluate(() => navigator.serviceWorker.ready);
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  assert.deepEqual(server.requests.filter((line) => line.includes("utm") || line.includes("fbclid")), []);

  // The page is not stored any more: what the service worker asks for has no query.
  await page.evaluate(async () => {
    for (const name of await caches.keys()) await (await caches.open(name)).delete("/");
  });
  const asked = browser.requests.length;
  await page.goto(`${server.origin}/?${appended}`);
  await isClean();
  const passed_on = browser.requests.slice(asked).filter((line) => line.endsWith(`${server.origin}/`));
  // It may be looking at the same time for what else it lacks.
  assert.ok(passed_on.length >= 1, browser.requests.slice(asked).join(", "));

  assert.match(await look(page), /whole|healed/);
  await server.kill();
  const offline = await page.goto(`${server.origin}/?${appended}`);
  assert.ok(offline.fromServiceWorker());
  await isClean();
});
