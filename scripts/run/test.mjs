/** Everything there is to prove, and one line at the end that adds it up. */
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import path from "node:path";
import { build } from "./build.mjs";
import { check } from "./check.mjs";
import { ensureChromium } from "./chromium.mjs";
import { root, run } from "./processes.mjs";
import { ensureRedis } from "./redis.mjs";
import { testFiles } from "./test-files.mjs";

const desktop = path.join(root, "apps", "desktop");
const results = path.join(root, "test-results");
const NOTHING = { passed: 0, failed: 0, skipped: 0, again: [] };

/**
 * Without arguments: types and lint, every test of the packages, the servers and the scripts, then the pages in
 * a browser. `npm test -- words` runs the files whose path has one of the words, and `npm test -- e2e words` of
 * those only the pages'. An option (`-t name`, `--project desktop`) is vitest's, or after `e2e` Playwright's.
 */
export async function test(args) {
  mkdirSync(results, { recursive: true });
  const parts = partsFor(args.filter((each) => each !== "--"));
  const timed = [];
  const counts = [];
  for (const { name, work } of parts) {
    const began = Date.now();
    counts.push(await work());
    timed.push(`${name} ${duration(Date.now() - began)}`);
  }
  const total = sum(counts);
  // Nothing failed because nothing ran is no success.
  if (total.passed + total.failed === 0) total.failed = 1;
  console.log(`\n${timed.join(", ")}`);
  for (const each of total.again) console.log(`Passed only when tried again: ${each}`);
  console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
  return total.failed === 0 ? 0 : 1;
}

function partsFor(args) {
  const built = {
    name: "build",
    work: async () => {
      await build();
      return NOTHING;
    },
  };
  if (args.length === 0) {
    // Reading keeps one core busy at most, and the tests wait for servers now and then.
    const both = async () => sum(await Promise.all([check(), runVitest([])]));
    return [
      built,
      { name: "types, lint and tests", work: both },
      { name: "pages", work: () => runPages([]) },
    ];
  }
  const [first, ...rest] = args;
  if (first === "e2e") return [built, { name: "pages", work: () => runPages(rest) }];
  const tests = { name: "tests", work: () => runVitest(args) };
  if (args.some((each) => each.startsWith("-"))) return [built, tests];
  const found = testFiles(args);
  if (found.tests.length + found.pageTests.length === 0) {
    console.log(`No test file has ${args.map((word) => `“${word}”`).join(" or ")} in its path.`);
    return [];
  }
  const parts = [built];
  if (found.tests.length > 0) parts.push(tests);
  const ofPages = found.pageTests.map((file) => file.replace("apps/desktop/", ""));
  if (ofPages.length > 0) parts.push({ name: "pages", work: () => runPages(ofPages) });
  return parts;
}

async function runVitest(args) {
  await ensureRedis();
  const report = fresh("vitest.json");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${report}`];
  const code = await run("vitest", ["run", ...reporters, ...args]);
  return counted(code, report, (json) => ({
    passed: json.numPassedTests,
    failed: json.numFailedTests,
    skipped: json.numPendingTests + json.numTodoTests,
  }));
}

export async function runPages(args) {
  const report = fresh("playwright.json");
  const env = {
    CHROMIUM_PATH: await ensureChromium(),
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
    // Without a locale a browser opens no file whose name has other letters than ASCII.
    ...(process.platform === "linux" && { LC_ALL: "C.UTF-8" }),
  };
  const code = await run("playwright", ["test", "--reporter=list,json", ...args], {
    cwd: desktop,
    env,
  });
  return counted(code, report, ({ stats, suites }) => ({
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected,
    skipped: stats.skipped,
    again: suites.flatMap(triedAgain),
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
  const counts = existsSync(report) ? read(JSON.parse(readFileSync(report, "utf8"))) : NOTHING;
  return code !== 0 && counts.failed === 0 ? { ...counts, failed: 1 } : counts;
}

/** The page tests of Playwright's report that failed, and passed when tried again. */
function triedAgain({ specs = [], suites = [] }) {
  const own = specs
    .filter(({ tests }) => tests.some(({ status }) => status === "flaky"))
    .map(({ file, line, title }) => `${file}:${line} ${title}`);
  return [...own, ...suites.flatMap(triedAgain)];
}

function sum(parts) {
  const total = { ...NOTHING };
  for (const { passed, failed, skipped, again = [] } of parts) {
    total.passed += passed;
    total.failed += failed;
    total.skipped += skipped;
    total.again = [...total.again, ...again];
  }
  return total;
}

/** `8 s`, `3 min 20 s`. */
function duration(ms) {
  const seconds = Math.round(ms / 1_000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
