// What computes: the processor where there is no graphics card, the processor too where there is only a pretended one,
// and the same words from WebGPU when it is asked for by name.

import assert from "node:assert/strict";
import test from "node:test";
import { SOFTWARE_WEBGPU, browse } from "../fixtures/browser.mjs";
import { golden } from "../fixtures/films.mjs";
import { openLane } from "../fixtures/lane.mjs";
import { visit } from "../fixtures/page.mjs";
import { scratch } from "../fixtures/places.mjs";
import { serve } from "../fixtures/server.mjs";
import { GOLDEN } from "../fixtures/speech.mjs";
import { nothingBroke } from "../fixtures/verdicts.mjs";

/** WebGPU in software computes a hundredth of what a processor does. */
const SOFTWARE_LIMIT_MS = 20 * 60_000;

async function hear(scope, server, { device, switches, limit_ms }) {
  const browser = await browse(scope, { switches });
  const incut = await visit(browser, server.origin, { device });
  await incut.engineIsReady();
  const words = await incut.page.locator("#model-state").innerText();
  await incut.choose(await golden());
  // The words alone: finding out voices and topics afterwards is not waited for.
  await incut.reaches("ready", limit_ms);
  const transcript = await incut.transcript(scratch());
  nothingBroke(incut);
  await browser.close();
  const heard = {
    text: transcript.text.trim(),
    tokens: transcript.segments.flatMap((segment) => segment.tokens),
    device: transcript.device,
  };
  return { words, ...heard };
}

test("one model, the same words on every device", async (t) => {
  const server = await serve(t);
  let reference;

  await t.test("without WebGPU the processor is taken", async (t) => {
    reference = await hear(t, server, { device: "auto" });
    assert.equal(reference.device, "cpu");
    assert.match(reference.words, /CPU/);
    // A machine spoke: the smallest model mishears a word or two of it. What matters here is that every device hears alike.
    const words = (text) => text.toLowerCase().replace(/[^a-z ]/g, "").split(" ");
    const heard = new Set(words(reference.text));
    const missed = words(GOLDEN).filter((word) => !heard.has(word));
    assert.ok(missed.length <= 5, `heard “${reference.text}”`);
    assert.ok(reference.tokens.length >= 9);
  });

  await t.test("an adapter in software is not taken for a graphics card", async (t) => {
    const heard = await hear(t, server, { device: "auto", switches: SOFTWARE_WEBGPU });
    assert.equal(heard.device, "cpu");
    assert.equal(heard.text, reference.text);
  });

  await t.test("WebGPU gives the same tokens", async (t) => {
    const heard = await hear(t, server, { device: "webgpu", switches: SOFTWARE_WEBGPU, limit_ms: SOFTWARE_LIMIT_MS });
    assert.equal(heard.device, "webgpu");
    assert.match(heard.words, /on the GPU/);
    assert.equal(heard.text, reference.text);
    assert.deepEqual(heard.tokens, reference.tokens);
  });
});

test("the language model, the same answers on every device", async (t) => {
  const server = await serve(t);
  const prompt = { system: "You answer with one word.", user: "Name a fruit." };
  const choices = ["apple", "stone"];
  const schema = { type: "array", items: { enum: ["#Apple", "#Stone"] }, minItems: 1, maxItems: 1 };

  async function told(scope, { device, switches }) {
    const browser = await browse(scope, { switches });
    const lane = await openLane(browser, server.origin, device);
    await lane.load(prompt);
    const { text } = await lane.ask(prompt, 3);
    const { weights } = await lane.weigh(prompt, choices);
    const { document } = await lane.fill(prompt, schema, 40);
    await browser.close();
    return { text, weights, document };
  }

  const expected = await told(t, { device: "cpu" });
  const found = await told(t, { device: "webgpu", switches: SOFTWARE_WEBGPU });
  t.diagnostic(JSON.stringify({ expected, found }));
  assert.notEqual(expected.text, "");
  assert.ok(expected.document.length === 1 && expected.document.every((tag) => schema.items.enum.includes(tag)));
  assert.deepEqual([found.text, found.document], [expected.text, expected.document]);
  assert.notDeepEqual(found.weights, expected.weights, "both were computed by the processor");
  // The processor rounds activations to 15 bits, the graphics processor does not.
  for (const [at, weight] of found.weights.entries()) assert.ok(Math.abs(weight - expected.weights[at]) < 0.05, `${weight}`);
});
