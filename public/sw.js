// Keeps the shell (page, engine, fonts, icons) of one build, whole or not at all, so that a second visit needs no network. What it
// hands out is compared with the build's hashes first and carries the build's policy, whatever a script of the page put into the cache.
// Knows nothing of speech models: the engine keeps those, checked, in the browser's file storage.
"use strict";

// Filled in by the build: its name, the SHA-256 of each file of the shell by its address, of each that is stored once it is used, and the
// headers that keep the tab sealed.
const BUILD = "__INCUT_BUILD__";
const FILES = "__INCUT_FILES__";
const MORE_FILES = "__INCUT_MORE_FILES__";
const POLICY = "__INCUT_POLICY__";

const PREFIX = "incut-shell-";
const SHELL = PREFIX + BUILD;
const CATALOGUE = "/models/models.json";
const CATALOGUE_CACHE = "incut-catalogue";
const PAGE = "/";
/** Milliseconds that a server may take over the catalogue where a copy of it is stored. */
const CATALOGUE_WITHIN_MS = 2_000;
/** Milliseconds in which a page that is not frozen answers a question. */
const ANSWER_WITHIN_MS = 1_500;
const TYPES = {
  css: "text/css; charset=utf-8",
  ftl: "text/plain; charset=utf-8",
  html: "text/html; charset=utf-8",
  js: "text/javascript; charset=utf-8",
  json: "application/json",
  png: "image/png",
  svg: "image/svg+xml",
  txt: "text/plain; charset=utf-8",
  wasm: "application/wasm",
  webmanifest: "application/manifest+json",
  woff2: "font/woff2",
};

/** Ends the fetches that store the shell. */
let storing = new AbortController();

// All or nothing: an install that lacks one file, or finds one of another build, fails, and the browser tries again later.
self.addEventListener("install", (event) => {
  const install = async () => {
    // A browser may find a newer build at any time. Beside an open file nothing is fetched.
    if ((await askPages()).some((page) => page.open)) throw new Error("not while a file is open");
    await store(Object.keys(FILES));
    // The first visit is not answered by this worker, so its catalogue would be missed. A server without one is no
    // reason not to install.
    await freshCatalogue(storing.signal).catch(() => {});
  };
  event.waitUntil(install());
});

// From here on this worker sees what every page and every worker asks for.
self.addEventListener("activate", (event) => event.waitUntil(clients.claim()));

self.addEventListener("message", (event) => {
  const answer = (words) => event.ports[0]?.postMessage(words);
  const type = event.data?.type;
  if (type === "look") event.waitUntil(look(event.data.heal === true).then(answer).then(tidy));
  if (type === "stop") storing.abort();
  if (type === "skip-waiting") event.waitUntil(takeOver(event.source?.id).then(answer));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  const isOurs = request.method === "GET" && url.origin === location.origin;
  // The page asks for this very script to learn of a newer build; that is between it and the server.
  if (!isOurs || url.pathname === location.pathname) event.waitUntil(count(event.clientId, request.url, request.method));
  else if (url.pathname === CATALOGUE) event.respondWith(catalogue(event));
  else if (request.mode === "navigate") event.respondWith(shellFirst(PAGE, event));
  else if (url.pathname in MORE_FILES) event.respondWith(storedOnUse(url.pathname, event));
  else event.respondWith(shellFirst(url.pathname, event));
});

// What is stored

/** Lower-case hexadecimal SHA-256 of `bytes`. */
async function sha256(bytes) {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** The bytes of `response` if they are the ones that this build has at `path`, else `null`. */
async function rightBytes(path, response) {
  const bytes = await response.arrayBuffer();
  return (await sha256(bytes)) === (FILES[path] ?? MORE_FILES[path]) ? bytes : null;
}

/** The stored bytes of `path`, or `null` where they are missing or not what they should be. */
async function stored(path) {
  const kept = await (await caches.open(SHELL)).match(path);
  return kept ? rightBytes(path, kept) : null;
}

/** The bytes of `path` from the server, which must have this very build. */
async function fetched(path) {
  // A copy that the browser's own cache damaged would come again for ever if the server were only asked whether it changed.
  for (const cache of ["no-cache", "reload"]) {
    void count("", new URL(path, location.origin).href);
    const response = await fetch(path, { cache, signal: storing.signal });
    const bytes = response.ok ? await rightBytes(path, response) : null;
    if (bytes) return bytes;
  }
  throw new Error(`${path} is not of the build ${BUILD}`);
}

/** What an older build stored of `path`, if it is the same file: most of a shell outlives a build. */
async function inherited(path) {
  const kept = await caches.match(path);
  return kept ? rightBytes(path, kept) : null;
}

/** Stores the files at `paths`, once all of them are there. */
async function store(paths) {
  const gotten = await Promise.all(paths.map(async (path) => [path, (await inherited(path)) ?? (await fetched(path))]));
  const shell = await caches.open(SHELL);
  await Promise.all(gotten.map(([path, bytes]) => shell.put(path, new Response(bytes))));
}

/** Whether the shell is "whole", was "healed" just now, or lacks something: "missing". */
async function look(mayFetch) {
  storing = new AbortController();
  const paths = Object.keys(FILES);
  const found = await Promise.all(paths.map(stored));
  const lacking = paths.filter((_, i) => found[i] === null);
  if (lacking.length === 0) return { build: BUILD, shell: "whole" };
  const healed = mayFetch && (await store(lacking).then(() => true, () => false));
  return { build: BUILD, shell: healed ? "healed" : "missing" };
}

/** Deletes the shells of older builds that no open page was made of. The newest of them stays as long as there may be one. */
async function tidy() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(PREFIX) && name !== SHELL);
  const allNew = (await askPages()).every((page) => page.build === BUILD);
  await Promise.all(old.slice(0, allNew ? old.length : -1).map((name) => caches.delete(name)));
}

