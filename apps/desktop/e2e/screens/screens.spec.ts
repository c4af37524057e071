/** Every screen, in light and dark: nothing that shuts somebody out, no error, no motion unasked. */
import { expect, type Page } from "@playwright/test";
import { barriers } from "../barriers.ts";
import { test } from "../test.ts";
import { type Screen, tours } from "./screens.ts";
import { startTourServer } from "./server.ts";
import { startTour, type Tour } from "./tour.ts";

/** The dark differs in nothing else. */
const ONLY_COLOURS = ["color-contrast", "link-in-text-block"];

let server: Awaited<ReturnType<typeof startTourServer>>;
test.beforeAll(async () => {
  server = await startTourServer();
});
test.afterAll(() => server.stop());

for (const [place, screens] of Object.entries(tours)) {
  test(`every screen that ${place} is for everybody, in light and dark`, async ({ browser }) => {
    const tour = startTour(browser, server.guildhall, server.sample);
    for (const screen of screens) await test.step(screen.name, () => look(tour, screen));
  });
}

async function look(tour: Tour, screen: Screen) {
  const page = await tour.go(screen);
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
  expect.soft(await moving(page), `${screen.name} moves`).toEqual([]);
  expect.soft(await barriers(page), `${screen.name}, light`).toEqual([]);
  await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
  const dark = await barriers(page, { rules: ONLY_COLOURS });
  expect.soft(dark, `${screen.name}, dark`).toEqual([]);
  expect.soft(tour.complaints(), `${screen.name}, console`).toEqual([]);
}

const moving = (page: Page) =>
  page.evaluate(() =>
    document.getAnimations().flatMap(({ effect }) => {
      const { activeDuration } = effect?.getComputedTiming() ?? {};
      // Nothing lasts under reduced motion: a frame is 16 ms.
      if (!(effect instanceof KeyframeEffect) || Number(activeDuration) < 16) return [];
      return effect.target?.outerHTML.slice(0, 200) ?? [];
    }),
  );
