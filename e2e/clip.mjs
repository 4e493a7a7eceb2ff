// Drives the real page in headless Chromium for `cargo xtask clip`: starts the server, gives the page one file, waits,
// exports every clip and writes what comes out. Knows the page's handles for automation and nothing of its insides.
//
//   node clip.mjs FILE --out DIR [--model M] [--device cpu|webgpu] [--clips N] [--topic TEXT] [--llm MODEL]
//                [--stage-limit-s S] [--json]
//
// INCUT_SERVER, INCUT_DIST and INCUT_MODELS name the server's program and its folders. Exit codes: 0 done, 1 the
// input's fault, 2 usage, 3 ours.

// Read once by playwright when it is loaded: requests of service workers are reported too.
process.env.PW_EXPERIMENTAL_SERVICE_WORKER_NETWORK_EVENTS = "1";

import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { watchMemory } from "./fixtures/memory.mjs";

const { chromium } = await import("playwright-core");

const CHROMIUM = process.env.INCUT_CHROMIUM ?? "/usr/bin/chromium";
const FLAGS = [
  "--no-sandbox",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];
const SOFTWARE_WEBGPU = ["--enable-unsafe-webgpu", "--use-webgpu-adapter=swiftshader", "--enable-features=Vulkan"];
/** What can be wrong with a file, as the page names it. Anything else is not the file's fault. */
const FAULTS_OF_THE_FILE = ["unsupported", "malformed", "truncated", "empty", "no_audio", "no_speech"];
/** How the page begins where nobody speaks. */
const SAYS_NO_SPEECH = /^(No|Hardly any) speech\b/;
/** How the server's log writes a path that names no file of its own. */
const UNKNOWN = "(unknown)";
const DOWNLOAD_LIMIT_S = 60;
const START_LIMIT_S = 300;
/**
 * Nothing may be on its way to the server for so long before the file is opened. Chromium looks for a newer service worker
 * a second or more after it was last used, on its own account.
 */
const QUIET_S = 4;

class Failure extends Error {
  constructor(exitCode, kind, message) {
    super(message);
    this.exitCode = exitCode;
    this.kind = kind;
  }
}

const say = (text) => process.stderr.write(`${text}\n`);
const sleep = (seconds) => new Promise((done) => setTimeout(done, seconds * 1000));
const round = (number, digits = 3) => Number(number.toFixed(digits));