// What is answered

/** `bytes` as the file at `path`, under this build's policy and no other headers. */
function answer(path, bytes) {
  const ending = path === PAGE ? "html" : path.split(".").at(-1);
  const headers = { ...POLICY, "content-type": TYPES[ending] ?? "application/octet-stream" };
  return new Response(bytes, { headers });
}

/** The stored file, or the server's. A file that is neither stored nor to be had is a plain failed request. */
async function shellFirst(path, event) {
  const bytes = path in FILES ? await stored(path) : await ofAnOlderBuild(path);
  if (bytes) return answer(path, bytes);
  const client = event.clientId || event.resultingClientId;
  // What other sites append to a link to the page is nobody's business here, and is not passed on.
  const asked = event.request.mode === "navigate" ? path : event.request;
  const url = new URL(asked.url ?? asked, location.origin).href;
  void count(client, url);
  try {
    const response = await fetch(asked);
    void received(client, url, response);
    return response;
  } catch {
    return Response.error();
  }
}

/** A file that only some people use: stored from its first use on. What another build has of it is handed on, and not stored. */
async function storedOnUse(path, event) {
  const kept = await stored(path);
  if (kept) return answer(path, kept);
  const url = new URL(path, location.origin).href;
  void count(event.clientId, url);
  try {
    const response = await fetch(event.request);
    void received(event.clientId, url, response);
    const bytes = response.ok ? await rightBytes(path, response.clone()) : null;
    // One that there is no room for comes again.
    if (bytes) await caches.open(SHELL).then((shell) => shell.put(path, new Response(bytes))).catch(() => {});
    return response;
  } catch {
    const old = await ofAnOlderBuild(path);
    return old ? answer(path, old) : Response.error();
  }
}

/**
 * A file that a page of an older build, still open, may ask for, say to start a worker again. No page is ever answered from here: this
 * build knows no hash of it.
 */
async function ofAnOlderBuild(path) {
  if (path === PAGE || path.startsWith("/models/")) return null;
  for (const name of await caches.keys()) {
    const kept = name.startsWith(PREFIX) && name !== SHELL && (await (await caches.open(name)).match(path));
    if (kept) return kept.arrayBuffer();
  }
  return null;
}

/** Asks the server for the catalogue and stores what it says. */
async function freshCatalogue(signal) {
  const response = await fetch(CATALOGUE, { cache: "no-cache", signal });
  if (!response.ok) throw new Error(`the catalogue: ${response.status}`);
  const bytes = await response.arrayBuffer();
  await (await caches.open(CATALOGUE_CACHE)).put(CATALOGUE, new Response(bytes));
  return answer(CATALOGUE, bytes);
}

/** The server's catalogue where it answers in time, else the stored one. */
async function catalogue(event) {
  const kept = await (await caches.open(CATALOGUE_CACHE)).match(CATALOGUE);
  const { clientId, request } = event;
  void count(clientId, request.url);
  try {
    return await freshCatalogue(kept ? AbortSignal.timeout(CATALOGUE_WITHIN_MS) : undefined);
  } catch {
    return kept ? answer(CATALOGUE, await kept.arrayBuffer()) : Response.error();
  }
}

// What is said to pages

/**
 * What each open page says of itself: its build, whether a file is open in it, whether it is at work. A page that does not answer, being
 * frozen or of a build that knows no questions, is taken to be at work on something old.
 */
async function askPages() {
  const pages = await clients.matchAll({ type: "window", includeUncontrolled: true });
  const ask = (page) =>
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => resolve({ ...data, id: page.id });
      setTimeout(() => resolve({ id: page.id, build: null, open: false, busy: true }), ANSWER_WITHIN_MS);
      page.postMessage({ type: "what-are-you-doing" }, [port2]);
    });
  return Promise.all(pages.map(ask));
}

/** A waiting build takes over when a person says so in the page `asker` and no other page is at work. */
async function takeOver(asker) {
  const others = (await askPages()).filter((page) => page.id !== asker);
  if (others.some((page) => page.busy)) return { taken: false };
  await self.skipWaiting();
  return { taken: true };
}

/** Tells pages of a request that goes to a network. */
function count(clientId, url, method = "GET") {
  return tell(clientId, { type: "request", method, url });
}

/** Tells pages how much comes for a request. */
function received(clientId, url, response) {
  return tell(clientId, { type: "received", url, bytes: Number(response.headers.get("content-length") ?? 0) });
}

/**
 * Tells the page that made a request, or, where a worker did or this script, those that it may belong to. The page of a worker is
 * known by what follows the `#` in the worker's address.
 */
async function tell(clientId, words) {
  const pages = await clients.matchAll({ type: "window", includeUncontrolled: true });
  const client = clientId ? await clients.get(clientId) : undefined;
  const owner = client?.type === "window" ? client.id : undefined;
  const tab = client && !owner ? new URL(client.url).hash.slice(1) : "";
  for (const page of pages) {
    if (!owner || owner === page.id) page.postMessage({ ...words, tab });
  }
}
