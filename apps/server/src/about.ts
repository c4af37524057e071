import { existsSync, readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import type { ApiConfig } from "@guildhall/api/server";
import about from "../package.json" with { type: "json" };

type About = NonNullable<ApiConfig["about"]>;
type Licenses = NonNullable<Awaited<ReturnType<About["licenses"]>>>;
type Built = { commit: string | null; builtAt: string; licenses: Licenses };

/** What the build wrote beside this program and beside the page; from the sources there is none. */
export function readAbout(webFolder: string, beside = import.meta.dirname): About {
  const file = path.join(beside, "about.json");
  if (!existsSync(file)) {
    return { version: about.version, commit: null, builtAt: null, licenses: async () => null };
  }
  const built: Built = JSON.parse(readFileSync(file, "utf8"));
  let all: Promise<Licenses> | undefined;
  return {
    version: about.version,
    commit: built.commit,
    builtAt: new Date(built.builtAt),
    licenses() {
      all ??= readPage(webFolder).then((page) => merged(built.licenses, page));
      return all;
    },
  };
}

async function readPage(webFolder: string): Promise<Licenses> {
  const file = path.join(path.dirname(webFolder), "licenses.json");
  if (!existsSync(file)) return { packages: [], texts: [] };
  return JSON.parse(await readFile(file, "utf8"));
}

/** Each package once, whether the server, the page or both have it. */
function merged(server: Licenses, page: Licenses): Licenses {
  const texts = [...new Set([...server.texts, ...page.texts])];
  const numbers = new Map(texts.map((text, number) => [text, number]));
  const all = new Map<string, Licenses["packages"][number]>();
  for (const from of [server, page]) {
    for (const each of from.packages) {
      const text = each.text === null ? null : (from.texts[each.text] ?? null);
      const number = text === null ? null : (numbers.get(text) ?? null);
      all.set(`${each.name} ${each.version}`, { ...each, text: number });
    }
  }
  const byName = ([a]: [string, unknown], [b]: [string, unknown]) => a.localeCompare(b, "en");
  return { packages: [...all].sort(byName).map(([, each]) => each), texts };
}
