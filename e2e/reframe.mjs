// Has the engine look at a file's picture, in headless Chromium, for `cargo xtask reframe`: shots, and the faces in them. Speaks to the
// engine as the page does; what clips show of what was seen is worked out elsewhere.
//
//   node reframe.mjs FILE
//
// Prints one line of JSON, `{ sight, seconds }` or `{ error: { class, message } }`. Exit codes: 0 done, 1 the input's fault, 3 ours.

import { browse } from "./fixtures/browser.mjs";
import { within } from "./fixtures/scope.mjs";
import { serve } from "./fixtures/server.mjs";

const MODEL = "tiny.en";
/** What can be wrong with a file, as the engine names it. Anything else is not the file's fault. */
const FAULTS_OF_THE_FILE = ["media", "undecodable_picture", "damaged_picture", "no_picture_here"];

const [, , file] = process.argv;
const outcome = await within(async (scope) => {
  const server = await serve(scope);
  const browser = await browse(scope);
  const page = await browser.context.newPage();
  page.setDefaultTimeout(0);
  // The list of models has the page's origin, so its storage too, and no engine of its own.
  await page.goto(`${server.origin}/models/models.json`);
  await page.evaluate(() => {
    const input = document.createElement("input");
    input.type = "file";
    document.body.replaceChildren(input);
  });
  await page.locator("input").setInputFiles(file);
  let shown = 0;
  await page.exposeFunction("tellProgress", (done) => {
    const percent = Math.floor(done * 100);
    if (percent < shown + 10) return;
    shown = percent;
    process.stderr.write(`${percent} %\n`);
  });
  return page.evaluate(look, { model: MODEL, faults: FAULTS_OF_THE_FILE });
}).catch((error) => ({ error: { class: "internal", message: error.message } }));
process.exitCode = outcome.error ? (outcome.error.class === "malformed" ? 1 : 3) : 0;
// A pipe takes it piece by piece: the program ends by itself once all is through.
process.stdout.write(`${JSON.stringify(outcome)}\n`);

/** Runs in the page. */
async function look({ model, faults }) {
  const html = await fetch("/").then((it) => it.text());
  const address = new DOMParser().parseFromString(html, "text/html").querySelector('meta[name="incut-engine"]').content;
  const engine = new Worker(address, { type: "module" });
  const [file] = document.querySelector("input").files;
  let job = 0;
  /** Sends a message and waits for the answer that `takes` wants. */
  const ask = (message, beside, takes) =>
    new Promise((resolve, reject) => {
      engine.onerror = (event) => reject(new Error(`the engine failed: ${event.message}`));
      engine.onmessage = ({ data }) => {
        const told = JSON.parse(data.json);
        if (told.failed) return resolve({ failure: told.failed.failure });
        if (told.progress) window.tellProgress(told.progress.done);
        const wanted = takes(told);
        if (wanted) resolve(wanted);
      };
      engine.postMessage({ json: JSON.stringify(message), ...beside });
    });
  const failed = ({ failure }) => {
    // What the demuxer says of a file was said before; what a decoder says of it is told by its name alone.
    const kind = typeof failure === "string" ? failure : Object.keys(failure)[0];
    return { error: { class: faults.includes(kind) ? "malformed" : "internal", message: JSON.stringify(failure) } };
  };
  const ready = await ask({ prepare: { model, device: "cpu", writer: null } }, {}, (told) => told.ready);
  if (ready.failure) return failed(ready);
  const opened = await ask({ open: { job: ++job } }, { file }, (told) => told.opened);
  if (opened.failure) return failed(opened);
  const range = { start: 0, end: Math.max(opened.facts.duration, 1) };
  const watched = await ask({ watch: { job: ++job, range } }, {}, (told) => told.watched);
  if (watched.failure) return failed(watched);
  return { sight: watched.sight, seconds: watched.seconds };
}
