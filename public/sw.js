// Keeps the shell (page, engine, fonts, icons) of one build, so that a second visit needs no network.
// Knows nothing of speech models: the engine keeps those, checked, in the browser's file storage.
"use strict";

// Both are filled in by the build: the build's name, and the paths that belong to it.
const BUILD = "__INCUT_BUILD__";
const FILES = "__INCUT_FILES__";

const PREFIX = "incut-shell-";
const SHELL = PREFIX + BUILD;
const CATALOGUE = "/models/models.json";
const CATALOGUE_CACHE = "incut-catalogue";
const PAGE = "/";

// All or nothing: an install that lacks one file fails, and the browser tries again on the next visit.
self.addEventListener("install", (event) => {
  const store = async () => {
    const shell = await caches.open(SHELL);
    await shell.addAll([...new Set([PAGE, ...FILES])]);
    // The first visit is not answered by this worker, so its catalogue would be missed. A server without one is no
    // reason not to install.
    const catalogue = await caches.open(CATALOGUE_CACHE);
    await catalogue.add(CATALOGUE).catch(() => {});
  };
  event.waitUntil(store());
});

// Older builds go only when this one is in charge, so that a page never loses the files it was built with.
self.addEventListener("activate", (event) => {
  const tidy = async () => {
    const names = await caches.keys();
    const old = names.filter((name) => name.startsWith(PREFIX) && name !== SHELL);
    await Promise.all(old.map((name) => caches.delete(name)));
  };
  event.waitUntil(tidy());
});

// A waiting build takes over only when a person says so.
self.addEventListener("message", (event) => {
  if (event.data?.type === "skip-waiting") self.skipWaiting();
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  // The page asks for this very script to learn of a newer build; that is between it and the server.
  if (request.method !== "GET" || url.origin !== location.origin || url.pathname === location.pathname) return;
  if (url.pathname === CATALOGUE) event.respondWith(networkFirst(request));
  else if (request.mode === "navigate") event.respondWith(shellFirst(PAGE, request));
  else if (!url.pathname.startsWith("/models/")) event.respondWith(shellFirst(url.pathname, request));
});

// Answers are kept whole, with the headers that keep the tab sealed.
async function shellFirst(path, request) {
  const cache = await caches.open(SHELL);
  // A file that is neither stored nor to be had is a plain failed request, not an error of this script.
  return (await cache.match(path)) ?? fetch(request).catch(() => Response.error());
}

async function networkFirst(request) {
  const cache = await caches.open(CATALOGUE_CACHE);
  try {
    const answer = await fetch(request);
    if (answer.ok) await cache.put(CATALOGUE, answer.clone());
    return answer;
  } catch {
    const kept = await cache.match(CATALOGUE);
    return kept ?? Response.error();
  }
}
