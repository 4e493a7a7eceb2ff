#!/usr/bin/env bash
# Chromium's AudioDecoder numbers its output by counting samples from the first chunk: a hole in the chunks' timestamps
# does not show in AudioData.timestamp. Only after flush() does the clock begin anew with the next chunk.
#
# Guess: decoded sound carries the time of the chunk it was decoded from, as VideoFrame does.
# Seen with: Chromium 156.0.8078.79 (Debian), puppeteer-core 24.43.1, 29 November 2026.
# Opus packets of 20 ms, the second half stamped 5 s later: the output goes on without a hole; with a flush() at the
# hole it begins 5 s later.
set -euo pipefail
browser=${CHROMIUM:-/usr/bin/chromium}
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund puppeteer-core@24.43.1 > /dev/null
cat > run.mjs <<'JS'
import { createServer } from "node:http";
import puppeteer from "puppeteer-core";

// WebCodecs want a secure context: loopback is one.
const server = createServer((_, answer) => answer.setHeader("content-type", "text/html").end("<title>page</title>")).listen(0, "127.0.0.1");
await new Promise((resolve) => server.once("listening", resolve));
const browser = await puppeteer.launch({ executablePath: process.argv[2], args: ["--no-sandbox"] });
const page = await browser.newPage();
await page.goto(`http://127.0.0.1:${server.address().port}/`);
const largest = await page.evaluate(async () => {
  const chunks = [];
  const encoder = new AudioEncoder({ output: (chunk) => chunks.push(chunk), error: (error) => { throw error; } });
  encoder.configure({ codec: "opus", sampleRate: 48000, numberOfChannels: 1 });
  for (let i = 0; i < 50; i += 1) {
    const data = new Float32Array(960).map((_, n) => 0.2 * Math.sin((i * 960 + n) / 20));
    encoder.encode(new AudioData({ format: "f32-planar", sampleRate: 48000, numberOfFrames: 960, numberOfChannels: 1, timestamp: i * 20_000, data }));
  }
  await encoder.flush();
  const late = (chunk, by) => {
    const data = new Uint8Array(chunk.byteLength);
    chunk.copyTo(data);
    return new EncodedAudioChunk({ type: "key", timestamp: chunk.timestamp + by, duration: chunk.duration, data });
  };
  const decode = async (flushes) => {
    let last = 0;
    const decoder = new AudioDecoder({ output: (data) => { last = Math.max(last, data.timestamp); data.close(); }, error: (error) => { throw error; } });
    decoder.configure({ codec: "opus", sampleRate: 48000, numberOfChannels: 1 });
    for (const [i, chunk] of chunks.entries()) {
      if (flushes && i === 25) await decoder.flush();
      decoder.decode(late(chunk, i < 25 ? 0 : 5_000_000));
    }
    await decoder.flush();
    return last / 1e6;
  };
  return { straight: await decode(false), flushed: await decode(true) };
});
console.log(`${await browser.version()}: last output at ${largest.straight} s; with flush() at the hole ${largest.flushed} s`);
await browser.close();
server.close();
if (!(largest.straight < 1.1 && largest.flushed > 5.5)) throw new Error("the behavior changed");
JS
node run.mjs "$browser"
