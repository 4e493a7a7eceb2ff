// The page tries to tell a secret to another server in every way a browser knows. With the server's headers nothing
// gets through, also from the worker and when the service worker answers. Without them everything does: that is the
// proof that the trying is real and that it is the headers that hold.

import assert from "node:assert/strict";
import test from "node:test";
import { browse } from "../fixtures/browser.mjs";
import { canary, front } from "../fixtures/front.mjs";
import { visit } from "../fixtures/page.mjs";
import { serve } from "../fixtures/server.mjs";

/** Milliseconds in which a loopback request would long have arrived. */
const ENOUGH_MS = 2_500;
const SEALS = ["content-security-policy", "connection-allowlist", "integrity-policy"];
const FENCES = ["cross-origin-embedder-policy", "cross-origin-opener-policy", "cross-origin-resource-policy"];

/** Ways that leave the page where it is. Each is run in the page with the canary's address. */
const CHANNELS = {
  fetch: ({ origin }) => void fetch(`${origin}/secret`, { mode: "no-cors" }),
  "fetch with a body": ({ origin }) => void fetch(`${origin}/secret`, { mode: "no-cors", method: "POST", body: "secret" }),
  XMLHttpRequest: ({ origin }) => {
    const request = new XMLHttpRequest();
    request.open("GET", `${origin}/secret`);
    request.send();
  },
  beacon: ({ origin }) => void navigator.sendBeacon(`${origin}/secret`, "secret"),
  image: ({ origin }) => void (new Image().src = `${origin}/secret.png`),
  video: ({ origin }) => void Object.assign(document.createElement("video"), { src: `${origin}/secret.mp4` }).load(),
  style: ({ origin }) => {
    document.head.append(Object.assign(document.createElement("link"), { rel: "stylesheet", href: `${origin}/secret.css` }));
  },
  script: ({ origin }) => {
    document.head.append(Object.assign(document.createElement("script"), { src: `${origin}/secret.js` }));
  },
  frame: ({ origin }) => {
    document.body.append(Object.assign(document.createElement("iframe"), { src: `${origin}/secret.html` }));
  },
  WebSocket: ({ host }) => void new WebSocket(`ws://${host}/secret`),
  EventSource: ({ origin }) => void new EventSource(`${origin}/secret`),
  preconnect: ({ origin }) => {
    document.head.append(Object.assign(document.createElement("link"), { rel: "preconnect", href: origin }));
  },
  WebRTC: async ({ udp_port }) => {
    const peer = new RTCPeerConnection({ iceServers: [{ urls: `stun:127.0.0.1:${udp_port}` }] });
    peer.createDataChannel("secret");
    await peer.setLocalDescription(await peer.createOffer());
  },
};

/** Ways that take the page elsewhere, each tried from a page of its own. */
const JOURNEYS = {
  navigation: ({ origin }) => void (location.href = `${origin}/secret`),
  "pop-up": ({ origin }) => void window.open(`${origin}/secret`),
  form: ({ origin }) => {
    const form = Object.assign(document.createElement("form"), { action: `${origin}/secret`, method: "post" });
    document.body.append(form);
    form.submit();
  },
};

/** Ways out of a worker. */
const WORKER_CHANNELS = {
  fetch: ({ origin }) => void fetch(`${origin}/secret`, { mode: "no-cors" }),
  WebSocket: ({ host }) => void new WebSocket(`ws://${host}/secret`),
};

/** Runs `act` where it may throw: a refusal is what is hoped for. */
async function attempt(place, act, canary) {
  await place.evaluate(act, canary).catch(() => {});
}

/** What each channel's canary heard. */
async function tryAll(t, browser, incut, origin) {
  const canaries = {};
  const a = async (name) => (canaries[name] = await canary(t));
  for (const [name, act] of Object.entries(CHANNELS)) await attempt(incut.page, act, plain(await a(name)));
  const [engine] = incut.page.workers();
  assert.ok(engine, "there is no worker to try from");
  for (const [name, act] of Object.entries(WORKER_CHANNELS)) {
    await attempt(engine, act, plain(await a(`worker: ${name}`)));
  }
  for (const [name, act] of Object.entries(JOURNEYS)) {
    const page = await browser.context.newPage();
    await page.goto(`${origin}/`);
    await attempt(page, act, plain(await a(name)));
    await page.waitForTimeout(ENOUGH_MS / 2);
    await page.close();
  }
  await incut.page.waitForTimeout(ENOUGH_MS);
  return Object.fromEntries(Object.entries(canaries).map(([name, { heard }]) => [name, heard]));
}

const plain = ({ origin, host, udp_port }) => ({ origin, host, udp_port });
const silent = (heard) => Object.keys(heard).filter((name) => heard[name].length === 0);
const told = (heard) => Object.keys(heard).filter((name) => heard[name].length > 0);

/** It would put the headers on what it answers, whatever the server sent. */
const WITHOUT_SERVICE_WORKER = { serviceWorkers: "block" };

async function open(t, origin, options) {
  const browser = await browse(t, options);
  const incut = await visit(browser, origin);
  await incut.engineIsReady();
  return { browser, incut };
}

test("nothing can be told to another server", async (t) => {
  const server = await serve(t);

  await t.test("as the server sends it", async (t) => {
    const { browser, incut } = await open(t, server.origin);
    assert.deepEqual(told(await tryAll(t, browser, incut, server.origin)), []);

    await t.test("and as the service worker answers", async (t) => {
      await incut.isStored();
      await incut.page.reload();
      await incut.engineIsReady();
      const controlled = await incut.page.evaluate(() => navigator.serviceWorker.controller !== null);
      assert.ok(controlled, "the service worker does not answer");
      assert.deepEqual(told(await tryAll(t, browser, incut, server.origin)), []);
      const [worker] = browser.context.serviceWorkers();
      const listener = await canary(t);
      for (const act of Object.values(WORKER_CHANNELS)) await attempt(worker, act, plain(listener));
      await incut.page.waitForTimeout(ENOUGH_MS);
      assert.deepEqual(listener.heard, []);
    });
    await browser.close();
  });

  await t.test("without any of the headers, every way leads out", async (t) => {
    const change = (headers) => [...SEALS, ...FENCES].forEach((name) => delete headers[name]);
    const { origin } = await front(t, server.origin, { change });
    const { browser, incut } = await open(t, origin, WITHOUT_SERVICE_WORKER);
    assert.deepEqual(silent(await tryAll(t, browser, incut, origin)), []);
    await browser.close();
  });

  await t.test("without the allowlist, the ways that a content policy does not know lead out", async (t) => {
    const { origin } = await front(t, server.origin, { change: (headers) => delete headers["connection-allowlist"] });
    const { browser, incut } = await open(t, origin, WITHOUT_SERVICE_WORKER);
    const heard = await tryAll(t, browser, incut, origin);
    const ways = ["WebRTC", "navigation", "pop-up", "preconnect"];
    for (const way of ways) assert.ok(heard[way].length > 0, `${way} does not lead out`);
    // For frames and forms Chromium connects before it looks into the policy; it sends nothing.
    const words = Object.keys(heard).filter((way) => heard[way].some((line) => line !== "connection"));
    assert.deepEqual(words.filter((way) => !ways.includes(way)), []);
    await browser.close();
  });
});
