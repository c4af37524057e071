import path from "node:path";
import { edgesOnCircles, shortestCircles } from "./circles.ts";
import type { Exception, Rules } from "./rules.ts";
import type { Source } from "./sources.ts";

/** `where`: file and line, or a folder. */
export type Problem = { rule: string; where: string; what: string };

const folderOf = (file: string) => path.posix.dirname(file);
const isIn = (file: string, folder: string) => file === folder || file.startsWith(`${folder}/`);
const isTest = (file: string) => /\.(test|spec)\.|\/testing/.test(file);

/** Every import of `sources` from a file under `root` to another under it. */
const importsUnder = (sources: readonly Source[], root: string) =>
  sources
    .filter(({ file }) => isIn(file, root))
    .flatMap(({ file, imports }) =>
      imports
        .filter(({ target }) => isIn(target, root))
        .map(({ target, line }) => ({ from: file, to: target, line })),
    );

/** The exceptions, and which of them were needed. */
export function allowing(exceptions: readonly Exception[]) {
  const used = new Set<Exception>();
  return {
    has(from: string, to: string): boolean {
      const found = exceptions.filter((e) => isIn(from, e.from) && isIn(to, e.to));
      for (const exception of found) used.add(exception);
      return found.length > 0;
    },
    unused: (): Problem[] =>
      exceptions
        .filter((exception) => !used.has(exception))
        .map(({ from, to }) => ({
          rule: unusedRule,
          where: from,
          what: `imports nothing of ${to} now`,
        })),
  };
}
export type Allowed = ReturnType<typeof allowing>;

const unusedRule =
  "Exceptions that nothing needs any more: take them out of scripts/structure/rules.ts";

export function layerProblems(
  sources: readonly Source[],
  { layers }: Rules,
  exceptions: Allowed,
): Problem[] {
  const { in: root, order, apart, outside } = layers;
  const found: Problem[] = [];
  const partsOf = (file: string) => file.slice(root.length + 1).split("/");
  for (const { file } of sources.filter((source) => isIn(source.file, root))) {
    const [layer = ""] = partsOf(file);
    if (order.includes(layer) || outside.includes(layer)) continue;
    found.push({
      rule: `Every file of the page stands in a layer (${order})`,
      where: file,
      what: "",
    });
  }
  for (const { from, to, line } of importsUnder(sources, root)) {
    const [[above = "", part], [below = "", other]] = [partsOf(from), partsOf(to)];
    const where = `${from}:${line}`;
    if (order.indexOf(above) > order.indexOf(below) && !exceptions.has(from, to)) {
      const rule = `In the page, imports go down only: ${order.join(" > ")}. Pass it in from above, or move what both need down`;
      found.push({ rule, where, what: `imports ${to}` });
    }
    if (above === below && apart.includes(above) && part !== other) {
      const rule = `No part of ${above} imports another: move what both need to entities, or pass it in from app`;
      found.push({ rule, where, what: `imports ${to}` });
    }
  }
  return found;
}

export function circleProblems(
  sources: readonly Source[],
  { circles }: Rules,
  exceptions: Allowed,
): Problem[] {
  return circles.flatMap(({ in: root, folders }) => {
    const unitOf = (file: string) => {
      if (folders === "every") return folderOf(file);
      const [first = "", ...rest] = file.slice(root.length + 1).split("/");
      return rest.length > 0 ? `${root}/${first}` : null;
    };
    const all = importsUnder(sources, root).flatMap(({ from, to, line }) => {
      const [a, b] = [unitOf(from), unitOf(to)];
      // What a test sets up may come from everywhere.
      if (!a || !b || a === b || isTest(from) || isTest(to)) return [];
      return [{ from: a, to: b, import: { from, to, line } }];
    });
    // Who closes no circle needs no exception.
    const closing = new Set(edgesOnCircles(all));
    const edges = all.filter((e) => !closing.has(e) || !exceptions.has(e.import.from, e.import.to));
    const short = (folder = "") => path.posix.relative(root, folder) || ".";
    return shortestCircles(edges).map((circle): Problem => {
      const steps = circle.flatMap((folder, at) => {
        const next = circle[(at + 1) % circle.length];
        const [first, ...more] = edges.filter(({ from, to }) => from === folder && to === next);
        if (!first) return [];
        const others = more.length > 0 ? ` (and ${more.length} more)` : "";
        return `      ${first.import.from}:${first.import.line} imports ${first.import.to}${others}`;
      });
      return {
        rule: "No folders import each other in a circle: turn one step around, or move what both need",
        where: [...circle, circle[0]].map(short).join(" > "),
        what: `\n${steps.join("\n")}`,
      };
    });
  });
}

