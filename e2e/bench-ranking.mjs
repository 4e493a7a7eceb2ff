// `cargo xtask bench ranking`: how long a person waits after moving a slider that weighs the clips, on a transcript of two hours, in headless
// Chromium on this machine's processor. Prints one JSON document; it judges nothing.
//
//   node bench-ranking.mjs [FILE] [--moves N]
//
// Without FILE two machines talk in turns for two hours (espeak-ng, the same minute again and again).

import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { browse } from "./fixtures/browser.mjs";
import { twoHours } from "./fixtures/films.mjs";
import { visit } from "./fixtures/page.mjs";
import { within } from "./fixtures/scope.mjs";
import { serve } from "./fixtures/server.mjs";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { moves: { type: "string", default: "12" } },
});

/** The longest that a transcript of two hours may take. */
const LIMIT_MS = 1_800_000;

/** Milliseconds from the slider's event until the page's code is through, and until the second frame after it. */
const moved = async ({ index, to }) => {
  const sliders = document.querySelectorAll(".sliders input[type=range]");
  const slider = sliders[index % sliders.length];
  const list = () => document.querySelector(".clip-list").textContent;
  const before = list();
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
  await frame();
  slider.value = to;
  const start = performance.now();
  slider.dispatchEvent(new Event("input", { bubbles: true }));
  await Promise.resolve();
  const ranked_ms = performance.now() - start;
  await frame();
  await frame();
  return { ranked_ms, painted_ms: performance.now() - start, others: list() !== before };
};

const median = (values) => values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)];
const round = (value) => Number(value.toFixed(1));

await within(async (scope) => {
  const file = positionals[0] ?? (await twoHours());
  const server = await serve(scope);
  const browser = await browse(scope);
  const incut = await visit(browser, server.origin);
  await incut.engineIsReady();
  await incut.choose(file);
  await incut.reaches("ready", LIMIT_MS);
  await incut.understands(LIMIT_MS);
  await incut.page.locator("#matters > summary").click();
  const moves = [];
  for (let index = 0; index < Number(values.moves); index += 1) {
    moves.push(await incut.page.evaluate(moved, { index, to: index % 2 === 0 ? "2" : "0" }));
  }
  const summary = (name) => {
    const all = moves.map((move) => move[name]);
    return { median: round(median(all)), most: round(Math.max(...all)) };
  };
  console.log(JSON.stringify({
    processor: cpus()[0].model,
    words: await incut.wordCount(),
    ranked_ms: summary("ranked_ms"),
    painted_ms: summary("painted_ms"),
    moves_that_changed_the_clips: moves.filter(({ others }) => others).length,
    moves: moves.length,
  }, null, 2));
});