function readOptions() {
  const fail = (text) => {
    throw new Failure(2, "usage", text);
  };
  let parsed;
  try {
    parsed = parseArgs({
      allowPositionals: true,
      options: {
        out: { type: "string" },
        model: { type: "string", default: "tiny.en" },
        device: { type: "string", default: "cpu" },
        clips: { type: "string" },
        topic: { type: "string" },
        llm: { type: "string" },
        "stage-limit-s": { type: "string", default: "3600" },
        json: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    fail(error.message);
  }
  const { values, positionals } = parsed;
  if (positionals.length !== 1 || !values.out) fail("clip.mjs FILE --out DIR […]");
  if (!["cpu", "webgpu"].includes(values.device)) fail(`no such device: ${values.device}`);
  for (const name of ["INCUT_SERVER", "INCUT_DIST", "INCUT_MODELS"]) {
    if (!process.env[name]) fail(`${name} is not set`);
  }
  return { ...values, file: positionals[0], stageLimitS: Number(values["stage-limit-s"]) };
}

/** The server on a free port. `lines` grows by one entry for each request it answers. */
async function startServer() {
  const folders = ["--dist", process.env.INCUT_DIST, "--models", process.env.INCUT_MODELS];
  const child = spawn(process.env.INCUT_SERVER, [...folders, "--port", "0", "--log-requests", "--exit-with-stdin"], {
    stdio: ["pipe", "pipe", "pipe"],
  });
  const lines = [];
  createInterface({ input: child.stderr }).on("line", (line) => lines.push({ at: Date.now(), line }));
  const address = await new Promise((found, failed) => {
    child.on("error", failed);
    child.on("exit", (code) => failed(new Failure(3, "server", `the server ended with ${code}: ${lines.at(-1)?.line}`)));
    createInterface({ input: child.stdout }).on("line", (line) => {
      const match = /^Incut is at (http:\S+)\/$/.exec(line);
      if (match) found(match[1]);
    });
  });
  return { address, lines, stop: () => child.kill("SIGTERM") };
}

/** Every request that a page or worker of `origin` made after `since`, from the browser's own log of its network. */
async function requestsInNetLog(path, origin, since) {
  const text = await readFile(path, "utf8");
  // A browser that was cut off leaves the list unfinished.
  const log = JSON.parse(/\]\s*\}\s*$/.test(text) ? text : `${text.replace(/,\s*$/, "")}]}`);
  const started = log.constants.logEventTypes.URL_REQUEST_START_JOB;
  const offsetMs = Number(log.constants.timeTickOffset);
  const found = [];
  for (const event of log.events) {
    const url = event.params?.url;
    if (event.type !== started || !url || Number(event.time) + offsetMs < since) continue;
    const isOfThePage = event.params.initiator === origin || url.startsWith(`${origin}/`);
    if (isOfThePage && /^(https?|wss?):/.test(url)) found.push(url);
  }
  return found;
}

const stateOf = (page) =>
  page.evaluate(() => {
    const { state, modelReady, job, understanding } = document.documentElement.dataset;
    const alert = document.querySelector("#error-message");
    const bar = document.querySelector("[role=progressbar], progress");
    return {
      state,
      job: job ?? "",
      isUnderstanding: understanding === "running",
      isModelReady: modelReady !== "false",
      done: bar?.getAttribute("aria-valuenow") ?? bar?.getAttribute("value") ?? null,
      error: alert && { kind: alert.dataset.class ?? "internal", message: alert.innerText.trim() },
    };
  });

/** Polls the page until `isDone`. An error that the page shows ends the waiting. */
async function waitUntil(page, what, limitS, isDone, watched) {
  const start = Date.now();
  let shown = "";
  for (;;) {
    if (watched.crash) throw new Failure(3, "crash", "The page's process died.");
    const now = await stateOf(page);
    if (now.error) {
      const exitCode = FAULTS_OF_THE_FILE.includes(now.error.kind) ? 1 : 3;
      // The buttons' labels are part of the message's text; the first paragraphs are what is wrong and what to do.
      throw new Failure(exitCode, now.error.kind, now.error.message.split("\n").filter(Boolean).slice(0, 2).join(" "));
    }
    if (await isDone(now)) return;
    const seconds = (Date.now() - start) / 1000;
    if (seconds > limitS) throw new Failure(3, "timeout", `${what}: not done after ${limitS} s (${JSON.stringify(now)})`);
    const text = `${what}: ${now.state}${now.job ? `, ${now.job}` : ""}${now.done ? ` ${now.done}` : ""}`;
    if (text !== shown) say(`${seconds.toFixed(1).padStart(7)} s  ${text}`);
    shown = text;
    await sleep(0.25);
  }
}

/** Saves at `path` the first download for which `isIt` holds; takes it out of the list. */
async function take(watched, what, isIt, path) {
  const start = Date.now();
  let at = -1;
  while ((at = watched.downloads.findIndex(isIt)) < 0) {
    if (Date.now() - start > DOWNLOAD_LIMIT_S * 1000) throw new Failure(3, "timeout", `${what} gave no file`);
    await sleep(0.05);
  }
  await watched.downloads.splice(at, 1)[0].saveAs(path);
}

const nameOf = (download) => basename(download.suggestedFilename());
const isClip = (download) => nameOf(download).endsWith(".mp4");

/** Clicks `selector`; the text that is offered for download because of it lands at `path`. */
async function save(page, watched, selector, path) {
  await page.locator("#downloads").evaluate((menu) => (menu.open = true));
  await page.locator(selector).click();
  await take(watched, selector, (download) => !isClip(download), path);
}

function watch(context, page) {
  const watched = { requests: [], downloads: [], crash: false };
  const note = (url) => /^(https?|wss?):/.test(url) && watched.requests.push({ at: Date.now(), url });
  context.on("request", (request) => note(request.url()));
  page.on("websocket", (socket) => note(socket.url()));
  page.on("download", (download) => watched.downloads.push(download));
  page.on("crash", () => (watched.crash = true));
  page.on("pageerror", (error) => say(`page: ${error.message}`));
  page.on("console", (message) => {
    if (message.type() === "error" || message.type() === "warning") say(`console: ${message.text()}`);
  });
  return watched;
}

/** Prefers clips about something. */
async function lookFor(page, { topic, stageLimitS }, watched) {
  await page.locator("#about").fill(topic);
  await page.locator("#find-clips").click();
  const words = () => page.locator("#about-state").innerText();
  const isAnswered = async () => /^Clips about|could not be looked for/.test(await words());
  await waitUntil(page, "look for clips", stageLimitS, isAnswered, watched);
  if (!(await words()).startsWith("Clips about")) throw new Failure(3, "model", await words());
}

/** Titles and posts for the clips that are shown, by the language model. */
async function writeTexts(page, { stageLimitS }, watched) {
  const button = page.locator("#write-texts");
  // Without clips there is nothing to write about.
  if ((await button.count()) === 0 || !(await button.isEnabled())) return;
  await button.click();
  const how = () => page.evaluate(() => document.documentElement.dataset.writing);
  await waitUntil(page, "write", stageLimitS, async () => ["done", "failed", "stopped"].includes(await how()), watched);
  if ((await how()) !== "done") throw new Failure(3, "model", await page.locator("#writing-failed").innerText());
}

/** Without words the page saves nothing: what it says about that is the outcome. */
async function hasSomethingToSave(page) {
  const report = page.locator("#download-report");
  if ((await report.count()) > 0 && (await report.isEnabled())) return;
  const note = await page.locator("#clips-note").innerText({ timeout: 1000 }).catch(() => "");
  const words = note.trim() || "The page found no speech in this file. Choose one in which somebody speaks.";
  throw new Failure(1, SAYS_NO_SPEECH.test(words) || !note.trim() ? "no_speech" : "no_clips", words);
}

/** From the page's address to the files in `out`; what the page itself reports. */
async function drive(page, watched, server, options) {
  const wanted = new URLSearchParams({ model: options.model, device: options.device });
  if (options.clips) wanted.set("clips", options.clips);
  if (options.llm) wanted.set("writer", options.llm);
  await page.goto(`${server.address}/#${wanted}`);
  const isQuiet = () => Date.now() - Math.max(server.lines.at(-1)?.at ?? 0, watched.requests.at(-1)?.at ?? 0) > QUIET_S * 1000;
  await waitUntil(page, "start", START_LIMIT_S, (now) => now.state === "empty" && now.isModelReady && isQuiet(), watched);

  const openedAt = Date.now();
  await page.locator("#file-input").setInputFiles(options.file);
  const isAnalyzed = (now) => now.state === "ready" && now.job === "";
  await waitUntil(page, "analyze", options.stageLimitS, isAnalyzed, watched);
  // It begins in the same moment as the analysis ends, or not at all.
  await sleep(0.5);
  await waitUntil(page, "understand", options.stageLimitS, (now) => !now.isUnderstanding, watched);
  // What was shown first stays until somebody asks for the better ones.
  const better = page.locator("#show-better");
  if ((await better.count()) > 0) await better.click();
  if (options.topic) await lookFor(page, options, watched);
  if (options.llm) await writeTexts(page, options, watched);

  await hasSomethingToSave(page);

  const clipsFolder = join(options.out, "clips");
  await mkdir(clipsFolder, { recursive: true });
  const exportAll = page.locator("#export-all");
  const hasClips = (await exportAll.count()) > 0 && (await exportAll.isEnabled());
  if (hasClips) {
    await exportAll.click();
    const begun = (now) => now.job === "export" || watched.downloads.length > 0;
    await waitUntil(page, "export", 60, begun, watched);
    await waitUntil(page, "export", options.stageLimitS, (now) => now.state === "ready" && now.job === "", watched);
  }
  const paths = Object.fromEntries(
    ["transcript.json", "transcript.srt", "transcript.vtt", "page-report.json"].map((name) => [name, join(options.out, name)]),
  );
  await save(page, watched, "#download-report", paths["page-report.json"]);
  const report = JSON.parse(await readFile(paths["page-report.json"], "utf8"));
  await rm(paths["page-report.json"]);
  if (await page.locator("#download-transcript").isEnabled()) {
    await save(page, watched, "#download-transcript", paths["transcript.json"]);
    await save(page, watched, "#download-srt", paths["transcript.srt"]);
    await save(page, watched, "#download-vtt", paths["transcript.vtt"]);
  }
  const note = await page.locator("#clips-note").innerText({ timeout: 1000 }).catch(() => null);
  const clips = hasClips ? (report.clips ?? []) : [];
  for (const clip of clips) {
    const name = basename(clip.file);
    await take(watched, name || clip.title, (download) => name !== "" && nameOf(download) === name, join(clipsFolder, name));
  }
  if (watched.downloads.length > 0) {
    throw new Failure(3, "export", `not in the page's report: ${watched.downloads.map(nameOf).join(", ")}`);
  }
  return { report, clips, note, openedAt };
}

/**
 * Three witnesses of the same requests: for each address the longest account counts. The server does not name what it
 * does not have; such an answer counts only where the browser did not own up to asking.
 */
function putTogether(asked, logged, answered) {
  const times = (list, url) => list.filter((other) => other === url).length;
  const named = answered.filter((url) => !url.endsWith(UNKNOWN));
  const requests = [];
  let unanswered = 0;
  for (const url of new Set([...asked, ...logged, ...named])) {
    const most = Math.max(times(asked, url), times(logged, url), times(named, url));
    unanswered += most - times(named, url);
    requests.push(...Array(most).fill(url));
  }
  const hidden = answered.filter((url) => url.endsWith(UNKNOWN)).slice(unanswered);
  return [...requests, ...hidden];
}

/** docs/CLI.md's form, from what the page says and what was seen from outside. */
function compose(options, { report, clips: reported }, requests, peakMemoryMb) {
  const clips = reported.map(({ file, start_s, end_s, title, reason, score, texts }) => {
    return { file: `clips/${basename(file)}`, start_s, end_s, title, reason, score, ...(texts && { texts }) };
  });
  const { open, transcribe, select } = report.stages;
  const stages = { open, transcribe, select, export: report.stages.export };
  const whole = Object.values(stages).reduce((sum, seconds) => sum + seconds, 0);
  const cut = clips.reduce((sum, clip) => sum + clip.end_s - clip.start_s, 0);
  const perSecond = (media, seconds) => (seconds > 0 ? round(media / seconds, 2) : null);
  return {
    input: options.file,
    model: report.model ?? options.model,
    device: report.device ?? options.device,
    duration_s: report.duration_s,
    stages,
    speed: {
      transcribe: perSecond(report.duration_s, transcribe),
      export: perSecond(cut, stages.export),
      whole: perSecond(report.duration_s, whole),
    },
    clips,
    requests_after_open: requests,
    peak_memory_mb: peakMemoryMb,
  };
}

/** Closes what was opened, latest first, whatever happens. */
const openThings = [];
async function closeAll() {
  for (let close = openThings.pop(); close; close = openThings.pop()) {
    await Promise.race([Promise.resolve(close()).catch(() => {}), sleep(20)]);
  }
}

async function main(options) {
  if (!(await stat(options.file).catch(() => null))?.isFile()) {
    throw new Failure(2, "usage", `${options.file} is not a file`);
  }
  await mkdir(options.out, { recursive: true });
  const profile = await mkdtemp(join(tmpdir(), "incut-clip-"));
  openThings.push(() => rm(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }));
  const server = await startServer();
  openThings.push(() => server.stop());
  const netLog = join(profile, "net-log.json");
  const launching = chromium.launchPersistentContext(join(profile, "profile"), {
    executablePath: CHROMIUM,
    headless: true,
    acceptDownloads: true,
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    viewport: { width: 1280, height: 900 },
    args: [...FLAGS, `--log-net-log=${netLog}`, ...(options.device === "webgpu" ? SOFTWARE_WEBGPU : [])],
  });
  openThings.push(async () => (await launching).close());
  const context = await launching;
  const memory = watchMemory(join(profile, "profile"));
  openThings.push(() => memory.stop());
  const page = context.pages()[0] ?? (await context.newPage());
  const watched = watch(context, page);
  const outcome = await drive(page, watched, server, options);

  const peakMemoryMb = await memory.stop();
  const after = (entries) => entries.filter((entry) => entry.at >= outcome.openedAt);
  const asked = after(watched.requests).map((entry) => entry.url);
  const answered = after(server.lines).map((entry) => `${server.address}${entry.line.split(" ")[1]}`);
  await context.close();
  const logged = await requestsInNetLog(netLog, server.address, outcome.openedAt);
  const requests = putTogether(asked, logged, answered);
  const report = compose(options, outcome, requests, peakMemoryMb);
  await writeFile(join(options.out, "report.json"), `${JSON.stringify(report, null, 2)}\n`);
  if (report.clips.length === 0) {
    const note = outcome.note ?? "The page found no clip in this file. Choose one in which somebody speaks longer.";
    throw new Failure(1, SAYS_NO_SPEECH.test(note) ? "no_speech" : "no_clips", note);
  }
  return report;
}

let isStopping = false;
let options = { json: process.argv.includes("--json") };
for (const [signal, number] of [["SIGINT", 2], ["SIGTERM", 15], ["SIGHUP", 1]]) {
  process.once(signal, async () => {
    isStopping = true;
    say(`Stopping (${signal}).`);
    await closeAll();
    process.exit(128 + number);
  });
}
let exitCode = 0;
try {
  options = readOptions();
  const report = await main(options);
  if (options.json) process.stdout.write(`${JSON.stringify(report)}\n`);
  say(`${report.clips.length} clips in ${options.out}; ${report.requests_after_open.length} requests after opening.`);
} catch (error) {
  // What fails because we are told to stop is no failure; the signal's handler ends the process.
  if (isStopping) await new Promise(() => {});
  exitCode = error instanceof Failure ? error.exitCode : 3;
  const kind = error instanceof Failure ? error.kind : "internal";
  if (options.json) process.stdout.write(`${JSON.stringify({ error: { class: kind, message: error.message } })}\n`);
  say(error instanceof Failure ? `clip: ${error.message}` : `clip: ${error.stack}`);
}
await closeAll();
process.exit(exitCode);
