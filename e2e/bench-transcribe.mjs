// `npm run bench-transcribe`: Incut's page and native faster-whisper write down the same sound, turn by turn in one run, with the
// same weights, on two threads, greedy, with word times. Prints one JSON document with seconds, memory and ratios.
//
//   node bench-transcribe.mjs [AUDIO] [--model tiny.en|base] [--rounds N] [--device cpu|webgpu]
//
// Without AUDIO a synthetic talk (espeak-ng) is taken.

import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { parseArgs, promisify } from "node:util";
import { browse } from "./fixtures/browser.mjs";
import { longTalk } from "./fixtures/films.mjs";
import { watchMemory } from "./fixtures/memory.mjs";
import { visit } from "./fixtures/page.mjs";
import { places, scratch } from "./fixtures/places.mjs";
import { within } from "./fixtures/scope.mjs";
import { serve } from "./fixtures/server.mjs";

const run = promisify(execFile);
const median = (values) => values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)];
const round = (value, digits = 4) => Number(value.toFixed(digits));

/** A Python with the pinned peer in it, made once. */
async function python() {
  const folder = join(places.peers, "faster-whisper");
  const program = join(folder, "bin/python");
  const done = join(folder, "installed");
  if (!existsSync(done)) {
    await run("python3", ["-m", "venv", "--clear", folder]);
    const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"];
    await run(program, [...pip, "--requirement", join(places.e2e, "peers/faster-whisper.txt")]);
    await run("touch", [done]);
  }
  return program;
}

async function fasterWhisper(program, model, audio, compute) {
  const script = join(places.e2e, "peers/faster_whisper_run.py");
  const { stdout } = await run(program, [script, model, audio, compute]);
  return JSON.parse(stdout);
}

/** A visit of its own for each round, so that the memory is that of one transcript; the weights are stored already. */
async function incut(origin, profile, model, device, audio) {
  return within(async (scope) => {
    const memory = watchMemory(profile);
    const browser = await browse(scope, { profile });
    const page = await visit(browser, origin, { device, model });
    await page.engineIsReady();
    const start = performance.now();
    await page.choose(audio);
    await page.hears(1);
    const first_words_s = (performance.now() - start) / 1000;
    await page.reaches("ready");
    const report = await page.report(scratch());
    const words = await page.wordCount();
    await page.closeFile();
    await page.recents.first().getByRole("button", { name: /^Forget/ }).click();
    const { duration_s: audio_s, stages } = report;
    return { seconds: stages.transcribe, first_words_s, audio_s, words, peak_mb: await memory.stop() };
  });
}

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    model: { type: "string", default: "tiny.en" },
    device: { type: "string", default: "cpu" },
    rounds: { type: "string", default: "3" },
  },
});

await within(async (scope) => {
  const audio = positionals[0] ?? (await longTalk());
  const { model, device } = options;
  const program = await python();
  const server = await serve(scope);
  const profile = scratch();
  const contestants = {
    incut: () => incut(server.origin, profile, model, device, audio),
    "faster-whisper int8": () => fasterWhisper(program, model, audio, "int8"),
    "faster-whisper float32": () => fasterWhisper(program, model, audio, "float32"),
  };
  // The first visit fetches and stores the weights: it is not counted.
  await contestants.incut();
  const runs = Object.fromEntries(Object.keys(contestants).map((name) => [name, []]));
  for (let i = 0; i < Number(options.rounds); i += 1) {
    for (const [name, measure] of Object.entries(contestants)) runs[name].push(await measure());
  }
  const result = { processor: cpus()[0].model, cores: cpus().length, model, device, rounds: runs.incut.length };
  const middle = (name, what) => median(runs[name].map((run) => run[what]));
  for (const [name, [first]] of Object.entries(runs)) {
    result[name] = { rtf: round(median(runs[name].map((run) => run.seconds / run.audio_s))) };
    for (const what of Object.keys(first)) result[name][what] = round(middle(name, what), 3);
  }
  const int8 = result["faster-whisper int8"].rtf;
  for (const name of Object.keys(contestants)) result[name].times_int8 = round(result[name].rtf / int8, 2);
  console.log(JSON.stringify(result, null, 2));
});
