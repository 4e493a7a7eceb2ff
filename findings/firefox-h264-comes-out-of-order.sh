#!/usr/bin/env bash
# Firefox's VideoEncoder encodes H.264 with B-frames, with latencyMode "quality" and with "realtime" alike: chunks come in decode order, so
# timestamps go back, and neither chunk nor metadata names a decode time. Chromium's never do. On calm pictures it happens once in a
# hundred, or never: a muxer that takes timestamps for ascending fails in the middle of some films.
#
# Guess: chunks come in the order in which pictures were given, at least with "realtime".
# Seen with: Firefox ESR 153.8 (Debian), puppeteer-core 24.43.1, 29 November 2026: noisy pictures come as 0 4 2 1 3 8 6 5 7 9 10 ….
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
  const [width, height, count] = [720, 1280, 150];
  const encode = async (latencyMode) => {
    const order = [];
    const encoder = new VideoEncoder({ output: (chunk) => order.push(Math.round(chunk.timestamp * 30 / 1e6)), error: (error) => { throw error; } });
    encoder.configure({ codec: "avc1.640020", width, height, framerate: 30, bitrate: 4_000_000, latencyMode, avc: { format: "avc" } });
    let seed = 1;
    for (let i = 0; i < count; i += 1) {
      const data = new Uint8Array(width * height * 1.5).fill(128);
      for (let n = 0; n < width * height; n += 1) {
        seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
        data[n] = (n % width) + i * 3 + (seed >>> 27);
      }
      const frame = new VideoFrame(data, { format: "I420", codedWidth: width, codedHeight: height, timestamp: Math.round((i * 1e6) / 30) });
      encoder.encode(frame, { keyFrame: i % 60 === 0 });
      frame.close();
      while (encoder.encodeQueueSize >= 4) await new Promise((resolve) => setTimeout(resolve, 5));
    }
    await encoder.flush();
    return order;
  };
  return { quality: await encode("quality"), realtime: await encode("realtime") };
});
console.log(`${await browser.version()}\nquality:  ${order.quality.slice(0, 12).join(" ")} …\nrealtime: ${order.realtime.slice(0, 12).join(" ")} …`);
await browser.close();
server.close();
const goesBack = (numbers) => numbers.some((number, i) => i > 0 && number < numbers[i - 1]);
if (!goesBack(order.quality) || !goesBack(order.realtime)) throw new Error("the behavior changed");
JS
node run.mjs "$browser"
