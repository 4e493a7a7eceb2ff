// Titles and posts: by rules at once, by the language model where a person chose it. Either way the words are the speaker's, and
// each says who wrote it.

import assert from "node:assert/strict";
import test from "node:test";
import { browse } from "../fixtures/browser.mjs";
import { twoVoices } from "../fixtures/films.mjs";
import { visit } from "../fixtures/page.mjs";
import { serve } from "../fixtures/server.mjs";
import { nothingBroke, nothingLeft, requestsSoFar } from "../fixtures/verdicts.mjs";

const PIECES = ["title", "hook", "summary", "post", "hashtags"];
/** What a model adds to a transcript's words: nothing but these. */
const plain = (text) => text.toLowerCase().replace(/[^a-z0-9' ]+/g, " ").split(" ").filter(Boolean);

async function written(incut) {
  const { page } = incut;
  await page.locator("#write-texts").click();
  await page.waitForFunction(() => document.documentElement.dataset.writing === "done", undefined, { timeout: 300_000 });
  await incut.edit(0);
  const texts = page.locator("#clip-texts");
  if ((await texts.getAttribute("open")) === null) await texts.locator("summary").click();
  const found = {};
  for (const piece of PIECES) {
    found[piece] = {
      text: await page.locator(`#written-${piece}`).innerText(),
      author: await page.locator(`#author-${piece}`).innerText(),
    };
  }
  return found;
}

test("by rules, from the speaker's words", async (t) => {
  const film = await twoVoices();
  const server = await serve(t);
  const browser = await browse(t);
  const incut = await visit(browser, server.origin);
  await incut.engineIsReady();
  await incut.analyze(film);
  const said = new Set(plain((await incut.words()).join(" ")));
  const texts = await written(incut);
  for (const piece of ["title", "hook", "summary"]) {
    assert.match(texts[piece].author, /Automatic/);
    const unsaid = plain(texts[piece].text).filter((word) => !said.has(word));
    assert.deepEqual(unsaid, [], `${piece}: ${texts[piece].text}`);
  }
  assert.match(texts.hashtags.text, /^#\w+/);
  await incut.page.locator("#use-title").click();
  await incut.closeEditor();
  assert.ok((await incut.titles()).includes(texts.title.text));
  nothingBroke(incut);
});

test("by the language model in the tab, and nothing leaves for it", async (t) => {
  const film = await twoVoices();
  const server = await serve(t);
  const browser = await browse(t);
  const incut = await visit(browser, server.origin, { writer: "smollm2", clips: 2 });
  await incut.engineIsReady();
  await incut.isStored();
  const before = requestsSoFar(browser, server);
  await incut.analyze(film);
  const texts = await written(incut);
  const authors = PIECES.map((piece) => texts[piece].author);
  t.diagnostic(PIECES.map((piece) => `${piece}: ${texts[piece].text} (${texts[piece].author})`).join("\n"));
  assert.ok(authors.some((author) => /^AI /.test(author)), authors.join("; "));
  for (const piece of PIECES) assert.notEqual(texts[piece].text, "", piece);
  nothingLeft(browser, server, before);
  nothingBroke(incut);
});
