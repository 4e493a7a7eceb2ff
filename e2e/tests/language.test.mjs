// A model of many languages finds out what is spoken, lets it be corrected, and can write it in English. Names are spelled as
// the person spells them.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import test from "node:test";
import { browse } from "../fixtures/browser.mjs";
import { lettersOf, listenForStills } from "../fixtures/captions.mjs";
import { german, golden, names, shortTalk, spanish, thai } from "../fixtures/films.mjs";
import { visit } from "../fixtures/page.mjs";
import { scratch } from "../fixtures/places.mjs";
import { serve } from "../fixtures/server.mjs";
import { isKept, reachable } from "../fixtures/storage.mjs";
import { nothingBroke } from "../fixtures/verdicts.mjs";

test("what is spoken is found out, corrected and translated", async (t) => {
  const server = await serve(t);
  const browser = await browse(t);
  await listenForStills(browser.context);
  await reachable(browser.context);
  const incut = await visit(browser, server.origin, { model: "base" });
  const { page } = incut;
  await incut.engineIsReady();
  const text = async () => (await incut.words()).join(" ").toLowerCase();
  const written = () => page.locator("#transcript .lines").getAttribute("lang");

  await incut.analyze(await spanish());
  assert.equal(await written(), "es");
  assert.match(await text(), /tiempo/);
  assert.match(await page.locator("#language option").first().innerText(), /Spanish/);

  await t.test("captions have the letters of other scripts, joined and placed as they are read", async () => {
    await page.waitForFunction(() => globalThis.asked);
    const requests = [];
    browser.context.on("request", (request) => requests.push(request.url()));
    const letters = (...words) => lettersOf(page, words);
    // A script without a font would show the same box for each letter.
    for (const [one, other] of [["日本", "語学"], ["안녕", "하세"], ["ครับ", "สวัส"], ["नमस्ते", "भारत"], ["Привет", "Москва"]]) {
      const [first, second] = [await letters(one), await letters(other)];
      assert.ok(first.count > 100 && second.count > 100, `${one}: ${first.count}`);
      assert.notEqual(first.seen, second.seen, `${one} and ${other} look the same`);
    }
    const [whole, pieces] = [await letters("日本"), await letters("日", "本")];
    assert.ok(Math.abs(whole.last - whole.first - (pieces.last - pieces.first)) <= 4, `spaces between ideographs: ${whole.first}…${whole.last}, ${pieces.first}…${pieces.last}`);
    const [hebrew, english] = [await letters(" שלום", " לכם."), await letters(" Hello", " you.")];
    assert.ok(hebrew.spoken > hebrew.others, "the first word of Hebrew stands on the right");
    assert.ok(english.spoken < english.others, "the first word of English stands on the left");
    assert.deepEqual(requests, [], "fonts were fetched after a file was opened");
  });

  await t.test("English as well is kept beside, and captions show either without hearing again", async () => {
    const folder = scratch();
    const spoken = await incut.timedWords();
    const titles = await incut.titles();
    await page.locator("#english-as-well").click();
    await incut.isWorkingOn("transcribe");
    await page.locator(".progress-stage", { hasText: "Translating to English" }).waitFor();
    await page.locator("#caption-language").waitFor();
    await incut.isIdle();
    assert.equal(await written(), "es");
    assert.deepEqual([await incut.timedWords(), await incut.titles()], [spoken, titles]);
    assert.equal(await page.locator("#english-as-well").count(), 0, "it is there");

    // Subtitles of both, each with its language in its name.
    const subtitles = async (id) => {
      await page.locator("#downloads").evaluate((menu) => (menu.open = true));
      const [file] = await incut.saved(() => page.locator(`#${id}`).click(), 1, folder);
      return { name: basename(file), text: readFileSync(file, "utf8") };
    };
    const [original, english] = [await subtitles("download-srt"), await subtitles("download-srt-en")];
    assert.deepEqual([original.name, english.name], ["spanish.es.srt", "spanish.en.srt"]);
    assert.match(original.text, /tiempo/i);
    assert.match(english.text, /garden/i);

    // Pictures of the clips follow the choice, and nothing is heard.
    const job = await page.evaluateHandle(() => {
      const jobs = [];
      new MutationObserver(() => jobs.push(document.documentElement.dataset.job)).observe(document.documentElement, { attributeFilter: ["data-job"] });
      return jobs;
    });
    const picture = incut.cards.first().locator(".clip-picture");
    const before = await picture.getAttribute("src");
    await page.locator("#caption-language").selectOption("english");
    await page.waitForFunction((before) => {
      const src = document.querySelector(".clip-list .clip-picture")?.getAttribute("src");
      return src && src !== before;
    }, before);
    assert.deepEqual(await job.jsonValue(), []);
    assert.equal(await page.locator("#undo").getAttribute("aria-label"), "Undo: caption language");

    // It is all there after a reload.
    await isKept(page, "spanish.wav", (document) => document.captions_in === "english" && document.translation);
    await page.reload();
    await incut.engineIsReady();
    await incut.choose(await spanish());
    await incut.reaches("ready");
    assert.equal(await page.locator("#caption-language").inputValue(), "english");
    assert.deepEqual(await incut.timedWords(), spoken);
    await incut.knows();
  });

  await t.test("written in English", async () => {
    await page.locator("#translate").check();
    await incut.hearAgain();
    assert.equal(await written(), "en");
    assert.match(await text(), /garden/);
    await page.locator("#translate").uncheck();
  });

  await t.test("as the person says", async () => {
    await page.locator("#language").selectOption("it");
    await incut.hearAgain();
    assert.equal(await written(), "it");
    assert.ok((await incut.wordCount()) > 3);
  });

  await t.test("words that are not written apart are words", async () => {
    // What xtask/native's test of its own networks expects.
    const phrases = [["วัน", "นี้", "เรา", "พูด"], ["ខ្ញុំ", "ស្រឡាញ់", "ប្រទេស"], ["ພາສາ", "ລາວ", "ເປັນ", "ພາສາ"], ["မင်္ဂလာ", "ပါ"]];
    assert.deepEqual(await parted(page, phrases.map((words) => words.join(""))), phrases);

    await incut.closeFile();
    await incut.choose(await thai());
    await incut.reaches("ready");
    await page.locator("#language").selectOption("th");
    await incut.hearAgain();
    assert.equal(await written(), "th");
    await page.locator("#transcript .word").first().waitFor();
    const lines = await page.locator("#transcript .line-words").evaluateAll((lines) =>
      lines.map((line) => ({ text: line.textContent, words: [...line.querySelectorAll(".word")].map((word) => word.textContent) })),
    );
    const known = await parted(page, lines.map(({ text }) => text));
    let unspaced = 0;
    for (const [i, { text, words }] of lines.entries()) {
      const ends = new Set(known[i].map((_, count) => known[i].slice(0, count + 1).join("").length));
      let at = 0;
      for (const word of words) {
        const begin = text.indexOf(word, at);
        assert.ok(begin === 0 || ends.has(begin), `${word} begins within a word of ${known[i].join("|")}`);
        if (at > 0 && begin === at) unspaced += 1;
        at = begin + word.length;
      }
    }
    assert.ok(unspaced >= 3, `phrases were left whole: ${JSON.stringify(lines)}`);
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
    await incut.hearAgain();
    assert.match(await text(), /Siobhan MacLeod .* Leptos\. .* Kubernetes/);
  });

  await t.test("kept with the file, and with no other", async () => {
    await page.waitForTimeout(1500);
    await page.reload();
    await incut.engineIsReady();
    await incut.choose(await names());
    await incut.reaches("ready");
    assert.equal(await page.locator("#names").inputValue(), "Siobhan MacLeod, Leptos, Kubernetes");
    assert.equal(await page.locator("#hear-again").count(), 0, "the words were heard with these names");
    await incut.knows();
    await incut.choose(await golden());
    await page.locator("#view-title", { hasText: "golden" }).waitFor({ state: "attached" });
    await incut.reaches("ready");
    assert.equal(await page.locator("#names").inputValue(), "");
    assert.equal(await page.locator("#hear-again").count(), 0);
  });
  await nothingBroke(incut);
});

