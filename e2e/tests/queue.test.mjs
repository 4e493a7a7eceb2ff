// Several files are heard one after another and each is kept; nothing is stopped without a word; and a file is known by what is in it,
// not by its name.

import assert from "node:assert/strict";
import { copyFileSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { browse } from "../fixtures/browser.mjs";
import { golden, longTalk, shortTalk } from "../fixtures/films.mjs";
import { visit } from "../fixtures/page.mjs";
import { scratch } from "../fixtures/places.mjs";
import { serve } from "../fixtures/server.mjs";
import { steps } from "../fixtures/steps.mjs";
import { reachable, record } from "../fixtures/storage.mjs";
import { nothingBroke } from "../fixtures/verdicts.mjs";

const SOON_MS = 15_000;

test("files wait for each other, and are known by their content", async (t) => {
  const step = steps(t);
  const [talk, long, spoken] = [await shortTalk(), await longTalk(), await golden()];
  const folder = scratch();
  const named = (name, from) => (copyFileSync(from, join(folder, name)), join(folder, name));
  // Each with an end of its own: the same content would be the same project.
  const other = (name) => {
    writeFileSync(join(folder, name), Buffer.concat([readFileSync(spoken), Buffer.from(name)]));
    return join(folder, name);
  };
  const server = await serve(t);
  const browser = await browse(t);
  await reachable(browser.context);
  const incut = await visit(browser, server.origin);
  await incut.engineIsReady();
  const queue = incut.page.locator("#queue");
  // From its begin: "1 of 3 videos done" is not "3 videos done".
  const line = (words) => incut.page.locator(".queue-words", { hasText: new RegExp(`^${words}`) }).waitFor();
  // The one that was kept last is first. b.wav is opened once more after d.wav, and kept once more where there was more to find out about it.
  const lists = (names) =>
    incut.page.waitForFunction((names) => {
      const shown = [...document.querySelectorAll(".recent-name")].map((name) => name.textContent);
      const either = (name) => (["b.wav", "d.wav"].includes(name) ? "b.wav or d.wav" : name);
      return shown.map(either).join() === names.map(either).join();
    }, names);

  await step("a file that comes while another is heard is asked about, and stops nothing", async () => {
    await incut.choose(long);
    await incut.hears(5);
    await incut.drop(other("b.wav"));
    const question = incut.page.locator("#arrived");
    await question.waitFor();
    assert.match(await question.innerText(), /Add b\.wav to the queue\? long-talk\.mp4 is not done yet/);
    assert.equal(await incut.state(), "working");
    await question.getByRole("button", { name: "Add to queue" }).click();
    await line("Video 1 of 2");
    await incut.choose([other("c.wav"), other("d.wav")]);
    await question.filter({ hasText: "Add 2 videos to the queue?" }).waitFor();
    await question.getByRole("button", { name: "Add to queue" }).click();
    await line("Video 1 of 4");
    assert.equal(await incut.page.title().then((title) => title.includes("long-talk.mp4")), true);
  });

  await step("each that waits can be taken out", async () => {
    await queue.getByRole("button", { name: "Remove c.wav from the queue" }).click();
    await line("Video 1 of 3");
    const focused = await incut.page.evaluate(() => document.activeElement?.id);
    assert.equal(focused, "queue");
  });

  await step("the first is stopped when a person says so, and what was heard of it is kept", async () => {
    await incut.choose(talk);
    await incut.page.locator("#arrived").getByRole("button", { name: "Open it now" }).click();
    await line("Video 1 of 3");
    const first = await queue.locator(".queue-entry").first().innerText();
    assert.match(first, /talk\.mp4\s+Now/);
    assert.match((await record(incut.page, "long-talk.mp4")).document, /"done":false/);
  });

  await step("the others follow by themselves, and every project is kept", async () => {
    await line("3 videos done");
    await incut.settles();
    assert.match(await incut.page.title(), /d\.wav/);
    await queue.getByRole("button", { name: "Open b.wav again" }).click();
    await incut.page.waitForFunction(() => document.title.includes("b.wav"));
    await line("3 videos done");
    await incut.settles();
    assert.equal(await queue.getByRole("button", { name: "Open b.wav again" }).count(), 0, "it is open");
    await queue.getByRole("button", { name: "Close" }).click();
    await queue.waitFor({ state: "hidden" });
    await incut.closeFile();
    await lists(["d.wav", "b.wav", "talk.mp4", "long-talk.mp4"]);
    for (const name of ["talk.mp4", "b.wav", "d.wav"]) {
      const { document, fingerprint } = await record(incut.page, name);
      assert.match(document, /"done":true/, name);
      assert.match(fingerprint, /^[0-9a-f]{64}$/, name);
    }
  });

  await step("a question that nothing makes necessary any more answers itself", async () => {
    await incut.choose(long);
    await incut.isWorkingOn("transcribe");
    await incut.drop(other("f.wav"));
    const question = incut.page.locator("#arrived");
    await question.waitFor();
    await incut.cancel();
    await question.waitFor({ state: "detached" });
    await line("Video 1 of 2");
    assert.equal(await incut.state(), "stopped");
    await queue.getByRole("button", { name: "Start the next now" }).click();
    await incut.page.waitForFunction(() => document.title.includes("f.wav"));
    await incut.settles();
    await incut.closeFile();
    await lists(["f.wav", "long-talk.mp4", "d.wav", "b.wav", "talk.mp4"]);
  });

  await step("a renamed file goes on with its project", async () => {
    await incut.page.locator(".recent-open", { hasText: /^talk\.mp4/ }).click();
    await incut.page.getByText("Choose talk.mp4 again to go on").waitFor();
    await incut.choose(named("my-talk-final.mp4", talk));
    await incut.page.locator("#toast", { hasText: "Same content, new name. Going on with talk.mp4." }).waitFor();
    await incut.reaches("ready", SOON_MS);
    assert.ok((await incut.wordCount()) > 30);
    // Kept under its new name, and once.
    await incut.page.waitForTimeout(1500);
    await incut.closeFile();
    await lists(["my-talk-final.mp4", "f.wav", "long-talk.mp4", "d.wav", "b.wav"]);
  });

  await step("another file of the same name and size is another one", async () => {
    const changed = join(scratch(), "my-talk-final.mp4");
    const bytes = readFileSync(talk);
    bytes[bytes.length >> 1] ^= 1;
    writeFileSync(changed, bytes);
    await incut.page.locator(".recent-open", { hasText: "my-talk-final.mp4" }).click();
    await incut.choose(changed);
    const mismatch = incut.page.getByText("It has the same name and size, but other content.");
    await mismatch.waitFor();
    await incut.page.getByRole("button", { name: "Open it as a new video" }).click();
    await incut.reaches("working");
    await incut.settles();
    await incut.closeFile();
    await lists(["my-talk-final.mp4", "my-talk-final.mp4", "f.wav", "long-talk.mp4", "d.wav", "b.wav"]);
    // Each is found again by its own content.
    const jobs = await incut.page.evaluateHandle(() => {
      const root = document.documentElement;
      const jobs = [];
      new MutationObserver(() => jobs.push(root.dataset.job)).observe(root, { attributeFilter: ["data-job"] });
      return jobs;
    });
    await incut.choose(named("my-talk-final.mp4", talk));
    await incut.page.waitForFunction(() => document.querySelectorAll("#transcript .line").length > 0);
    await incut.settles(SOON_MS);
    assert.deepEqual((await jobs.jsonValue()).filter((job) => job === "transcribe"), [], "it was heard anew");
  });

  nothingBroke(incut);
});
