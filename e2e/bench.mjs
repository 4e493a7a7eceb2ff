// `npm run bench`: how long a person waits, in headless Chromium on this machine's processor: for the page, for the
// speech model, for the transcript and for the clips. Prints one JSON document; it judges nothing.

import { cpus } from "node:os";
import { browse } from "./fixtures/browser.mjs";
import { conversation, longTalk, shortTalk } from "./fixtures/films.mjs";
import { visit } from "./fixtures/page.mjs";
import { scratch } from "./fixtures/places.mjs";
import { facts } from "./fixtures/probe.mjs";
import { within } from "./fixtures/scope.mjs";
import { serve } from "./fixtures/server.mjs";

const ROUNDS = 3;
const FILMS = { conversation, "short talk": shortTalk, "long talk": longTalk };

const seconds = (since) => (performance.now() - since) / 1000;
const median = (values) => values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)];
const round = (value) => Number(value.toFixed(3));

/** Seconds from the address to a page that can be used, and to a speech model that is ready. */
async function arrive(browser, origin) {
  const start = performance.now();
  const incut = await visit(browser, origin);
  await incut.page.locator("#choose-file").waitFor();
  const page_s = seconds(start);
  await incut.engineIsReady();
  return { incut, times: { page_s, model_s: seconds(start) } };
}

/** A first visit with an empty profile, then a second one in a browser started again. */
async function visits(scope, origin) {
  const first = await browse(scope);
  const before = await arrive(first, origin);
  await before.incut.isStored();
  await first.close();
  const second = await browse(scope, { profile: first.profile });
  const after = await arrive(second, origin);
  await second.close();
  return { first: before.times, second: after.times };
}

async function wholeWay(incut, film) {
  const folder = scratch();
  await incut.analyze(film);
  const files = await incut.exportAll(folder);
  const { duration_s, stages, clips, device } = await incut.report(folder);
  const cut_s = clips.reduce((sum, clip) => sum + clip.end_s - clip.start_s, 0);
  const { video } = await facts(files[0]);
  const frames = cut_s * (Number(video.nb_frames) / Number(video.duration));
  // Forgotten, so that the next round hears it again.
  await incut.closeFile();
  await incut.recents.first().getByRole("button", { name: /^Forget/ }).click();
  await incut.page.waitForFunction(() => document.querySelectorAll(".recent").length === 0);
  return {
    device,
    duration_s,
    clips: clips.length,
    size: `${video.width}x${video.height}`,
    transcribe_x: duration_s / stages.transcribe,
    export_frames_per_s: frames / stages.export,
    whole_x: duration_s / (stages.open + stages.transcribe + stages.select + stages.export),
  };
}

await within(async (scope) => {
  const server = await serve(scope);
  const arrivals = [];
  for (let i = 0; i < ROUNDS; i += 1) arrivals.push(await visits(scope, server.origin));
  const arrival = (which, what) => round(median(arrivals.map((one) => one[which][what])));

  const browser = await browse(scope);
  const { incut } = await arrive(browser, server.origin);
  const films = {};
  for (const [name, film] of Object.entries(FILMS)) {
    const path = await film();
    const runs = [];
    for (let i = 0; i < ROUNDS; i += 1) runs.push(await wholeWay(incut, path));
    const { device, duration_s, clips, size } = runs[0];
    const middle = (what) => round(median(runs.map((run) => run[what])));
    films[name] = {
      device,
      duration_s,
      clips,
      size,
      transcribe_x: middle("transcribe_x"),
      export_frames_per_s: middle("export_frames_per_s"),
      whole_x: middle("whole_x"),
    };
  }
  const result = {
    processor: cpus()[0].model,
    cores: cpus().length,
    rounds: ROUNDS,
    first_visit: { page_s: arrival("first", "page_s"), model_s: arrival("first", "model_s") },
    second_visit: { page_s: arrival("second", "page_s"), model_s: arrival("second", "model_s") },
    films,
  };
  console.log(JSON.stringify(result, null, 2));
});
