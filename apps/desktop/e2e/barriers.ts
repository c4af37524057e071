import { AxeBuilder } from "@axe-core/playwright";
import type { Page } from "@playwright/test";

type Where = {
  /** A selector: else the whole page. */
  part?: string;
  /** By their names at axe: else all. */
  rules?: string[];
};

/** What shuts somebody out of the page, as axe finds it: a line for each element. */
export async function barriers(page: Page, where: Where = {}): Promise<string[]> {
  const found = await lookAt(page, where);
  if (found.length === 0) return found;
  // What is on its way out is hidden already, and still there until it has faded.
  await page.evaluate(async () => {
    const fading = document
      .getAnimations()
      .filter(({ effect }) => Number.isFinite(effect?.getComputedTiming().endTime));
    await Promise.allSettled(fading.map(({ finished }) => finished));
  });
  return lookAt(page, where);
}

async function lookAt(page: Page, { part, rules }: Where): Promise<string[]> {
  const axe = new AxeBuilder({ page })
    // Of what is right it would describe each element; that takes three quarters of its time.
    .options({ resultTypes: ["violations"] })
    // Of frames the results are put together in a page of their own.
    .setLegacyMode(page.frames().length === 1)
    // Base UI's focus guards are hidden and focusable on purpose: they pass the focus on.
    .exclude("[data-base-ui-focus-guard]");
  if (part) axe.include(part);
  if (rules) axe.withRules(rules);
  const { violations } = await axe.analyze();
  return violations
    .filter(({ impact }) => impact === "serious" || impact === "critical")
    .flatMap(({ id, nodes }) =>
      nodes.map(({ target, failureSummary }) => `${id} ${target}: ${failureSummary}`),
    );
}
