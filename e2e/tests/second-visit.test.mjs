// After the first visit the page works alone: the browser is closed, the server killed, the browser started again on
// the same profile, and the whole way is gone once more. Where the server hangs instead, nothing waits for it. What is stored is
// whole and right, or it is not handed out.

import assert from "node:assert/strict";
import test from "node:test";
import { browse } from "../fixtures/browser.mjs";
import { shortTalk } from "../fixtures/films.mjs";
import { visit } from "../fixtures/page.mjs";
import { scratch } from "../fixtures/places.mjs";
import { serve } from "../fixtures/server.mjs";
import { silence } from "../fixtures/silence.mjs";
import { look } from "../fixtures/storage.mjs";
import { isPlayableClip, nothingBroke } from "../fixtures/verdicts.mjs";

test("with the server gone, a second visit goes from drop to exported clip", async (t) => {
  const film = await shortTalk();
  const server = await serve(t);
  const first = await browse(t);
  const before = await visit(first, server.origin);
  await before.engineIsReady();
  await before.isStored();
  assert.ok(server.requests.length > 3);
  await first.close();
  await server.kill();
  await assert.rejects(fetch(server.origin), "the server still answers");

  const second = await browse(t, { profile: first.profile });
  const folder = scratch();
  const incut = await visit(second, server.origin);
  await incut.engineIsReady();
  await incut.isStored();
  await incut.drop(film);
  await incut.reaches("ready");
  assert.ok((await incut.wordCount()) > 30);
  const file = await incut.exportOne(0, folder);
  const [clip] = (await incut.report(folder)).clips;
  await isPlayableClip(file, clip.end_s - clip.start_s);
  nothingBroke(incut);

  await t.test("a server that accepts and never answers keeps nobody from a file", async (t) => {
    await silence(t, server.origin);
    await incut.page.evaluate(() => sessionStorage.clear());
    await incut.page.reload();
    await incut.engineIsReady();
    await incut.isStored();
    await incut.choose(film);
    // Well below the limit for which an answer would be waited for.
    await incut.reaches(["working", "ready"], 15_000);
  });
});

/** The names of the caches in which a service worker keeps a build. */
const shells = (page) => page.evaluate(async () => (await caches.keys()).filter((name) => name.startsWith("incut-shell-")));

test("what is stored is whole and right, or is made so, or is not claimed", async (t) => {
  const server = await serve(t);
  const browser = await browse(t);
  const incut = await visit(browser, server.origin);
  assert.match(await look(incut.page), /whole|healed/);
  const [shell] = await shells(incut.page);
  const policy = (await incut.page.evaluate(async () => (await fetch("/")).headers.get("content-security-policy"))) ?? "";
  assert.match(policy, /default-src 'none'/);

  await t.test("a page that a script put there is not served", async () => {
    await incut.page.evaluate(async (shell) => {
      const evil = new Response("<title>evil</title>", { headers: { "content-type": "text/html" } });
      await (await caches.open(shell)).put("/", evil);
    }, shell);
    const answer = await incut.page.reload();
    assert.equal(answer.headers()["content-security-policy"], policy);
    assert.match(await incut.page.title(), /^Incut/);
    assert.match(await look(incut.page), /whole|healed/);
  });

  await t.test("what the browser threw away comes again", async () => {
    await incut.page.evaluate((shell) => caches.delete(shell), shell);
    await incut.page.reload();
    assert.match(await look(incut.page), /whole|healed/);
    const kept = await incut.page.evaluate(async (shell) => (await (await caches.open(shell)).keys()).length, shell);
    assert.ok(kept > 8, `${kept} files`);
    const answer = await incut.page.reload();
    assert.ok(answer.fromServiceWorker());
    const headers = answer.headers();
    assert.equal(headers["content-security-policy"], policy);
    assert.equal(headers["connection-allowlist"], "(response-origin)");
    assert.equal(headers["cross-origin-embedder-policy"], "require-corp");
  });

  await t.test("files of another build are not stored", async () => {
    const ofAnother = "**/boot.js";
    await browser.context.route(ofAnother, (route) => route.fulfill({ body: "// of another build", contentType: "text/javascript" }));
    await incut.page.evaluate((shell) => caches.open(shell).then((cache) => cache.delete("/boot.js")), shell);
    assert.equal(await look(incut.page), "missing");
    await browser.context.unroute(ofAnother);
  });

  await t.test("a page whose WebAssembly traps says so, with a way out", async () => {
    await incut.page.reload();
    assert.match(await look(incut.page), /whole|healed/);
    await incut.page.evaluate(() => {
      // A module whose one function is `unreachable`.
      const trap = new Uint8Array([
        0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 10, 5, 1, 3, 0, 0, 11,
      ]);
      const { f } = new WebAssembly.Instance(new WebAssembly.Module(trap)).exports;
      setTimeout(f, 0);
    });
    const dialog = incut.page.getByRole("alertdialog");
    await dialog.waitFor();
    assert.match(await dialog.innerText(), /stopped working[\s\S]*Reload the page/);
    const loaded = incut.page.waitForEvent("load");
    await dialog.getByRole("button", { name: "Reload the page" }).click();
    await loaded;
  });
});
