import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseAst } from "vitest/node";

/** `target`: a file of this repository, or the name as written where it is a package's. */
export type Import = { target: string; line: number };
/** What a file calls something: a variable, function, type, property. */
export type Name = { name: string; line: number };
export type Source = { file: string; lines: number; imports: Import[]; names: Name[] };

type Node = { type: string; start: number; [key: string]: unknown };

const code = /\.[cm]?[jt]sx?$/;
/** Files that people write; pictures, migrations and fixtures have no size to mind. */
const text = /\.([cm]?[jt]sx?|css|html|sh)$/;

/** All that git knows of or would: relative to `root`, with `/`. */
export function filesOf(root: string): string[] {
  const args = ["ls-files", "--cached", "--others", "--exclude-standard"];
  const listed = execFileSync("git", args, { cwd: root, encoding: "utf8", maxBuffer: 1 << 26 });
  return [...new Set(listed.split("\n"))].filter(
    (file) => file && existsSync(path.join(root, file)),
  );
}

/** `aliases`: what an import may begin with instead of a path, as "@/" of the page. */
export function readSources(
  root: string,
  files: readonly string[],
  aliases: Readonly<Record<string, string>>,
): Source[] {
  const known = new Set(files);
  const resolve = (from: string, specifier: string): string => {
    const plain = specifier.replace(/\?.*$/, "");
    const alias = Object.keys(aliases).find((start) => plain.startsWith(start));
    const target = alias
      ? path.posix.join(aliases[alias] ?? "", plain.slice(alias.length))
      : plain.startsWith(".")
        ? path.posix.join(path.posix.dirname(from), plain)
        : plain;
    return known.has(target) ? target : specifier;
  };
  return files
    .filter((file) => text.test(file))
    .map((file) => readSource(file, readFileSync(path.join(root, file), "utf8"), resolve));
}

export function readSource(
  file: string,
  source: string,
  resolve: (from: string, specifier: string) => string,
): Source {
  const lines = source.split("\n").length - (source.endsWith("\n") ? 1 : 0);
  const read: Source = { file, lines, imports: [], names: [] };
  if (!code.test(file)) return read;
  const starts = lineStarts(source);
  const add = (node: Node) => {
    const specifier = specifierOf(node);
    const line = lineAt(starts, node.start);
    if (specifier) read.imports.push({ target: resolve(file, specifier), line });
    for (const name of namesOf(node)) read.names.push({ name, line });
  };
  walk(parseAst(source, { lang: languageOf(file) }, file), add);
  return read;
}

const languageOf = (file: string) =>
  /x$/.test(file) ? "tsx" : /\.d\.[cm]?ts$/.test(file) ? "dts" : "ts";

function walk(node: unknown, visit: (node: Node) => void) {
  if (Array.isArray(node)) for (const child of node) walk(child, visit);
  else if (isNode(node)) {
    visit(node);
    for (const key in node) if (typeof node[key] === "object") walk(node[key], visit);
  }
}

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && typeof (value as Node).type === "string";

function specifierOf({ type, source }: Node): string | undefined {
  if (!/^(Import|ExportNamed|ExportAll|TSImport)/.test(type) || !isNode(source)) return;
  return typeof source.value === "string" ? source.value : undefined;
}

/** What a node gives a name to; what it only uses was named elsewhere, often by others. */
function* namesOf(node: Node): Generator<string> {
  const { type, id, key, params, imported, local, computed } = node;
  if (/^(VariableDeclarator|Function|Class|TS\w+Declaration)/.test(type)) yield* boundBy(id);
  if (/^(Function|ArrowFunction)/.test(type)) yield* boundBy(params);
  if (/^Import/.test(type) && isNode(local) && !isSameName(imported, local)) yield* boundBy(local);
  if (/^(Property|PropertyDefinition|MethodDefinition|TSPropertySignature)$/.test(type)) {
    if (!computed) yield* boundBy(key);
  }
}

/** An import under its own name says what others call it. */
const isSameName = (imported: unknown, local: Node) =>
  isNode(imported) && imported.name === local.name;

function* boundBy(pattern: unknown): Generator<string> {
  if (Array.isArray(pattern)) for (const part of pattern) yield* boundBy(part);
  if (!isNode(pattern)) return;
  const { type, name, properties, elements, value, left, argument, parameter } = pattern;
  if (/Identifier$/.test(type) && typeof name === "string") yield name;
  if (type === "ObjectPattern") yield* boundBy(properties);
  if (type === "ArrayPattern") yield* boundBy(elements);
  if (type === "Property") yield* boundBy(value);
  if (type === "AssignmentPattern") yield* boundBy(left);
  if (type === "RestElement") yield* boundBy(argument);
  if (type === "TSParameterProperty") yield* boundBy(parameter);
}

const lineStarts = (source: string) => {
  const starts = [0];
  for (let at = source.indexOf("\n"); at >= 0; at = source.indexOf("\n", at + 1))
    starts.push(at + 1);
  return starts;
};

function lineAt(starts: readonly number[], offset: number): number {
  let [low, high] = [0, starts.length];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle;
  }
  return low + 1;
}
