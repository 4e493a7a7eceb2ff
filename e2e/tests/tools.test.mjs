// The page's tools are a module that comes when the page is there. A net that fails just then costs nobody anything: it is said, the page
// opens files all the same, and the tools are there as soon as the net is.

import assert from "node:assert/strict";
import test from "node:test";
import { browse } from "../fixtures/browser.mjs";
import { shortTalk } from "../fixtures/films.mjs";
import { visit } from "../fixtures/page.mjs";
import { serve } from "../fixtures/server.mjs";
import { nothingBroke } from "../fixtures/verdicts.mjs";

const TOOLS = "**/*_studio.wasm";
const SOON_MS = 30_000;

test("tools that do not come are said, and come later", async (t) => {
  const server = await serve(t);
  // A service worker would have them stored.
  const browser = await browse(t, { serviceWorkers: "block" });
  let refused = 0;
  await browser.context.route(TOOLS, (route) => {
    refused += 1;
    return route.abort();
  });
  const incut = await visit(browser, server.origin);
  const alert = incut.page.locator("#tools-missing");
  await alert.waitFor({ timeout: SOON_MS });
  assert.match(await alert.innerText(), /A part of this page could not be fetched/);
  await incut.choose(await shortTalk());
  await incut.page.locator(".tools-note").waitFor({ timeout: SOON_MS });
  await incut.page.waitForFunction(() => document.documentElement.dataset.state === "ready", undefined, { timeout: 120_000 });
  assert.equal(await alert.count(), 1, "it is said for as long as it is so");
  assert.ok(refused >= 2, `tried ${refused} times`);

  await browser.context.unroute(TOOLS);
  await incut.cards.first().waitFor({ timeout: 2 * SOON_MS });
  assert.equal(await alert.count(), 0, "the message goes when the tools come");
  assert.equal(await incut.page.locator(".tools-note").count(), 0);
  await incut.edit(0);
  nothingBroke(incut);
});
