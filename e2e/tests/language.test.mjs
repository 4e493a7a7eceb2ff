// A model of many languages finds out what is spoken, lets it be corrected, and can write it in English. Names are spelled as
// the person spells them.

import assert from "node:assert/strict";
import test from "node:test";
import { browse } from "../fixtures/browser.mjs";
import { names, shortTalk, spanish } from "../fixtures/films.mjs";
import { visit } from "../fixtures/page.mjs";
import { serve } from "../fixtures/server.mjs";
import { nothingBroke } from "../fixtures/verdicts.mjs";

test("what is spoken is found out, corrected and translated", async (t) => {
  const server = await serve(t);
  const browser = await browse(t);
  const incut = await visit(browser, server.origin, { model: "base" });
  const { page } = incut;
  await incut.engineIsReady();
  const text = async () => (await incut.words()).join(" ").toLowerCase();
  const written = () => page.locator("#transcript .lines").getAttribute("lang");
  const listenAgain = async () => {
    await page.locator("#hear-anew").click();
    await incut.reaches("working");
    await incut.reaches("ready");
  };

  await incut.analyze(await spanish());
  assert.equal(await written(), "es");
  assert.match(await text(), /tiempo/);
  assert.match(await page.locator("#language option").first().innerText(), /Spanish/);

  await t.test("written in English", async () => {
    await page.locator("#translate").check();
    await listenAgain();
    assert.equal(await written(), "en");
    assert.match(await text(), /garden/);
    await page.locator("#translate").uncheck();
  });

  await t.test("as the person says", async () => {
    await page.locator("#language").selectOption("it");
    await listenAgain();
    assert.equal(await written(), "it");
    assert.ok((await incut.wordCount()) > 3);
  });

  await t.test("a model of one language does not ask", async () => {
    const english = await visit(browser, server.origin);
    await english.engineIsReady();
    await english.analyze(await shortTalk());
    assert.equal(await english.page.locator("#language").count(), 0);
  });
  await nothingBroke(incut);
});

test("names are spelled as the person spells them, and kept", async (t) => {
  const server = await serve(t);
  const browser = await browse(t);
  const incut = await visit(browser, server.origin);
  const { page } = incut;
  await incut.engineIsReady();
  const text = async () => (await incut.words()).join(" ");

  await incut.analyze(await names());
  assert.doesNotMatch(await text(), /Siobhan|Kubernetes/, "else this test shows nothing");

  await t.test("heard again", async () => {
    await page.locator("#names").fill("Siobhan MacLeod, Leptos, Kubernetes");
    await page.locator("#hear-anew").click();
    await incut.reaches("working");
    await incut.reaches("ready");
    assert.match(await text(), /Siobhan MacLeod .* Leptos\. .* Kubernetes/);
  });

  await t.test("expected from the start after a reload", async () => {
    await page.reload();
    await incut.engineIsReady();
    await page.getByRole("button", { name: "Settings", exact: true }).click();
    assert.equal(await page.locator("#settings-names").inputValue(), "Siobhan MacLeod, Leptos, Kubernetes");
  });
  await nothingBroke(incut);
});
