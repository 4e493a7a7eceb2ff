#!/usr/bin/env bash
# A canvas that a page hands to a worker (transferControlToOffscreen) gives the worker its context once in Firefox: the second getContext of
# the same kind throws InvalidStateError, "Cannot update created context to different thread", although there is one thread only. Chromium,
# and Firefox for a canvas that the worker made itself, give the same context again, as the standard says. The first context works on, also
# after the canvas got another size. Who asks before each drawing shows one picture and then none.
#
# Guess: getContext gives the same object each time.
# Seen with: Firefox ESR 153.8 and Chromium (Debian), puppeteer-core 24.43.1, 1 December 2026.
set -euo pipefail
firefox=${FIREFOX:-/usr/bin/firefox-esr}
chromium=${CHROMIUM:-/usr/bin/chromium}
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund puppeteer-core@24.43.1 > /dev/null
cat > run.mjs <<'JS'
import { createServer } from "node:http";
import puppeteer from "puppeteer-core";

const server = createServer((_, answer) => answer.setHeader("content-type", "text/html").end("<!doctype html><title>page</title><canvas></canvas>")).listen(0, "127.0.0.1");
await new Promise((resolve) => server.once("listening", resolve));
const seen = {};
for (const [name, executablePath] of [["firefox", process.argv[2]], ["chrome", process.argv[3]]]) {
  const browser = await puppeteer.launch({ browser: name, executablePath, args: name === "chrome" ? ["--no-sandbox"] : [] });
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  seen[name] = await page.evaluate(async () => {
    const body = `onmessage = ({ data: { canvas } }) => {
      const again = (canvas, first) => {
        try {
          return canvas.getContext("2d") === first ? "the same" : "another";
        } catch (error) {
          return error.name + ": " + error.message;
        }
      };
      const plain = new OffscreenCanvas(30, 30);
      const own = again(plain, plain.getContext("2d"));
      const context = canvas.getContext("2d");
      const handed = again(canvas, context);
      canvas.width = 200;
      context.fillStyle = "rgb(248, 180, 135)";
      context.fillRect(0, 0, 200, 150);
      postMessage({ own, handed });
    }`;
    const worker = new Worker(URL.createObjectURL(new Blob([body])));
    const canvas = document.querySelector("canvas");
    const offscreen = canvas.transferControlToOffscreen();
    const told = await new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = ({ message }) => reject(new Error(message));
      worker.postMessage({ canvas: offscreen }, [offscreen]);
    });
    await new Promise((resolve) => setTimeout(resolve, 800));
    const copy = document.createElement("canvas").getContext("2d");
    copy.drawImage(canvas, 0, 0);
    return { ...told, shown: [...copy.getImageData(9, 9, 1, 1).data].join() };
  });
  console.log(`${await browser.version()}: of its own canvas ${seen[name].own}; of the page's ${seen[name].handed}; by the first context the page shows ${seen[name].shown}`);
  await browser.close();
}
server.close();
const isShown = Object.values(seen).every(({ own, shown }) => own === "the same" && shown === "248,180,135,255");
if (!isShown || seen.chrome.handed !== "the same" || !/^InvalidStateError/.test(seen.firefox.handed)) throw new Error("the behavior changed");
JS
node run.mjs "$firefox" "$chromium"
