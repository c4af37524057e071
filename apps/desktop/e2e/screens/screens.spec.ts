/** Every screen, in light and dark: nothing that shuts somebody out, no error, no motion unasked. */
import { AxeBuilder } from "@axe-core/playwright";
import { expect, type Page, test } from "@playwright/test";
import { type Guildhall, startGuildhall } from "../guildhall.ts";
import { makeSample } from "../samples/sample.ts";
import { screens } from "./screens.ts";
import { startTour } from "./tour.ts";

let guildhall: Guildhall;
test.beforeAll(async () => {
  guildhall = await startGuildhall();
});
test.afterAll(() => guildhall.stop());

// One test: the screens follow each other in the browsers of the same few people.
test("every screen is for everybody, in light and dark", async ({ browser }) => {
  const tour = startTour(browser, guildhall, await makeSample(guildhall));
  for (const screen of screens) {
    await test.step(screen.name, async () => {
      const page = await tour.go(screen);
      await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
      expect.soft(await moving(page), `${screen.name} moves`).toEqual([]);
      expect.soft(await findings(axe(page)), `${screen.name}, light`).toEqual([]);
      await page.emulateMedia({ colorScheme: "dark", reducedMotion: "reduce" });
      // The dark differs in its colours only, and a whole run takes a second.
      const colours = axe(page).withRules(["color-contrast", "link-in-text-block"]);
      expect.soft(await findings(colours), `${screen.name}, dark`).toEqual([]);
      expect.soft(tour.complaints(), `${screen.name}, console`).toEqual([]);
    });
  }
});

const axe = (page: Page) =>
  // Base UI's focus guards are hidden and focusable on purpose: they pass the focus on.
  new AxeBuilder({ page }).exclude("[data-base-ui-focus-guard]");

async function findings(builder: AxeBuilder): Promise<string[]> {
  const { violations } = await builder.analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} ${target}: ${failureSummary}`),
    );
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