test("a language that the model does not know is asked about, and no clips are made of guesses", async (t) => {
  const server = await serve(t);
  const browser = await browse(t);
  const incut = await visit(browser, server.origin);
  const { page } = incut;
  await incut.engineIsReady();
  const asks = page.locator("#foreign");

  await t.test("where it gives guesses, while they are heard", async () => {
    await incut.choose(await german());
    await asks.waitFor();
    assert.match(await asks.innerText(), /does not sound like English\..* 9\d languages.*\d MB/s);
    await incut.reaches("ready");
    assert.equal(await incut.cards.count(), 0);
    assert.match(await incut.note(), /not sound like English/);
    // As long as nobody says otherwise.
    await page.locator("#its-language").click();
    await asks.waitFor({ state: "detached" });
    assert.equal(await page.locator("#clips-note", { hasText: "not sound like English" }).count(), 0);
    await incut.knows();
    await incut.closeFile();
    await incut.reaches("empty");
  });

  await t.test("where it gives nothing, and another model starts over", async () => {
    await incut.choose(await spanish());
    await asks.waitFor();
    assert.match(await asks.innerText(), /No English was heard\..* base knows 9\d languages and/s);
    assert.equal(await page.locator("#clips-note").isVisible(), false, "it is told beside it that nobody speaks");
    await page.locator("#other-language").click();
    await page.locator("#transcript .lines[lang=es]").waitFor({ state: "attached" });
    await incut.reaches("ready");
    assert.match((await incut.words()).join(" ").toLowerCase(), /tiempo/);
    assert.equal(await asks.count(), 0);
  });
  nothingBroke(incut);
});

/** The words of each of `texts`, and what stands between them, as the browser finds them. */
function parted(page, texts) {
  return page.evaluate((texts) => {
    const segmenter = new Intl.Segmenter(undefined, { granularity: "word" });
    return texts.map((text) => Array.from(segmenter.segment(text), ({ segment }) => segment));
  }, texts);
}
