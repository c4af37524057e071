/** Leads through the screens, each person in a browser of their own, and notes what goes wrong. */
import type { Browser, Page } from "@playwright/test";
import type { Guildhall } from "../guildhall.ts";
import { enter } from "../people.ts";
import type { Screen, Visitor } from "./screens.ts";
import type { TourSample } from "./server.ts";

export type Tour = {
  /** The page that shows the screen, ready to be looked at. */
  go(screen: Screen): Promise<Page>;
  /** What the page has complained of since the last time somebody asked. */
  complaints(): string[];
};

export function startTour(browser: Browser, guildhall: Guildhall, sample: TourSample): Tour {
  const pages = new Map<Visitor, Promise<Page>>();
  let heard: string[] = [];

  async function arrive(who: Visitor): Promise<Page> {
    const viewport = { width: 1440, height: 900 };
    const context = await browser.newContext({ viewport, reducedMotion: "reduce" });
    const page = await context.newPage();
    page.on("pageerror", (error) => heard.push(error.message));
    page.on("console", (line) => {
      if (line.type() !== "error") return;
      // How a page finds out that nobody is signed in.
      if (line.location().url.includes("auth.me") && line.text().includes("401")) return;
      // An address that is none is answered as such by the server: here the page's own, and no other.
      if (line.location().url === `${guildhall.url}/nowhere` && line.text().includes("404")) return;
      heard.push(`${line.text()} (${line.location().url})`);
    });
    if (who !== "stranger") await enter(page, sample[who], guildhall.url);
    return page;
  }

  function pageOf(who: Visitor): Promise<Page> {
    const page = pages.get(who) ?? arrive(who);
    pages.set(who, page);
    return page;
  }

  return {
    async go({ who, at, act, shows }) {
      const page = await pageOf(who);
      if (at) await page.goto(guildhall.url + at(sample));
      await act?.(page, sample);
      await shows(page, sample).waitFor();
      await page.evaluate(() => document.fonts.ready.then(() => null));
      return page;
    },
    complaints() {
      const all = heard;
      heard = [];
      return all;
    },
  };
}
