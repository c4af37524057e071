/** How long until another person sees it: both pages are on one machine and read one clock. */
import type { Page } from "@playwright/test";

/** From when something is done on `page`: the moment of the next such event there. */
export function nextEvent(page: Page, type: "drop" | "keydown"): Promise<number> {
  return page.evaluate(
    (name) =>
      new Promise<number>((resolve) => {
        const seen = (event: Event) => {
          if (event instanceof KeyboardEvent && event.key !== "Enter") return;
          document.removeEventListener(name, seen, true);
          resolve(Date.now());
        };
        document.addEventListener(name, seen, true);
      }),
    type,
  );
}

/** To when it is drawn on `page`: `selector` is there and holds `text`. */
export function drawn(page: Page, selector: string, text: string): Promise<number> {
  return page.evaluate(
    ([where, what]) =>
      new Promise<number>((resolve) => {
        const look = () => {
          for (const element of document.querySelectorAll(where ?? "")) {
            if (!element.textContent?.includes(what ?? "")) continue;
            observer.disconnect();
            resolve(Date.now());
            return;
          }
        };
        const observer = new MutationObserver(look);
        const everything = { subtree: true, childList: true, characterData: true };
        observer.observe(document.body, { ...everything, attributes: true });
        look();
      }),
    [selector, text],
  );
}
