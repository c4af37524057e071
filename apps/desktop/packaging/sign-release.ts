/**
 * `npm run desktop:sign -- <folder> [--percentage=20]`: the feeds of a release that was built, signed with
 * DESKTOP_SIGNING_KEY. Again with a higher percentage, it is offered to more people; again without, to all.
 */
import { parseArgs } from "node:util";
import { signRelease } from "./sign-folder.ts";

const { positionals, values } = parseArgs({
  allowPositionals: true,
  options: { percentage: { type: "string" } },
});
const [folder, ...more] = positionals;
const key = process.env.DESKTOP_SIGNING_KEY;
const percentage = values.percentage === undefined ? undefined : Number(values.percentage);
try {
  if (!folder || more.length > 0) {
    throw new Error("Give one folder: npm run desktop:sign -- <folder> [--percentage=20]");
  }
  if (!key) throw new Error("Give the key in DESKTOP_SIGNING_KEY: npm run desktop:key makes one.");
  const signed = signRelease(folder, { key, percentage });
  process.stdout.write(`Signed ${signed.join(", ")}.\n`);
} catch (error) {
  process.stderr.write(`Nothing was signed. ${error instanceof Error ? error.message : error}\n`);
  process.exitCode = 1;
}
