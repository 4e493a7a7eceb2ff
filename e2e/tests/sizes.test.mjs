// What a first visit costs: the page's own WebAssembly, that of its tools, which come when it is there, and the engine's, as they travel.
// The limits hold for the build that ships; one made in a hurry is only weighed.

import assert from "node:assert/strict";
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import test from "node:test";
import { brotliCompressSync, brotliDecompressSync, constants } from "node:zlib";
import { insist, places } from "../fixtures/places.mjs";

const LIMITS = { page: 450_000, studio: 450_000, engine: 3_300_000 };

test("the wasm of page, tools and engine fits", (t) => {
  insist();
  const modules = readdirSync(places.dist).filter((name) => name.endsWith(".wasm"));
  const kinds = modules.map((name) => {
    if (name.startsWith("engine")) return "engine";
    return name.endsWith("_studio.wasm") ? "studio" : "page";
  });
  assert.deepEqual(kinds.toSorted(), ["engine", "page", "studio"], `in dist: ${modules}`);
  for (const [i, name] of modules.entries()) {
    const path = join(places.dist, name);
    const ships = existsSync(`${path}.br`);
    const bytes = ships ? statSync(`${path}.br`).size : brotliBytes(readFileSync(path));
    const made = ships ? `limit ${LIMITS[kinds[i]]}` : "quick build, compressed by the test, no limit";
    t.diagnostic(`${kinds[i]}: ${statSync(path).size} bytes, ${bytes} in brotli (${made})`);
    if (ships) {
      assert.ok(brotliDecompressSync(readFileSync(`${path}.br`)).equals(readFileSync(path)), `${name}.br is another file`);
      assert.ok(bytes <= LIMITS[kinds[i]], `${name}: ${bytes} bytes in brotli`);
    }
  }
});

/** Quality 5: within a tenth of the best in a hundredth of the time. */
function brotliBytes(bytes) {
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }).length;
}
