// `npm run screenshots`: every state of the page, on a telephone and on a wide screen, in light and in dark, written to
// docs/screenshots/. The pictures show the real page at real work, on the sample that it offers.

import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { browse } from "./fixtures/browser.mjs";
import { longTalk, textAsVideo, twoVoices } from "./fixtures/films.mjs";
import { front } from "./fixtures/front.mjs";
import { visit } from "./fixtures/page.mjs";
import { places } from "./fixtures/places.mjs";
import { within } from "./fixtures/scope.mjs";
import { serve } from "./fixtures/server.mjs";
import { THEMES, showIn } from "./fixtures/theme.mjs";

const SIZES = { wide: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } };
const folder = join(places.root, "docs/screenshots");

/** Pictures of the state the page is in. `whole`: all of the page and not only what the screen shows. */
async function shoot(page, state, { whole = false } = {}) {
  for (const theme of THEMES) {
    await showIn(page, theme);
    for (const [name, size] of Object.entries(SIZES)) {
      await page.setViewportSize(size);
      await page.evaluate(() => scrollTo(0, 0));
      await page.waitForTimeout(300);
      const path = join(folder, `${state}-${name}-${theme}.png`);
      await page.screenshot({ path, fullPage: whole && name === "phone" });
    }
  }
  console.log(state);
}

/** Not in the first moment of the work, so that there is something to see. */
function hasDone(page, percent) {
  return page.waitForFunction((percent) => {
    const bar = document.querySelector("#progress [role=progressbar]");
    return Number(bar?.getAttribute("aria-valuenow")) >= percent;
  }, percent);
}

async function allStates(scope) {
  mkdirSync(folder, { recursive: true });
  const server = await serve(scope);
  let release;
  const weightsMayCome = new Promise((resolve) => (release = resolve));
  // Some of the model has come, the rest is on its way.
  const linger = (path) => (path.endsWith(".safetensors") ? weightsMayCome : undefined);
  const slow = await front(scope, server.origin, { linger });
  const browser = await browse(scope, { viewport: SIZES.wide });
  const incut = await visit(browser, slow.origin);
  const { page } = incut;

  await page.locator("#choose-file").waitFor();
  await page.waitForTimeout(1500);
  await shoot(page, "preparing");
  release();
  await incut.engineIsReady();
  await incut.isStored();
  await shoot(page, "empty", { whole: true });

  await page.getByRole("button", { name: "Settings" }).click();
  await shoot(page, "settings");
  await page.locator("#close-settings").click();

  await incut.choose(await textAsVideo());
  await incut.alert.waitFor();
  await shoot(page, "error");
  await incut.dismiss();

  // Long enough that the work goes on while it is pictured.
  await incut.choose(await longTalk());
  await incut.hears(40);
  await shoot(page, "working", { whole: true });
  await incut.cancel();
  await incut.isIdle();
  await incut.closeFile();
  await page.locator("#try-sample").click();
  await incut.reaches("ready");
  await page.waitForFunction(() => {
    const pictures = [...document.querySelectorAll(".clip-picture")];
    return pictures.length === document.querySelectorAll(".clip-list > .clip").length && pictures.every((one) => one.complete);
  });
  await incut.understands();
  // A moment of the talk, so that player and transcript show where it stands.
  await page.locator("#transcript .word").nth(60).click();
  await page.waitForTimeout(800);
  await shoot(page, "ready", { whole: true });

  await incut.edit(0);
  const slider = page.getByRole("slider", { name: "Position in the clip" });
  await slider.fill("62");
  await page.waitForTimeout(2000);
  await shoot(page, "editor");
  await incut.closeEditor();

  await page.locator("#export-all").click();
  await incut.isWorkingOn("export");
  await hasDone(page, 10);
  await shoot(page, "exporting", { whole: true });
  await incut.isIdle();
  await page.mouse.move(0, 0);
  await shoot(page, "done", { whole: true });
  await incut.closeFile();

  // Two voices, what is made of them, and what is written about a clip.
  await incut.analyze(await twoVoices());
  await incut.understands();
  await page.locator("#write-texts").click();
  await page.waitForFunction(() => document.documentElement.dataset.writing === "done");
  await page.locator(".clip-why").first().click();
  await shoot(page, "understood", { whole: true });
  await page.keyboard.press("Escape");
  await incut.edit(0);
  await page.locator("#clip-texts summary").click();
  await incut.speakerMarks("Names");
  await slider.fill("20");
  await page.waitForTimeout(2000);
  await shoot(page, "texts");
  await browser.close();
}

await within(allStates);
