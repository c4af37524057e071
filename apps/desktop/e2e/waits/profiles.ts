/** A browser with a profile on disk, which can be killed and started again, and whose clock may be wrong. */
import { readdirSync, readFileSync } from "node:fs";
import { type BrowserContext, chromium } from "@playwright/test";

export const HOUR_MS = 3_600_000;

/** `wrongByMs`: how far the clock of all its pages is from the true time. */
export async function launchProfile(profile: string, wrongByMs = 0): Promise<BrowserContext> {
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
    viewport: { width: 1440, height: 900 },
  });
  if (wrongByMs !== 0) await context.addInitScript(setClockWrong, wrongByMs);
  return context;
}

function setClockWrong(byMs: number) {
  const Right = Date;
  const now = () => Right.now() + byMs;
  globalThis.Date = new Proxy(Right, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
    apply: () => new Right(now()).toString(),
    get: (target, name, receiver) => (name === "now" ? now : Reflect.get(target, name, receiver)),
  });
}

/** All processes of the browser that has this profile, without a word to any of them. */
export function killBrowser(profile: string) {
  for (const pid of readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
    try {
      if (!readFileSync(`/proc/${pid}/cmdline`, "utf8").includes(profile)) continue;
      process.kill(Number(pid), "SIGKILL");
    } catch {
      // It ended meanwhile.
    }
  }
}
