/**
 * How long after an edit of a server file its server answers under `npm run dev`: the median of some edits, from
 * the write to the answer of the server that has it. Usage: `npm run bench -- edits`
 */
import { startEditedDev } from "@guildhall/testing/edited-dev";
import { machine } from "./measured-program.ts";
import { tell } from "./verdicts.ts";

const EDITS = Number(process.env.EDITS ?? 7);
const MOST_MS = 2_000;
const FILE = "apps/server/src/http/refusal.ts";

console.log(machine());
const dev = await startEditedDev();
try {
  await dev.program.ready();
  const text = dev.read(FILE);
  const took: number[] = [];
  for (let n = 1; n <= EDITS; n++) {
    const began = performance.now();
    dev.write(FILE, `${text}\nprocess.stdout.write("edit ${n}\\n");\n`);
    // Printed while it loads: from here on whoever answers has the edit.
    await dev.program.said(new RegExp(`^edit ${n}$[\\s\\S]*^Guildhall is ready`, "m"));
    const { status } = await fetch(`${dev.url}/healthz`);
    if (status !== 200) throw new Error(`It answers with ${status}.`);
    took.push(performance.now() - began);
  }
  const middle = took.toSorted((a, b) => a - b)[Math.floor(took.length / 2)] ?? Number.NaN;
  console.log(`edit to answer: ${took.map((ms) => Math.round(ms)).join(", ")} ms`);
  tell("an edit of a server file answers after", middle, { most: MOST_MS }, " ms");
} finally {
  await dev.stop();
}
