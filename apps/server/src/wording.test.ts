import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";

/** Turns of phrase that no native writes: what an operator reads must not fall back into them. */
const left: RegExp[] = [
  /\b(cannot|could not|does not|did not|is not|may not|do not)\b/,
  /\b(make room|put it back|give another|name (one|a) file|look into)\b/i,
  /\b(is taken by|is believed|are kept in|is kept in|is ended|is started again|by hand)\b/i,
  /\b(it (said|brings)|is no backup|of theirs|of yours|goes? on by|anew|is let go)\b/i,
  /\b(what was saved stays|another line of|holds no|this Guildhall brings)\b/i,
  /\bset \w+(, \w+)* (or \w+ )?(lower|higher)\b/,
];

const folders = [".", "../../../packages/db/src"];

/** Sentences that are thrown, logged or printed; SQL and comments are for those who write them. */
function* readByOperators(source: string): Generator<string> {
  const code = source.replaceAll(/\/\*.*?\*\//gs, "").replaceAll(/(?<=^|\s)\/\/ .*$/gm, "");
  for (const [literal] of code.matchAll(/"[A-Z][^"\n]*[.:]"|(?<!sql)`[^`]*[.:]`/g)) {
    if (/[a-z] [a-z]+ [a-z]/.test(literal)) yield literal;
  }
}

test("what operators read in the terminal is in plain words", () => {
  const found: string[] = [];
  let read = 0;
  for (const folder of folders.map((each) => path.join(import.meta.dirname, each))) {
    for (const file of readdirSync(folder, { encoding: "utf8", recursive: true })) {
      if (!/\.ts$/.test(file) || /test|metrics/.test(file)) continue;
      for (const words of readByOperators(readFileSync(path.join(folder, file), "utf8"))) {
        read++;
        const fault = left.find((phrase) => phrase.test(words));
        if (fault) found.push(`${file}: ${words} (${fault})`);
      }
    }
  }
  expect(read).toBeGreaterThan(60);
  expect(found).toEqual([]);
});
