/** `node scripts/structure/check.ts`: what stands in the wrong place, by rule; part of `npm run check`. */
import path from "node:path";
import {
  allowing,
  circleProblems,
  forbiddenProblems,
  layerProblems,
  type Problem,
  sizeProblems,
  wordProblems,
} from "./problems.ts";
import { rules } from "./rules.ts";
import { filesOf, readSources } from "./sources.ts";

const root = path.resolve(import.meta.dirname, "../..");
const files = filesOf(root);
const sources = readSources(root, files, rules.aliases);
const exceptions = allowing(rules.exceptions);
const problems: Problem[] = [
  ...layerProblems(sources, rules, exceptions),
  ...circleProblems(sources, rules, exceptions),
  ...exceptions.unused(),
  ...forbiddenProblems(sources, rules),
  ...sizeProblems(files, sources, rules),
  ...wordProblems(sources, rules),
];

for (const [rule, ofRule] of Map.groupBy(problems, (problem) => problem.rule)) {
  console.log(`\n${rule}:`);
  for (const { where, what } of ofRule) console.log(`  ${where} ${what}`);
}
if (problems.length > 0) {
  console.log(
    "\nWhat may stand where, and each exception with its reason: scripts/structure/rules.ts",
  );
}
process.exitCode = problems.length > 0 ? 1 : 0;
