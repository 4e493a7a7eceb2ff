#!/usr/bin/env bash
# Firefox's VideoEncoder, asked for H.264 with latencyMode "quality", encodes with B-frames: chunks come in decode order, so their
# timestamps go back, and neither chunk nor metadata names a decode time. Chromium's never do. A muxer that takes timestamps for
# ascending refuses the film or writes one that stutters.
#
# Guess: chunks come in the order in which pictures were given.
# Seen with: Firefox ESR 153 (Debian), puppeteer-core 24.43.1, 29 November 2026.
set -euo pipefail
browser=${FIREFOX:-/usr/bin/firefox-esr}
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund puppeteer-core@24.43.1 > /dev/null
cat > run.mjs <<'JS'
import { createServer } from "node:http";
import puppeteer from "puppeteer-core";

const server = createServer((_, answer) => answer.setHeader("content-type", "text/html").end("<title>page</title>")).listen(0, "127.0.0.1");
await new Promise((resolve) => server.once("listening", resolve));
const browser = await puppeteer.launch({ browser: "firefox", executablePath: process.argv[2] });
const page = await browser.newPage();
await page.goto(`http://127.0.0.1:${server.address().port}/`);
const order = await page.evaluate(async () => {
  const encode = async (latencyMode) => {
    const order = [];
    const encoder = new VideoEncoder({ output: (chunk) => order.push(Math.round(chunk.timestamp / 40_000)), error: (error) => { throw error; } });
    encoder.configure({ codec: "avc1.64001f", width: 320, height: 240, framerate: 25, bitrate: 500_000, latencyMode, avc: { format: "avc" } });
    for (let i = 0; i < 24; i += 1) {
      const data = new Uint8Array(320 * 240 * 1.5).map((_, n) => (n < 76_800 ? (n % 320) + i * 3 : 128));
      const frame = new VideoFrame(data, { format: "I420", codedWidth: 320, codedHeight: 240, timestamp: i * 40_000 });
      encoder.encode(frame, { keyFrame: i === 0 });
      frame.close();
    }
    await encoder.flush();
    return order;
  };
  return { quality: await encode("quality"), realtime: await encode("realtime") };
});
console.log(`${await browser.version()}\nquality:  ${order.quality.join(" ")}\nrealtime: ${order.realtime.join(" ")}`);
await browser.close();
server.close();
const goesBack = (numbers) => numbers.some((number, i) => i > 0 && number < numbers[i - 1]);
if (!goesBack(order.quality) || goesBack(order.realtime)) throw new Error("the behavior changed");
JS
node run.mjs "$browser"
