// Every answer of the server carries the headers that keep media in the tab, whatever was asked and however wrongly:
// one bare file would be a door.

import assert from "node:assert/strict";
import { readdirSync, statSync } from "node:fs";
import { request } from "node:http";
import { join, relative } from "node:path";
import test from "node:test";
import { places } from "../fixtures/places.mjs";
import { serve } from "../fixtures/server.mjs";

const EXPECTED = {
  "connection-allowlist": "(response-origin)",
  "cross-origin-embedder-policy": "require-corp",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
  "integrity-policy": "blocked-destinations=(script)",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

function ask(origin, path, { method = "GET", headers = {}, body } = {}) {
  return new Promise((resolve, reject) => {
    const asked = request(origin + path, { method, headers }, (answer) => {
      answer.resume();
      answer.on("end", () => resolve({ status: answer.statusCode, headers: answer.headers }));
    });
    asked.on("error", reject);
    asked.end(body);
  });
}

function files(folder) {
  return readdirSync(folder, { recursive: true })
    .filter((name) => statSync(join(folder, name)).isFile() && !/\.(br|gz|zst)$/.test(name) && !/(^|\/)\./.test(name))
    .map((name) => relative(folder, join(folder, name)));
}

const ODD = [
  { path: "/no-such-file", status: 404 },
  { path: "/../Cargo.toml", status: 404 },
  { path: "/%2e%2e/Cargo.toml", status: 404 },
  { path: "/models/", status: 404 },
  { path: "/?utm_source=newsletter", status: 200 },
  { path: "/index.html?word=secret", status: 400 },
  { path: `/${"a".repeat(2000)}`, status: 414 },
  { path: "/", method: "POST", status: 405 },
  { path: "/", method: "PUT", body: "media", status: 405 },
  { path: "/", method: "OPTIONS", status: 405 },
  { path: "/", method: "HEAD", status: 200 },
  { path: "/", headers: { "content-length": "5" }, body: "media", status: 413 },
  { path: "/", headers: { range: "bytes=0-3" }, status: 206 },
  { path: "/", headers: { range: "bytes=99999999-" }, status: 416 },
  { path: "/", headers: { "accept-encoding": "br" }, status: 200 },
];

test("every answer carries the policy", async (t) => {
  const { origin } = await serve(t);
  const page = await ask(origin, "/");
  const policy = page.headers["content-security-policy"];
  const directives = Object.fromEntries(policy.split("; ").map((part) => [part.split(" ")[0], part.split(" ").slice(1)]));

  await t.test("and the policy is the strict one", () => {
    assert.deepEqual(directives["default-src"], ["'none'"]);
    assert.deepEqual(directives["connect-src"], ["'self'"]);
    for (const name of ["form-action", "frame-src", "base-uri", "frame-ancestors", "object-src"]) {
      assert.deepEqual(directives[name], ["'none'"], name);
    }
    const allowed = /^('self'|'none'|'block'|'wasm-unsafe-eval'|'sha256-[A-Za-z0-9+/=]+'|blob:)$/;
    for (const [name, sources] of Object.entries(directives)) {
      // The icon stands in the page.
      const rest = sources.filter((source) => name !== "img-src" || source !== "data:");
      for (const source of rest) assert.match(source, allowed, `${name} allows ${source}`);
    }
  });

  const check = (answer, what) => {
    assert.equal(answer.headers["content-security-policy"], policy, what);
    for (const [name, value] of Object.entries(EXPECTED)) assert.equal(answer.headers[name], value, `${what}: ${name}`);
    assert.equal(answer.headers["set-cookie"], undefined, what);
  };

  await t.test("on every file of the page and of the models", async (t) => {
    const paths = [
      ...files(places.dist).map((name) => `/${name}`),
      ...files(places.models).map((name) => `/models/${name}`),
    ];
    t.diagnostic(`${paths.length} files`);
    assert.ok(paths.length > 8);
    for (const path of paths) {
      const answer = await ask(origin, path, { method: "HEAD" });
      assert.equal(answer.status, 200, path);
      check(answer, path);
    }
    const { etag } = page.headers;
    const again = await ask(origin, "/", { headers: { "if-none-match": etag } });
    assert.equal(again.status, 304);
    check(again, "not modified");
  });

  await t.test("on refusals and on parts", async () => {
    for (const { path, status, ...options } of ODD) {
      const answer = await ask(origin, path, options);
      const what = `${options.method ?? "GET"} ${path.slice(0, 40)}`;
      assert.equal(answer.status, status, what);
      check(answer, what);
    }
  });
});
