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

const root = path.join(import.meta.dirname, "..");
const sources = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((file) => /\.tsx?$/.test(file) && !/\.test\.|testing/.test(file))
  .map((file) => ({ file, source: readFileSync(path.join(root, file), "utf8") }));

it("says nothing in words that were left", () => {
  const found: string[] = [];
  for (const { file, source } of sources) {
    for (const words of readByPeople(source)) {
      const fault = left.find((phrase) => phrase.test(words));
      if (fault) found.push(`${file}: ${words} (${fault})`);
    }
  }
  expect(found).toEqual([]);
});

it("names no key that does nothing", () => {
  const keys = new Set(
    sources.flatMap(({ source }) =>
      [...source.matchAll(/\bkeys(?:=|: (?:\w+ \? (?:null : )?)?)"([^"\n]+)"/g)].map(
        ([, name]) => name,
      ),
    ),
  );
  const named = sources.flatMap(({ file, source }) =>
    [...readByPeople(source)].flatMap((words) =>
      [...words.matchAll(/\bpress(?:ing)? [“"]?([A-Z]|[/?[]|Enter|Esc)(?![\w-])/gi)].map(
        ([, key = ""]) => ({ file, words, key: key.toLowerCase() }),
      ),
    ),
  );
  expect(keys.size).toBeGreaterThan(40);
  expect(named.length).toBeGreaterThan(2);
  // Of a menu in the text itself, and of every field.
  const everywhere = new Set(["/", "enter", "esc"]);
  expect(named.filter(({ key }) => !keys.has(key) && !everywhere.has(key))).toEqual([]);
});
