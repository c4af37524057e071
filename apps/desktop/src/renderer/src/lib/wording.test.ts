import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";

/** Turns of phrase that no native writes. What people read must not fall back into them. */
const left: RegExp[] = [
  /\bsomebody\b/i,
  /\b(was|were) not (made|saved|changed|moved|deleted|sent|read|created|removed|renamed)\b/i,
  /\bcould not be (read|opened|followed|moved|reached|printed)\b/i,
  /\bmay (not )?(see|read|do|write|always)\b/i,
  /\b(for ever|bring back|taken back|take back|called off|left out|once more)\b/i,
  /\bis (not here|done|gone for good|out of reach|no more)\b/i,
  /\b(no|nothing|nobody) (is called that|like this|fits)\b/i,
  /\b(present password|own window|what is to be done|have one already|forgotten\?)/i,
  /\b(make a|make it a) (token|template|workspace|task)\b/i,
  /\b\d* ?(chosen|choose (all|none)|remarks?)\b/i,
  /\b(month (before|after)|as the system|strike through)\b/i,
  /\b(board|list|settings|menu|name|documents|tasks) of (the|\$\{)/i,
  /\bmore (for|of) (this|\$\{)/i,
  /\bthe (label|status|project|role|account|token|password) (was|is) (not|deleted|saved)\b/i,
  /\breading (the|your) \w+/i,
];

/** Literals and the text between tags; comments and code are for those who write it. */
function* readByPeople(source: string): Generator<string> {
  const code = source.replaceAll(/\/\*.*?\*\//gs, "").replaceAll(/(?<=^|\s)\/\/ .*$/gm, "");
  for (const [literal] of code.matchAll(/"[^"\n]*"|`[^`]*`|(?<=[>}])[^<>{}=;]*(?=[<{])/g)) {
    if (/[a-z] [a-z]/i.test(literal)) yield literal.replaceAll(/\s+/g, " ");
  }
}

it("says nothing in words that were left", () => {
  const root = path.join(import.meta.dirname, "..");
  const found: string[] = [];
  for (const file of readdirSync(root, { recursive: true, encoding: "utf8" })) {
    if (!/\.tsx?$/.test(file) || /\.test\.|testing/.test(file)) continue;
    for (const words of readByPeople(readFileSync(path.join(root, file), "utf8"))) {
      const fault = left.find((phrase) => phrase.test(words));
      if (fault) found.push(`${file}: ${words} (${fault})`);
    }
  }
  expect(found).toEqual([]);
});
