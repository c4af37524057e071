/**
 * Whose software ships with Guildhall, with the texts of their licenses: of the packages that a build really
 * took files from, and of those that are loaded from outside of it, with all that these depend on.
 */
import { existsSync, readdirSync, readFileSync, realpathSync } from "node:fs";
import path from "node:path";

/** As `packages/api/src/core/about.ts` reads it. */
type License = { name: string; version: string; license: string; text: number | null };
export type Licenses = { packages: License[]; texts: string[] };

type Manifest = {
  name?: string;
  version?: string;
  license?: string | { type?: string };
  licenses?: { type?: string }[];
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
};

const IN_PACKAGE = /^(.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+)[\\/]/;

/** The folder of the package that a file of a build is of; null for our own. */
export function packageOf(file: string): string | null {
  const clean = file.replace(/^\0/, "").replace(/\?.*$/, "");
  return IN_PACKAGE.exec(clean)?.[1] ?? null;
}

/** A package as it is installed for `from`, with all that it depends on and that is installed here. */
export function withDependencies(name: string, from: string, found = new Set<string>()) {
  const folder = findPackage(name, from);
  if (!folder || found.has(folder)) return found;
  found.add(folder);
  const { dependencies = {}, optionalDependencies = {} } = manifestOf(folder);
  for (const each of Object.keys({ ...dependencies, ...optionalDependencies })) {
    withDependencies(each, folder, found);
  }
  return found;
}

/** Looked for, not resolved: some packages export no manifest. pnpm puts what one depends on beside it. */
function findPackage(name: string, from: string): string | null {
  for (let at = from; ; at = path.dirname(at)) {
    const folder = path.join(at, "node_modules", name);
    if (existsSync(path.join(folder, "package.json"))) return realpathSync(folder);
    if (at === path.dirname(at)) return null;
  }
}

const manifestOf = (folder: string): Manifest =>
  JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));

/** Of each package once, by name; a text that several have is there once. */
export function readLicenses(folders: Iterable<string>): Licenses {
  const texts: string[] = [];
  const found = new Map<string, License>();
  for (const folder of folders) {
    const manifest = manifestOf(folder);
    const { name = "", version = "" } = manifest;
    if (!name || name.startsWith("@guildhall/")) continue;
    const text = textIn(folder);
    let number = text === null ? null : texts.indexOf(text);
    if (text !== null && number === -1) number = texts.push(text) - 1;
    found.set(`${name} ${version}`, { name, version, license: nameOf(manifest), text: number });
  }
  const packages = [...found.values()].sort((a, b) =>
    `${a.name} ${a.version}`.localeCompare(`${b.name} ${b.version}`, "en"),
  );
  return { packages, texts };
}

function nameOf({ license, licenses }: Manifest): string {
  if (typeof license === "string") return license;
  return license?.type ?? licenses?.map(({ type }) => type).join(" or ") ?? "unknown";
}

/** Its license and its notice, as they lie in its folder. */
function textIn(folder: string): string | null {
  const files = readdirSync(folder)
    .filter((name) => /^(licen[cs]e|copying|notice)([-._].*)?$/i.test(name))
    .sort();
  const texts = files.map((name) => readFileSync(path.join(folder, name), "utf8").trim());
  return texts.length > 0 ? texts.join("\n\n") : null;
}
