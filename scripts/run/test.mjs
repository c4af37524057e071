/** Everything there is to prove, and one line at the end that adds it up. */
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { build } from "./build.mjs";
import { check } from "./check.mjs";
import { ensureChromium } from "./chromium.mjs";
import { root, run } from "./processes.mjs";
import { ensureRedis } from "./redis.mjs";

const desktop = path.join(root, "apps", "desktop");
const results = path.join(root, "test-results");

/**
 * Without arguments: types, lint, every vitest project, then the pages in a browser. With
 * arguments: `npm test -- <vitest's>`, or `npm test -- e2e <Playwright's>`.
 */
export async function test(args) {
  mkdirSync(results, { recursive: true });
  const [first, ...rest] = args;
  const parts = [];
  if (args.length === 0) parts.push(await check());
  await build();
  if (first !== "e2e") {
    await ensureRedis();
    parts.push(await runVitest(args));
  }
  if (args.length === 0 || first === "e2e") parts.push(await runPages(rest));

  const total = { passed: 0, failed: 0, skipped: 0 };
  for (const part of parts) for (const key of Object.keys(total)) total[key] += part[key];
  // Nothing failed because nothing ran is no success.
  if (total.passed + total.failed === 0) total.failed = 1;
  console.log(`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  return total.failed === 0 ? 0 : 1;
}

async function runVitest(args) {
  const report = fresh("vitest.json");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const code = await run("vitest", ["run", ...reporters, ...args]);
  return counted(code, report, (json) => ({
    passed: json.numPassedTests,
    failed: json.numFailedTests,
    skipped: json.numPendingTests + json.numTodoTests,
  }));
}

async function runPages(args) {
  if (!existsSync(path.join(desktop, "playwright.config.ts"))) {
    console.log("There are no tests of the pages yet.");
    return { passed: 0, failed: 0, skipped: 0 };
  }
  const report = fresh("playwright.json");
  const env = { CHROMIUM_PATH: await ensureChromium(), PLAYWRIGHT_JSON_OUTPUT_FILE: report };
  const code = await run("playwright", ["test", "--reporter=list,json", ...args], {
    cwd: desktop,
    env,
  });
  return counted(code, report, ({ stats }) => ({
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
    skipped: stats.skipped,
  }));
}

/** An old report must not speak for a run that ended before it wrote its own. */
function fresh(name) {
  const file = path.join(results, name);
  rmSync(file, { force: true });
  return file;
}

/** A runner may also fail outside of a test (a file that does not load): that is one failure. */
function counted(code, report, read) {
  const counts = existsSync(report)
    ? read(JSON.parse(readFileSync(report, "utf8")))
    : { passed: 0, failed: 0, skipped: 0 };
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  return counts;
}
