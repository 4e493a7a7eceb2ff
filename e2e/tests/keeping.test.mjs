// What was worked on is kept, by one tab at a time; what could not be kept is said; what cannot be read is not touched; and exported
// clips lie where they can be saved again, and go with their project.

import assert from "node:assert/strict";
import { readFileSync, statSync } from "node:fs";
import test from "node:test";
import { browse } from "../fixtures/browser.mjs";
import { shortTalk } from "../fixtures/films.mjs";
import { front } from "../fixtures/front.mjs";
import { visit } from "../fixtures/page.mjs";
import { scratch } from "../fixtures/places.mjs";
import { serve } from "../fixtures/server.mjs";
import { steps } from "../fixtures/steps.mjs";
import { damage, deleteDatabase, files, putDocument, reachable, record } from "../fixtures/storage.mjs";
import { nothingBroke } from "../fixtures/verdicts.mjs";

const NAME = "talk.mp4";
const WEIGHTS = "/models/tiny.en/model.safetensors";
const SOON_MS = 15_000;

/** Polls until `ask` gives something true. */
async function until(ask, what) {
  const end = Date.now() + SOON_MS;
  for (;;) {
    const answer = await ask();
    if (answer) return answer;
    if (Date.now() > end) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

const keptClips = async (page) => JSON.parse((await record(page, NAME)).document).kept;
const keep = (incut, index) => incut.cards.nth(index).locator(".clip-keep").click();

test("work is kept once, said when it is not, and never lost", async (t) => {
  const step = steps(t);
  const film = await shortTalk();
  const server = await serve(t);
  let isFirst = true;
  const linger = (path) => (path === WEIGHTS && isFirst ? ((isFirst = false), new Promise(() => {})) : undefined);
  const slow = await front(t, server.origin, { linger });
  const browser = await browse(t);
  await reachable(browser.context);
  const folder = scratch();
  let [incut, other] = [];
  let exported;

  await step("two tabs fetch a model once, and the second goes on where the first was ended", async () => {
    const first = await visit(browser, slow.origin);
    await until(async () => (await files(first.page, "models")).includes("tiny.en/model.safetensors.part"), "a partial file");
    await until(() => slow.asked_for.some(({ path }) => path === WEIGHTS), "the weights were never asked for");
    await first.page.waitForFunction(() => /[1-9].* of /.test(document.querySelector(".model-progress")?.textContent ?? ""));
    incut = await visit(browser, slow.origin);
    await incut.page.getByText("Another tab downloads the speech model").waitFor();
    await first.page.close();
    await incut.engineIsReady();
    const asked = slow.asked_for.filter(({ path }) => path === WEIGHTS);
    assert.equal(asked.length, 2, JSON.stringify(asked));
    assert.match(asked[1].range ?? "", /^bytes=[1-9]\d*-$/, "fetched from its begin");
    for (const { cache } of asked) assert.match(cache ?? "", /no-cache|no-store/, "a second copy lies in the browser's cache");
    assert.deepEqual((await files(incut.page, "models")).filter((name) => name.endsWith(".part")), []);
  });

  await step("a codec that the browser takes back is asked for once more", async () => {
    await incut.analyze(film);
    const workers = incut.page.workers();
    for (const worker of workers) await worker.evaluate(takesTheFirstEncoderBack);
    exported = await incut.exportOne(0, folder);
    const taken = await Promise.all(workers.map((worker) => worker.evaluate(() => globalThis.takenBack === true)));
    assert.ok(taken.includes(true), "no encoder was taken back");
    const stored = await files(incut.page, "exports");
    assert.equal(stored.length, 1, stored.join(", "));
    assert.match(stored[0], /^[0-9a-f]+-[0-9a-f]{16}\/\d+\.mp4$/);
  });

  await step("a second tab only shows what the first has open, and takes over", async () => {
    await until(async () => (await record(incut.page, NAME))?.revision >= 1, "the project is not kept");
    other = await visit(browser, slow.origin);
    await other.engineIsReady();
    await other.recents.first().getByRole("button", { name: `Forget ${NAME}` }).click();
    await other.page.locator("#toast", { hasText: "open in another tab" }).waitFor();
    assert.equal(await other.recents.count(), 1);
    await other.choose(film);
    await other.page.locator("#not-kept", { hasText: "open in another tab" }).waitFor();
    await other.reaches("ready", SOON_MS);
    assert.deepEqual(await other.titles(), await incut.titles());
    for (const act of [".clip-keep", ".clip-reject"]) {
      const button = other.cards.first().locator(act);
      assert.equal(await button.getAttribute("aria-disabled"), "true", `${act} can be pressed where it is only shown`);
      await button.dispatchEvent("click");
    }
    assert.equal(await other.page.locator(".clip-kept").count(), 0, "changed where it is only shown");
    await keep(incut, 0);
    await until(async () => (await keptClips(incut.page)).length === 1, "the first tab does not keep");
    // Asked for here, it goes there, and back again.
    await other.page.locator("#take-over").click();
    await incut.page.locator("#not-kept", { hasText: "open in another tab" }).waitFor();
    await other.page.locator("#not-kept").waitFor({ state: "detached" });
    await keep(other, 0);
    await until(async () => (await keptClips(other.page)).length === 0, "the tab that asked does not keep");
    await incut.page.locator("#take-over").click();
    await other.page.locator("#not-kept", { hasText: "open in another tab" }).waitFor();
    await incut.page.locator("#not-kept").waitFor({ state: "detached" });
    assert.equal(await incut.page.locator(".clip-kept").count(), 0, "what the other tab did is not here");
    await keep(incut, 0);
    await until(async () => (await keptClips(incut.page)).length === 1, "the first tab does not keep again");
    await incut.page.close();
    await other.page.locator("#not-kept").waitFor({ state: "detached", timeout: SOON_MS });
    assert.equal(await other.page.locator(".clip-kept").count(), 1, "what the first tab kept is not here");
    await keep(other, 0);
    await until(async () => (await keptClips(other.page)).length === 0, "the second tab does not keep");
    incut = other;
  });

  await step("a save that fails is said, stays due and is tried again", async () => {
    await incut.page.evaluate(() => {
      window.realPut = IDBObjectStore.prototype.put;
      IDBObjectStore.prototype.put = () => {
        throw new DOMException("The disk is gone.", "UnknownError");
      };
    });
    await keep(incut, 0);
    const notice = incut.page.locator("#not-kept");
    await notice.waitFor();
    assert.match(await notice.innerText(), /Not being kept\. The browser's storage does not answer\./);
    await incut.page.evaluate(() => (IDBObjectStore.prototype.put = window.realPut));
    await notice.getByRole("button", { name: "Try again" }).click();
    await notice.waitFor({ state: "detached" });
    assert.equal((await keptClips(incut.page)).length, 1);
    // All site data is cleared: nothing of it is made again unasked.
    await deleteDatabase(incut.page);
    await keep(incut, 0);
    await notice.filter({ hasText: "forgotten in another tab" }).waitFor();
    await notice.getByRole("button", { name: "Keep it again" }).click();
    await notice.waitFor({ state: "detached" });
    assert.equal((await keptClips(incut.page)).length, 0);
  });

  await step("after a reload a damaged model is healed and an exported clip can be saved again", async () => {
    await incut.closeFile();
    await damage(incut.page, "models/tiny.en/model.safetensors");
    await incut.page.reload();
    await incut.engineIsReady();
    assert.deepEqual((await files(incut.page, "models")).filter((name) => name.endsWith(".damaged")), []);
    assert.match(await incut.recents.first().innerText(), /1 exported/);
    await incut.choose(film);
    await incut.reaches("ready", SOON_MS);
    const again = incut.cards.first().getByRole("button", { name: "Download again" });
    const [file] = await incut.saved(() => again.click(), 1, scratch());
    assert.ok(readFileSync(file).equals(readFileSync(exported)), `${statSync(file).size} bytes of another clip`);
    await incut.closeFile();
  });

  await step("what a newer Incut has kept is shown and left as it is", async () => {
    const before = await record(incut.page, NAME);
    const newer = JSON.stringify({ ...JSON.parse(before.document), version: 99, stars: [5] });
    await putDocument(incut.page, NAME, newer);
    await incut.page.reload();
    await incut.engineIsReady();
    assert.match(await incut.recents.first().innerText(), /newer Incut/);
    await incut.choose(film);
    await incut.page.locator("#not-kept", { hasText: "A newer Incut made this project" }).waitFor();
    await incut.reaches("ready", SOON_MS);
    await incut.cards.first().locator(".clip-keep[aria-disabled=true]").dispatchEvent("click");
    await incut.closeFile();
    await incut.page.waitForTimeout(1000);
    assert.equal((await record(incut.page, NAME)).document, newer);
  });

  await step("what cannot be read is listed, saved raw, forgotten and brought back", async () => {
    await putDocument(incut.page, NAME, "{ half a docu");
    await incut.page.reload();
    await incut.engineIsReady();
    assert.match(await incut.recents.first().innerText(), /cannot be read here/);
    const raw = incut.recents.first().getByRole("button", { name: /as it is/ });
    const [file] = await incut.saved(() => raw.click(), 1, scratch());
    assert.equal(readFileSync(file, "utf8"), "{ half a docu");

    const forget = incut.page.getByRole("button", { name: `Forget ${NAME}` });
    await forget.click();
    await incut.page.locator("#undo-forget").waitFor();
    assert.equal(await incut.recents.count(), 0);
    await incut.page.locator("#undo-forget").click();
    await incut.recents.first().waitFor();
    assert.equal((await record(incut.page, NAME)).document, "{ half a docu");
    assert.equal((await files(incut.page, "exports")).length, 1, "the clips went although it was taken back");

    await forget.click();
    await until(async () => (await incut.recents.count()) === 0, "it is still listed");
    const focused = await incut.page.evaluate(() => document.activeElement?.getAttribute("aria-label") ?? "");
    assert.doesNotMatch(focused, /Forget|Delete/);
    // Whatever became of the tab meanwhile: pictures and voices of what was forgotten do not stay.
    await incut.page.reload();
    await until(async () => (await files(incut.page, "exports")).length === 0, "clips of a forgotten project stay");
  });

  nothingBroke(incut);
});

/** Runs in a worker: the first H.264 encoder that is made there is taken back after a few pictures. */
function takesTheFirstEncoderBack() {
  const Real = globalThis.VideoEncoder;
  let isFirst = true;
  globalThis.VideoEncoder = class extends Real {
    constructor(init) {
      super(init);
      this.pictures = 0;
      this.takeBack = isFirst ? init.error : null;
      isFirst = false;
    }
    encode(...given) {
      super.encode(...given);
      this.pictures += 1;
      if (this.takeBack && this.pictures === 5) {
        globalThis.takenBack = true;
        this.takeBack(new DOMException("Codec reclaimed due to inactivity.", "QuotaExceededError"));
      }
    }
  };
}
