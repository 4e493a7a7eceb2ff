// The command line's driver tells the file's fault from its own: by exit code, class and the page's words.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import test from "node:test";
import { silent, textAsVideo } from "../fixtures/films.mjs";
import { insist, places, scratch } from "../fixtures/places.mjs";

/** Exit code and answer of `cargo xtask clip FILE --json`, from its driver on. */
async function clip(file) {
  const env = { ...process.env, INCUT_SERVER: places.server, INCUT_DIST: places.dist, INCUT_MODELS: places.models };
  const args = [join(places.e2e, "clip.mjs"), file, "--out", scratch(), "--json"];
  const child = spawn(process.execPath, args, { env, stdio: ["ignore", "pipe", "ignore"] });
  let said = "";
  child.stdout.on("data", (text) => (said += text));
  const [code] = await once(child, "close");
  return { code, ...JSON.parse(said.trim().split("\n").at(-1)) };
}

const CASES = [
  { what: "a film in which nobody speaks", file: silent, class: "no_speech", says: /speech was found/ },
  { what: "a letter named .mp4", file: textAsVideo, class: "unsupported", says: /not|text/i },
];

test("what is wrong with a file is said as the page says it", async (t) => {
  insist();
  for (const { what, file, class: kind, says } of CASES) {
    await t.test(what, async () => {
      const { code, error } = await clip(await file());
      assert.equal(code, 1, JSON.stringify(error));
      assert.equal(error.class, kind);
      assert.match(error.message, says);
    });
  }
});
