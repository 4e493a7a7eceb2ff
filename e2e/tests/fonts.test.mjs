// Every script that the speech models write has letters in the fonts that come with the page: each sample is drawn with them and looks
// otherwise than the box of a letter that is missing.

import assert from "node:assert/strict";
import test from "node:test";
import { browse } from "../fixtures/browser.mjs";
import { serve } from "../fixtures/server.mjs";

const SAMPLES = {
  Amharic: "ሰላም",
  Arabic: "مرحبا",
  Armenian: "բարեւ",
  Bengali: "নমস্কার",
  Burmese: "မင်္ဂလာ",
  Chinese: "你好",
  Georgian: "გამარჯობა",
  Greek: "γειά",
  Gujarati: "નમસ્તે",
  Hebrew: "שלום",
  Hindi: "नमस्ते",
  Japanese: "こんにちは",
  Kannada: "ನಮಸ್ಕಾರ",
  Khmer: "សួស្តី",
  Korean: "안녕하세요",
  Lao: "ສະບາຍດີ",
  Malayalam: "നമസ്കാരം",
  Punjabi: "ਸਤ ਸ੍ਰੀ",
  Russian: "привет",
  Sinhala: "ආයුබෝවන්",
  Tamil: "வணக்கம்",
  Telugu: "నమస్కారం",
  Thai: "สวัสดี",
  Tibetan: "བཀྲ་ཤིས",
};

test("every script that is written has letters", async (t) => {
  const server = await serve(t);
  const browser = await browse(t);
  const page = await browser.context.newPage();
  await page.goto(`${server.origin}/fonts/LICENSE.txt`);
  const missing = await page.evaluate(async (samples) => {
    const bytes = async (path) => (await fetch(path)).arrayBuffer();
    const families = [];
    for (const { name } of JSON.parse(new TextDecoder().decode(await bytes("/fonts/scripts.json")))) {
      const pack = await bytes(`/fonts/scripts/${name}`);
      const length = new DataView(pack).getUint32(0, true);
      const slices = JSON.parse(new TextDecoder().decode(new Uint8Array(pack, 4, length)));
      families.push({ name: name.split(".")[0], slices, body: pack.slice(4 + length) });
    }
    const sliceOf = (code) => {
      for (const family of families) {
        const slice = family.slices.find(({ letters }) => letters.some(([first, last]) => first <= code && code <= last));
        if (slice) return { family, slice };
      }
      return null;
    };
    const canvas = new OffscreenCanvas(600, 120);
    const context = canvas.getContext("2d", { willReadFrequently: true });
    const drawn = (text, font) => {
      context.clearRect(0, 0, canvas.width, canvas.height);
      context.font = `60px ${font}`;
      context.fillText(text, 10, 80);
      return context.getImageData(0, 0, canvas.width, canvas.height).data.join();
    };
    const missing = [];
    for (const [language, text] of Object.entries(samples)) {
      const fonts = [];
      for (const letter of new Set(text.replaceAll(" ", ""))) {
        const found = sliceOf(letter.codePointAt(0));
        if (!found) {
          missing.push(`${language}: no font has ${letter}`);
          continue;
        }
        const { family, slice } = found;
        const face = new FontFace(family.name, family.body.slice(slice.at, slice.at + slice.bytes), { unicodeRange: slice.range });
        self.document.fonts.add(await face.load());
        fonts.push(`"${family.name}"`);
      }
      // A letter that no font has is a box.
      const box = drawn("\u{10fffd}".repeat([...text].length), fonts.join(", "));
      const shown = drawn(text, fonts.join(", "));
      if ([box, drawn("", "serif"), drawn(text, "serif")].includes(shown)) missing.push(`${language}: not drawn with it`);
    }
    return missing;
  }, SAMPLES);
  assert.deepEqual(missing, []);
});
