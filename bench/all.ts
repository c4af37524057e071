/**
 * All that is promised of speed, side by side with its yardsticks, as one table: `npm run bench`
 * Takes about a quarter of an hour on a quiet machine; what else runs there shows in the figures.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import path from "node:path";
import { machine } from "./measured-program.ts";
import { isVerdict, type Verdict } from "./verdicts.ts";

const benches = [
  "fan-out.ts",
  "live.ts",
  "writes.ts",
  "notifications/everyone.ts",
  "notifications/told.ts",
  "groups.ts",
  "requests.ts",
  "documents.ts",
  "unread-texts.ts",
  "hostile.ts",
  "search.ts",
  "files.ts",
  "edits.ts",
];
const yardsticks = [
  "ws",
  "socket.io",
  "@trpc/server",
  "postgres",
  "superjson",
  "@hocuspocus/server",
];

async function run(file: string): Promise<Verdict[]> {
  const child = fork(path.join(import.meta.dirname, file));
  const verdicts: Verdict[] = [];
  child.on("message", (message) => {
    if (isVerdict(message)) verdicts.push(message);
  });
  const [code] = await once(child, "exit");
  if (code !== 0) throw new Error(`bench/${file} ended with ${code}.`);
  return verdicts;
}

/** Some of these keep their package.json to themselves: read it where the entry lies. */
function versionOf(name: string): string {
  const require = createRequire(import.meta.url);
  const folder = require.resolve
    .paths(name)
    ?.map((each) => path.join(each, name, "package.json"))
    .map((file) => {
      try {
        return require(file) as { version: string };
      } catch {
        return null;
      }
    });
  return folder?.find((each) => each !== null)?.version ?? "?";
}

const before = machine();
const verdicts: Verdict[] = [];
for (const file of benches) {
  console.log(`\n--- ${file}`);
  verdicts.push(...(await run(file)));
}
console.log(`\n${before}`);
console.log(yardsticks.map((name) => `${name} ${versionOf(name)}`).join(", "));
const rows = verdicts.map(
  ({ what, measured, wanted, holds }) =>
    `| ${what} | ${measured} | ${wanted} | ${holds ? "holds" : "does not hold"} |`,
);
console.log(["| what | measured | wanted | |", "| --- | --- | --- | --- |", ...rows].join("\n"));
