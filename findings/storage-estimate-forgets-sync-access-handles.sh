#!/usr/bin/env bash
# After a restart of Chromium, navigator.storage.estimate() no longer counts what was written to the origin private file system through a
# FileSystemSyncAccessHandle, closed or not: fifty megabytes of files that are all there count as nothing. The same files written through
# createWritable() are still counted.
#
# Guess: usage is what the origin's files take, however they were written and whenever the browser was started.
# Seen with: Chromium 156.0.8078.108 (Debian), puppeteer-core 24.43.1, 30 November 2026. Written by createWritable(): 50 MB before and after
# the restart. By closed sync access handles: 50 MB before, under 1 kB after, while the files add up to 50 MB.
set -euo pipefail
browser=${CHROMIUM:-/usr/bin/chromium}
work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
cd "$work"
npm install --silent --no-audit --no-fund puppeteer-core@24.43.1 > /dev/null
cat > run.mjs <<'JS'
import { mkdtempSync } from "node:fs";
import { createServer } from "node:http";
import puppeteer from "puppeteer-core";

const server = createServer((_, answer) => answer.setHeader("content-type", "text/html").end("<title>page</title>")).listen(0, "127.0.0.1");
await new Promise((resolve) => server.once("listening", resolve));

/** One run of the browser on a profile: what `act` answers in the page. */
async function visit(userDataDir, act, ...args) {
  const browser = await puppeteer.launch({ executablePath: process.argv[2], userDataDir, args: ["--no-sandbox"] });
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${server.address().port}/`);
  const answer = await page.evaluate(act, ...args);
  const version = await browser.version();
  await browser.close();
  return { version, ...answer };
}

const write = async (way) => {
  const work = async (way) => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("files", { create: true });
    for (let number = 0; number < 5; number += 1) {
      const file = await folder.getFileHandle(`${number}`, { create: true });
      const bytes = new Uint8Array(10_000_000).fill(7);
      if (way === "writable") {
        const stream = await file.createWritable();
        await stream.write(bytes);
        await stream.close();
      } else {
        const handle = await file.createSyncAccessHandle();
        handle.write(bytes);
        handle.flush();
        handle.close();
      }
    }
  };
  const code = `(${work})(${JSON.stringify(way)}).then(() => postMessage("done"))`;
  const worker = new Worker(URL.createObjectURL(new Blob([code], { type: "text/javascript" })));
  await new Promise((resolve) => (worker.onmessage = resolve));
  return { usage: (await navigator.storage.estimate()).usage };
};

const read = async () => {
  const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle("files");
  let files = 0;
  for await (const [, handle] of folder.entries()) files += (await handle.getFile()).size;
  return { usage: (await navigator.storage.estimate()).usage, files };
};

const megabytes = (bytes) => Math.round(bytes / 1e6);
for (const [way, after] of [["writable", 50], ["sync access handle", 0]]) {
  const profile = mkdtempSync("profile-");
  const [before, now] = [await visit(profile, write, way), await visit(profile, read)];
  console.log(
    `${now.version}, ${way}: ${megabytes(before.usage)} MB, after a restart ${megabytes(now.usage)} MB for ${megabytes(now.files)} MB of files`,
  );
  if (megabytes(before.usage) !== 50 || megabytes(now.files) !== 50 || megabytes(now.usage) !== after) throw new Error("the behavior changed");
}
server.close();
JS
node run.mjs "$browser"
