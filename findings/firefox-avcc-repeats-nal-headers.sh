#!/usr/bin/env bash
# Firefox's VideoEncoder with avc: { format: "avc" } gives a decoderConfig.description in which each parameter set begins with its NAL
# header twice (67 67 64 …, 68 68 eb …), lengths included, and in which the reserved bits that ISO/IEC 14496-15 wants as ones are zeros.
# ffmpeg says "sps_id 1 out of range" of a file that carries it as avcC. The same sets stand, whole, at the head of each key chunk,
# where Chromium puts none.
#
# Guess: the description is a valid AVCDecoderConfigurationRecord.
# Seen with: Firefox ESR 153.8 (Debian), puppeteer-core 24.43.1, 29 November 2026:
#   description 0164001f0301001967676400 1f…, key chunk 000000186764001f…
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
const seen = await page.evaluate(async () => {
  const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const seen = {};
  const output = (chunk, metadata) => {
    const { description } = metadata?.decoderConfig ?? {};
    if (!description || seen.description) return;
    const data = new Uint8Array(chunk.byteLength);
    chunk.copyTo(data);
    Object.assign(seen, { description: hex(new Uint8Array(description.buffer ?? description)), key: hex(data.subarray(0, 16)) });
  };
  const encoder = new VideoEncoder({ output, error: (error) => { throw error; } });
  encoder.configure({ codec: "avc1.64001f", width: 320, height: 240, framerate: 25, bitrate: 500_000, avc: { format: "avc" } });
  const frame = new VideoFrame(new Uint8Array(320 * 240 * 1.5), { format: "I420", codedWidth: 320, codedHeight: 240, timestamp: 0 });
  encoder.encode(frame, { keyFrame: true });
  frame.close();
  await encoder.flush();
  return seen;
});
console.log(`${await browser.version()}\ndescription ${seen.description}\nkey chunk   ${seen.key}…`);
await browser.close();
server.close();
if (!(/^01......0301....6767/.test(seen.description) && /^000000..67(?!67)/.test(seen.key))) throw new Error("the behavior changed");
JS
node run.mjs "$browser"