export function forbiddenProblems(sources: readonly Source[], { forbidden }: Rules): Problem[] {
  const shipped = sources.filter(({ file }) => !isTest(file));
  return shipped.flatMap(({ file, imports }) =>
    imports.flatMap(({ target, line }) =>
      forbidden
        .filter(({ from, not }) => from.test(file) && not.test(target))
        .map(({ why }) => ({ rule: why, where: `${file}:${line}`, what: `imports ${target}` })),
    ),
  );
}

/** `files`: all, as a folder holds pictures too. */
export function sizeProblems(
  files: readonly string[],
  sources: readonly Source[],
  { folder, file }: Rules,
): Problem[] {
  const counts = new Map<string, number>();
  for (const name of files) {
    const within = folderOf(name);
    if (!folder.free.test(within)) counts.set(within, (counts.get(within) ?? 0) + 1);
  }
  const lengths = new Map(sources.map(({ file, lines }) => [file, lines]));
  return [
    ...tooLarge(counts, folder, {
      rule: `A folder holds at most ${folder.most} files: put them into folders that say what is in them`,
      unit: "files",
    }),
    ...tooLarge(lengths, file, {
      rule: `A file has at most ${file.most} lines: give each of its matters a file`,
      unit: "lines",
    }),
  ];
}

function tooLarge(
  sizes: ReadonlyMap<string, number>,
  { most, exceptions }: { most: number; exceptions: Readonly<Record<string, number>> },
  { rule, unit }: { rule: string; unit: string },
): Problem[] {
  const found: Problem[] = [];
  for (const [where, size] of sizes) {
    if (size > (exceptions[where] ?? most))
      found.push({ rule, where, what: `has ${size} ${unit}` });
  }
  for (const where of Object.keys(exceptions)) {
    if ((sizes.get(where) ?? 0) > most) continue;
    found.push({
      rule: unusedRule,
      where,
      what: `has no more than ${most} ${unit} now`,
    });
  }
  return found;
}

export function wordProblems(sources: readonly Source[], { leftWords }: Rules): Problem[] {
  const rule = "Words that were left, as the field has its own (ARCHITECTURE, Words)";
  return leftWords.flatMap(({ in: root, theirs, words }) =>
    sources
      .filter(({ file }) => isIn(file, root))
      .flatMap(({ file, names }) => {
        const found: Problem[] = [];
        const seen = new Set<string>();
        const judge = (name: string, where: string) => {
          const word = leftWordIn(name, words);
          if (!word || theirs.test(name) || seen.has(name)) return;
          seen.add(name);
          found.push({ rule, where, what: `"${name}": say ${words[word]} instead of ${word}` });
        };
        judge(path.posix.basename(file).replace(/\..*$/, ""), file);
        for (const { name, line } of names) judge(name, `${file}:${line}`);
        return found;
      }),
  );
}

/** Whole words of a name only: "trail" is in `projectTrail` and `project-trail`, not in `trailing`. */
function leftWordIn(name: string, words: Readonly<Record<string, string>>): string | undefined {
  const spoken = (text: string) =>
    `-${text
      .replaceAll(/([a-z\d])([A-Z])/g, "$1-$2")
      .replaceAll("_", "-")
      .toLowerCase()}-`;
  return Object.keys(words).find((word) => spoken(name).includes(spoken(word)));
}
