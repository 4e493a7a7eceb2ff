// `cargo xtask bench agreement`: what the page in Chromium writes down, token for token beside what the native command writes down
// of the same files, with the same weights. Prints one JSON document; where they agree, what is known of one holds for the other.
//
//   node bench-agreement.mjs FILE… [--model tiny.en|base] [--device cpu|webgpu]

import { execFile } from "node:child_process";
import { basename } from "node:path";
import { parseArgs, promisify } from "node:util";
import { browse } from "./fixtures/browser.mjs";
import { visit } from "./fixtures/page.mjs";
import { places, scratch } from "./fixtures/places.mjs";
import { within } from "./fixtures/scope.mjs";
import { serve } from "./fixtures/server.mjs";

const run = promisify(execFile);
const ROOM = { maxBuffer: 1 << 28 };

const tokensOf = ({ segments }) => segments.flatMap(({ tokens }) => tokens);

/** How many tokens must be left out, put in or changed to make one of the other. */
function edits(one, other) {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [i, token] of one.entries()) {
    const next = [i + 1];
    for (const [j, beside] of other.entries()) {
      next.push(Math.min(row[j] + Number(token !== beside), row[j + 1] + 1, next[j] + 1));
    }
    row = next;
  }
  return row.at(-1);
}

async function natively(file, model) {
  const { stdout } = await run(places.native, ["transcribe", file, "--model", model, "--json"], ROOM);
  return JSON.parse(stdout);
}

/** Nothing where the page found no speech and says so. */
async function onThePage(incut, file) {
  await incut.choose(file);
  await incut.reaches(["ready", "error"]);
  const hasWords = await incut.page.locator("#download-transcript").isEnabled();
  return hasWords ? incut.transcript(scratch()) : { segments: [] };
}

const { values: options, positionals: files } = parseArgs({
  allowPositionals: true,
  options: { model: { type: "string", default: "tiny.en" }, device: { type: "string", default: "cpu" } },
});

await within(async (scope) => {
  const { model, device } = options;
  const server = await serve(scope);
  const browser = await browse(scope, {});
  const result = { model, device, tokens: 0, differ: 0, files: {} };
  for (const file of files) {
    const incut = await visit(browser, server.origin, { model, device });
    await incut.engineIsReady();
    const heard = tokensOf(await onThePage(incut, file));
    await incut.page.close();
    const expected = tokensOf(await natively(file, model));
    const differ = edits(heard, expected);
    result.files[basename(file)] = { tokens: expected.length, differ };
    result.tokens += expected.length;
    result.differ += differ;
    console.error(`${basename(file)}: ${differ} of ${expected.length} tokens differ`);
  }
  console.log(JSON.stringify(result, null, 2));
});
